"""Errors as the user sees them: place, message, line, caret, notes; all errors of a file; never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unit.text.texts import errors, rendered

from irc.ir.attributes import StringAttr
from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import UNKNOWN, CallSiteLoc, FileLineColLoc, FusedLoc, NameLoc
from irc.ir.verifier import verify
from irc.text.diagnostics import MAX_EXCERPT, did_you_mean, render
from irc.text.op_parser import MAX_ERRORS
from irc.text.parser import parse_module
from irc.text.printer import print_op

A, B = FileLineColLoc("t", 1, 1), FileLineColLoc("t", 2, 3)
SOURCES = {"t": "first\n\tsecond\n"}


def test_place_message_line_and_caret() -> None:
    assert rendered("func.func @f() {\n  return %x : f32\n}") == (
        "t:2:10: error: use of undeclared SSA value name '%x'\n  return %x : f32\n         ^\n"
    )


def test_the_caret_stands_under_its_column_behind_tabs() -> None:
    assert render(Diagnostic(B, "here"), SOURCES) == "t:2:3: error: here\n\tsecond\n\t ^\n"


@pytest.mark.parametrize("column", [1, 100, 5_000, 9_990, 10_001])
def test_of_a_long_line_the_part_around_the_place_is_shown(column: int) -> None:
    line = "".join(chr(97 + i % 26) for i in range(10_000))
    _, excerpt, caret = render(Diagnostic(FileLineColLoc("t", 1, column), "here"), {"t": line}).splitlines()
    assert len(excerpt) <= MAX_EXCERPT + 6
    assert excerpt.startswith("...") is (column > MAX_EXCERPT)
    assert excerpt.endswith("...") is (column < 9_000)
    assert f"{excerpt} "[len(caret) - 1] == f"{line} "[column - 1]


def test_a_place_whose_source_is_not_known() -> None:
    assert render(Diagnostic(FileLineColLoc("other", 7, 1), "here"), SOURCES) == "other:7:1: error: here\n"
    assert render(Diagnostic(UNKNOWN, "somewhere"), SOURCES) == "<unknown>: error: somewhere\n"


def test_notes_follow() -> None:
    text = render(Diagnostic(B, "wrong", "error", (Diagnostic(A, "because of this", "note"),)), SOURCES)
    assert text.endswith("t:1:1: note: because of this\nfirst\n^\n")


def test_severities_are_coloured() -> None:
    assert render(Diagnostic(A, "careful", "warning"), SOURCES, color=True).startswith(
        "t:1:1: \033[1;35mwarning:\033[0m careful\n"
    )


def test_what_a_pass_derived_says_so() -> None:
    text = render(Diagnostic(FusedLoc((A,), StringAttr("cse")), "wrong"), SOURCES)
    assert "t:1:1: note: derived by pass 'cse' from here\n" in text


def test_what_was_inlined_shows_the_call() -> None:
    text = render(Diagnostic(NameLoc("x", CallSiteLoc(A, B)), "wrong"), SOURCES)
    assert text.startswith("t:1:1: error: wrong\n")
    assert "t:2:3: note: called from here\n" in text


@pytest.mark.parametrize(
    ("name", "hint"),
    [("arith.addff", "; did you mean 'arith.addf'?"), ("zzz", "")],
)
def test_a_close_name_is_suggested(name: str, hint: str) -> None:
    assert did_you_mean(name, ["arith.addf", "func.call"]) == hint


def test_names_of_operations_and_dialects_are_suggested() -> None:
    def messages(text: str) -> str:
        with pytest.raises(DiagnosedError) as caught:
            parse_module(text)
        return str(caught.value)

    assert "custom op 'arith.adf' is unknown; did you mean 'arith.addf'?" in messages("arith.adf")
    assert "dialect 'arit' is not registered for custom op 'arit.addf'; did you mean 'arith'?" in messages("arit.addf")


def test_all_errors_of_a_file_are_reported() -> None:
    text = """func.func @f(%x: i32) {
  %a = arith.addi %x %x : i32
  %b = arith.addi %x, %x : i32
  %c = arith.adddi %b, %a : i32
  return
}
!t = tensor<4
func.func @g() { retur }"""
    assert errors(text) == [
        "2:22: expected ',', got '%x'",
        "4:8: custom op 'arith.adddi' is unknown; did you mean 'arith.addi'?",
        "8:1: expected 'x' in the dimension list, got 'func.func'",
        "8:18: custom op 'retur' is unknown; did you mean 'return'?",
    ]


def test_a_value_of_a_wrong_operation_is_no_second_error() -> None:
    assert len(errors('%x = arith.nothing : i32\n"test.use"(%x) : (i32) -> ()')) == 1


def test_there_are_not_too_many() -> None:
    assert len(errors("arith.nothing\n" * 100)) == MAX_ERRORS


FRAGMENTS = [
    '"a.b"', "(", ")", "{", "}", "<{", "}>", "[", "]", "<", ">", "%x", "%x#1", "^bb0", "@f", "#a", "!a", ":", ",", "=", "->",
    "i32", "tensor<4x", "f32>", "dense<", "affine_map<", "loc", "loc(", "callsite", "fused", "module", "func.func", "scf.for",
    "return", "arith.constant", "1", "-", "0x1F", "1.5", "true", '"s', "²", "\\", "//", "\n", "f80", "-010", "9" * 5000,
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join))
@example('"a.b"() {a = 1.0 : f80} : () -> ()')
@example('"a.b"() {a = 0x1FFFFFFFF : f32} : () -> ()')
@example('"a.b"() {a = -010 : i32} : () -> ()')
@example('"a.b"() {a = dense<1> : tensor<2xi128>} : () -> ()')
@example('"a.b"() {a = dense<1> : tensor<99999999999x99999999999xi8>} : () -> ()')
@example('%a:² = "a.b"() : () -> ()')
def test_no_text_makes_the_parser_fail(text: str) -> None:
    try:
        module = parse_module(text, allow_unregistered=True)
    except DiagnosedError:
        return
    if not verify(module):
        printed = print_op(module)
        assert print_op(parse_module(printed, allow_unregistered=True)) == printed
