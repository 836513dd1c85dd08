"""Division with a remainder."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs.arithmetic import divide
from irc.numpy.ufuncs.kinds import isfinite, isinf
from irc.numpy.ufuncs.operands import filled, numbers
from irc.numpy.ufuncs.orders import less
from irc.numpy.ufuncs.rounding import trunc
from irc.numpy.ufuncs.signs import with_zeros_like
from irc.numpy.ufuncs.truth import logical_and, not_equal
from irc.tracing.array import Array
from irc.tracing.dtypes import is_integer
from irc.tracing.elementwise import apply, broadcast, cast, select
from irc.tracing.formulas import factors


def _divisor(x: Array) -> Array:
    """`x` with ones in place of zeros of integers, whose remainders are zero."""
    if not is_integer(x.dtype):
        return x
    return select(apply(nd.Equal, x, filled(x, 0)), filled(x, 1), x, x.weak_type)


def floor_divide(x1: Any, x2: Any, /) -> Array:
    """x1 / x2 rounded down; booleans are integers, and an integer by zero gives what it gives in JAX: -2, or -1 for zero and
    the largest number for an unsigned one.

    A finite number by an infinity of the other sign is -1, and an infinity by a number NaN, as in NumPy and JAX; the standard
    says -0 and infinity.
    """
    (a, b), weak = numbers(x1, x2)
    a, b = broadcast(a, b)
    quotient = apply(nd.Divide, a, b, weak_type=weak)
    if is_integer(a.dtype):
        if a.dtype.kind == "u":
            return quotient
        rest = apply(nd.Remainder, a, b, weak_type=weak)
        zero = filled(a, 0)
        signs = apply(nd.NotEqual, apply(nd.Sign, a), apply(nd.Sign, b))
        inexact_ = apply(nd.LogicalAnd, apply(nd.NotEqual, rest, zero), signs)
        return select(inexact_, apply(nd.Subtract, quotient, filled(a, 1)), quotient, weak)
    # As Python has it: from the exact remainder, so that the two agree.
    rest = remainder(a, b)
    difference = apply(nd.Subtract, a, rest)
    halves = [apply(nd.Multiply, each, filled(each, 0.5)) for each in (a, rest, b)]
    # Of the largest numbers the difference may be too large.
    exact = apply(nd.Divide, difference, b)
    by_halves = apply(nd.Divide, apply(nd.Subtract, *halves[:2]), halves[2])
    exact = apply(nd.Round, select(isinf(difference), by_halves, exact), weak_type=weak)
    exact = select(apply(nd.Equal, exact, filled(a, 0)), apply(nd.Multiply, filled(a, 0), quotient), exact, weak)
    ordinary = apply(nd.LogicalAnd, isfinite(a), isfinite(b))
    ordinary = apply(nd.LogicalAnd, ordinary, apply(nd.NotEqual, b, filled(b, 0)))
    return select(ordinary, exact, _limit_of_floor(a, b, quotient, weak), weak)


def _limit_of_floor(a: Array, b: Array, quotient: Array, weak: bool) -> Array:
    """`floor_divide` of floats of which one is not finite, or the second is zero."""
    floor = apply(nd.Floor, quotient, weak_type=weak)
    # A finite number by an infinity of the other sign lies just below zero.
    zero = filled(a, 0)
    below = apply(nd.NotEqual, apply(nd.Less, a, zero), apply(nd.Less, b, zero))
    below = apply(nd.LogicalAnd, below, apply(nd.LogicalAnd, isfinite(a), isinf(b)))
    below = apply(nd.LogicalAnd, below, apply(nd.NotEqual, a, zero))
    floor = select(below, filled(a, -1), floor, weak)
    # Nor has an infinity a remainder.
    endless = apply(nd.LogicalAnd, isinf(a), apply(nd.LogicalAnd, isfinite(b), apply(nd.NotEqual, b, zero)))
    return select(endless, filled(a, np.nan), floor, weak)


@factors(lambda y, a, b: 1, lambda y, a, b: _wraps(a, b) - trunc(divide(a, b)))
def remainder(x1: Any, x2: Any, /) -> Array:
    """The remainder of `floor_divide`, with the sign of x2 (Python's `%`); that of an integer by zero is zero."""
    (a, b), weak = numbers(x1, x2)
    a, b = broadcast(a, _divisor(b))
    rest = apply(nd.Remainder, a, b, weak_type=weak)
    if a.dtype.kind == "u":
        return rest
    zero = filled(a, 0)
    signs = apply(nd.NotEqual, apply(nd.Less, rest, zero), apply(nd.Less, b, zero))
    fix = apply(nd.LogicalAnd, apply(nd.NotEqual, rest, zero), signs)
    found = select(fix, apply(nd.Add, rest, b), rest, weak)
    if is_integer(a.dtype):
        return found
    return with_zeros_like(found, b)


def _wraps(a: Any, b: Any) -> Array:
    """1 where the remainder of a division without fraction has the other sign than b, else 0."""
    rest = fmod(a, b)
    return cast(logical_and(not_equal(rest, 0), not_equal(less(rest, 0), less(b, 0))), rest.dtype)


mod = remainder


def fmod(x1: Any, x2: Any, /) -> Array:
    """The remainder with the sign of x1 (C's `fmod`); that of an integer by zero is zero."""
    (a, b), weak = numbers(x1, x2)
    return apply(nd.Remainder, *broadcast(a, _divisor(b)), weak_type=weak)


def divmod_(x1: Any, x2: Any, /) -> tuple[Array, Array]:
    """`floor_divide` and `remainder`."""
    return floor_divide(x1, x2), remainder(x1, x2)


__all__ = ["floor_divide", "fmod", "mod", "remainder"]
