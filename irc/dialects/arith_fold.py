"""Constant folding of `arith`: Python functions on numbers, applied to scalars and splats."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.types import FloatType, IntegerType, ShapedType, Type, element_type

Number = int | float
IntegerFunction = Callable[..., int | None]
"""From both operands (signed) and the width; `None` where the result is undefined."""
FloatFunction = Callable[..., float]

INDEX_WIDTH = 64


def scalar(attribute: Attribute | None) -> Number | None:
    """The number of a scalar or of a splat."""
    if isinstance(attribute, IntegerAttr | FloatAttr):
        return attribute.value
    if isinstance(attribute, DenseElementsAttr) and attribute.is_splat:
        from irc.ir.dense import splat_value  # noqa: PLC0415 - NumPy is loaded only where it is needed

        value: Number = splat_value(attribute)
        return value
    return None


def constant(value: Number, type: Type) -> Attribute | None:
    """The attribute of `value` as `type`, which may be shaped."""
    if isinstance(type, ShapedType):
        if not type.has_static_shape:
            return None
        from irc.ir.dense import from_numpy, splat  # noqa: PLC0415 - NumPy is loaded only where it is needed

        if type.num_elements == 0:
            return from_numpy([], type)
        wrapped = constant(value, type.element_type)
        return splat(scalar(wrapped), type)
    if isinstance(type, FloatType):
        return FloatAttr.of(value, type)
    return IntegerAttr(int(value), type)


def width(type: Type) -> int:
    element = element_type(type)
    return element.width if isinstance(element, IntegerType) else INDEX_WIDTH


def type_of(attribute: Attribute | None) -> Type:
    assert isinstance(attribute, IntegerAttr | FloatAttr | DenseElementsAttr)
    return attribute.type


def _signed(value: int, bits: int) -> int:
    """`i1` is kept as 0 or 1; as a signed number its one is -1."""
    return -value if bits == 1 and value > 0 else value


def is_integer(attribute: Attribute | None, value: int) -> bool:
    """Whether `attribute` is the integer `value`; -1 stands for all bits set."""
    found = scalar(attribute)
    if found is None:
        return False
    return _signed(int(found), width(type_of(attribute))) == value if value < 0 else found == value


def is_float(attribute: Attribute | None, value: float) -> bool:
    """Whether `attribute` is the float `value`, the sign of zero included."""
    found = scalar(attribute)
    return found == value and math.copysign(1.0, found) == math.copysign(1.0, value) if found is not None else False


def integers(function: IntegerFunction, lhs: Attribute | None, rhs: Attribute | None) -> Attribute | None:
    a, b = scalar(lhs), scalar(rhs)
    if a is None or b is None:
        return None
    type = type_of(lhs)
    bits = width(type)
    value = function(_signed(int(a), bits), _signed(int(b), bits), bits)
    return None if value is None else constant(value, type)


def floats(function: FloatFunction, *operands: Attribute | None) -> Attribute | None:
    """Computed in double precision and rounded once, which is exact for the four operations on `f32` and smaller types."""
    values = [scalar(operand) for operand in operands]
    if any(value is None for value in values):
        return None
    try:
        return constant(function(*values), type_of(operands[0]))
    except OverflowError:
        return None


# -- functions -------------------------------------------------------------------------------------------------------


def _unsigned(value: int, bits: int) -> int:
    return value % (1 << bits)


def divsi(a: int, b: int, bits: int) -> int | None:
    if b == 0 or (b == -1 and a == -(1 << (bits - 1))):
        return None
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def divui(a: int, b: int, bits: int) -> int | None:
    return None if b == 0 else _unsigned(a, bits) // _unsigned(b, bits)


def ceildivsi(a: int, b: int, bits: int) -> int | None:
    return None if b == 0 or (b == -1 and a == -(1 << (bits - 1))) else -(-a // b)


def ceildivui(a: int, b: int, bits: int) -> int | None:
    return None if b == 0 else -(-_unsigned(a, bits) // _unsigned(b, bits))


def floordivsi(a: int, b: int, bits: int) -> int | None:
    return None if b == 0 or (b == -1 and a == -(1 << (bits - 1))) else a // b


def remsi(a: int, b: int, bits: int) -> int | None:
    quotient = divsi(a, b, bits)
    return None if quotient is None else a - b * quotient


def remui(a: int, b: int, bits: int) -> int | None:
    return None if b == 0 else _unsigned(a, bits) % _unsigned(b, bits)


def shli(a: int, b: int, bits: int) -> int | None:
    by = _unsigned(b, bits)
    return None if by >= bits else a << by


def shrsi(a: int, b: int, bits: int) -> int | None:
    by = _unsigned(b, bits)
    return None if by >= bits else a >> by


def shrui(a: int, b: int, bits: int) -> int | None:
    by = _unsigned(b, bits)
    return None if by >= bits else _unsigned(a, bits) >> by


def divf(a: float, b: float) -> float:
    if b != 0 or math.isnan(b):
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def remf(a: float, b: float) -> float:
    return math.nan if b == 0 or math.isinf(a) else math.fmod(a, b)


def maximum(a: float, b: float) -> float:
    if math.isnan(a) or math.isnan(b):
        return math.nan
    if a == b:
        return a if math.copysign(1.0, a) > 0 else b
    return max(a, b)


def minimum(a: float, b: float) -> float:
    return -maximum(-a, -b)


_ORDER: dict[str, Callable[[Number, Number], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip


def compare_integers(word: str, lhs: Attribute | None, rhs: Attribute | None, type: Type) -> Attribute | None:
    a, b = scalar(lhs), scalar(rhs)
    if a is None or b is None:
        return None
    bits = width(type_of(lhs))
    if word[0] == "u":
        x, y = _unsigned(int(a), bits), _unsigned(int(b), bits)
    else:
        x, y = _signed(int(a), bits), _signed(int(b), bits)
    return constant(int(_ORDER[word[-2:]](x, y)), type)


def compare_floats(word: str, lhs: Attribute | None, rhs: Attribute | None, type: Type) -> Attribute | None:
    a, b = scalar(lhs), scalar(rhs)
    if a is None or b is None:
        return None
    unordered = math.isnan(a) or math.isnan(b)
    if word in ("true", "false"):
        holds = word == "true"
    elif word in ("ord", "uno"):
        holds = unordered == (word == "uno")
    elif unordered:
        holds = word[0] == "u"
    else:
        holds = _ORDER[word[1:]](a, b)
    return constant(int(holds), type)
