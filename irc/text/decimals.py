"""Floats as decimal text, digit for digit as LLVM prints them.

The algorithm is that of `APFloat::toString` (https://llvm.org/doxygen/APFloat_8cpp_source.html): the exact binary value is
written as an integer times a power of ten, cut to about as many digits as are wanted, and rounded once more on the digits.
Cutting first makes some results differ in the last digit from the nearest decimal number, and MLIR's text shows them.
"""

from __future__ import annotations

import math
from functools import lru_cache

PRECISION = {
    "f16": 11, "bf16": 8, "f32": 24, "f64": 53, "tf32": 11, "f80": 64, "f128": 113, "f8E5M2": 3, "f8E5M2FNUZ": 3,
    "f8E4M3": 4, "f8E4M3FN": 4, "f8E4M3FNUZ": 4, "f8E4M3B11FNUZ": 4, "f8E3M4": 5, "f8E8M0FNU": 1, "f6E2M3FN": 4,
    "f6E3M2FN": 3, "f4E2M1FN": 2,
}  # fmt: skip
"""The bits of the significand of each type, the implicit one included."""

_MAX_PADDING = 3
"""Zeros beside the digits that are written out before an exponent takes their place."""


def scientific(value: float) -> str:
    """Six digits, padded with zeros to six behind the point: `1.250000e+00`."""
    sign = "-" if math.copysign(1.0, value) < 0 else ""
    if value == 0:
        return f"{sign}0.000000e+00"
    digits, exponent = _decimal(abs(value), 6)
    exponent += len(digits) - 1
    return f"{sign}{digits[0]}.{digits[1:]:0<6}e{exponent:+03d}"


def shortest(value: float, kind: str) -> str:
    """As many digits as tell all numbers of the type apart, without trailing zeros; a whole number has no point."""
    precision = 2 + PRECISION[kind] * 59 // 196
    sign = "-" if value < 0 else ""
    digits, exponent = _decimal(abs(value), precision)
    leading = exponent + len(digits) - 1
    if exponent > _MAX_PADDING or (exponent >= 0 and len(digits) + exponent > precision) or leading < -_MAX_PADDING:
        return f"{sign}{digits[0]}.{digits[1:] or '0'}E{leading:+d}"
    if exponent >= 0:
        return sign + digits + "0" * exponent
    if leading < 0:
        return f"{sign}0.{'0' * (-leading - 1)}{digits}"
    return f"{sign}{digits[: leading + 1]}.{digits[leading + 1 :]}"


@lru_cache(maxsize=1 << 14)
def _decimal(value: float, precision: int) -> tuple[str, int]:
    """The digits of a positive number, the last of which is not zero, and the power of ten of that last one."""
    number, denominator = value.as_integer_ratio()
    exponent = 1 - denominator.bit_length()
    number *= 5**-exponent
    # 59/196 is just below log10(2).
    removable = (number.bit_length() - (precision * 196 + 58) // 59) * 59 // 196
    if removable > 0:
        exponent += removable
        number //= 10**removable
    digits = str(number)
    if len(digits) > precision:
        exponent += len(digits) - precision
        digits, following = digits[:precision], digits[precision]
        if following >= "5":
            longer = str(int(digits) + 1)
            exponent += len(longer) - precision
            digits = longer[:precision]
    stripped = digits.rstrip("0")
    return stripped, exponent + len(digits) - len(stripped)
