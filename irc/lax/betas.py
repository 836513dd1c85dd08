"""The incomplete beta function, the Hurwitz zeta function, and derivatives of the logarithm of the gamma function."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.lax.loops import while_loop
from irc.lax.special import digamma, lgamma
from irc.numpy import reductions, ufuncs
from irc.numpy.ufuncs import filled, inexact
from irc.tracing.array import Array
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


_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330)
_HEAD = 10


def zeta(x: Any, q: Any = 1.0) -> Array:
    """The sum of (q + k)^-x for all k from 0: a few terms, and Euler's and Maclaurin's formula for the rest."""
    (s, start), dtype = _wide("zeta", x, q)
    pole = (s <= 1) | ((start <= 0) & (start == ufuncs.floor(start)))
    wrong = (s < 1) | ((start < 0) & (start != ufuncs.floor(start)) & (s != ufuncs.floor(s)))
    s, base = ufuncs.where(pole, 2.0, s), ufuncs.where(pole | wrong, 1.0, start)
    total = ufuncs.power(base, -s)
    for k in range(1, _HEAD):
        total = total + ufuncs.power(base + float(k), -s)
    last = base + float(_HEAD)
    power = ufuncs.power(last, -s)
    total = total + power * last / (s - 1) + power / 2
    factor, square = s * power / last, 1 / (last * last)
    for j, bernoulli in enumerate(_BERNOULLI, 1):
        total = total + factor * (bernoulli / math.factorial(2 * j))
        factor = factor * (s + float(2 * j - 1)) * (s + float(2 * j)) * square
    found = ufuncs.where(pole, math.inf, total)
    return cast(ufuncs.where(wrong, math.nan, found), dtype)


def polygamma(m: Any, x: Any) -> Array:
    """The derivative number `m` of `digamma`."""
    (order, at), dtype = _wide("polygamma", m, x)
    sign = ufuncs.where(ufuncs.remainder(order, 2) == 0, -1.0, 1.0)
    higher = sign * ufuncs.exp(lgamma(order + 1)) * zeta(ufuncs.where(order == 0, 2.0, order + 1), at)
    return cast(ufuncs.where(order == 0, digamma(at), higher), dtype)


__all__ = ["betainc", "polygamma", "zeta"]
