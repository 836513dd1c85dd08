"""Comparisons by order, extremes, and what lies in a range."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import apply, binary, broadcast, promoted, select


def maximum(x1: Any, x2: Any, /) -> Array:
    """The larger one; NaN if one is NaN. Complex numbers are compared by their real parts first."""
    return _extreme(nd.Maximum, x1, x2)


def minimum(x1: Any, x2: Any, /) -> Array:
    """The smaller one; NaN if one is NaN. Complex numbers are compared by their real parts first."""
    return _extreme(nd.Minimum, x1, x2)


def _extreme(op: Any, x1: Any, x2: Any) -> Array:
    arrays, weak = promoted(x1, x2)
    a, b = broadcast(*arrays)
    if a.dtype.kind != "c":
        return apply(op, a, b, weak_type=weak)
    first = ordered(nd.Less, b, a) if op is nd.Maximum else ordered(nd.Less, a, b)
    chosen = apply(nd.LogicalOr, apply(nd.LogicalAnd, first, apply(nd.Equal, b, b)), apply(nd.NotEqual, a, a))
    return select(chosen, a, b, weak)


def ordered(op: Any, x1: Any, x2: Any) -> Array:
    """A comparison by order, of complex numbers by their real parts first."""
    arrays, _ = promoted(x1, x2)
    a, b = broadcast(*arrays)
    if a.dtype.kind != "c":
        return apply(op, a, b)
    real, imag = ([apply(part, each) for each in (a, b)] for part in (nd.Real, nd.Imag))
    strict = nd.Less if op in (nd.Less, nd.LessEqual) else nd.Greater
    tie = apply(nd.LogicalAnd, apply(nd.Equal, *real), apply(op, *imag))
    return apply(nd.LogicalOr, apply(strict, *real), tie)


def clip(arr: Any, /, min: Any = None, max: Any = None) -> Array:
    """`arr` moved into the range, in the dtype that is common to all three. Complex numbers have no ranges: `ValueError`."""
    found = as_array(arr)
    for each in (arr, min, max):
        if each is not None and as_array(each).dtype.kind == "c":
            raise ValueError(f"clip takes numbers that have an order, got {as_array(each).dtype}")
    for bound, op in ((min, nd.Maximum), (max, nd.Minimum)):
        if bound is not None:
            found = binary(op, found, bound)
    return found


def less(x1: Any, x2: Any, /) -> Array:
    """x1 < x2."""
    return ordered(nd.Less, x1, x2)


def less_equal(x1: Any, x2: Any, /) -> Array:
    """x1 <= x2."""
    return ordered(nd.LessEqual, x1, x2)


def greater(x1: Any, x2: Any, /) -> Array:
    """x1 > x2."""
    return ordered(nd.Greater, x1, x2)


def greater_equal(x1: Any, x2: Any, /) -> Array:
    """x1 >= x2."""
    return ordered(nd.GreaterEqual, x1, x2)


__all__ = ["clip", "greater", "greater_equal", "less", "less_equal", "maximum", "minimum"]
