"""Equality, truth values, and choices by them."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import apply, broadcast, compare, promoted, select


def equal(x1: Any, x2: Any, /) -> Array:
    """x1 == x2."""
    return compare(nd.Equal, x1, x2)


def not_equal(x1: Any, x2: Any, /) -> Array:
    """x1 != x2."""
    return compare(nd.NotEqual, x1, x2)


def boolean(x: Any) -> Array:
    """`x` as truth values: what is not zero is true."""
    array = as_array(x)
    return array if array.dtype.kind == "b" else not_equal(array, 0)


def logical_and(x1: Any, x2: Any, /) -> Array:
    """Whether both are true."""
    return apply(nd.LogicalAnd, *broadcast(boolean(x1), boolean(x2)))


def logical_or(x1: Any, x2: Any, /) -> Array:
    """Whether one is true."""
    return apply(nd.LogicalOr, *broadcast(boolean(x1), boolean(x2)))


def logical_xor(x1: Any, x2: Any, /) -> Array:
    """Whether exactly one is true."""
    return apply(nd.LogicalXor, *broadcast(boolean(x1), boolean(x2)))


def logical_not(x: Any, /) -> Array:
    """Whether it is false."""
    return apply(nd.LogicalNot, boolean(x))


def where(condition: Any, x1: Any, x2: Any, /) -> Array:
    """x1 where the condition holds, x2 elsewhere."""
    (a, b), weak = promoted(x1, x2)
    chosen, a, b = broadcast(boolean(condition), a, b)
    return select(chosen, a, b, weak)


__all__ = ["equal", "logical_and", "logical_not", "logical_or", "logical_xor", "not_equal"]
