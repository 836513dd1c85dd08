"""Floats are printed digit for digit as LLVM prints them."""

from __future__ import annotations

import pytest

from irc.ir.attributes import FloatAttr
from irc.ir.types import FloatType
from irc.text.spelling import float_text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.0, "f32", "0.000000e+00"),
        (-0.0, "f32", "-0.000000e+00"),
        (1.5, "f32", "1.500000e+00"),
        (0.1, "f64", "1.000000e-01"),
        (0.1, "f128", "0.100000000000000005551115123125782702"),
        # Six digits name the number, but the seventeen that are printed first do not end in zeros.
        (642.29, "f64", "642.28999999999996"),
        (3.14159274101257324, "f32", "3.14159274"),
        (2147483648.0, "f32", "2.14748365E+9"),
        # A whole number would have no point and be read as an integer.
        (16777215.0, "f32", "0x4B7FFFFF"),
        (0.000123456789, "f64", "1.23456789E-4"),
        (float("inf"), "f16", "0x7C00"),
        (float("-inf"), "f80", "0xFFFF8000000000000000"),
        (float("nan"), "f128", "0x7FFF8000000000000000000000000000"),
    ],
)
def test_float_text(value: float, kind: str, text: str) -> None:
    assert float_text(FloatAttr.of(value, FloatType(kind))) == text
