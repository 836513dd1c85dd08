"""Signs and magnitudes."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs.operands import filled, inexact, unary
from irc.numpy.ufuncs.orders import less
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import is_float, to_inexact
from irc.tracing.elementwise import apply, bitcast, broadcast, cast, promoted, select


def negative(x: Any, /) -> Array:
    """-x."""
    return unary(nd.Negative, x)


def positive(x: Any, /) -> Array:
    """x."""
    return as_array(x)


def abs(x: Any, /) -> Array:
    """|x|."""
    array = as_array(x)
    return array if array.dtype.kind in "bu" else unary(nd.Abs, array)


absolute = abs


def fabs(x: Any, /) -> Array:
    """|x| as a float."""
    return abs(inexact(x))


def sign(x: Any, /) -> Array:
    """-1, 1, NaN for NaN, and zeros as they are, where the standard says 0; the direction of complex numbers."""
    return unary(nd.Sign, as_array(x))


def signbit(x: Any, /) -> Array:
    """Whether the sign bit is set, also of zeros."""
    array = as_array(x)
    if not is_float(array.dtype):
        return less(array, 0)
    integer = np.dtype(f"int{array.dtype.itemsize * 8}")
    bits = bitcast(array, integer)
    return apply(nd.Less, bits, filled(bits, 0))


def copysign(x1: Any, x2: Any, /) -> Array:
    """The magnitude of x1 with the sign of x2."""
    (a, b), weak = promoted(x1, x2)
    dtype = to_inexact(a.dtype)
    a, b = broadcast(cast(a, dtype, weak), cast(b, dtype, weak))
    magnitude = apply(nd.Abs, a, weak_type=weak)
    return select(signbit(b), apply(nd.Negative, magnitude), magnitude, weak)


def size_of(x: Array) -> Array:
    """|x|, whose derivative at zero is that of the side where the sign bit has it."""
    return select(signbit(x), apply(nd.Negative, x, weak_type=x.weak_type), x, x.weak_type)


def with_sign_of(size: Array, x: Array) -> Array:
    """A function of `size_of(x)` as an odd function of x."""
    return select(signbit(x), apply(nd.Negative, size, weak_type=size.weak_type), size, size.weak_type)


def with_zeros_like(found: Array, x: Array) -> Array:
    """`found`, whose zeros get the sign of `x`."""
    zero = filled(found, 0)
    plus = apply(nd.Add, found, zero, weak_type=found.weak_type)
    minus = apply(nd.Negative, apply(nd.Add, apply(nd.Negative, found), zero), weak_type=found.weak_type)
    return select(signbit(x), minus, plus, found.weak_type)


__all__ = ["abs", "absolute", "copysign", "fabs", "negative", "positive", "sign", "signbit"]
