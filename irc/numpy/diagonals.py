"""Diagonals of matrices, and the cross product."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.arguments import no_out
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import broadcast_to, moveaxis, ravel, stack
from irc.numpy.reductions import accumulated, normal_axis
from irc.numpy.reductions import sum as total
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import max_dim, min_dim
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, promoted
from irc.tracing.gathers import take_points
from irc.tracing.shaping import broadcast_shapes, iota, reshape, show
from irc.tracing.slicing import pad


def diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array:
    """The diagonal number `offset` of the matrices along two axes, as the last axis."""
    array = as_array(a)
    if array.ndim < 2:
        raise ValueError(f"diagonal needs two axes, got an array of shape {show(array.shape)}")
    i, j = normal_axis(axis1, array.ndim), normal_axis(axis2, array.ndim)
    rows, columns = array.shape[i], array.shape[j]
    down, right = max(-offset, 0), max(offset, 0)
    size = min_dim(max_dim(rows, down) - down, max_dim(columns, right) - right)
    places = iota((size,), 0, np.dtype(np.int32))
    at = [ufuncs.add(places, max(-offset, 0)), ufuncs.add(places, max(offset, 0))]
    found = take_points(array, at, [i, j])
    return moveaxis(found, 0, -1)


def trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: None = None) -> Array:
    """The sum of the diagonal number `offset`."""
    no_out(out, "trace")
    return total(accumulated(diagonal(a, offset, axis1, axis2), dtype), -1, dtype=dtype)


def diag(v: Any, k: int = 0) -> Array:
    """The matrix with a vector on its diagonal number `k`, or that diagonal of a matrix. Raises `ValueError`."""
    array = as_array(v)
    if array.ndim == 2:
        return diagonal(array, k)
    if array.ndim != 1:
        raise ValueError(f"diag takes a vector or a matrix, got an array of shape {show(array.shape)}")
    return _on_diagonal(array, k)


def _on_diagonal(row: Array, k: int) -> Array:
    from irc.numpy.more_creation import diagonal_distance  # noqa: PLC0415 - it is made of what is here

    low, high = max(k, 0), max(-k, 0)
    zero = ConcreteArray(np.zeros((), row.dtype))
    wide = pad(row, zero, (low,), (high,), (0,))
    size = wide.shape[0]
    spread = broadcast_to(wide, (size, size))
    return ufuncs.where(ufuncs.equal(diagonal_distance(size, size), k), spread, ufuncs.filled(spread, 0))


def diagflat(v: Any, k: int = 0) -> Array:
    """The matrix with the flattened array on its diagonal number `k`."""
    return _on_diagonal(ravel(v), k)


def fill_diagonal(a: Any, val: Any, wrap: bool = False, *, inplace: bool = False) -> Array:
    """A copy with `val` on the main diagonal."""
    from irc.numpy.updates import IndexHelper  # noqa: PLC0415

    if inplace:
        raise ValueError("arrays are immutable: fill_diagonal gives a changed copy with inplace=False")
    array = as_array(a)
    at = iota((min(array.shape),), 0, np.dtype(np.int32))
    values = as_array(val)
    if values.ndim:
        values = ravel(values)
        values = getitem(values, ufuncs.remainder(at, values.shape[0]))
    return IndexHelper(array)[(at,) * array.ndim].set(values)


def cross(a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int | None = None) -> Array:
    """The cross product of vectors of three (or two) elements along an axis."""
    (x, y), _ = promoted(a, b)
    if axis is not None:
        axisa = axisb = axisc = axis
    x, y = moveaxis(x, axisa, -1), moveaxis(y, axisb, -1)
    if x.shape[-1] not in (2, 3) or y.shape[-1] not in (2, 3):
        raise ValueError(f"cross takes vectors of 2 or 3 elements, got {x.shape[-1]} and {y.shape[-1]}")
    shape = broadcast_shapes(x.shape[:-1], y.shape[:-1])
    left, right = (
        [broadcast_to(getitem(each, (..., i)), shape) if i < each.shape[-1] else None for i in range(3)]
        for each in (x, y)
    )

    def minor(i: int, j: int) -> Array:
        terms = [(left[i], right[j]), (left[j], right[i])]
        parts = [None if pair[0] is None or pair[1] is None else ufuncs.multiply(*pair) for pair in terms]
        zero = broadcast_to(ConcreteArray(np.zeros((), x.dtype)), shape)
        plus, minus = (zero if part is None else part for part in parts)
        return ufuncs.subtract(plus, minus)

    if x.shape[-1] == 2 and y.shape[-1] == 2:
        return minor(0, 1)
    return moveaxis(stack([minor(1, 2), minor(2, 0), minor(0, 1)], axis=-1), -1, axisc)


def one_hot(x: Any, num_classes: int, *, dtype: Any = None, axis: int = -1) -> Array:
    """For each number a row with a one in its place, zeros for numbers outside."""
    array = as_array(x)
    rows = ufuncs.equal(reshape(array, (*array.shape, 1)), iota((num_classes,), 0, np.dtype(np.int32)))
    return moveaxis(cast(rows, as_dtype(dtype if dtype is not None else float)), -1, axis)


__all__ = ["cross", "diag", "diagflat", "diagonal", "fill_diagonal", "trace"]
