"""Sums, products, quotients and powers of elements."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs.operands import filled, numbers, promoted_to_inexact
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import apply, binary, broadcast, cast


def add(x1: Any, x2: Any, /) -> Array:
    """x1 + x2."""
    return binary(nd.Add, x1, x2)


def subtract(x1: Any, x2: Any, /) -> Array:
    """x1 - x2."""
    return binary(nd.Subtract, x1, x2)


def multiply(x1: Any, x2: Any, /) -> Array:
    """x1 * x2."""
    return binary(nd.Multiply, x1, x2)


def divide(x1: Any, x2: Any, /) -> Array:
    """x1 / x2; integers are divided as floats."""
    (a, b), weak = promoted_to_inexact(x1, x2)
    return apply(nd.Divide, *broadcast(a, b), weak_type=weak)


def power(x1: Any, x2: Any, /) -> Array:
    """x1 to the power of x2; a small integer that is known becomes multiplications."""
    if isinstance(x2, int) and not isinstance(x2, bool) and x2 <= 16:
        array = as_array(x1)
        if x2 >= 0:
            return integer_pow(array, x2)
        if not is_inexact(array.dtype):
            raise TypeError(f"integers cannot be raised to the negative power {x2}, as the result is none: use floats")
    (a, b), weak = numbers(x1, x2)
    return apply(nd.Pow, *broadcast(a, b), weak_type=weak)


def integer_pow(x: Array, n: int) -> Array:
    """`x` multiplied with itself, by squaring."""
    if x.dtype.kind == "b":
        x = cast(x, np.dtype(np.int32), True)
    if n == 0:
        return filled(x, 1)
    found: Array | None = None
    square = x
    while True:
        if n & 1:
            found = square if found is None else multiply(found, square)
        n >>= 1
        if not n:
            assert found is not None
            return found
        square = multiply(square, square)


pow = power


def square(x: Any, /) -> Array:
    """x * x, of booleans as integers."""
    return integer_pow(as_array(x), 2)


def reciprocal(x: Any, /) -> Array:
    """1 / x."""
    return divide(1, x)


__all__ = ["add", "divide", "multiply", "pow", "power", "reciprocal", "square", "subtract"]
