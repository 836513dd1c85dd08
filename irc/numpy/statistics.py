"""Averages and ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.numpy import reductions, ufuncs
from irc.numpy.arguments import no_out
from irc.numpy.manipulation import broadcast_to
from irc.numpy.reductions import Axis, axes_of, normal_axis
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import cast, promoted, widened
from irc.tracing.shaping import reshape


def ptp(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False) -> Array:
    """The largest minus the smallest element."""
    no_out(out, "ptp")
    return ufuncs.subtract(reductions.max(a, axis, keepdims=keepdims), reductions.min(a, axis, keepdims=keepdims))


def average(a: Any, axis: Axis = None, weights: Any = None, returned: bool = False, keepdims: bool = False) -> Any:
    """The mean, with weights."""
    array = ufuncs.inexact(a)
    if weights is None:
        found = reductions.mean(array, axis, keepdims=keepdims)
        count = cast(as_array(size_along(array, axes_of(axis, array.ndim))), found.dtype)
        return (found, broadcast_to(count, found.shape)) if returned else found
    (array, weight), _ = promoted(array, weights)
    dtype, array, weight = array.dtype, widened(array), widened(weight)
    if weight.ndim != array.ndim:
        place = normal_axis(axis, array.ndim)
        weight = reshape(weight, tuple(weight.size if i == place else 1 for i in range(array.ndim)))
    weight = broadcast_to(weight, array.shape)
    total = reductions.sum(weight, axis, keepdims=keepdims)
    found = cast(ufuncs.divide(reductions.sum(ufuncs.multiply(array, weight), axis, keepdims=keepdims), total), dtype)
    return (found, cast(total, dtype)) if returned else found


def size_along(array: Array, axes: Sequence[int]) -> Any:
    total: Any = 1
    for axis in axes:
        total = total * array.shape[axis]
    return total


__all__ = ["average", "ptp"]
