# make demo | test | check | bench | corpus | clean. Everything is installed into .venv, and again only when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= tools/irc-run examples/digits.mlir -e main --npz examples/data/digits.npz --executor cpu
BENCH ?= bench
PYTEST_ARGS ?= -n auto

# The tools start from compiled modules from the first time on, even where Python is told to write none.
COMPILE := $(BIN)/python -m compileall -q irc

# One stamp for each set of dependencies that is installed: those of the package, of its tests, of its development.
RUN := $(VENV)/.installed-run
TEST := $(VENV)/.installed-test
DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := test
.DELETE_ON_ERROR:
.PHONY: demo test check lint types layers docs bench oracles corpus clean

demo: $(RUN)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(DEMO)

test: $(TEST)
	@$(BIN)/python -m pytest -q $(PYTEST_ARGS)

check: lint types layers docs

lint: $(DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(DEV)
	@$(BIN)/mypy

layers: $(DEV)
	@$(BIN)/lint-imports

docs: $(TEST)
	@$(BIN)/python -m pytest -q test/unit/docs

bench: $(TEST)
	@$(BIN)/python -m $(BENCH)

# The collection of other people's programs is where IRC_CORPUS says.
corpus: $(TEST) oracles
	@PYTHONPATH=test $(BIN)/python -m corpus

oracles:
	@PYTHON=$(PYTHON) test/corpus/install-oracles

clean:
	rm -rf $(VENV) .venv-oracles build dist irc.egg-info .lit .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("irc needs Python 3.11 or newer, but $(PYTHON) is %d.%d: choose another with make PYTHON=..." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(RUN): pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@$(COMPILE)
	@touch $(RUN)

$(TEST): pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	@$(COMPILE)
	@touch $(RUN) $(TEST)

$(DEV): pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(COMPILE)
	@touch $(RUN) $(TEST) $(DEV)
