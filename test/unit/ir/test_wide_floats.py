"""Bit patterns of the float types that NumPy has no counterpart of."""

from __future__ import annotations

import math

import pytest

from irc.ir.wide_floats import round_wide, wide_bits, wide_float


@pytest.mark.parametrize(
    ("value", "kind", "bits"),
    [
        (1.0, "f80", 0x3FFF8000000000000000),
        (-2.5, "f80", 0xC000A000000000000000),
        (1.0, "f128", 0x3FFF << 112),
        (5e-324, "f128", 0x3BCD << 112),
        (math.inf, "tf32", 0x3FC00),
        (0.0, "f80", 0),
        (2.0**-130, "tf32", 0x40),
    ],
)
def test_bits_and_back(value: float, kind: str, bits: int) -> None:
    assert wide_bits(value, kind) == bits
    assert wide_float(bits, kind) == value


def test_what_a_double_cannot_hold_is_an_error() -> None:
    with pytest.raises(ValueError, match="precision of 'f64'"):
        wide_float(0x3FFF8000000000000001, "f80")
    with pytest.raises(ValueError, match="precision of 'f64'"):
        wide_float(1, "f128")


def test_tf32_has_ten_bits_behind_the_point() -> None:
    assert round_wide(1 + 2.0**-10, "tf32") == 1 + 2.0**-10
    assert round_wide(1 + 2.0**-11, "tf32") == 1
    assert round_wide(1 + 3 * 2.0**-11, "tf32") == 1 + 2.0**-9
    assert round_wide(3.4015e38, "tf32") == 2.0**128 - 2.0**117
    assert round_wide(3.5e38, "tf32") == math.inf
