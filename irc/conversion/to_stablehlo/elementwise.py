"""Elementwise ops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.conversion.to_stablehlo.values import (
    Export,
    Rule,
    constant,
    element,
    is_unsigned,
    like,
    no_counterpart,
    result_type,
    scalar,
)
from irc.dialects import arith, chlo, nd
from irc.dialects import stablehlo as hlo
from irc.dialects.arith_attributes import CMPI
from irc.ir.attributes import DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.dense import from_numpy, to_numpy
from irc.ir.types import ComplexType, FloatType, IndexType, TensorType, i1, i64
from irc.ir.value import Value

SAME: dict[Any, Any] = {
    nd.Add: hlo.Add, nd.Atan2: hlo.Atan2, nd.BitwiseAnd: hlo.And, nd.BitwiseLeftShift: hlo.ShiftLeft, nd.BitwiseNot: hlo.Not,
    nd.BitwiseOr: hlo.Or, nd.BitwiseXor: hlo.Xor, nd.Ceil: hlo.Ceil, nd.Complex: hlo.Complex, nd.Cos: hlo.Cosine,
    nd.CountLeadingZeros: hlo.CountLeadingZeros, nd.Divide: hlo.Divide, nd.Exp: hlo.Exponential,
    nd.Expm1: hlo.ExponentialMinusOne, nd.Floor: hlo.Floor, nd.Imag: hlo.Imag, nd.Log: hlo.Log, nd.Log1p: hlo.LogPlusOne,
    nd.LogicalAnd: hlo.And, nd.LogicalNot: hlo.Not, nd.LogicalOr: hlo.Or, nd.LogicalRightShift: hlo.ShiftRightLogical,
    nd.LogicalXor: hlo.Xor, nd.Logistic: hlo.Logistic, nd.Maximum: hlo.Maximum, nd.Minimum: hlo.Minimum,
    nd.Multiply: hlo.Multiply, nd.Negative: hlo.Negate, nd.PopCount: hlo.Popcnt, nd.Pow: hlo.Power, nd.Real: hlo.Real,
    nd.Remainder: hlo.Remainder, nd.Rsqrt: hlo.Rsqrt, nd.Sin: hlo.Sine, nd.Sqrt: hlo.Sqrt, nd.Subtract: hlo.Subtract,
    nd.Tanh: hlo.Tanh,
}  # fmt: skip
"""Ops with the same meaning."""

SPECIAL: dict[Any, Any] = {
    nd.Digamma: chlo.Digamma, nd.Erf: chlo.Erf, nd.ErfInv: chlo.ErfInv, nd.Erfc: chlo.Erfc, nd.LGamma: chlo.Lgamma,
}  # fmt: skip

INTEGERS: dict[Any, Any] = {
    arith.AddI: hlo.Add, arith.AndI: hlo.And, arith.DivSI: hlo.Divide, arith.MaxSI: hlo.Maximum, arith.MinSI: hlo.Minimum,
    arith.MulI: hlo.Multiply, arith.OrI: hlo.Or, arith.RemSI: hlo.Remainder, arith.SubI: hlo.Subtract, arith.XOrI: hlo.Xor,
    arith.AddF: hlo.Add, arith.DivF: hlo.Divide, arith.MulF: hlo.Multiply, arith.NegF: hlo.Negate, arith.SubF: hlo.Subtract,
}  # fmt: skip
"""Ops on numbers, of signed integers and floats."""

DIRECTIONS: dict[Any, str] = {
    nd.Equal: "EQ", nd.Greater: "GT", nd.GreaterEqual: "GE", nd.Less: "LT", nd.LessEqual: "LE", nd.NotEqual: "NE",
}  # fmt: skip


def same(target: Any) -> Rule:
    def export(op: Any, operands: Sequence[Value], to: Export) -> Value:
        own = operands[: len(op.operands) - len(getattr(op, "destinations", ()))]
        found: Value = to.b.insert(target(*own, result_types=[result_type(op)])).results[0]
        return found

    return export


def _part(target: Any) -> Rule:
    """A real number is its own real part, and has none that is imaginary."""

    def export(op: Any, operands: Sequence[Value], to: Export) -> Value:
        if isinstance(element(operands[0]), ComplexType):
            found: Value = to.b.insert(target(operands[0])).result
            return found
        return operands[0] if target is hlo.Real else like(to.b, 0, operands[0])

    return export


def compared(direction: str) -> Rule:
    def export(op: Any, operands: Sequence[Value], to: Export) -> Value:
        return _compare(to, direction, operands[0], operands[1])

    return export


def _compare(to: Export, direction: str, lhs: Value, rhs: Value) -> Value:
    kind = element(lhs)
    is_float = isinstance(kind, FloatType | ComplexType)
    word = "FLOAT" if is_float else "UNSIGNED" if is_unsigned(kind) else "SIGNED"
    made = hlo.Compare(lhs, rhs, hlo.ComparisonDirection(direction), hlo.ComparisonType(word))
    return to.b.insert(made).result


def _where(op: Any, operands: Sequence[Value], to: Export) -> Value:
    return to.b.insert(hlo.Select(*operands[:3])).result


def _cast(op: Any, operands: Sequence[Value], to: Export) -> Value:
    x, type = operands[0], result_type(op)
    if isinstance(element(x), ComplexType) and not isinstance(type.element_type, ComplexType):
        if type.element_type is i1:
            return _compare(to, "NE", x, like(to.b, 0, x))
        x = to.b.insert(hlo.Real(x)).result
    return to.b.insert(hlo.Convert(x, result_types=[type])).result


def _abs(op: Any, operands: Sequence[Value], to: Export) -> Value:
    x = operands[0]
    return x if is_unsigned(element(x)) else to.b.insert(hlo.Abs(x)).result


def _sign(op: Any, operands: Sequence[Value], to: Export) -> Value:
    x = operands[0]
    if is_unsigned(element(x)):
        return to.b.insert(hlo.Minimum(x, like(to.b, 1, x))).result
    return to.b.insert(hlo.Sign(x)).result


def _round(op: Any, operands: Sequence[Value], to: Export) -> Value:
    x = operands[0]
    if not isinstance(element(x), ComplexType):
        return to.b.insert(hlo.RoundNearestEven(x)).result
    parts = [to.b.insert(part(x)).result for part in (hlo.Real, hlo.Imag)]
    return to.b.insert(hlo.Complex(*(to.b.insert(hlo.RoundNearestEven(part)).result for part in parts))).result


def _right_shift(op: Any, operands: Sequence[Value], to: Export) -> Value:
    target = hlo.ShiftRightLogical if is_unsigned(element(operands[0])) else hlo.ShiftRightArithmetic
    return to.b.insert(target(*operands[:2])).result


def _constant(op: nd.Constant, operands: Sequence[Value], to: Export) -> Value:
    type = result_type(op)
    value = op.value if op.value.type is type else from_numpy(to_numpy(op.value), type)
    return to.b.insert(hlo.Constant(value)).output


# -- numbers -------------------------------------------------------------------------------------------------------------


def _number(op: arith.Constant, operands: Sequence[Value], to: Export) -> Value:
    value: Any = op.value
    if isinstance(value, DenseElementsAttr):
        return to.b.insert(hlo.Constant(value)).output
    if not isinstance(value, IntegerAttr | FloatAttr):
        raise no_counterpart(op)
    kind = i64 if isinstance(op.result.type, IndexType) else op.result.type
    return constant(to.b, value.value, TensorType((), kind))


def _compared_integers(op: arith.CmpI, operands: Sequence[Value], to: Export) -> Value:
    names = {number: name for name, number in CMPI.items()}
    name = names[op.predicate.value]
    if name.startswith("u"):
        raise no_counterpart(op, "compares as unsigned what has no such type in stablehlo")
    return _compare(to, name.removeprefix("s").upper(), operands[0], operands[1])


def _converted(op: Any, operands: Sequence[Value], to: Export) -> Value:
    return to.b.insert(hlo.Convert(operands[0], result_types=[result_type(op)])).result


def _ceil_div(op: arith.CeilDivSI, operands: Sequence[Value], to: Export) -> Value:
    """Of numbers that are not negative."""
    x, y = operands
    less = to.b.insert(hlo.Subtract(y, scalar(to.b, 1, element(y)))).result
    return to.b.insert(hlo.Divide(to.b.insert(hlo.Add(x, less)).result, y)).result


RULES: dict[Any, Rule] = {
    **{source: same(target) for source, target in (SAME | SPECIAL | INTEGERS).items()},
    **{source: compared(direction) for source, direction in DIRECTIONS.items()},
    nd.Abs: _abs,
    nd.BitwiseRightShift: _right_shift,
    nd.Cast: _cast,
    nd.Constant: _constant,
    nd.Imag: _part(hlo.Imag),
    nd.Real: _part(hlo.Real),
    nd.Round: _round,
    nd.Sign: _sign,
    nd.Where: _where,
    arith.CeilDivSI: _ceil_div,
    arith.CmpI: _compared_integers,
    arith.Constant: _number,
    arith.ExtSI: _converted,
    arith.IndexCast: _converted,
    arith.Select: _where,
    arith.SIToFP: _converted,
    arith.TruncI: _converted,
}
