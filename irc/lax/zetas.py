"""The zeta function of Hurwitz, and the derivatives of the digamma function that it gives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.lax.special import digamma, lgamma
from irc.numpy import ufuncs
from irc.numpy.ufuncs.operands import filled, inexact
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.custom import custom_jvp
from irc.tracing.elementwise import broadcast, cast, promoted

_TERMS = 10
"""Terms that are summed before the rest is estimated by L. Euler's and C. Maclaurin's formula."""
_RATIOS = tuple(
    float(bernoulli) / math.factorial(2 * (i + 1))
    for i, bernoulli in enumerate((1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798,
                                   -174611 / 330, 854513 / 138, -236364091 / 2730))
)  # fmt: skip
"""Bernoulli's numbers of even index by the factorials of it."""


def _arguments(x: Any, q: Any) -> tuple[Array, Array, Any, bool]:
    (first, second), weak = promoted(inexact(x), inexact(q))
    dtype = first.dtype
    if dtype.kind == "c":
        raise TypeError(f"this is a function of real numbers, got {dtype}")
    wide = np.dtype(np.float32) if dtype.itemsize < 4 else dtype
    first, second = broadcast(cast(first, wide), cast(second, wide))
    return first, second, dtype, weak


def zeta(x: Any, q: Any) -> Array:
    """The sum of (q + k)^-x over k from 0 on: infinite at x = 1, NaN below; at q = 0, -1, … infinite for even x only."""
    s, a, dtype, weak = _arguments(x, q)
    minus = ufuncs.negative(s)
    total = ufuncs.power(a, minus)
    for k in range(1, _TERMS):
        total = ufuncs.add(total, ufuncs.power(ufuncs.add(a, float(k)), minus))
    end = ufuncs.add(a, float(_TERMS))
    power = ufuncs.power(end, minus)
    total = ufuncs.add(total, ufuncs.divide(ufuncs.multiply(power, end), ufuncs.subtract(s, 1.0)))
    total = ufuncs.add(total, ufuncs.multiply(power, 0.5))
    factor = ufuncs.divide(ufuncs.multiply(power, s), end)
    square = ufuncs.multiply(end, end)
    for i, ratio in enumerate(_RATIOS):
        total = ufuncs.add(total, ufuncs.multiply(factor, ratio))
        rising = ufuncs.multiply(ufuncs.add(s, float(2 * i + 1)), ufuncs.add(s, float(2 * i + 2)))
        factor = ufuncs.divide(ufuncs.multiply(factor, rising), square)
    whole = ufuncs.equal(a, ufuncs.floor(a))
    left = ufuncs.less_equal(a, 0)
    odd_power = ufuncs.logical_and(left, ufuncs.not_equal(s, ufuncs.floor(s)))
    undefined = ufuncs.logical_or(ufuncs.logical_or(ufuncs.less(s, 1.0), ufuncs.isinf(s)), odd_power)
    total = ufuncs.where(undefined, filled(s, math.nan), total)
    # From both sides of a pole even powers go to the same infinity.
    even = ufuncs.equal(ufuncs.remainder(s, 2.0), 0.0)
    pole = ufuncs.where(even, filled(s, math.inf), filled(s, math.nan))
    total = ufuncs.where(ufuncs.logical_and(left, whole), pole, total)
    return cast(ufuncs.where(ufuncs.equal(s, 1.0), filled(s, math.inf), total), dtype, weak)


def polygamma(m: Any, x: Any) -> Array:
    """Derivative `m` of the digamma function: NaN where `m` is negative or no integer, so there is none with respect to it."""
    order, at, dtype, weak = _arguments(m, x)

    @custom_jvp
    def of(at: Array) -> Array:
        return _polygamma(order, at)

    @of.defjvp
    def _(primals: Any, tangents: Any) -> tuple[Array, Array]:
        (at,), (along,) = primals, tangents
        return of(at), ufuncs.multiply(polygamma(ufuncs.add(order, 1.0), at), along)

    of.__name__ = "polygamma"
    found: Array = of(at)
    return cast(found, dtype, weak)


def _polygamma(order: Array, at: Array) -> Array:
    next_ = ufuncs.add(order, 1.0)
    sign = ufuncs.where(ufuncs.equal(ufuncs.remainder(order, 2.0), 0), filled(at, -1), filled(at, 1))
    found = ufuncs.multiply(sign, ufuncs.multiply(ufuncs.exp(lgamma(next_)), zeta(next_, at)))
    found = ufuncs.where(ufuncs.equal(order, 0), digamma(at), found)
    wrong = ufuncs.logical_or(ufuncs.less(order, 0), ufuncs.not_equal(order, ufuncs.floor(order)))
    return ufuncs.where(wrong, filled(at, math.nan), found)


__all__ = ["polygamma", "zeta"]

composites(globals(), __all__)
