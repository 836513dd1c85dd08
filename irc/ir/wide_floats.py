"""Float types that NumPy has no counterpart of: their numbers are kept in double precision."""

from __future__ import annotations

import math

_FORMATS = {"tf32": (8, 10, False), "f80": (15, 63, True), "f128": (15, 112, False)}
"""The bits of the exponent and of the fraction, and whether the leading bit of the significand is written out."""


def is_wide(kind: str) -> bool:
    """Whether the functions of this module are for the type."""
    return kind in _FORMATS


def round_wide(value: float, kind: str) -> float:
    """`value` rounded to the type, halves to even; the other two types hold every double."""
    if kind != "tf32" or value == 0 or not math.isfinite(value):
        return value
    _, exponent = math.frexp(value)
    unit = max(exponent - 11, -136)
    rounded = math.ldexp(round(math.ldexp(value, -unit)), unit)
    return math.copysign(math.inf, value) if abs(rounded) >= 2.0**128 else rounded


def wide_bits(value: float, kind: str) -> int:
    """The bit pattern of a double as the type."""
    exponent_bits, fraction_bits, explicit = _FORMATS[kind]
    sign = int(math.copysign(1.0, value) < 0)
    bias = (1 << (exponent_bits - 1)) - 1
    leading = 1
    if math.isnan(value):
        exponent, fraction = 2 * bias + 1, 1 << (fraction_bits - 1)
    elif math.isinf(value):
        exponent, fraction = 2 * bias + 1, 0
    elif value == 0:
        exponent, fraction, leading = 0, 0, 0
    else:
        mantissa, power = math.frexp(abs(value))
        exponent = power - 1 + bias
        significand = int(mantissa * (1 << 53)) << fraction_bits >> 52
        if exponent <= 0:
            significand >>= 1 - exponent
            exponent = 0
        leading, fraction = significand >> fraction_bits, significand & ((1 << fraction_bits) - 1)
    high = sign << exponent_bits | exponent
    if explicit:
        high = high << 1 | leading
    return high << fraction_bits | fraction


def wide_float(bits: int, kind: str) -> float:
    """The number that a bit pattern stands for. Raises `ValueError` where a double does not hold it."""
    exponent_bits, fraction_bits, explicit = _FORMATS[kind]
    fraction = bits & ((1 << fraction_bits) - 1)
    rest = bits >> fraction_bits
    if explicit:
        leading, rest = rest & 1, rest >> 1
    exponent, sign = rest & ((1 << exponent_bits) - 1), rest >> exponent_bits & 1
    bias = (1 << (exponent_bits - 1)) - 1
    if exponent == 2 * bias + 1:
        value = math.nan if fraction else math.inf
    else:
        significand = fraction | (leading if explicit else int(exponent > 0)) << fraction_bits
        value = 0.0
        if significand:
            try:
                value = math.ldexp(significand, max(exponent, 1) - bias - fraction_bits)
            except OverflowError:
                value = math.inf
    value = -value if sign else value
    if wide_bits(value, kind) != bits:
        raise ValueError(f"the number with this bit pattern is not kept: '{kind}' has the precision of 'f64' here")
    return value


def hex_digits(kind: str) -> int:
    """How many hexadecimal digits a bit pattern is written with."""
    exponent_bits, fraction_bits, explicit = _FORMATS[kind]
    return -(-(1 + exponent_bits + fraction_bits + explicit) // 4)
