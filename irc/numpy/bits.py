"""Bits of integers, and floats seen as bits."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs.kinds import isnan
from irc.numpy.ufuncs.operands import filled, numbers, promoted_to_inexact
from irc.numpy.ufuncs.truth import equal, logical_or, where
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import DType, is_integer
from irc.tracing.elementwise import apply, bitcast, broadcast, promoted


def _bits(op: Any, name: str, x1: Any, x2: Any) -> Array:
    arrays, weak = promoted(x1, x2)
    _check(arrays[0], name)
    return apply(op, *broadcast(*arrays), weak_type=weak)


def _shifted(op: Any, name: str, x1: Any, x2: Any) -> Array:
    """Booleans are shifted as integers."""
    arrays, weak = numbers(x1, x2)
    _check(arrays[0], name, False)
    return apply(op, *broadcast(*arrays), weak_type=weak)


def _check(x: Array, name: str, booleans: bool = True) -> None:
    if not (is_integer(x.dtype) or (booleans and x.dtype.kind == "b")):
        raise TypeError(f"{name} is a function of integers{' and booleans' if booleans else ''}, got {x.dtype}")


def bitwise_and(x1: Any, x2: Any, /) -> Array:
    """The bits that are set in both."""
    return _bits(nd.BitwiseAnd, "bitwise_and", x1, x2)


def bitwise_or(x1: Any, x2: Any, /) -> Array:
    """The bits that are set in one of them."""
    return _bits(nd.BitwiseOr, "bitwise_or", x1, x2)


def bitwise_xor(x1: Any, x2: Any, /) -> Array:
    """The bits that are set in exactly one of them."""
    return _bits(nd.BitwiseXor, "bitwise_xor", x1, x2)


def bitwise_invert(x: Any, /) -> Array:
    """The bits that are not set."""
    array = as_array(x)
    _check(array, "bitwise_invert")
    return apply(nd.BitwiseNot, array, weak_type=array.weak_type)


bitwise_not = invert = bitwise_invert


def bitwise_left_shift(x1: Any, x2: Any, /) -> Array:
    """x1 shifted by x2 bits to the left."""
    return _shifted(nd.BitwiseLeftShift, "bitwise_left_shift", x1, x2)


def bitwise_right_shift(x1: Any, x2: Any, /) -> Array:
    """x1 shifted by x2 bits to the right; the sign is kept."""
    return _shifted(nd.BitwiseRightShift, "bitwise_right_shift", x1, x2)


left_shift, right_shift = bitwise_left_shift, bitwise_right_shift


def bitwise_count(x: Any, /) -> Array:
    """The number of bits that are set in the absolute value."""
    from irc.numpy.ufuncs.signs import abs as magnitude  # noqa: PLC0415 - the name is Python's
    from irc.tracing.elementwise import cast  # noqa: PLC0415

    array = as_array(x)
    _check(array, "bitwise_count", False)
    return cast(apply(nd.PopCount, magnitude(array)), np.dtype(np.uint8))


def integer_like(dtype: DType) -> DType:
    """The integer of as many bits."""
    return np.dtype(f"int{dtype.itemsize * 8}")


def nextafter(x1: Any, x2: Any, /) -> Array:
    """The float next to x1 in the direction of x2."""
    (a, b), _ = promoted_to_inexact(x1, x2)
    a, b = broadcast(a, b)
    integer = integer_like(a.dtype)
    bits = bitcast(a, integer)
    one, zero = filled(bits, 1), filled(a, 0)
    # As the bits of floats of one sign are ordered, the next one has the next bits.
    away = apply(nd.NotEqual, apply(nd.Less, a, zero), apply(nd.Less, a, b))
    moved = where(away, apply(nd.Add, bits, one), apply(nd.Subtract, bits, one))
    least = where(apply(nd.Less, zero, b), one, filled(bits, np.iinfo(integer).min + 1))
    moved = where(equal(a, zero), least, moved)
    found = where(equal(a, b), b, bitcast(moved, a.dtype))
    return where(logical_or(isnan(a), isnan(b)), apply(nd.Add, a, b), found)


__all__ = [
    "bitwise_and", "bitwise_count", "bitwise_invert", "bitwise_left_shift", "bitwise_not", "bitwise_or",
    "bitwise_right_shift", "bitwise_xor", "invert", "left_shift", "nextafter", "right_shift",
]  # fmt: skip
