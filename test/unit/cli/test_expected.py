"""`--verify-diagnostics`: what a comment may expect, and what is said of comments that make no sense."""

from __future__ import annotations

import io

import pytest

from irc.cli.expected import read_expectations
from irc.cli.irc_opt import main

USE = "func.func @f() { return %x : i32 }\n"
"""Gives "use of undeclared SSA value name '%x'" on its line."""


def verify(text: str) -> tuple[int, list[str]]:
    """The exit code, and the errors."""
    err = io.StringIO()
    code = main(["-", "--verify-diagnostics"], io.StringIO(text), io.StringIO(), err)
    return code, [line for line in err.getvalue().splitlines() if " error: " in line]


@pytest.mark.parametrize(
    "text",
    [
        "// expected-error @below {{use of undeclared}}\n" + USE,
        "// expected-error@+1 {{use of undeclared}}\n" + USE,
        "// expected-error@+2 {{undeclared SSA value name '%x'}}\n\n" + USE,
        USE.strip() + " // expected-error {{use of}}\n",
        USE + "// expected-error @above {{use of}}\n",
        "// expected-error-re @below {{use of {{[a-z]+}} SSA value name '%{{x|y}}'}}\n" + USE,
        "// expected-error-re @below {{use {{o[ef]{1}}} undeclared}}\n" + USE,
        "// expected-error-re @below {{use of}}\n" + USE,
        "// This says what expected-error does, and expected-anything: nothing.\nmodule {}\n",
        'module attributes {test.a = "expected-bogus {{x}}"} {}\n',
    ],
)
def test_what_may_be_expected(text: str) -> None:
    assert verify(text) == (0, [])


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("expected-error-re {{x{{y}}", "found start of regex with no end '}}'"),
        ("expected-error-re {{{{[}}}}", "invalid regex: unterminated character set"),
        ("expected-error-re {{a {{(}} b}}", "invalid regex: missing )"),
        ("expected-error-re {{a {{x{99999999999}}} b}}", "invalid regex"),
        ("expected-error @+99999999999999 {{x}}", 'expected error "x" was not produced'),
        ("expected-error @-9 {{x}}", 'expected error "x" was not produced'),
        ("expected-error {{nothing of the kind}}", 'expected error "nothing of the kind" was not produced'),
    ],
)
def test_comments_that_make_no_sense(comment: str, message: str) -> None:
    code, errors = verify(f"\n// {comment}\n")
    assert code == 1
    (error,) = errors
    assert error.startswith("<stdin>:2:4")
    assert message in error


@pytest.mark.parametrize(
    "comment",
    [
        "expected-bogus {{x}}", "expected-errors @+1 {{x}}", "expected-error @abc {{y}}", "expected-error @+ {{y}}",
        "expected-error @+1x {{y}}", "expected-error 2 {{y}}", "expected-error {{x", "expected-error-re {{x",
        "expected-error x", "expected-error @unknown {{x}}", "expected-note@unknown{{x}}",
    ],
)  # fmt: skip
def test_what_is_no_expectation_expects_nothing(comment: str) -> None:
    """But what it may have been meant for is not expected, then."""
    assert verify(f"\n// {comment}\n") == (0, [])
    code, _ = verify(f"\n// {comment}\n{USE}")
    assert code == 1


def test_several_expectations_in_a_line() -> None:
    use = "func.func @f(%y: i32) { return %y : f32 }"
    assert verify(f"{use} // expected-error {{{{use of value}}}} expected-note {{{{prior use here}}}}") == (0, [])


def test_messages_may_hold_braces() -> None:
    text = "// expected-error @below {{a {{b}} c}} expected-note @above {{d}}\n// expected-remark {{e {f = {g}}}}\n"
    found = read_expectations(text, 0, "-").expected
    assert [each.text for each in found] == ["a {{b}} c", "d", "e {f = {g}}"]
