"""Incomplete gamma functions: a series where x is small, a continued fraction beyond."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.lax.loops import while_loop
from irc.lax.special import lgamma
from irc.numpy import reductions, ufuncs
from irc.numpy.creation import stack_of
from irc.numpy.ufuncs.operands import filled, inexact
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.dtypes import limits
from irc.tracing.elementwise import broadcast, cast, promoted
from irc.tracing.given import differentiated

MOST_TERMS = 2000
"""A limit for arguments that are not numbers."""


def _arguments(a: Any, x: Any) -> tuple[Array, Array, Any, bool]:
    (first, second), weak = promoted(inexact(a), inexact(x))
    dtype = first.dtype
    if dtype.kind == "c":
        raise TypeError(f"igamma is a function of real numbers, got {dtype}")
    wide = np.dtype(np.float32) if dtype.itemsize < 4 else dtype
    first, second = broadcast(cast(first, wide), cast(second, wide))
    return first, second, dtype, weak


def _both(a: Any, x: Any) -> tuple[Array, Array]:
    """The lower and the upper regularized function."""
    first, second, dtype, weak = _arguments(a, x)
    ordinary = ufuncs.logical_and(ufuncs.greater(first, 0), ufuncs.greater(second, 0))
    ordinary = ufuncs.logical_and(ordinary, ufuncs.isfinite(ufuncs.add(first, second)))
    p, q = ufuncs.where(ordinary, first, 1.0), ufuncs.where(ordinary, second, 1.0)
    small = ufuncs.logical_or(ufuncs.less_equal(q, 1.0), ufuncs.less_equal(q, p))
    power = ufuncs.subtract(ufuncs.subtract(ufuncs.multiply(p, ufuncs.log(q)), q), lgamma(p))
    factor = ufuncs.exp(power)
    lower = ufuncs.divide(ufuncs.multiply(_series(p, ufuncs.where(small, q, 0.0)), factor), p)
    upper = ufuncs.multiply(_fraction(ufuncs.where(small, 1.0, p), ufuncs.where(small, 2.0, q)), factor)
    lower = ufuncs.where(small, lower, ufuncs.subtract(1.0, upper))
    upper = ufuncs.where(small, ufuncs.subtract(1.0, lower), upper)
    wrong = ufuncs.logical_or(ufuncs.less_equal(first, 0), ufuncs.less(second, 0))
    wrong = ufuncs.logical_or(wrong, ufuncs.isnan(ufuncs.add(first, second)))
    found = []
    for value, at_zero in ((lower, 0.0), (upper, 1.0)):
        edge = ufuncs.where(ufuncs.equal(second, 0), at_zero, 1.0 - at_zero)
        # An infinite shape has all its weight beyond every number.
        edge = ufuncs.where(ufuncs.isinf(first), at_zero, edge)
        known = ufuncs.where(ordinary, value, edge)
        found.append(cast(ufuncs.where(wrong, math.nan, known), dtype, weak))
    return found[0], found[1]


def _series(a: Array, x: Array) -> Array:
    """1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ..."""
    eps = float(limits(a.dtype).eps)

    def more(state: Any) -> Array:
        count, _, term, total = state
        open_ = reductions.any(ufuncs.greater(ufuncs.abs(term), ufuncs.multiply(total, eps)))
        return ufuncs.logical_and(open_, ufuncs.less(count, MOST_TERMS))

    def step(state: Any) -> Any:
        count, n, term, total = state
        n = ufuncs.add(n, 1.0)
        term = ufuncs.multiply(term, ufuncs.divide(x, n))
        return ufuncs.add(count, 1), n, term, ufuncs.add(total, term)

    one = filled(a, 1)
    total: Array = while_loop(more, step, (np.int32(0), a, one, one))[3]
    return total


def _fraction(a: Array, x: Array) -> Array:
    """1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...)), by W. J. Lentz's method of 1976."""
    if differentiated():
        # Of a whole number the fraction ends, but its derivative does not: one beside it says when that is done.
        beside = ufuncs.where(ufuncs.equal(a, ufuncs.floor(a)), ufuncs.add(a, 0.5), a)
        a, x = stack_of([a, beside], 0), stack_of([x, x], 0)
        return _fraction_of(a, x)[0]
    return _fraction_of(a, x)


def _fraction_of(a: Array, x: Array) -> Array:
    eps = float(limits(a.dtype).eps)
    tiny = float(limits(a.dtype).tiny) * 16

    def safe(value: Array) -> Array:
        return ufuncs.where(ufuncs.less(ufuncs.abs(value), tiny), filled(value, tiny), value)

    def more(state: Any) -> Array:
        open_ = reductions.any(ufuncs.greater(ufuncs.abs(ufuncs.subtract(state[5], 1.0)), eps))
        return ufuncs.logical_and(open_, ufuncs.less(state[0], MOST_TERMS))

    def step(state: Any) -> Any:
        count, b, c, d, h, _ = state
        count = ufuncs.add(count, 1)
        n = cast(count, a.dtype)
        numerator = ufuncs.multiply(n, ufuncs.subtract(a, n))
        b = ufuncs.add(b, 2.0)
        d = ufuncs.divide(1.0, safe(ufuncs.add(ufuncs.multiply(numerator, d), b)))
        c = safe(ufuncs.add(b, ufuncs.divide(numerator, c)))
        change = ufuncs.multiply(d, c)
        return count, b, c, d, ufuncs.multiply(h, change), change

    b = ufuncs.subtract(ufuncs.add(x, 1.0), a)
    d = ufuncs.divide(1.0, safe(b))
    start = np.int32(0), b, filled(a, 1 / tiny), d, d, filled(a, 0)
    found: Array = while_loop(more, step, start)[4]
    return found


def igamma(a: Any, x: Any) -> Array:
    """The regularized lower incomplete gamma function."""
    return _both(a, x)[0]


def igammac(a: Any, x: Any) -> Array:
    """The regularized upper incomplete gamma function, 1 - igamma(a, x)."""
    return _both(a, x)[1]


__all__ = ["igamma", "igammac"]

composites(globals(), __all__)
