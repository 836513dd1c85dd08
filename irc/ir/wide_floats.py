"""Float formats that NumPy has no type for: `f80`, `f128` and `tf32`, held as their bits.

Sources: IEEE 754-2019, 3.4; for the x87 format, whose leading one is stored, Intel's Software Developer's Manual, volume 1,
4.2.2; for `tf32`, MLIR's description of the type.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FloatFormat:
    """A binary format: a sign, an exponent, and a fraction whose leading one is stored only with `explicit_one`."""

    exponent_bits: int
    fraction_bits: int
    explicit_one: bool = False

    @property
    def width(self) -> int:
        """Bits of a number."""
        return 1 + self.exponent_bits + self.explicit_one + self.fraction_bits

    @property
    def size(self) -> int:
        """Bytes of a number."""
        return -(-self.width // 8)

    @property
    def _bias(self) -> int:
        return (1 << (self.exponent_bits - 1)) - 1

    def encode(self, value: Fraction | float) -> bytes:
        """The nearest number, ties to even, little-endian."""
        special = isinstance(value, float) and not math.isfinite(value)
        if special and math.isnan(value):
            return self._pack(False, 2 * self._bias + 1, 3 << (self.fraction_bits - 1))
        negative = value < 0 or (isinstance(value, float) and math.copysign(1.0, value) < 0)
        if special:
            return self._infinity(negative)
        magnitude = abs(Fraction(value))
        if not magnitude:
            return self._pack(negative, 0, 0)
        exponent = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
        exponent -= magnitude < Fraction(2) ** exponent
        exponent = max(exponent, 1 - self._bias)
        significand = round(magnitude / Fraction(2) ** (exponent - self.fraction_bits))
        if significand.bit_length() > self.fraction_bits + 1:
            significand, exponent = significand >> 1, exponent + 1
        if exponent > self._bias:
            return self._infinity(negative)
        is_normal = significand.bit_length() > self.fraction_bits
        return self._pack(negative, exponent + self._bias if is_normal else 0, significand)

    def decode(self, data: bytes) -> Fraction | float:
        """The number: a fraction where it is finite and not a negative zero."""
        bits = int.from_bytes(data, "little")
        negative = bool(bits >> (self.width - 1) & 1)
        stored = self.fraction_bits + self.explicit_one
        field = bits >> stored & ((1 << self.exponent_bits) - 1)
        significand = bits & ((1 << stored) - 1)
        if field == 2 * self._bias + 1:
            is_nan = significand & ((1 << self.fraction_bits) - 1)
            return math.nan if is_nan else -math.inf if negative else math.inf
        if field and not self.explicit_one:
            significand |= 1 << self.fraction_bits
        if not significand:
            return -0.0 if negative else 0.0
        magnitude = significand * Fraction(2) ** (max(field, 1) - self._bias - self.fraction_bits)
        return -magnitude if negative else magnitude

    def _infinity(self, negative: bool) -> bytes:
        return self._pack(negative, 2 * self._bias + 1, 1 << self.fraction_bits)

    def _pack(self, negative: bool, field: int, significand: int) -> bytes:
        stored = self.fraction_bits + self.explicit_one
        bits = negative << (self.width - 1) | field << stored | significand & ((1 << stored) - 1)
        return bits.to_bytes(self.size, "little")


WIDE_FLOATS = {"tf32": FloatFormat(8, 10), "f80": FloatFormat(15, 63, explicit_one=True), "f128": FloatFormat(15, 112)}
"""By MLIR's name of the type."""
