"""What a simplifying pass has done once, it finds done: the canonical form is a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module
from irc.text.printer import print_op

TESTS = Path(__file__).parents[2]
FILES = [*sorted((TESTS / "lit" / "passes").glob("*.mlir")), *sorted((TESTS / "programs").glob("*.mlir"))]


@pytest.mark.parametrize("name", ["canonicalize", "algebra", "cse", "dce", "symbol-dce"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_twice_is_once(path: Path, name: str) -> None:
    try:
        module = parse_module(path.read_text(), str(path))
    except DiagnosedError:
        pytest.skip("holds invalid programs")
    PassManager(parse_pipeline(name)).run(module)
    once = print_op(module)
    PassManager(parse_pipeline(name)).run(module)
    assert print_op(module) == once
