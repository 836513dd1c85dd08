"""Functions of complex numbers on NumPy: the reference for the interpreter and for constant folding.

NumPy's own where they are as exact as the C standard's, Annex G; the others are put together from real ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def join(re: Any, im: Any, dtype: np.dtype[Any]) -> Any:
    """The numbers with these parts. No arithmetic is done, which would make a NaN of an infinite part."""
    parts = np.empty((*np.broadcast_shapes(np.shape(re), np.shape(im)), 2), np.real(dtype.type()).dtype)
    parts[..., 0], parts[..., 1] = re, im
    return parts.view(dtype)[..., 0][()]


def with_parts(re: Any, im: Any) -> Any:
    """The numbers with these parts, whose dtype says which type they have."""
    return join(re, im, np.result_type(re.dtype, np.complex64))


def angle(z: Any) -> Any:
    return np.arctan2(np.imag(z), np.real(z))


def expm1(z: Any) -> Any:
    """Near zero the real part, exp(x) cos(y) - 1, must not be formed by subtracting one."""
    x, y = np.real(z), np.imag(z)
    whole = np.exp(z)
    near = np.expm1(x) * np.cos(y) - 2 * np.sin(y / 2) ** 2
    return with_parts(np.where((np.abs(x) < 1) & np.isfinite(y), near, np.real(whole) - 1)[()], np.imag(whole))


def log1p(z: Any) -> Any:
    """The real part is that of log|1 + z|² / 2, which near zero must not be formed by adding one."""
    x, y = np.real(z), np.imag(z)
    near = np.log1p(x * (2 + x) + y * y) / 2
    small = np.maximum(np.abs(x), np.abs(y)) < 0.5
    far = np.log(with_parts(1 + x, y))
    return with_parts(np.where(small, near, np.real(far))[()], np.imag(far))


def sign(z: Any) -> Any:
    size = np.abs(z)
    by = np.where(size == 0, size.dtype.type(1), size)
    return with_parts(np.real(z) / by, np.imag(z) / by)


def divide(z: Any, w: Any) -> Any:
    """NumPy's quotient, where the divisor is zero that by its real part.

    Where both parts of NumPy's are NaN, infinities have the say, as in Annex G of C.
    """
    (a, b), (c, d) = ((np.real(x), np.imag(x)) for x in (z, w))
    found = np.where(w == 0, with_parts(a / c, b / c), np.divide(z, w))
    lost = np.isnan(np.real(found)) & np.isnan(np.imag(found))
    above = lost & (np.isinf(a) | np.isinf(b)) & np.isfinite(c) & np.isfinite(d)
    below = lost & (np.isinf(c) | np.isinf(d)) & np.isfinite(a) & np.isfinite(b)
    a, b = (np.where(above, _direction(x), x) for x in (a, b))
    c, d = (np.where(below, _direction(x), x) for x in (c, d))
    size = np.where(above, np.inf, 0).astype(a.dtype)
    limit = with_parts(size * (a * c + b * d), size * (b * c - a * d))
    return np.where(above | below, limit, found)[()]


def rsqrt(z: Any) -> Any:
    return divide(z.dtype.type(1), np.sqrt(z))


def _direction(x: Any) -> Any:
    """One for an infinity and zero for others, with the sign."""
    return np.copysign(np.isinf(x).astype(x.dtype), x)


def power(z: Any, w: Any) -> Any:
    """0 to a power with a positive real part is 0, the limit."""
    return np.where((z == 0) & (np.real(w) > 0), z.dtype.type(0), np.power(z, w))[()]


def atan2(y: Any, x: Any) -> Any:
    """-i log((x + iy) / sqrt(x² + y²))."""
    i = y.dtype.type(1j)
    return -i * np.log((x + i * y) / np.sqrt(x * x + y * y))


def logistic(z: Any) -> Any:
    """1 / (1 + exp(-z)) with the exponential of a number whose real part is not positive."""
    left = np.real(z) < 0
    exponential = np.exp(np.where(left, z, -z))
    return divide(np.where(left, exponential, z.dtype.type(1)), 1 + exponential)
