"""docs/reference says what the declarations say, and every declaration says enough: a sentence, and an example that is right."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from typing import Any
from unittest import mock

import pytest

from docs.generate.examples import examples, prose
from docs.generate.markdown import summary
from docs.generate.pages import COMMAND, FOLDER, pages
from irc.autodiff.rule import RULES
from irc.ir.diagnostic import DiagnosedError
from irc.ir.verifier import verify
from irc.ods.registry import OPS, all_op_names, known_dialects
from irc.passes.base import Pass
from irc.passes.registry import all_passes
from irc.text import parser
from irc.text.op_parser import OpParser

PAGES = pages()
OP_NAMES = all_op_names()
PASSES = all_passes()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_in_sync(name: str) -> None:
    path = FOLDER / name
    assert path.exists() and path.read_text(encoding="utf-8") == PAGES[name], f"run `{COMMAND}` to rewrite {path}"


def test_no_page_is_left_over() -> None:
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}
    assert found == set(PAGES), f"run `{COMMAND}`"


def is_sentence(text: str) -> bool:
    return len(text) > 3 and text.endswith((".", ":", "…", "`"))


def of_dialect(dialect: str) -> list[Any]:
    return [OPS[name] for name in OP_NAMES if name.partition(".")[0] == dialect]


@pytest.mark.parametrize("dialect", known_dialects())
def test_every_op_has_a_sentence_and_an_example(dialect: str) -> None:
    texts = {cls: prose(cls) for cls in of_dialect(dialect)}
    assert [cls.name for cls, text in texts.items() if not text or not is_sentence(text[0])] == []
    assert [cls.name for cls in of_dialect(dialect) if not examples(cls)] == []


# What an example takes from its surroundings: values, blocks, symbols, the op around it.
SURROUNDINGS = re.compile(
    r"use of undeclared SSA value name|using value defined outside|undefined (block|function)|of a different region"
    r"|landingpad (operation|value as)|landingpad needs to be in|not a known constant"
    r"|expect(s|ed) parent op|does not reference a|must reference a global|only terminates|the closest surrounding module"
)


class FragmentParser(OpParser):
    """Reads a part of a program; values that are not defined in it have the types that their uses state."""

    def report(self, problem: DiagnosedError) -> None:
        if not all(SURROUNDINGS.search(diagnostic.message) for diagnostic in problem.diagnostics):
            super().report(problem)


def wrong(example: str) -> list[str]:
    """What the parser and the verifier say about an example, but for what is not part of it."""
    try:
        with mock.patch.object(parser, "OpParser", FragmentParser):
            module = parser.parse_module(example, "example")
        found = verify(module)
    except DiagnosedError as problem:
        found = list(problem.diagnostics)
    return [f"{example}: {d.message}" for d in found if not SURROUNDINGS.search(d.message)]


@pytest.mark.parametrize("dialect", known_dialects())
def test_examples_are_right(dialect: str) -> None:
    found = [example for cls in of_dialect(dialect) for example in examples(cls)]
    assert [message for example in found for message in wrong(example)] == []


def test_a_wrong_example_is_found() -> None:
    assert wrong("%y = arith.addf %x, %x : f32") == []
    assert wrong("%y = arith.addf %x : f32") != []
    assert wrong("%y = stablehlo.iota dim = 1 : tensor<4xi32>") != []


@pytest.mark.parametrize("cls", PASSES, ids=lambda cls: cls.name)
def test_pass_is_documented(cls: type[Pass]) -> None:
    assert is_sentence(summary(cls))
    for option in cls.options.values():
        assert option.help, option.name


def counted(cls: type[Pass]) -> set[str]:
    """The statistics that the module of a pass counts under a name that is written there."""
    calls = [
        node for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(cls.__module__))))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "count"
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "context"
    ]  # fmt: skip
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


@pytest.mark.parametrize("cls", PASSES, ids=lambda cls: cls.name)
def test_statistics_are_declared(cls: type[Pass]) -> None:
    declared: Any = cls.statistics
    assert counted(cls) <= set(declared)
    assert all(declared.values())


def test_every_derivative_is_on_the_page() -> None:
    page = PAGES["derivatives.md"]
    assert [cls.name for cls in RULES if f"| `{cls.name}` |" not in page] == []
