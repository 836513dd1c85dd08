"""The incomplete beta function."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.lax.loops import while_loop
from irc.lax.special import lgamma
from irc.numpy import reductions, ufuncs
from irc.numpy.ufuncs.operands import filled, inexact
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.dtypes import limits
from irc.tracing.elementwise import broadcast, cast, promoted

MOST_TERMS = 600
"""A limit for arguments that are not numbers."""


def _wide(name: str, *operands: Any) -> tuple[list[Array], Any]:
    """Floats of 32 bits at least of one shape, and the dtype of the result."""
    arrays, _ = promoted(*map(inexact, operands))
    dtype = arrays[0].dtype
    if dtype.kind == "c":
        raise TypeError(f"{name} is a function of real numbers, got {dtype}")
    wide = np.dtype(np.float32) if dtype.itemsize < 4 else dtype
    return broadcast(*[cast(array, wide) for array in arrays]), dtype


def betainc(a: Any, b: Any, x: Any) -> Array:
    """The regularized incomplete beta function: by a continued fraction, on the side where that converges fast."""
    (p, q, at), dtype = _wide("betainc", a, b, x)
    valid = (p > 0) & (q > 0) & (at >= 0) & (at <= 1)
    p, q = ufuncs.where(valid, p, 1.0), ufuncs.where(valid, q, 1.0)
    inside = valid & (at > 0) & (at < 1)
    safe = ufuncs.where(inside, at, 0.5)
    swapped = safe > (p + 1) / (p + q + 2)
    first, second = ufuncs.where(swapped, q, p), ufuncs.where(swapped, p, q)
    z = ufuncs.where(swapped, 1 - safe, safe)
    power = first * ufuncs.log(z) + second * ufuncs.log1p(-z) - _log_beta(first, second)
    part = ufuncs.exp(power) * _fraction(first, second, z) / first
    found = ufuncs.where(swapped, 1 - part, part)
    found = ufuncs.where(inside, found, ufuncs.where(at >= 1, 1.0, 0.0))
    return cast(ufuncs.where(valid, found, math.nan), dtype)


def _log_beta(a: Array, b: Array) -> Array:
    found: Array = lgamma(a) + lgamma(b) - lgamma(a + b)
    return found


def _fraction(a: Array, b: Array, x: Array) -> Array:
    """The continued fraction by W. J. Lentz's method, two terms at a time."""
    eps, tiny = float(limits(x.dtype).eps), float(limits(x.dtype).tiny) * 16

    def safe(value: Array) -> Array:
        return ufuncs.where(ufuncs.abs(value) < tiny, filled(value, tiny), value)

    def more(state: Any) -> Array:
        found: Array = reductions.any(ufuncs.abs(state[4] - 1) > eps) & (state[0] < MOST_TERMS)
        return found

    def step(state: Any) -> Any:
        count, c, d, h, _ = state
        count = count + 1
        m = cast(count, x.dtype)
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / safe(1 + even * d), safe(1 + even / c)
        h = h * d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / safe(1 + odd * d), safe(1 + odd / c)
        return count, c, d, h * d * c, d * c

    d = 1 / safe(1 - (a + b) * x / (a + 1))
    found: Array = while_loop(more, step, (np.int32(0), filled(x, 1), d, d, filled(x, 0)))[3]
    return found


__all__ = ["betainc"]

composites(globals(), __all__)
