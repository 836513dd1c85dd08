"""Dialect conversion: types change with the ops, casts stand only where converted meets unconverted."""

from __future__ import annotations

from typing import Any

import pytest

from irc.dialects import arith, func, scf
from irc.dialects.builtin import UnrealizedConversionCast
from irc.ir.attributes import IntegerAttr, TypeAttr
from irc.ir.diagnostic import DiagnosedError
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType, Type, i32, i64
from irc.ir.verifier import verify_or_raise
from irc.rewrite.conversion import ConversionTarget, convert
from irc.rewrite.type_conversion import TypeConverter
from irc.text.parser import parse_module
from irc.text.printer import print_op


def _index_is_i64(type: Type) -> Type | None:
    return i64 if isinstance(type, IndexType) else None


CONVERTER = TypeConverter(_index_is_i64)


def _same_op(op, operands, rewriter) -> bool:
    rewriter.replace(op, rewriter.insert(type(op)(*operands)).results)
    return True


def _return(op, operands, rewriter) -> bool:
    rewriter.insert(func.Return(operands))
    rewriter.erase(op)
    return True


def _constant(op, operands, rewriter) -> bool:
    if not isinstance(op.value, IntegerAttr):
        return False
    value = IntegerAttr(op.value.value, CONVERTER.convert(op.value.type))
    rewriter.replace(op, rewriter.insert(arith.Constant(value)).results)
    return True


def _for(op, operands, rewriter) -> bool:
    rewriter.convert_region(op.body)
    body = Region()
    body.take_blocks(op.body)
    lower, upper, step, *inits = operands
    rewriter.replace(op, rewriter.insert(scf.For(lower, upper, step, inits, body)).results)
    return True


def _yield(op, operands, rewriter) -> bool:
    rewriter.insert(scf.Yield(operands))
    rewriter.erase(op)
    return True


PATTERNS: dict[Any, Any] = {
    func.Return: [_return],
    arith.AddI: [_same_op],
    arith.MulI: [_same_op],
    arith.Constant: [_constant],
    scf.For: [_for],
    scf.Yield: [_yield],
}
LEGAL_TYPES = ConversionTarget(legal=["func"], dynamic=dict.fromkeys(["arith", "scf"], CONVERTER.is_legal_op))


def _func_is_legal(op) -> bool:
    return CONVERTER.convert_function(op.signature) is op.signature


def _set_signature(op, operands, rewriter) -> bool:
    op.set_attribute("function_type", TypeAttr(CONVERTER.convert_function(op.signature)))
    rewriter.convert_region(op.body)
    return True


EVERYWHERE = ConversionTarget(
    legal=["builtin"],
    dynamic={"arith": CONVERTER.is_legal_op, "scf": CONVERTER.is_legal_op, "func": CONVERTER.is_legal_op,
             func.Func: _func_is_legal},
)  # fmt: skip


def _convert(text: str, target: ConversionTarget, patterns, full: bool = False) -> tuple[str, int]:
    module = parse_module(text, "test.mlir")
    casts = convert(module, target, patterns, CONVERTER, "test", full)
    verify_or_raise(module)
    return print_op(module), casts


LOOP = """
func.func @sum(%n: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
    %b = arith.addi %a, %i : index
    scf.yield %b : index
  }
  return %s : index
}
"""


def test_a_full_conversion_leaves_no_cast() -> None:
    text, casts = _convert(LOOP, EVERYWHERE, {**PATTERNS, func.Func: [_set_signature]}, full=True)
    assert casts == 0
    assert "index" not in text
    assert "unrealized" not in text
    assert "func.func @sum(%arg0: i64) -> i64" in text
    assert "scf.for %arg1 = " in text


def test_a_cast_stands_where_converted_meets_unconverted() -> None:
    text, casts = _convert(LOOP, LEGAL_TYPES, PATTERNS)
    assert casts == 2
    assert "builtin.unrealized_conversion_cast %arg0 : index to i64" in text
    assert "i64 to index" in text


def test_an_illegal_op_without_a_pattern_is_an_error_at_its_place() -> None:
    with pytest.raises(DiagnosedError) as caught:
        _convert(LOOP, ConversionTarget(illegal=[scf.For]), {})
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == "failed to legalize operation 'scf.for' that was explicitly marked illegal"
    assert next(diagnostic.location.files()).line == 5


def test_a_full_conversion_leaves_nothing_unknown() -> None:
    with pytest.raises(DiagnosedError, match=r"failed to legalize operation 'scf\.for'$"):
        _convert(LOOP, ConversionTarget(legal=["func", "arith"]), {}, full=True)


def test_what_the_target_does_not_speak_of_stays_in_a_partial_conversion() -> None:
    text, casts = _convert(LOOP, ConversionTarget(), {})
    assert "scf.for" in text
    assert casts == 0


def test_what_a_pattern_inserts_is_converted_too() -> None:
    def double_to_sum(op, operands, rewriter) -> bool:
        rewriter.replace(op, rewriter.insert(arith.MulI(operands[0], operands[0])).results)
        return True

    def square_to_sum(op, operands, rewriter) -> bool:
        rewriter.replace(op, rewriter.insert(arith.SubI(operands[0], operands[1])).results)
        return True

    text, _ = _convert(
        "func.func @f(%x: i32) -> i32 {\n %y = arith.addi %x, %x : i32\n return %y : i32\n}",
        ConversionTarget(illegal=[arith.AddI, arith.MulI]),
        {arith.AddI: [double_to_sum], arith.MulI: [square_to_sum]},
    )
    assert "arith.subi %arg0, %arg0 : i32" in text
    assert "addi" not in text
    assert "muli" not in text


def test_patterns_that_insert_each_other_end_in_an_error() -> None:
    text = "func.func @f(%x: i32) -> i32 {\n %y = arith.addi %x, %x : i32\n return %y : i32\n}"
    with pytest.raises(DiagnosedError, match=r"failed to legalize operation 'arith\.addi'"):
        _convert(text, ConversionTarget(illegal=[arith.AddI]), {arith.AddI: [_same_op]})


def test_new_ops_say_which_pass_derived_them() -> None:
    module = parse_module(LOOP, "test.mlir")
    convert(module, LEGAL_TYPES, PATTERNS, CONVERTER, "index-to-i64")
    text = print_op(module, debuginfo=True)
    assert 'fused<"index-to-i64">' in text


def test_the_last_rule_that_speaks_of_a_type_decides() -> None:
    converter = TypeConverter(lambda type: i32 if isinstance(type, IntegerType) else None)
    assert converter.convert(i64) is i32
    converter.add(lambda type: i64 if type is i64 else None)
    assert converter.convert(i64) is i64
    assert converter.is_legal(i64, i32)


def test_casts_that_cancel_go_away_through_longer_chains() -> None:
    module = parse_module(
        """
        func.func @f(%x: index) -> index {
          %a = builtin.unrealized_conversion_cast %x : index to i64
          %b = builtin.unrealized_conversion_cast %a : i64 to i32
          %c = builtin.unrealized_conversion_cast %b : i32 to index
          return %c : index
        }
        """,
        "test.mlir",
    )
    assert convert(module, ConversionTarget(), {}, CONVERTER, "test") == 0
    assert not any(isinstance(op, UnrealizedConversionCast) for op in module.walk())
