"""Locations in text: each form, aliases before and after their use, and where an operation without one stands."""

from __future__ import annotations

import pytest
from unit.text.texts import errors, first, parse

from irc.ir.attributes import StringAttr
from irc.ir.location import UNKNOWN, CallSiteLoc, FileLineColLoc, FusedLoc, Location, NameLoc
from irc.text.parser import parse_module
from irc.text.printer import print_op
from irc.text.spelling import inline_location

A, B = FileLineColLoc("a.py", 1, 2), FileLineColLoc("b.py", 3, 4)

FORMS: dict[str, Location] = {
    "loc(unknown)": UNKNOWN,
    'loc("a.py":1:2)': A,
    'loc("x")': NameLoc("x", UNKNOWN),
    'loc("x"("a.py":1:2))': NameLoc("x", A),
    'loc(callsite("a.py":1:2 at "b.py":3:4))': CallSiteLoc(A, B),
    'loc(fused["a.py":1:2, "b.py":3:4])': FusedLoc((A, B)),
    'loc(fused<"cse">["a.py":1:2])': FusedLoc((A,), StringAttr("cse")),
    'loc(callsite("f"("a.py":1:2) at fused["b.py":3:4, "x"]))': CallSiteLoc(
        NameLoc("f", A), FusedLoc((B, NameLoc("x", UNKNOWN)))
    ),
}


@pytest.mark.parametrize("text", FORMS)
def test_each_form(text: str) -> None:
    assert first(f'"test.op"() : () -> () {text}').location == FORMS[text]
    assert f"loc({inline_location(FORMS[text])})" == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('fused["a.py":1:2, unknown, "a.py":1:2]', A),
        ('fused[fused["a.py":1:2], "b.py":3:4]', FusedLoc((A, B))),
        ("fused[]", UNKNOWN),
        ('fused<"cse">[]', FusedLoc((UNKNOWN,), StringAttr("cse"))),
    ],
)
def test_fused_locations_are_simplified(text: str, meant: Location) -> None:
    assert first(f'"test.op"() : () -> () loc({text})').location == meant


def test_an_operation_stands_where_its_text_stands() -> None:
    op = parse('\n  %x = "test.op"() : () -> i32').body.entry.first
    assert op.location == FileLineColLoc("t", 2, 8)


def test_lines_of_a_split_file_are_those_of_the_whole() -> None:
    op = parse_module("func.func private @f()", "t", line_offset=10).body.entry.first
    assert op.location == FileLineColLoc("t", 11, 1)


def test_locations_are_printed_on_request() -> None:
    module = parse('"test.op"() ({}) : () -> () loc("a.py":1:2)')
    assert "loc(" not in print_op(module)
    text = print_op(module, debuginfo=True)
    assert '  "test.op"() ({\n  }) : () -> () loc(#loc)\n' in text
    assert '\n#loc = loc("a.py":1:2)\n' in text


def test_printed_locations_are_read_back() -> None:
    module = parse('func.func private @f() loc("a.py":1:2)\n"test.op"() : () -> () loc("x"("b.py":3:4))')
    again = parse(print_op(module, debuginfo=True))
    assert [op.location for op in again.walk()] == [op.location for op in module.walk()]


def test_an_alias_defined_before_its_use() -> None:
    assert first('#loc = loc("a.py":1:2)\n"test.op"() : () -> () loc(#loc)').location == A


def test_an_alias_defined_after_its_use_as_mlir_prints_it() -> None:
    module = parse('"test.op"() : () -> () loc(#loc1)\n#loc = loc("a.py":1:2)\n#loc1 = loc("x"(#loc))')
    assert module.body.entry.first.location == NameLoc("x", A)


def test_an_alias_inside_a_location() -> None:
    assert first('#loc = loc("a.py":1:2)\n"test.op"() : () -> () loc(callsite(#loc at #loc))').location == CallSiteLoc(
        A, A
    )


def test_block_arguments_may_have_locations() -> None:
    op = first('"test.op"() ({^bb0(%x: i32 loc("a.py":1:2), %y: i32):}) : () -> ()')
    assert len(op.regions[0].entry.arguments) == 2


WRONG = {
    '"test.op"() : () -> () loc(#no)': "1:28: operation location alias '#no' was never defined",
    '"test.op"() : () -> () loc("a" at "b")': "1:32: expected ')', got 'at'",
    '"test.op"() : () -> () loc("a":1)': "1:33: expected ':', got ')'",
    '"test.op"() : () -> () loc(here)': "1:28: expected a location, got 'here'",
    '"test.op"() : () -> () loc(callsite("a" "b"))': "1:41: expected 'at', got '\"b\"'",
    '"test.op"() : () -> () loc("a":x:1)': "1:32: expected an integer of 32 bits as line number, got 'x'",
    '"test.op"() : () -> () loc("a":1:4294967296)': "1:34: expected an integer of 32 bits as column number, got '4294967296'",
    '"test.op"() : () -> () loc(' + "callsite(" * 600: "1:4528: locations are nested more than 500 deep",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:40])
def test_what_is_wrong_is_diagnosed(text: str) -> None:
    assert errors(text)[0] == WRONG[text]
