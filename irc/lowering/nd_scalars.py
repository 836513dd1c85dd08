"""What each elementwise `nd` op computes on one element, as `arith` and `math` ops.

Two tables per kind of element: an op that is one scalar op, and a function where it takes several. Semantics are those of
StableHLO where the Array API leaves them open (integer division by zero gives -1, the remainder is then the dividend).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irc.dialects import arith, math, nd, scf
from irc.dialects._amounts import compare
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, Type, i1, index
from irc.ir.value import Value
from irc.lowering import nd_bits as bits
from irc.lowering.nd_complex import COMPLEX_FORMULAS, COMPLEX_OPS, PARTS
from irc.lowering.scalar_ops import cmpf, select
from irc.lowering.signedness import Scalar, in_signless
from irc.lowering.structured import index_constant, scalar


def _sign_float(b: Builder, x: Value) -> Value:
    # Zeros keep their sign and NaN stays NaN; anything else is one with the sign of x.
    zero = scalar(b, 0, x.type)
    one = b.insert(math.CopySign(scalar(b, 1, x.type), x)).result
    return select(b, cmpf(b, "une", x, zero), select(b, cmpf(b, "uno", x, x), x, one), x)


def _sign_integer(b: Builder, x: Value) -> Value:
    zero, one, minus = (scalar(b, value, x.type) for value in (0, 1, -1))
    return select(b, compare(b, "sgt", x, zero), one, select(b, compare(b, "slt", x, zero), minus, zero))


def _logistic(b: Builder, x: Value) -> Value:
    one = scalar(b, 1, x.type)
    exponential = b.insert(math.Exp(b.insert(arith.NegF(x)).result)).result
    return b.insert(arith.DivF(one, b.insert(arith.AddF(one, exponential)).result)).result


def _negate_integer(b: Builder, x: Value) -> Value:
    return b.insert(arith.SubI(scalar(b, 0, x.type), x)).result


def _logical_not(b: Builder, x: Value) -> Value:
    return b.insert(arith.XOrI(x, scalar(b, 1, x.type))).result


def _guarded(b: Builder, x: Value, y: Value) -> tuple[Value, Value, Value]:
    """Whether `y` is 0, whether it is -1, and `y` with both replaced by 1: the divisors that trap."""
    is_zero = compare(b, "eq", y, scalar(b, 0, y.type))
    is_minus = compare(b, "eq", y, scalar(b, -1, y.type))
    traps = b.insert(arith.OrI(is_zero, is_minus)).result
    return is_zero, is_minus, select(b, traps, scalar(b, 1, y.type), y)


def _divide_integer(b: Builder, x: Value, y: Value) -> Value:
    is_zero, is_minus, divisor = _guarded(b, x, y)
    quotient = b.insert(arith.DivSI(x, divisor)).result
    quotient = select(b, is_minus, _negate_integer(b, x), quotient)
    return select(b, is_zero, scalar(b, -1, x.type), quotient)


def _remainder_integer(b: Builder, x: Value, y: Value) -> Value:
    is_zero, _, divisor = _guarded(b, x, y)
    return select(b, is_zero, x, b.insert(arith.RemSI(x, divisor)).result)


def _sign_unsigned(b: Builder, x: Value) -> Value:
    zero, one = (scalar(b, value, x.type) for value in (0, 1))
    return select(b, compare(b, "eq", x, zero), zero, one)


def _nonzero(b: Builder, y: Value) -> tuple[Value, Value]:
    """Whether `y` is 0, and `y` with 0 replaced by 1."""
    is_zero = compare(b, "eq", y, scalar(b, 0, y.type))
    return is_zero, select(b, is_zero, scalar(b, 1, y.type), y)


def _divide_unsigned(b: Builder, x: Value, y: Value) -> Value:
    is_zero, divisor = _nonzero(b, y)
    return select(b, is_zero, scalar(b, -1, x.type), b.insert(arith.DivUI(x, divisor)).result)


def _remainder_unsigned(b: Builder, x: Value, y: Value) -> Value:
    is_zero, divisor = _nonzero(b, y)
    return select(b, is_zero, x, b.insert(arith.RemUI(x, divisor)).result)


def _power_unsigned(b: Builder, x: Value, y: Value) -> Value:
    """By repeated squaring."""
    zero, one = (scalar(b, value, x.type) for value in (0, 1))
    width = x.type.width if isinstance(x.type, IntegerType) else 64
    begin, end, step = (index_constant(b, value) for value in (0, width, 1))
    block = Block([index, x.type, x.type, y.type])
    square, left = block.arguments[2:]
    power: Value = block.arguments[1]
    inner = Builder(InsertPoint.at_end(block), b.location)
    odd = compare(inner, "ne", inner.insert(arith.AndI(left, one)).result, zero)
    power = select(inner, odd, inner.insert(arith.MulI(power, square)).result, power)
    squared = inner.insert(arith.MulI(square, square)).result
    inner.insert(scf.Yield([power, squared, inner.insert(arith.ShRUI(left, one)).result]))
    return b.insert(scf.For(begin, end, step, [one, x, y], Region(block))).results[0]


def _power_integer(b: Builder, x: Value, y: Value) -> Value:
    """A negative power is 0 but for 1 and -1."""
    positive = _power_unsigned(b, x, y)
    zero, one, minus = (scalar(b, value, x.type) for value in (0, 1, -1))
    is_odd = compare(b, "ne", b.insert(arith.AndI(y, one)).result, zero)
    units = select(b, compare(b, "eq", x, one), one, zero)
    units = select(b, compare(b, "eq", x, minus), select(b, is_odd, minus, one), units)
    return select(b, compare(b, "slt", y, zero), units, positive)


FLOAT_OPS: dict[Any, Any] = {
    nd.Add: arith.AddF, nd.Subtract: arith.SubF, nd.Multiply: arith.MulF, nd.Divide: arith.DivF, nd.Pow: math.PowF,
    nd.Maximum: arith.MaximumF, nd.Minimum: arith.MinimumF, nd.Remainder: arith.RemF, nd.Atan2: math.Atan2,
    nd.Negative: arith.NegF, nd.Abs: math.AbsF, nd.Exp: math.Exp, nd.Expm1: math.ExpM1, nd.Log: math.Log,
    nd.Log1p: math.Log1p, nd.Sqrt: math.Sqrt, nd.Rsqrt: math.Rsqrt, nd.Sin: math.Sin, nd.Cos: math.Cos,
    nd.Tanh: math.Tanh, nd.Erf: math.Erf, nd.Floor: math.Floor, nd.Ceil: math.Ceil, nd.Round: math.RoundEven,
}  # fmt: skip
FLOAT_FORMULAS: dict[Any, Scalar] = {nd.Sign: _sign_float, nd.Logistic: _logistic, **PARTS}

INTEGER_OPS: dict[Any, Any] = {
    nd.Add: arith.AddI, nd.Subtract: arith.SubI, nd.Multiply: arith.MulI, nd.Maximum: arith.MaxSI,
    nd.Minimum: arith.MinSI, nd.Abs: math.AbsI, **bits.OPS,
}  # fmt: skip
INTEGER_FORMULAS: dict[Any, Scalar] = {
    nd.Negative: _negate_integer, nd.Sign: _sign_integer, nd.Divide: _divide_integer, nd.Remainder: _remainder_integer,
    nd.Pow: _power_integer, **bits.SIGNED_FORMULAS,
}  # fmt: skip

UNSIGNED_OPS: dict[Any, Any] = {
    nd.Add: arith.AddI, nd.Subtract: arith.SubI, nd.Multiply: arith.MulI, nd.Maximum: arith.MaxUI,
    nd.Minimum: arith.MinUI, **bits.OPS,
}  # fmt: skip
UNSIGNED_FORMULAS: dict[Any, Scalar] = {
    nd.Negative: _negate_integer, nd.Sign: _sign_unsigned, nd.Divide: _divide_unsigned, nd.Abs: lambda _, x: x,
    nd.Remainder: _remainder_unsigned, nd.Pow: _power_unsigned,
    **bits.UNSIGNED_FORMULAS,
}  # fmt: skip

BOOLEAN_OPS: dict[Any, Any] = {
    nd.LogicalAnd: arith.AndI, nd.LogicalOr: arith.OrI, nd.LogicalXor: arith.XOrI, nd.Multiply: arith.AndI,
    nd.Add: arith.OrI, nd.Maximum: arith.OrI, nd.Minimum: arith.AndI, **bits.BOOLEAN_OPS,
}  # fmt: skip
BOOLEAN_FORMULAS: dict[Any, Scalar] = {nd.LogicalNot: _logical_not, **bits.BOOLEAN_FORMULAS}

COMPARISONS: dict[Any, tuple[str, str, str]] = {
    nd.Equal: ("oeq", "eq", "eq"), nd.NotEqual: ("une", "ne", "ne"), nd.Less: ("olt", "slt", "ult"),
    nd.LessEqual: ("ole", "sle", "ule"), nd.Greater: ("ogt", "sgt", "ugt"), nd.GreaterEqual: ("oge", "sge", "uge"),
}  # fmt: skip
"""The predicates on floats, on signed integers, and on unsigned ones and booleans."""

TABLES: dict[str, tuple[Mapping[Any, Any], Mapping[Any, Scalar]]] = {
    "float": (FLOAT_OPS, FLOAT_FORMULAS), "integer": (INTEGER_OPS, INTEGER_FORMULAS),
    "unsigned": (UNSIGNED_OPS, UNSIGNED_FORMULAS), "boolean": (BOOLEAN_OPS, BOOLEAN_FORMULAS),
    "complex": (COMPLEX_OPS, COMPLEX_FORMULAS),
}  # fmt: skip
"""Per kind of element: the ops that are one scalar op, and those that take several."""


def kind_of(type: Type) -> str:
    """`float`, `complex`, `integer` (signless or signed), `unsigned`, `boolean` or, for anything else, `other`."""
    match type:
        case FloatType():
            return "float"
        case IntegerType(width=1):
            return "boolean"
        case IntegerType(signedness="unsigned"):
            return "unsigned"
        case IndexType() | IntegerType():
            return "integer"
        case ComplexType():
            return "complex"
    return "other"


def formula(cls: Any, element: Type) -> Scalar | None:
    """The scalar computation of an elementwise `nd` op on elements of a type, `None` if there is none."""
    kind = kind_of(element)
    if cls in COMPARISONS and kind not in ("complex", "other"):
        on_floats, on_integers, on_others = COMPARISONS[cls]
        if kind == "float":
            return lambda b, x, y: cmpf(b, on_floats, x, y)
        predicate = on_integers if kind == "integer" else on_others
        return in_signless(lambda b, x, y: compare(b, predicate, x, y), i1)
    ops, formulas = TABLES.get(kind, ({}, {}))
    op = ops.get(cls)
    found = formulas.get(cls) if op is None else lambda b, *operands: b.insert(op(*operands)).results[0]
    return found if found is None or kind in ("float", "complex") else in_signless(found, element)
