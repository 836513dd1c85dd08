"""`nd.cast` on one element, as `arith` ops: a table of conversions between kinds of elements.

Integers of a stated signedness are relabelled around it, and floats that no integer of the target can hold saturate, as
StableHLO's `convert` does.
"""

from __future__ import annotations

from irc.dialects import arith, complex
from irc.dialects._amounts import compare
from irc.dialects.complex import part_type
from irc.ir.builder import Builder
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, Type, f32, f64, i64
from irc.ir.value import Value
from irc.lowering.nd_scalars import kind_of
from irc.lowering.scalar_ops import cmpf, is_narrow, select, through_f32
from irc.lowering.signedness import Scalar, relabel, signless
from irc.lowering.structured import scalar


def _resize_float(b: Builder, x: Value, to: Type) -> Value:
    assert isinstance(x.type, FloatType) and isinstance(to, FloatType)
    if to.width == x.type.width:
        # Neither of the two holds all of the other.
        wide = b.insert(arith.ExtF(x, result_types=[f32])).result
        return b.insert(arith.TruncF(wide, result_types=[to])).result
    cls = arith.ExtF if to.width > x.type.width else arith.TruncF
    return b.insert(cls(x, result_types=[to])).result


def _resize_signed(b: Builder, x: Value, to: Type) -> Value:
    return _resize_integer(b, x, to, arith.ExtSI, arith.IndexCast)


def _resize_unsigned(b: Builder, x: Value, to: Type) -> Value:
    return _resize_integer(b, x, to, arith.ExtUI, arith.IndexCastUI)


def _resize_integer(
    b: Builder,
    x: Value,
    to: Type,
    extend: type[arith.ExtSI | arith.ExtUI],
    of_index: type[arith.IndexCast | arith.IndexCastUI],
) -> Value:
    if x.type is to:
        return x
    if isinstance(x.type, IndexType) or isinstance(to, IndexType):
        return b.insert(of_index(x, result_types=[to])).result
    assert isinstance(x.type, IntegerType) and isinstance(to, IntegerType)
    cls = extend if to.width > x.type.width else arith.TruncI
    return b.insert(cls(x, result_types=[to])).result


def _signed_to_float(b: Builder, x: Value, to: Type) -> Value:
    # Indices have no conversion from and to floats of their own.
    number = _resize_signed(b, x, i64) if isinstance(x.type, IndexType) else x
    return _to_float(b, number, to, arith.SIToFP)


def _unsigned_to_float(b: Builder, x: Value, to: Type) -> Value:
    return _to_float(b, x, to, arith.UIToFP)


def _to_float(b: Builder, x: Value, to: Type, cls: type[arith.SIToFP | arith.UIToFP]) -> Value:
    """Rounded once: a type narrower than `f32` takes what another holds exactly, or has rounded to odd."""
    if not is_narrow(to):
        return b.insert(cls(x, result_types=[to])).result
    assert isinstance(x.type, IntegerType)
    wide = f32 if x.type.width <= 24 else f64
    if x.type.width > 53:
        x = _with_53_digits(b, x, signed=cls is arith.SIToFP)
    return _resize_float(b, b.insert(cls(x, result_types=[wide])).result, to)


def _with_53_digits(b: Builder, x: Value, *, signed: bool) -> Value:
    """`x` where a double holds it, else `x` without its low bits, of which the last one that is kept says if any was set."""
    assert isinstance(x.type, IntegerType)
    low = (1 << (x.type.width - 53)) - 1
    cut = b.insert(arith.AndI(x, scalar(b, low, x.type))).result
    carried = b.insert(arith.AddI(cut, scalar(b, low, x.type))).result
    sticky = b.insert(arith.OrI(x, carried)).result
    odd = b.insert(arith.AndI(sticky, scalar(b, ~low, x.type))).result
    limit = 1 << 53
    shifted = b.insert(arith.AddI(x, scalar(b, limit, x.type))).result if signed else x
    fits = compare(b, "ult", shifted, scalar(b, 2 * limit if signed else limit, x.type))
    return select(b, fits, x, odd)


def _float_to_signed(b: Builder, x: Value, to: Type) -> Value:
    if isinstance(to, IndexType):
        return _resize_signed(b, _float_to_signed(b, x, i64), to)
    assert isinstance(to, IntegerType)
    limit = 1 << (to.width - 1)
    return _saturated(b, x, to, arith.FPToSI, -limit, limit)


def _float_to_unsigned(b: Builder, x: Value, to: Type) -> Value:
    assert isinstance(to, IntegerType)
    return _saturated(b, x, to, arith.FPToUI, 0, 1 << to.width)


def _saturated(
    b: Builder, x: Value, to: IntegerType, cls: type[arith.FPToSI | arith.FPToUI], low: int, end: int
) -> Value:
    """`x` rounded towards zero; `low` below of it, `end - 1` from `end` on, 0 for NaN."""
    assert isinstance(x.type, FloatType)
    if x.type.width < f32.width:
        # The bounds, which are powers of two, are exact in these.
        x = _resize_float(b, x, f32)
    inside = b.insert(cls(x, result_types=[to])).result
    above, below = cmpf(b, "oge", x, scalar(b, end, x.type)), cmpf(b, "ole", x, scalar(b, low, x.type))
    bounded = select(b, above, scalar(b, end - 1, to), select(b, below, scalar(b, low, to), inside))
    return select(b, cmpf(b, "uno", x, x), scalar(b, 0, to), bounded)


def _is_not_zero(b: Builder, x: Value) -> Value:
    return cmpf(b, "une", x, scalar(b, 0, x.type))


def _to_boolean(b: Builder, x: Value, _: Type) -> Value:
    return compare(b, "ne", x, scalar(b, 0, x.type))


def _resize_complex(b: Builder, z: Value, to: Type) -> Value:
    part = part_type(to)
    parts = b.insert(complex.Re(z)).real, b.insert(complex.Im(z)).imaginary
    return b.insert(complex.Create(*[_resize_float(b, x, part) for x in parts])).complex


def _to_complex(b: Builder, x: Value, to: Type) -> Value:
    part = part_type(to)
    return b.insert(complex.Create(_number(b, x, part), scalar(b, 0, part))).complex


def _real_part(b: Builder, z: Value, to: Type) -> Value:
    return _number(b, b.insert(complex.Re(z)).real, to)


def _number(b: Builder, x: Value, to: Type) -> Value:
    found = convert(b, x, to)
    assert found is not None, "there are conversions between all kinds of real numbers"
    return found


_CONVERSIONS: dict[tuple[str, str], Scalar] = {
    ("float", "float"): _resize_float,
    ("float", "integer"): _float_to_signed,
    ("float", "unsigned"): _float_to_unsigned,
    ("float", "boolean"): lambda b, x, _: through_f32(_is_not_zero)(b, x),
    ("integer", "float"): _signed_to_float,
    ("integer", "integer"): _resize_signed,
    ("integer", "unsigned"): _resize_signed,
    ("integer", "boolean"): _to_boolean,
    ("unsigned", "float"): _unsigned_to_float,
    ("unsigned", "integer"): _resize_unsigned,
    ("unsigned", "unsigned"): _resize_unsigned,
    ("unsigned", "boolean"): _to_boolean,
    ("boolean", "float"): _unsigned_to_float,
    ("boolean", "integer"): _resize_unsigned,
    ("boolean", "unsigned"): _resize_unsigned,
    ("boolean", "boolean"): lambda b, x, _: x,
    ("complex", "complex"): _resize_complex,
    ("complex", "boolean"): lambda b, z, _: b.insert(complex.Neq(z, scalar(b, 0, z.type))).result,
    **{("complex", kind): _real_part for kind in ("float", "integer", "unsigned")},
    **{(kind, "complex"): _to_complex for kind in ("float", "integer", "unsigned", "boolean")},
}


def convert(b: Builder, x: Value, to: Type) -> Value | None:
    """`x` converted to another scalar type, `None` if there is no such conversion."""
    if x.type is to:
        return x
    conversion = _CONVERSIONS.get((kind_of(x.type), kind_of(to)))
    if conversion is None:
        return None
    if isinstance(x.type, ComplexType) or isinstance(to, ComplexType):
        return conversion(b, x, to)  # which convert a part
    return relabel(b, conversion(b, relabel(b, x, signless(x.type)), signless(to)), to)
