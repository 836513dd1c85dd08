"""Constant folding of `arith`: Python functions on numbers, applied to scalars and splats."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Literal

from irc.dialects.ub import PoisonAttr
from irc.ir.attributes import Attribute, DenseElementsAttr, ElementsAttr, FloatAttr, IntegerAttr
from irc.ir.dense import flat_numpy, from_numpy
from irc.ir.types import ComplexType, FloatType, IntegerType, ShapedType, Type, element_type
from irc.ir.wide_floats import WIDE_FLOATS
from irc.rewrite.constants import Number, number_attribute, scalar

IntegerFunction = Callable[..., int | None]
"""From both operands (signed) and the width; `None` where the result is undefined."""
FloatFunction = Callable[..., float]

INDEX_WIDTH = 64

MAX_ELEMENTS = 1 << 14
"""A constant with more elements is left alone unless it is a splat: elements are computed one by one."""


def width(type: Type) -> int:
    element = element_type(type)
    return element.width if isinstance(element, IntegerType) else INDEX_WIDTH


def type_of(attribute: Attribute | None) -> Type:
    assert isinstance(attribute, IntegerAttr | FloatAttr | ElementsAttr)
    return attribute.type


def _signed(value: int, bits: int) -> int:
    """`i1` is kept as 0 or 1; as a signed number its one is -1."""
    return -value if bits == 1 and value > 0 else value


Bound = Literal["least", "greatest"]
"""The least and the greatest signed number of a type."""


def is_integer(attribute: Attribute | None, value: int | Bound | None) -> bool:
    """Whether `attribute` is the integer `value`; -1 stands for all bits set."""
    if attribute is None or value is None:
        return False
    found = attribute.value if isinstance(attribute, IntegerAttr) else scalar(attribute)
    if found is None:
        return False
    if isinstance(value, int) and value >= 0:
        return found == value
    bits = width(type_of(attribute))
    if value == "least":
        value = -(1 << (bits - 1))
    elif value == "greatest":
        value = (1 << (bits - 1)) - 1
    return _signed(int(found), bits) == value


def poison(*operands: Attribute | None) -> PoisonAttr | None:
    """The first operand that is poison, which makes the result poison."""
    for operand in operands:
        if isinstance(operand, PoisonAttr):
            return operand
    return None


def elements(attribute: Attribute | None) -> Sequence[Number] | None:
    """The numbers of a constant whose elements differ, in row-major order; `None` for anything else."""
    if not isinstance(attribute, DenseElementsAttr) or attribute.type.num_elements > MAX_ELEMENTS:
        return None
    element = attribute.type.element_type
    if isinstance(element, ComplexType) or (isinstance(element, FloatType) and element.kind in WIDE_FLOATS):
        return None
    numbers: list[Number] = flat_numpy(attribute).tolist()
    return numbers


_NUMBERS = (IntegerAttr, FloatAttr, DenseElementsAttr)


def _are_numbers(*operands: Attribute | None) -> bool:
    """Whether all operands are known, and as numbers."""
    # Nearly always one is not known, which is the cheaper thing to ask.
    return None not in operands and all(isinstance(operand, _NUMBERS) for operand in operands)


def combine(function: Callable[..., Number | None], type: Type, *operands: Attribute | None) -> Attribute | None:
    """The constant of `type` whose elements `function` computes from those of the operands; `None` if one is not known or
    has no defined result."""
    if not _are_numbers(*operands):
        return None
    numbers = [scalar(operand) for operand in operands]
    if not any(number is None for number in numbers):
        value = function(*numbers)
        return None if value is None else number_attribute(value, type)
    if not isinstance(type, ShapedType):
        return None
    columns = [elements(operand) for operand in operands]
    known = [column for column in columns if column is not None]
    if len(known) != len(columns):
        return None
    results: list[Number] = []
    for row in zip(*known, strict=True):
        value = function(*row)
        if value is None:
            return None
        results.append(value)
    return dense(results, type)


def dense(values: Sequence[Number], type: ShapedType) -> Attribute:
    """The constant of `type` with the given elements, each rounded or wrapped to the element type."""
    rounded = [scalar(number_attribute(value, type.element_type)) for value in values]
    return from_numpy(rounded, type)


def is_float(attribute: Attribute | None, value: float) -> bool:
    """Whether `attribute` is the float `value`, the sign of zero included."""
    found = scalar(attribute)
    return found == value and math.copysign(1.0, found) == math.copysign(1.0, value) if found is not None else False


def integers(
    function: IntegerFunction, lhs: Attribute | None, rhs: Attribute | None, type: Type | None = None
) -> Attribute | None:
    """What `function` gives for two integers; `type` is that of the result where it differs from the operands'."""
    if not _are_numbers(lhs, rhs):
        return None
    source = type_of(lhs)
    bits = width(source)

    def compute(a: Number, b: Number) -> int | None:
        return function(_signed(int(a), bits), _signed(int(b), bits), bits)

    return combine(compute, type if type is not None else source, lhs, rhs)


def exceeds_double(type: Type) -> bool:
    """Whether arithmetic of the type is more precise than that of Python's floats, so that constants are not computed."""
    element = element_type(type)
    return isinstance(element, FloatType) and element.width > 64


def floats(function: FloatFunction, *operands: Attribute | None) -> Attribute | None:
    """Computed in double precision and rounded once, which is exact for the four operations on `f32` and smaller types."""
    if not _are_numbers(*operands) or exceeds_double(type_of(operands[0])):
        return None

    def compute(*values: Number) -> float:
        result = function(*values)
        if result != result:
            # A NaN among the operands is handed on; one that arises has no sign.
            return next((value for value in values if value != value), math.nan)
        return result

    try:
        return combine(compute, type_of(operands[0]), *operands)
    except (OverflowError, ValueError):
        return None


def with_sign(function: Callable[[float], float]) -> Callable[[float], float]:
    """A function that rounds, so that zeros, infinities and NaN stay what they are, and results keep the sign."""

    def compute(x: float) -> float:
        return math.copysign(float(function(x)), x) if math.isfinite(x) else x

    return compute


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
    if b == -1:
        return 0
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
    read, order = _unsigned if word[0] == "u" else _signed, _ORDER[word[-2:]]
    return integers(lambda a, b, bits: int(order(read(a, bits), read(b, bits))), lhs, rhs, type)


def compare_floats(word: str, lhs: Attribute | None, rhs: Attribute | None, type: Type) -> Attribute | None:
    if any(is_nan(operand) for operand in (lhs, rhs)):
        return number_attribute(int(word[0] == "u" or word == "true"), type)
    return combine(lambda a, b: int(_compare(word, a, b)), type, lhs, rhs)


def is_nan(attribute: Attribute | None) -> bool:
    """Whether `attribute` is NaN throughout."""
    found = scalar(attribute)
    return found is not None and found != found


def _compare(word: str, a: Number, b: Number) -> bool:
    unordered = math.isnan(a) or math.isnan(b)
    if word in ("true", "false"):
        return word == "true"
    if word in ("ord", "uno"):
        return unordered == (word == "uno")
    if unordered:
        return word[0] == "u"
    return _ORDER[word[1:]](a, b)
