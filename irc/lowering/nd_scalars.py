"""What each elementwise `nd` op computes on one element, as `arith` and `math` ops.

Two tables per kind of element: an op that is one scalar op, and a function where it takes several. Semantics are those of
StableHLO where the Array API leaves them open (integer division by zero gives -1, the remainder is then the dividend).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from irc.dialects import arith, builtin, math, nd, scf
from irc.dialects.arith_attributes import CMPF, CMPI
from irc.ir.attributes import IntegerAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import FloatType, IndexType, IntegerType, Type, i64, index
from irc.ir.value import Value
from irc.lowering.structured import index_constant, scalar

Scalar = Callable[..., Value]
"""From a builder and scalar operands to the result."""


def cmpf(b: Builder, predicate: str, lhs: Value, rhs: Value) -> Value:
    return b.insert(arith.CmpF(lhs, rhs, IntegerAttr(CMPF[predicate], i64))).result


def cmpi(b: Builder, predicate: str, lhs: Value, rhs: Value) -> Value:
    return b.insert(arith.CmpI(lhs, rhs, IntegerAttr(CMPI[predicate], i64))).result


def select(b: Builder, condition: Value, yes: Value, no: Value) -> Value:
    return b.insert(arith.Select(condition, yes, no)).result


def _sign_float(b: Builder, x: Value) -> Value:
    # Zeros keep their sign and NaN stays NaN; anything else is one with the sign of x.
    zero = scalar(b, 0, x.type)
    one = b.insert(math.CopySign(scalar(b, 1, x.type), x)).result
    return select(b, cmpf(b, "une", x, zero), select(b, cmpf(b, "uno", x, x), x, one), x)


def _sign_integer(b: Builder, x: Value) -> Value:
    zero, one, minus = (scalar(b, value, x.type) for value in (0, 1, -1))
    return select(b, cmpi(b, "sgt", x, zero), one, select(b, cmpi(b, "slt", x, zero), minus, zero))


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
    is_zero = cmpi(b, "eq", y, scalar(b, 0, y.type))
    is_minus = cmpi(b, "eq", y, scalar(b, -1, y.type))
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


def _power_integer(b: Builder, x: Value, y: Value) -> Value:
    """By repeated squaring; a negative power is 0 but for 1 and -1."""
    zero, one, minus = (scalar(b, value, x.type) for value in (0, 1, -1))
    width = x.type.width if isinstance(x.type, IntegerType) else 64
    begin, end, step = (index_constant(b, value) for value in (0, width, 1))
    block = Block([index, x.type, x.type, y.type])
    square, left = block.arguments[2:]
    power: Value = block.arguments[1]
    inner = Builder(InsertPoint.at_end(block), b.location)
    odd = cmpi(inner, "ne", inner.insert(arith.AndI(left, one)).result, zero)
    power = select(inner, odd, inner.insert(arith.MulI(power, square)).result, power)
    squared = inner.insert(arith.MulI(square, square)).result
    inner.insert(scf.Yield([power, squared, inner.insert(arith.ShRUI(left, one)).result]))
    positive = b.insert(scf.For(begin, end, step, [one, x, y], Region(block))).results[0]
    is_odd = cmpi(b, "ne", b.insert(arith.AndI(y, one)).result, zero)
    units = select(b, cmpi(b, "eq", x, one), one, zero)
    units = select(b, cmpi(b, "eq", x, minus), select(b, is_odd, minus, one), units)
    return select(b, cmpi(b, "slt", y, zero), units, positive)


FLOAT_OPS: dict[Any, Any] = {
    nd.Add: arith.AddF, nd.Subtract: arith.SubF, nd.Multiply: arith.MulF, nd.Divide: arith.DivF, nd.Pow: math.PowF,
    nd.Maximum: arith.MaximumF, nd.Minimum: arith.MinimumF, nd.Remainder: arith.RemF, nd.Atan2: math.Atan2,
    nd.Negative: arith.NegF, nd.Abs: math.AbsF, nd.Exp: math.Exp, nd.Expm1: math.ExpM1, nd.Log: math.Log,
    nd.Log1p: math.Log1p, nd.Sqrt: math.Sqrt, nd.Rsqrt: math.Rsqrt, nd.Sin: math.Sin, nd.Cos: math.Cos,
    nd.Tanh: math.Tanh, nd.Erf: math.Erf, nd.Floor: math.Floor, nd.Ceil: math.Ceil, nd.Round: math.RoundEven,
}  # fmt: skip
FLOAT_FORMULAS: dict[Any, Scalar] = {nd.Sign: _sign_float, nd.Logistic: _logistic}

INTEGER_OPS: dict[Any, Any] = {
    nd.Add: arith.AddI, nd.Subtract: arith.SubI, nd.Multiply: arith.MulI, nd.Maximum: arith.MaxSI,
    nd.Minimum: arith.MinSI, nd.Abs: math.AbsI,
}  # fmt: skip
INTEGER_FORMULAS: dict[Any, Scalar] = {
    nd.Negative: _negate_integer, nd.Sign: _sign_integer, nd.Divide: _divide_integer, nd.Remainder: _remainder_integer,
    nd.Pow: _power_integer,
}  # fmt: skip

BOOLEAN_OPS: dict[Any, Any] = {
    nd.LogicalAnd: arith.AndI, nd.LogicalOr: arith.OrI, nd.LogicalXor: arith.XOrI, nd.Multiply: arith.AndI,
    nd.Add: arith.OrI, nd.Maximum: arith.OrI, nd.Minimum: arith.AndI,
}  # fmt: skip
BOOLEAN_FORMULAS: dict[Any, Scalar] = {nd.LogicalNot: _logical_not}

COMPARISONS: dict[Any, tuple[str, str, str]] = {
    nd.Equal: ("oeq", "eq", "eq"), nd.NotEqual: ("une", "ne", "ne"), nd.Less: ("olt", "slt", "ult"),
    nd.LessEqual: ("ole", "sle", "ule"), nd.Greater: ("ogt", "sgt", "ugt"), nd.GreaterEqual: ("oge", "sge", "uge"),
}  # fmt: skip
"""The predicates on floats, on signed integers and on booleans."""

_TABLES: dict[str, tuple[Mapping[Any, Any], Mapping[Any, Scalar]]] = {
    "float": (FLOAT_OPS, FLOAT_FORMULAS), "integer": (INTEGER_OPS, INTEGER_FORMULAS),
    "boolean": (BOOLEAN_OPS, BOOLEAN_FORMULAS),
}  # fmt: skip


def kind_of(type: Type) -> str:
    """`float`, `integer`, `boolean` or, for anything else, `other`."""
    match type:
        case FloatType():
            return "float"
        case IntegerType(width=1):
            return "boolean"
        case IndexType() | IntegerType(signedness="signless"):
            return "integer"
    return "other"


def formula(cls: Any, element: Type) -> Scalar | None:
    """The scalar computation of an elementwise `nd` op on elements of a type, `None` if there is none."""
    kind = kind_of(element)
    if cls in COMPARISONS and kind != "other":
        on_floats, on_integers, on_booleans = COMPARISONS[cls]
        if kind == "float":
            return lambda b, x, y: cmpf(b, on_floats, x, y)
        predicate = on_booleans if kind == "boolean" else on_integers
        return lambda b, x, y: cmpi(b, predicate, x, y)
    ops, formulas = _TABLES.get(kind, ({}, {}))
    found = ops.get(cls)
    return formulas.get(cls) if found is None else lambda b, *operands: b.insert(found(*operands)).result


# -- conversions -----------------------------------------------------------------------------------------------------


def _resize_float(b: Builder, x: Value, to: Type) -> Value:
    assert isinstance(x.type, FloatType) and isinstance(to, FloatType)
    cls = arith.ExtF if to.width > x.type.width else arith.TruncF
    return b.insert(cls(x, result_types=[to])).result


def _resize_integer(b: Builder, x: Value, to: Type) -> Value:
    if isinstance(x.type, IndexType) or isinstance(to, IndexType):
        return b.insert(arith.IndexCast(x, result_types=[to])).result
    assert isinstance(x.type, IntegerType) and isinstance(to, IntegerType)
    cls = arith.ExtSI if to.width > x.type.width else arith.TruncI
    return b.insert(cls(x, result_types=[to])).result


def _through_i64(b: Builder, x: Value) -> Value:
    """Indices have no conversion from and to floats of their own."""
    return _resize_integer(b, x, IntegerType(64)) if isinstance(x.type, IndexType) else x


def _float_to_integer(b: Builder, x: Value, to: Type) -> Value:
    if isinstance(to, IndexType):
        return _resize_integer(b, _float_to_integer(b, x, IntegerType(64)), to)
    return b.insert(arith.FPToSI(x, result_types=[to])).result


def _boolean_to_integer(b: Builder, x: Value, to: Type) -> Value:
    cls = arith.IndexCastUI if isinstance(to, IndexType) else arith.ExtUI
    return b.insert(cls(x, result_types=[to])).result


CONVERSIONS: dict[tuple[str, str], Scalar] = {
    ("float", "float"): _resize_float,
    ("integer", "integer"): _resize_integer,
    ("integer", "float"): lambda b, x, to: b.insert(arith.SIToFP(_through_i64(b, x), result_types=[to])).result,
    ("boolean", "float"): lambda b, x, to: b.insert(arith.UIToFP(x, result_types=[to])).result,
    ("boolean", "integer"): _boolean_to_integer,
    ("float", "integer"): _float_to_integer,
    ("float", "boolean"): lambda b, x, _: cmpf(b, "une", x, scalar(b, 0, x.type)),
    ("integer", "boolean"): lambda b, x, _: cmpi(b, "ne", x, scalar(b, 0, x.type)),
}


def _relabel(b: Builder, x: Value, to: Type) -> Value:
    """The same bits as an integer type of another signedness."""
    return b.insert(builtin.UnrealizedConversionCast([x], result_types=[to])).results[0]


def _convert_signed(b: Builder, x: Value, source: IntegerType, to: Type) -> Value | None:
    """An integer of a stated signedness: signless first, and from unsigned ones by the unsigned conversions."""
    signless = _relabel(b, x, IntegerType(source.width))
    wider = isinstance(to, IntegerType) and to.width > source.width
    if source.signedness == "unsigned" and isinstance(to, FloatType):
        return b.insert(arith.UIToFP(signless, result_types=[to])).result
    if source.signedness == "unsigned" and (wider or isinstance(to, IndexType)):
        cls = arith.IndexCastUI if isinstance(to, IndexType) else arith.ExtUI
        return b.insert(cls(signless, result_types=[to])).result
    return convert(b, signless, to)


def convert(b: Builder, x: Value, to: Type) -> Value | None:
    """`x` converted to another scalar type, `None` if there is no such conversion."""
    if x.type is to:
        return x
    if isinstance(to, IntegerType) and to.signedness != "signless":
        signless = convert(b, x, IntegerType(to.width))
        return None if signless is None else _relabel(b, signless, to)
    if isinstance(x.type, IntegerType) and x.type.signedness != "signless":
        return _convert_signed(b, x, x.type, to)
    conversion = CONVERSIONS.get((kind_of(x.type), kind_of(to)))
    return conversion(b, x, to) if conversion is not None else None
