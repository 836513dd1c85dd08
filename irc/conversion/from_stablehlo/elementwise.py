"""Elementwise ops that `nd` has under another name, and those that are a few of its ops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.traced import traced
from irc.conversion.from_stablehlo.values import (
    Lowering,
    agreed,
    as_type,
    cast_to,
    element_of,
    filled,
    is_unsigned,
    number_like,
    typed,
    unsupported,
)
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.ir.builder import Builder
from irc.ir.types import ComplexType, FloatType, IntegerType, TensorType, i1
from irc.ir.value import Value

SAME: dict[Any, Any] = {
    hlo.Abs: nd.Abs, hlo.Add: nd.Add, hlo.And: nd.BitwiseAnd, hlo.Ceil: nd.Ceil, hlo.Complex: nd.Complex,
    hlo.Cosine: nd.Cos, hlo.CountLeadingZeros: nd.CountLeadingZeros, hlo.Divide: nd.Divide, hlo.Exponential: nd.Exp,
    hlo.ExponentialMinusOne: nd.Expm1, hlo.Floor: nd.Floor, hlo.Imag: nd.Imag, hlo.Log: nd.Log, hlo.LogPlusOne: nd.Log1p,
    hlo.Logistic: nd.Logistic, hlo.Multiply: nd.Multiply, hlo.Negate: nd.Negative, hlo.Not: nd.BitwiseNot,
    hlo.Or: nd.BitwiseOr, hlo.Popcnt: nd.PopCount, hlo.Power: nd.Pow, hlo.Real: nd.Real, hlo.RoundNearestEven: nd.Round,
    hlo.Rsqrt: nd.Rsqrt, hlo.ShiftLeft: nd.BitwiseLeftShift, hlo.ShiftRightLogical: nd.LogicalRightShift, hlo.Sign: nd.Sign,
    hlo.Sine: nd.Sin, hlo.Sqrt: nd.Sqrt, hlo.Subtract: nd.Subtract, hlo.Tanh: nd.Tanh, hlo.Xor: nd.BitwiseXor,
}  # fmt: skip
"""Ops with the same meaning."""

LOGICAL = {nd.BitwiseAnd: nd.LogicalAnd, nd.BitwiseOr: nd.LogicalOr, nd.BitwiseXor: nd.LogicalXor,
           nd.BitwiseNot: nd.LogicalNot}  # fmt: skip
"""Ops of bits as they are called for truth values."""


def same(b: Builder, op: Any, target: Any) -> Value:
    """An op of `nd` on the operands under the shape that is known of them."""
    operands = agreed(b, op.operands, op.results[0])
    if element_of(operands[0]) is i1:
        target = LOGICAL.get(target, target)
    return as_type(b, b.insert(target(*operands)).result, op.results[0].type)


def _renamed(target: Any) -> Lowering:
    return lambda op, b: same(b, op, target)


def lower_convert(op: hlo.Convert, b: Builder) -> Value:
    x = op.operand
    if isinstance(element_of(x), ComplexType) and not isinstance(element_of(op.result), ComplexType):
        # A truth value says whether the real part is not zero.
        x = b.insert(nd.Real(x)).result
    return as_type(b, cast_to(b, x, element_of(op.result)), op.result.type)


# -- order -------------------------------------------------------------------------------------------------------------

COMPARISONS = {
    "EQ": nd.Equal, "NE": nd.NotEqual, "GE": nd.GreaterEqual, "GT": nd.Greater, "LE": nd.LessEqual, "LT": nd.Less,
}  # fmt: skip


def compare(b: Builder, direction: str, lhs: Value, rhs: Value, total: bool = False) -> Value:
    """A comparison of tensors of one type; in the total order of floats -NaN < -inf < … < -0 < +0 < … < inf < NaN."""
    element = element_of(lhs)
    if total and isinstance(element, FloatType):
        lhs, rhs = (_ordered_bits(b, value, element) for value in (lhs, rhs))
    found: Value = b.insert(COMPARISONS[direction](lhs, rhs)).result
    return found


def _ordered_bits(b: Builder, value: Value, element: FloatType) -> Value:
    """The bits of floats as integers that are ordered as the floats are."""
    integer = IntegerType(element.width)
    type = typed(value)
    bits = b.insert(nd.Bitcast(value, result_types=[TensorType(type.shape, integer)])).result
    magnitude = number_like(b, (1 << (element.width - 1)) - 1, bits)
    zero = number_like(b, 0, bits)
    flipped = b.insert(nd.BitwiseXor(bits, magnitude)).result
    return b.insert(nd.Where(b.insert(nd.Less(bits, zero)).result, flipped, bits)).result


def lower_compare(op: hlo.Compare, b: Builder) -> Value:
    lhs, rhs = agreed(b, [op.lhs, op.rhs], op.result)
    total = op.compare_type is not None and op.compare_type.value == "TOTALORDER"
    direction = op.comparison_direction.value
    if isinstance(element_of(lhs), ComplexType) and direction not in ("EQ", "NE"):
        raise unsupported(op, f"compares complex numbers by {direction}, which have no order")
    return as_type(b, compare(b, direction, lhs, rhs, total), op.result.type)


def extremum(b: Builder, lhs: Value, rhs: Value, largest: bool) -> Value:
    """The larger or the smaller; complex numbers are ordered by their real parts, then by their imaginary parts."""
    target = nd.Maximum if largest else nd.Minimum
    if not isinstance(element_of(lhs), ComplexType):
        return b.insert(target(lhs, rhs)).result
    parts = [[b.insert(part(x)).result for x in (lhs, rhs)] for part in (nd.Real, nd.Imag)]
    direction = nd.Greater if largest else nd.Less
    first, second = (b.insert(direction(*pair)).result for pair in parts)
    tied = b.insert(nd.Equal(*parts[0])).result
    chosen = b.insert(nd.LogicalOr(first, b.insert(nd.LogicalAnd(tied, second)).result)).result
    return b.insert(nd.Where(chosen, lhs, rhs)).result


def _lower_extremum(largest: bool) -> Lowering:
    def lower(op: Any, b: Builder) -> Value:
        lhs, rhs = agreed(b, [op.lhs, op.rhs], op.result)
        return as_type(b, extremum(b, lhs, rhs, largest), op.result.type)

    return lower


def lower_clamp(op: hlo.Clamp, b: Builder) -> Value:
    (x,) = agreed(b, [op.operand], op.result)
    low, high = (agreed(b, [x, bound])[1] if typed(bound).rank else filled(b, bound, x) for bound in (op.min, op.max))
    if not typed(op.operand).rank:
        low, high = op.min, op.max
    found = extremum(b, extremum(b, x, low, True), high, False)
    return as_type(b, found, op.result.type)


def select(b: Builder, pred: Value, x: Value, y: Value, result: Value) -> Value:
    """One of two values, element by element; a predicate of rank 0 stands for all."""
    x, y = agreed(b, [x, y], result)
    if typed(pred).rank or not typed(x).rank:
        pred, x, y = agreed(b, [pred, x, y])
    else:
        pred = filled(b, pred, x)
    return as_type(b, b.insert(nd.Where(pred, x, y)).result, result.type)


def lower_select(op: hlo.Select, b: Builder) -> Value:
    return select(b, op.pred, op.on_true, op.on_false, op.result)


# -- ops that depend on the type of the elements -------------------------------------------------------------------------


def shift_right_arithmetic(b: Builder, lhs: Value, rhs: Value) -> Value:
    """The sign is copied whatever the type says: unsigned numbers are taken for signed ones."""
    type = typed(lhs)
    element = type.element_type
    if not is_unsigned(element):
        return b.insert(nd.BitwiseRightShift(lhs, rhs)).result
    assert isinstance(element, IntegerType)
    signed = TensorType(type.shape, IntegerType(element.width))
    lhs, rhs = (b.insert(nd.Bitcast(value, result_types=[signed])).result for value in (lhs, rhs))
    shifted = b.insert(nd.BitwiseRightShift(lhs, rhs)).result
    return b.insert(nd.Bitcast(shifted, result_types=[type])).result


def lower_shift_right_arithmetic(op: hlo.ShiftRightArithmetic, b: Builder) -> Value:
    found = shift_right_arithmetic(b, *agreed(b, op.operands, op.result))
    return as_type(b, found, op.result.type)


def lower_atan2(op: hlo.Atan2, b: Builder) -> Value:
    if not isinstance(element_of(op.result), ComplexType):
        return same(b, op, nd.Atan2)
    return as_type(b, traced(b, jnp.arctan2, agreed(b, op.operands, op.result))[0], op.result.type)


def lower_remainder(op: hlo.Remainder, b: Builder) -> Value:
    if isinstance(element_of(op.result), ComplexType):
        raise unsupported(op, "of complex numbers has no meaning")
    return same(b, op, nd.Remainder)


def lower_abs(op: hlo.Abs, b: Builder) -> Value:
    if is_unsigned(element_of(op.operand)):
        return as_type(b, op.operand, op.result.type)
    return same(b, op, nd.Abs)


LOWERINGS: dict[Any, Callable[[Any, Builder], Any]] = {
    **{source: _renamed(target) for source, target in SAME.items()},
    hlo.Abs: lower_abs,
    hlo.Atan2: lower_atan2,
    hlo.Clamp: lower_clamp,
    hlo.Compare: lower_compare,
    hlo.Convert: lower_convert,
    hlo.Maximum: _lower_extremum(True),
    hlo.Minimum: _lower_extremum(False),
    hlo.Remainder: lower_remainder,
    hlo.Select: lower_select,
    hlo.ShiftRightArithmetic: lower_shift_right_arithmetic,
}
