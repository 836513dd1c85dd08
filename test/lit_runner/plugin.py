"""The pytest side: every .mlir file is one test item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lit_runner.commands import report, run_pipeline
from lit_runner.directives import check_directives
from lit_runner.features import available_features
from lit_runner.script import Pipeline, ScriptError, parse_script


class LitFailure(Exception):
    """A RUN line failed; the message is the whole report."""


class LitItem(pytest.Item):
    """One test file."""

    def runtest(self) -> None:
        """Run every RUN line, up to the first one that fails."""
        run_test(self.path)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override] # narrower
        """The report for a test that failed, the traceback for a tool that crashed."""
        if isinstance(excinfo.value, LitFailure | ScriptError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """What heads the report of a failure."""
        return self.path, 0, self.nodeid


class LitFile(pytest.File):
    """A test file as pytest collects it."""

    def collect(self) -> Iterator[LitItem]:
        """The one item of the file."""
        yield LitItem.from_parent(self, name="lit")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> LitFile | None:
    """Collect every .mlir file that is a test: as for lit, the files under Inputs are read by others."""
    if file_path.suffix != ".mlir" or "Inputs" in file_path.parts:
        return None
    return LitFile.from_parent(parent, path=file_path)


def run_test(path: Path) -> None:
    """Run the test file `path`. Raises ScriptError where it is no valid test and LitFailure where a RUN line fails."""
    with TemporaryDirectory(prefix="irc-lit-") as folder:
        script = parse_script(path, Path(folder) / f"{path.name}.tmp")
        check_directives(path, script)
        features = available_features()
        if missing := [term for term in script.requires if not _holds(term, features)]:
            pytest.skip(f"requires {', '.join(missing)}")
        if any(_holds(term, features) for term in script.unsupported):
            pytest.skip(f"unsupported with {', '.join(script.unsupported)}")
        failure = _first_failure(script.pipelines)
    if any(_holds(term, features) for term in script.xfail):
        if failure is None:
            raise LitFailure(f"{path}: expected to fail, but passes")
        pytest.xfail(failure)
    if failure is not None:
        raise LitFailure(failure)


def _first_failure(pipelines: Sequence[Pipeline]) -> str | None:
    for pipeline in pipelines:
        outcomes = run_pipeline(pipeline)
        if any(outcome.failed for outcome in outcomes):
            return report(pipeline, outcomes)
    return None


def _holds(term: str, features: set[str]) -> bool:
    if term.startswith("!"):
        return term[1:] not in features
    return term == "*" or term in features
