"""Pipelines as text: what is read is what is printed, and what is wrong is said at its place."""

from __future__ import annotations

import pytest

from irc.ir.diagnostic import DiagnosedError
from irc.passes.pipeline import parse_pipeline
from irc.passes.registry import all_passes, find_pass


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("", "builtin.module()"),
        ("cse", "builtin.module(cse)"),
        ("builtin.module(cse,dce)", "builtin.module(cse,dce)"),
        (" cse ,\n dce ", "builtin.module(cse,dce)"),
        ("func.func(cse),inline", "builtin.module(func.func(cse),inline)"),
        ("any(cse)", "any(cse)"),
        ("canonicalize{max-visits=5}", "builtin.module(canonicalize{max-visits=5})"),
        ("canonicalize{max-visits=100}", "builtin.module(canonicalize)"),
        ("algebra{fast-math}", "builtin.module(algebra{fast-math=true})"),
    ],
)
def test_text_and_back(text: str, printed: str) -> None:
    assert parse_pipeline(text).text() == printed
    assert parse_pipeline(printed).text() == printed


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("cse,\n  cannonicalize", 2, 3, "unknown pass 'cannonicalize'; did you mean 'canonicalize'?"),
        ("func.fnc(cse)", 1, 1, "a pipeline on unknown operation 'func.fnc'; did you mean 'func.func'?"),
        ("func.func(symbol-dce)", 1, 11, "pass 'symbol-dce' runs on 'builtin.module', not on 'func.func'"),
        ("canonicalize{max-visits=abc}", 1, 1, "option 'max-visits' of pass 'canonicalize': expected an integer"),
        ("algebra{fast-math=maybe}", 1, 1, "expected true or false, got 'maybe'"),
        ("builtin.module(cse),dce", 1, 20, "expected the end of the pipeline"),
        ("func.func(cse", 1, 14, "expected ',' or ')' in the pipeline"),
        ("cse)", 1, 4, "expected ',' or the end in the pipeline"),
        ("canonicalize{max-visits=5", 1, 13, "missing '}'"),
    ],
)
def test_errors_are_located(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(DiagnosedError) as caught:
        parse_pipeline(text)
    (diagnostic,) = caught.value.diagnostics
    (place,) = diagnostic.location.files()
    assert (place.line, place.column) == (line, column)
    assert message in diagnostic.message


def test_every_pass_is_found_by_its_name_and_says_what_it_does() -> None:
    passes = all_passes()
    assert {"canonicalize", "cse", "dce", "inline", "symbol-dce", "algebra"} <= {cls.name for cls in passes}
    for cls in passes:
        assert find_pass(cls.name) is cls
        assert cls.__doc__
        assert all(option.help for option in cls.options.values())
