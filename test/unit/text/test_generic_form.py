"""MLIR's generic form: every part of an operation, in text that every MLIR parser reads."""

from __future__ import annotations

import pytest
from unit.text.texts import body, errors, first, parse

from irc.ir.attributes import IntegerAttr, i64_attr, unit
from irc.ir.operation import UnregisteredOp
from irc.ir.types import i8, i32
from irc.text.printer import print_op

FORMS = [
    '"test.op"() : () -> ()',
    '%0 = "test.op"() : () -> i32',
    '%0:2 = "test.op"() : () -> (i32, f32)',
    '%0 = "test.op"() : () -> (() -> i32)',
    '"test.op"() <{p = 1 : i32}> : () -> ()',
    '"test.op"() {d} : () -> ()',
    '"test.op"() <{p = 1 : i32}> {d = "x"} : () -> ()',
    '"test.op"() ({\n}) : () -> ()',
    '"test.op"() ({\n^bb0:\n}) : () -> ()',
    '"test.op"() ({\n  "test.in"() : () -> ()\n}) : () -> ()',
    '"test.op"() ({\n}, {\n  "test.in"() : () -> ()\n}) : () -> ()',
    '"test.op"() ({\n^bb0(%arg0: i32, %arg1: f32):\n  "test.in"(%arg1, %arg0) : (f32, i32) -> ()\n}) : () -> ()',
    '"test.op"() <{p}> ({\n}) {d} : () -> ()',
    '"test.op"() {"a b" = 1 : i64, a.b, c$d, "0"} : () -> ()',
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_printed_as_it_was_read(form: str) -> None:
    expected = (
        form
        if '"0"' not in form
        else form.replace('{"a b" = 1 : i64, a.b, c$d, "0"}', '{"0", "a b" = 1 : i64, a.b, c$d}')
    )
    assert body(form) == expected


def test_properties_and_attributes_are_apart() -> None:
    op = first('"test.op"() <{p = 1}> {d} : () -> ()')
    assert isinstance(op, UnregisteredOp)
    assert op.property_dict() == {"p": i64_attr(1)}
    assert dict(op.attributes) == {"d": unit}


def test_an_empty_block_is_a_block() -> None:
    assert len(first('"test.op"() ({}) : () -> ()').regions[0]) == 0
    assert len(first('"test.op"() ({^bb0:}) : () -> ()').regions[0]) == 1


def test_successors() -> None:
    text = """"test.op"() ({
  "test.branch"()[^bb1, ^bb2] : () -> ()
^bb1:  // 2 preds: ^bb0, ^bb2
  "test.end"() : () -> ()
^bb2(%0: i32):  // pred: ^bb0
  "test.branch"(%0)[^bb1] : (i32) -> ()
}) : () -> ()"""
    assert body(text) == text


def test_a_block_that_nothing_branches_to_says_so() -> None:
    assert "^bb1:  // no predecessors\n" in body(
        '"test.op"() ({"test.end"() : () -> ()\n^a:\n"test.end"() : () -> ()}) : () -> ()'
    )


def test_the_attributes_of_a_declared_op_are_its_properties() -> None:
    # Older MLIR text has them in the dictionary.
    op = first('%x = "arith.constant"() {value = 1 : i32, other} : () -> i32')
    assert op.value is IntegerAttr(1, i32)
    assert dict(op.attributes) == {"other": unit}


def test_a_declared_op_prints_in_either_form() -> None:
    module = parse("%x = arith.constant 1 : i32")
    assert "  %c1_i32 = arith.constant 1 : i32\n" in print_op(module)
    assert '  %c1_i32 = "arith.constant"() <{value = 1 : i32}> : () -> i32\n' in print_op(module, generic=True)


def test_a_module_in_generic_form() -> None:
    assert print_op(parse(""), generic=True) == '"builtin.module"() ({\n^bb0:\n}) : () -> ()\n'


def test_an_op_alone_prints_without_a_module() -> None:
    assert print_op(first('%a = "test.op"() {x = 1 : i8} : () -> i32')) == '%0 = "test.op"() {x = 1 : i8} : () -> i32\n'
    assert first('"test.op"() {x = 1 : i8} : () -> ()').get_attribute("x") is IntegerAttr(1, i8)


WRONG = {
    '"test.op"(': "1:11: expected ')', got end of input",
    '"test.op"() : (i32) -> ()': "1:26: expected 0 operand types, but had 1",
    '"test.op"() ()': "1:14: expected '{', got ')'",
    '"test.op"()[%a] : () -> ()': "1:13: expected a block name, got '%a'",
    '"test.op"() {a = 1, a = 2} : () -> ()': "1:21: duplicate key 'a' in dictionary attribute",
    '%a, %b = "test.op"() : () -> i32': "1:1: operation defines 1 results but was provided 2 to bind",
    '%a = "test.op"() : () -> ()': "1:1: cannot name an operation with no results",
    '"arith.constant"() <{valu = 1}> : () -> i32': "1:1: 'arith.constant' op has no property 'valu'",
    '"arith.constan"() : () -> i32': "1:1: custom op 'arith.constan' is unknown; did you mean 'arith.constant'?",
    '"test.op"()[^a] : () -> ()': "1:13: reference to an undefined block '^a'",
    '"test.op"() ({^a: ^a:}) : () -> ()': "1:19: redefinition of block '^a'",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_diagnosed(text: str) -> None:
    assert errors(text) == [WRONG[text]]
