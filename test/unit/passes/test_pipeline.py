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
        ("canonicalize{max-visits=abc}", 1, 14, "option 'max-visits' of pass 'canonicalize': expected an integer"),
        ("algebra{\n fast-math=maybe}", 2, 2, "expected true or false, got 'maybe'"),
        ("canonicalize{max-visits=1_0}", 1, 14, "expected an integer, got '1_0'"),
        (
            "canonicalize{max-visits=0}",
            1,
            14,
            "option 'max-visits' of pass 'canonicalize': expected an integer of at least 1, got 0",
        ),
        ("canonicalize{max-visits=1 max-visits=2}", 1, 27, "option 'max-visits' of pass 'canonicalize' is given twice"),
        ("linalg-to-loops{vector-bits=100}", 1, 17, "expected 0 or a power of two from 64 to 4096, got 100"),
        ("linalg-to-loops{vector-bits=256 tile-rows=65}", 1, 33, "expected an integer from 1 to 64, got 65"),
        ("func.func(" * 101, 1, 1001, "pipelines are nested more than 100 deep"),
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


OPTIONS = [(cls, option) for cls in all_passes() for option in cls.options.values() if option.legal]


@pytest.mark.parametrize(("cls", "option"), OPTIONS, ids=[f"{cls.name}-{option.name}" for cls, option in OPTIONS])
def test_values_at_the_bounds_are_legal_and_those_beyond_are_not(cls, option) -> None:
    key = option.name.replace("-", "_")
    for value in (option.at_least, option.at_most, *option.also):
        assert value is None or getattr(cls(**{key: value}), key) == value
    for bound, step in ((option.at_least, -1), (option.at_most, 1)):
        if bound is not None and bound + step not in option.also:
            with pytest.raises(ValueError, match=r"expected .*, got"):
                cls(**{key: bound + step})


def test_every_number_says_what_is_legal() -> None:
    for cls in all_passes():
        for option in cls.options.values():
            assert isinstance(option.default, bool | str) or option.legal, f"{cls.name}: {option.name}"
