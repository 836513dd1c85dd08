"""Floating-point functions on NumPy scalars and arrays, as `arith` and `math` define them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

NATIVE = (np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64))


def in_float32(function: Callable[..., Any], *values: Any) -> Any:
    """Apply `function`; the small types that NumPy does not know itself are computed in `float32` and rounded."""
    dtype = values[0].dtype
    if dtype in NATIVE:
        result = function(*values)
        return result if result.dtype == dtype else result.astype(dtype)
    return function(*(value.astype(np.float32) for value in values)).astype(dtype)


def maximum(a: Any, b: Any) -> Any:
    """IEEE 754 `maximum`: NaN if either is, and +0 is greater than -0."""
    return np.where(a == b, np.where(np.signbit(a), b, a), np.maximum(a, b))[()]


def minimum(a: Any, b: Any) -> Any:
    """IEEE 754 `minimum`: NaN if either is, and -0 is less than +0."""
    return np.where(a == b, np.where(np.signbit(a), a, b), np.minimum(a, b))[()]


def round_half_away(x: Any) -> Any:
    whole = np.trunc(x)
    return np.where(np.abs(x - whole) >= 0.5, whole + np.copysign(np.ones_like(x), x), whole)[()]


def erf(x: Any) -> Any:
    return np.asarray(np.vectorize(math.erf, otypes=[np.float64])(x))[()]


def rsqrt(x: Any) -> Any:
    return 1 / np.sqrt(x)


def fma(a: Any, b: Any, c: Any) -> Any:
    """`a * b + c` rounded once: in double precision for smaller types, with the errors of both steps for `float64`.

    The error terms are Dekker's product and Knuth's sum (Handbook of Floating-Point Arithmetic, chapter 4).
    """
    if a.dtype != np.float64:
        wide = a.astype(np.float64) * b.astype(np.float64) + c.astype(np.float64)
        return wide.astype(a.dtype)
    product = a * b
    (a_high, a_low), (b_high, b_low) = _split(a), _split(b)
    product_error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    total = product + c
    part = total - product
    sum_error = (product - (total - part)) + (c - part)
    corrected = total + (product_error + sum_error)
    return np.where(np.isfinite(corrected), corrected, total)[()]


def _split(x: Any) -> tuple[Any, Any]:
    scaled = x * 134217729.0  # 2**27 + 1 parts the 53 bits in two halves
    high = scaled - (scaled - x)
    return high, x - high
