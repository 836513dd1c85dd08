"""NaNs of the narrower IEEE formats as doubles and back, bit for bit: processors make signaling ones quiet on the way.

The fraction stands left-aligned in the wider format, as hardware conversions have it (IEEE 754-2019, 6.2.3).
"""

from __future__ import annotations

import struct

from irc.ir.types import FloatType

FRACTION_BITS = {"f16": 10, "bf16": 7, "f32": 23, "f8E5M2": 2, "f8E4M3": 3, "f8E3M4": 4}
"""The fraction of each format whose NaNs have payloads; the other small ones have a single NaN, or one of each sign."""
_DOUBLE = 52


def widened(bits: int, type: FloatType) -> float:
    """The double of the NaN of `type`, a format with payloads, whose bit pattern is `bits`."""
    kept = FRACTION_BITS[type.kind]
    sign, fraction = bits >> (type.width - 1), bits & ((1 << kept) - 1)
    pattern = sign << 63 | 0x7FF << _DOUBLE | fraction << (_DOUBLE - kept)
    value: float = struct.unpack("<d", struct.pack("<Q", pattern))[0]
    return value


def narrowed(value: float, type: FloatType) -> int:
    """The bit pattern of a NaN as one of `type`, a format with payloads, which keeps the upper bits of the fraction."""
    (pattern,) = struct.unpack("<Q", struct.pack("<d", value))
    kept = FRACTION_BITS[type.kind]
    fraction = (pattern & ((1 << _DOUBLE) - 1)) >> (_DOUBLE - kept)
    # Without a fraction it would be an infinity.
    fraction = fraction or 1 << (kept - 1)
    exponent = (1 << (type.width - 1 - kept)) - 1
    found: int = pattern >> 63 << (type.width - 1) | exponent << kept | fraction
    return found
