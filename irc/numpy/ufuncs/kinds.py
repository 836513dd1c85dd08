"""Which elements are finite, infinite or NaN."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs.signs import abs
from irc.numpy.ufuncs.truth import equal, not_equal
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import has_infinity, is_inexact
from irc.tracing.elementwise import apply, broadcast
from irc.tracing.shaping import broadcast_to


def isnan(x: Any, /) -> Array:
    """Whether it is NaN."""
    array = as_array(x)
    return not_equal(array, array)


def isfinite(x: Any, /) -> Array:
    """Whether it is neither infinite nor NaN."""
    array = as_array(x)
    if not is_inexact(array.dtype):
        return broadcast_to(ConcreteArray(np.asarray(True)), array.shape)
    if not has_infinity(array.dtype):
        return equal(array, array)
    if array.dtype.kind == "c":
        return apply(nd.LogicalAnd, *(isfinite(apply(part, array)) for part in (nd.Real, nd.Imag)))
    return apply(nd.Less, *broadcast(abs(array), ConcreteArray(np.asarray(np.inf, abs(array).dtype))))


def isinf(x: Any, /) -> Array:
    """Whether it is infinite."""
    array = as_array(x)
    if not is_inexact(array.dtype) or not has_infinity(array.dtype):
        return broadcast_to(ConcreteArray(np.asarray(False)), array.shape)
    if array.dtype.kind == "c":
        return apply(nd.LogicalOr, *(isinf(apply(part, array)) for part in (nd.Real, nd.Imag)))
    return apply(nd.Equal, *broadcast(abs(array), ConcreteArray(np.asarray(np.inf, abs(array).dtype))))


__all__ = ["isfinite", "isinf", "isnan"]
