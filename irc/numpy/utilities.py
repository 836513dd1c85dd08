"""Questions about arrays, and other names of NumPy's that programs use."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import manipulation, reductions, ufuncs
from irc.numpy.creation import asarray
from irc.tracing import shaping
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Size

ndarray = Array
index_exp, s_ = np.index_exp, np.s_
amax, amin, around = reductions.max, reductions.min, ufuncs.round
asanyarray = ascontiguousarray = asarray


def shape(a: Any) -> tuple[Size, ...]:
    """The sizes of the axes."""
    return asarray(a).shape


def ndim(a: Any) -> int:
    """The number of axes."""
    return asarray(a).ndim


def size(a: Any, axis: int | None = None) -> Any:
    """The number of elements, or the size of an axis."""
    array = asarray(a)
    return array.size if axis is None else array.shape[axis]


def copy(a: Any, order: Any = None) -> Array:
    """A copy."""
    return asarray(a, copy=True)


def isscalar(element: Any) -> bool:
    """Whether it is a number, or an array without axes."""
    return np.isscalar(element) or (isinstance(element, Array) and element.ndim == 0)


def iterable(y: Any) -> bool:
    """Whether it can be iterated over."""
    return y.ndim > 0 if isinstance(y, Array) else np.iterable(y)


def broadcast_shapes(*shapes: Any) -> tuple[Size, ...]:
    """The common shape of arrays of these shapes. Raises `ValueError`."""
    return shaping.broadcast_shapes(*((each,) if isinstance(each, int) else tuple(each) for each in shapes))


def rollaxis(a: Any, axis: int, start: int = 0) -> Array:
    """`a` with an axis moved before another one."""
    array = as_array(a)
    axis = reductions.normal_axis(axis, array.ndim)
    start = start + array.ndim if start < 0 else start
    return manipulation.moveaxis(array, axis, start - 1 if axis < start else start)


def array_repr(arr: Any, max_line_width: Any = None, precision: Any = None, suppress_small: Any = None) -> str:
    """The text of an array."""
    return repr(arr)


def array_str(a: Any, max_line_width: Any = None, precision: Any = None, suppress_small: Any = None) -> str:
    """The elements as text."""
    return str(a)


__all__ = [
    "amax", "amin", "around", "array_repr", "array_str", "asanyarray", "ascontiguousarray", "broadcast_shapes", "copy",
    "index_exp", "isscalar", "iterable", "ndarray", "ndim", "rollaxis", "s_", "shape", "size",
]  # fmt: skip
