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
        ("expected-bogus {{x}}", "unknown expectation 'expected-bogus': expected one of error, warning, remark, note"),
        ("expected-errors @+1 {{x}}", "unknown expectation 'expected-errors'"),
        ("expected-error @abc {{y}}", "malformed place '@abc' of an expectation"),
        ("expected-error @+99999999999999 {{x}}", "malformed place '@+99999999999999'"),
        ("expected-error {{x", "missing '}}' after the message of 'expected-error'"),
        ("expected-error-re {{x{{y}}", "missing '}}' after the message of 'expected-error-re'"),
        ("expected-error x", "expected '{{' and a message after 'expected-error'"),
        (
            "expected-error-re {{{{[}}}}",
            "invalid regular expression in 'expected-error-re': unterminated character set",
        ),
        ("expected-error-re {{a {{(}} b}}", "invalid regular expression in 'expected-error-re': missing )"),
        ("expected-error-re {{a {{x{99999999999}}} b}}", "invalid regular expression in 'expected-error-re'"),
        ("expected-error {{nothing of the kind}}", 'expected error "nothing of the kind" was not produced'),
    ],
)
def test_comments_that_make_no_sense(comment: str, message: str) -> None:
    code, errors = verify(f"\n// {comment}\n")
    assert code == 1
    (error,) = errors
    assert error.startswith("<stdin>:2:")
    assert message in error


def test_messages_may_hold_braces() -> None:
    text = "// expected-error @below {{a {{b}} c}} expected-note @above {{d}}\n// expected-remark {{e {f = {g}}}}\n"
    found = read_expectations(text, 0, "-").expected
    assert [each.text for each in found] == ["a {{b}} c", "d", "e {f = {g}}"]
