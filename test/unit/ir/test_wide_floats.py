"""Bit patterns of the float types that NumPy has no counterpart of."""

from __future__ import annotations

import math
import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irc.ir.wide_floats import WIDE_FLOATS, FloatFormat

DOUBLE = FloatFormat(11, 52)


@pytest.mark.parametrize(
    ("value", "kind", "bits"),
    [
        (1.0, "f80", 0x3FFF8000000000000000),
        (-2.5, "f80", 0xC000A000000000000000),
        (1.0, "f128", 0x3FFF << 112),
        (5e-324, "f128", 0x3BCD << 112),
        (math.inf, "tf32", 0x3FC00),
        (-0.0, "tf32", 0x40000),
        (0.0, "f80", 0),
        (2.0**-130, "tf32", 0x40),
    ],
)
def test_bits_and_back(value: float, kind: str, bits: int) -> None:
    format = WIDE_FLOATS[kind]
    data = bits.to_bytes(format.size, "little")
    assert format.encode(value) == data
    assert format.decode(data) == value


def test_what_a_double_cannot_hold_is_kept() -> None:
    third = Fraction(1, 3)
    nearest = WIDE_FLOATS["f128"].decode(WIDE_FLOATS["f128"].encode(third))
    assert 0 < abs(Fraction(nearest) - third) < Fraction(1, 2**113)


def test_tf32_has_ten_bits_behind_the_point() -> None:
    tf32 = WIDE_FLOATS["tf32"]

    def rounded(value: float) -> float:
        return float(tf32.decode(tf32.encode(value)))

    assert rounded(1 + 2.0**-10) == 1 + 2.0**-10
    assert rounded(1 + 2.0**-11) == 1
    assert rounded(1 + 3 * 2.0**-11) == 1 + 2.0**-9
    assert rounded(3.4015e38) == 2.0**128 - 2.0**117
    assert rounded(3.5e38) == math.inf


@given(st.floats(allow_nan=False))
def test_as_the_machine_does_it(value: float) -> None:
    assert DOUBLE.encode(value) == struct.pack("<d", value)
    assert float(DOUBLE.decode(struct.pack("<d", value))) == value
