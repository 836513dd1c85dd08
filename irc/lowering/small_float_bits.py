"""Floats of a byte or less, and `bf16`, as bit patterns: how they become `f32`, and how `f32` is rounded to them.

Formats and their special values are those of MLIR and of ml_dtypes (OCP 8-bit Floating Point Specification and OCP
Microscaling Formats 1.0; for the FNUZ types Noune et al., "8-bit Numerical Formats for Deep Neural Networks", 2022). A
number lies in the low bits of its pattern, the sign above it; patterns of positive numbers are ordered as the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from irc.dialects import arith
from irc.dialects._amounts import compare
from irc.ir.types import FLOAT_WIDTHS, FloatType, IntegerType, with_element_type
from irc.ir.value import Value
from irc.lowering.math_emitter import Emitter


@dataclass(frozen=True, slots=True)
class SmallFormat:
    """`largest` is the pattern of the largest finite number; what is beyond it rounds to `overflow`."""

    fraction: int
    bias: int
    largest: int
    overflow: int
    nan: int
    has_negative_zero: bool = True

    @property
    def has_nan(self) -> bool:
        return self.overflow > self.largest

    @property
    def has_infinity(self) -> bool:
        return self.has_nan and self.overflow != self.nan


SMALL_FORMATS = {
    "f8E5M2": SmallFormat(2, 15, 0x7B, 0x7C, 0x7E),
    "f8E4M3": SmallFormat(3, 7, 0x77, 0x78, 0x7C),
    "f8E3M4": SmallFormat(4, 3, 0x6F, 0x70, 0x78),
    "f8E4M3FN": SmallFormat(3, 7, 0x7E, 0x7F, 0x7F),
    "f8E5M2FNUZ": SmallFormat(2, 16, 0x7F, 0x80, 0x80, has_negative_zero=False),
    "f8E4M3FNUZ": SmallFormat(3, 8, 0x7F, 0x80, 0x80, has_negative_zero=False),
    "f8E4M3B11FNUZ": SmallFormat(3, 11, 0x7F, 0x80, 0x80, has_negative_zero=False),
    # These have neither infinities nor NaN: what is too large becomes the largest number, and NaN a zero of
    # the other sign.
    "f6E2M3FN": SmallFormat(3, 1, 0x1F, 0x1F, 0x20),
    "f6E3M2FN": SmallFormat(2, 3, 0x1F, 0x1F, 0x20),
    "f4E2M1FN": SmallFormat(1, 1, 0x07, 0x07, 0x08),
}
"""The formats with a sign."""
POWERS_OF_TWO = "f8E8M0FNU"
"""The format of an exponent alone: the number of pattern n is 2^(n - 127), that of 255 is NaN."""

KINDS = (*SMALL_FORMATS, POWERS_OF_TWO)
"""The types of a byte or less."""
UPPER_HALF = "bf16"
"""The format of the upper half of `f32`. LLVM has it, but converts to it number by number where the processor does not."""

_FRACTION, _BIAS = 23, 127
_INFINITY = 0x7F800000


def to_f32(e: Emitter, x: Value, kind: str) -> Value:
    """`x`, of the small type of this kind, as `f32`."""
    width = FLOAT_WIDTHS[kind]
    narrow = with_element_type(x.type, IntegerType(width))
    b = e.b
    bits = b.insert(arith.Bitcast(x, result_types=[narrow])).result
    pattern = b.insert(arith.ExtUI(bits, result_types=[e.integers])).result
    if kind == POWERS_OF_TWO:
        # Pattern 0 is the one that is subnormal in f32: half of the least normal number.
        number = e.select(_is(e, "eq", pattern, 0), 2.0**-127, e.from_bits(e.shift_left(pattern, _FRACTION)))
        return e.select(_is(e, "eq", pattern, 0xFF), float("nan"), number)
    if kind == UPPER_HALF:
        return e.from_bits(e.shift_left(pattern, 16))
    form = SMALL_FORMATS[kind]
    sign_bit = 1 << (width - 1)
    magnitude = e.and_i(pattern, sign_bit - 1)
    # With the exponent moved in place, numbers, also subnormal ones, are off by a power of two.
    number = e.mul(e.from_bits(e.shift_left(magnitude, _FRACTION - form.fraction)), 2.0 ** (_BIAS - form.bias))
    if form.has_infinity:
        number = e.select(_is(e, "eq", magnitude, form.overflow), float("inf"), number)
        number = e.select(_is(e, "ugt", magnitude, form.overflow), float("nan"), number)
    elif form.has_nan and form.has_negative_zero:
        number = e.select(_is(e, "eq", magnitude, form.nan), float("nan"), number)
    sign = e.shift_left(e.and_i(pattern, sign_bit), 32 - width)
    number = e.xor_bits(number, sign)
    if not form.has_negative_zero:
        number = e.select(_is(e, "eq", pattern, form.nan), float("nan"), number)
    return number


def from_f32(e: Emitter, x: Value, kind: str) -> Value:
    """`x`, of `f32`, rounded to nearest even as the small type of this kind."""
    b = e.b
    bits = e.bits(x)
    width = FLOAT_WIDTHS[kind]
    if kind == POWERS_OF_TWO:
        pattern = _rounded_power(e, bits)
    elif kind == UPPER_HALF:
        pattern = _upper_half(e, bits)
    else:
        pattern = _rounded(e, bits, SMALL_FORMATS[kind], width)
    narrow = with_element_type(x.type, IntegerType(width))
    low = b.insert(arith.TruncI(pattern, result_types=[narrow])).result
    target = with_element_type(x.type, FloatType(kind))
    return b.insert(arith.Bitcast(low, result_types=[target])).result


def _rounded(e: Emitter, bits: Value, form: SmallFormat, width: int) -> Value:
    magnitude = e.and_i(bits, 0x7FFFFFFF)
    drop = _FRACTION - form.fraction
    # Half of the last place that is kept, less one where that is even; a carry goes into the exponent.
    odd = e.and_i(e.shift_right(magnitude, drop), 1)
    carried = e.add_i(e.add_i(magnitude, (1 << (drop - 1)) - 1), odd)
    normal = e.sub_i(e.shift_right(carried, drop), (_BIAS - form.bias) << form.fraction)
    # Below the normal numbers the addition itself rounds: the last place of the sum is the least subnormal number.
    least = _BIAS + 1 - form.bias - form.fraction
    rounder = (least + _FRACTION) << _FRACTION
    shifted = e.add(e.from_bits(magnitude), e.from_bits(e.integer(rounder)))
    subnormal = e.sub_i(e.bits(shifted), rounder)
    is_small = _is(e, "ult", magnitude, (_BIAS + 1 - form.bias) << _FRACTION)
    number = e.select(is_small, subnormal, normal)
    number = e.select(_is(e, "sgt", number, form.largest), e.integer(form.overflow), number)
    sign = e.and_i(e.shift_right(bits, 32 - width), 1 << (width - 1))
    signed = e.or_i(number, sign)
    if not form.has_negative_zero:
        # The pattern of -0 is that of NaN.
        signed = e.select(_is(e, "eq", number, 0), e.integer(0), signed)
    is_nan = _is(e, "ugt", magnitude, _INFINITY)
    nan = e.integer(form.nan) if form.has_nan else e.sub_i(e.integer(form.nan), sign)
    return e.select(is_nan, nan, signed)


def _rounded_power(e: Emitter, bits: Value) -> Value:
    """The nearest power of two, the greater one half-way (as ml_dtypes); NaN for what is not positive or too large."""
    power = e.shift_right(e.add_i(bits, 1 << (_FRACTION - 1)), _FRACTION)
    # The least number is subnormal in f32, where it lies half-way itself.
    power = e.select(_is(e, "eq", bits, 1 << (_FRACTION - 1)), e.integer(0), power)
    fits = e.both(_is(e, "sgt", bits, 0), _is(e, "ult", bits, 0x7F400000))
    return e.select(fits, power, e.integer(0xFF))


def _upper_half(e: Emitter, bits: Value) -> Value:
    """A NaN keeps its payload and becomes quiet."""
    odd = e.and_i(e.shift_right(bits, 16), 1)
    carried = e.shift_right(e.add_i(e.add_i(bits, 0x7FFF), odd), 16)
    is_nan = _is(e, "ugt", e.and_i(bits, 0x7FFFFFFF), _INFINITY)
    return e.select(is_nan, e.or_i(e.shift_right(bits, 16), 0x40), carried)


def round_to_odd(e: Emitter, x: Value) -> Value:
    """`x`, of `f64`, as `f32`: where that is inexact, as the one of both neighbours whose last bit is set.

    Rounding that once more gives what rounding `x` gives (Boldo and Melquiond, "Emulation of a FMA and Correctly Rounded
    Sums", 2008).
    """
    b = e.b
    nearest = b.insert(arith.TruncF(x, result_types=[e.type])).result
    wide = Emitter(b, x.type)
    back = b.insert(arith.ExtF(nearest, result_types=[x.type])).result
    inexact = wide.compare("une", back, x)
    too_large = wide.compare("ogt", wide.abs(back), wide.abs(x))
    bits = e.bits(nearest)
    bits = e.select(too_large, e.sub_i(bits, 1), bits)
    return e.from_bits(e.select(inexact, e.or_i(bits, 1), bits))


def _is(e: Emitter, predicate: str, pattern: Value, number: int) -> Value:
    return compare(e.b, predicate, pattern, e.integer(number))
