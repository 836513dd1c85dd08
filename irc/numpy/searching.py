"""Where elements are: the largest one, those that are not zero, places in a sorted row.

Results whose size depends on the elements need an array that is known, or `size`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import reductions, ufuncs
from irc.numpy.arguments import no_out
from irc.numpy.manipulation import broadcast_to, ravel
from irc.numpy.running import cumsum
from irc.numpy.taking import take_inside
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dims import Dim, check_not_empty, max_dim
from irc.tracing.dtypes import DEFAULTS, DType, as_dtype, is_inexact, limits
from irc.tracing.elementwise import cast, promoted
from irc.tracing.errors import size_not_known
from irc.tracing.gathers import take_points
from irc.tracing.known import if_known
from irc.tracing.shaping import iota, reshape, show
from irc.tracing.slicing import concat


def _position_of(op: Any, x: Any, axis: int | None, keepdims: bool, name: str, skip_nan: bool = False) -> Array:
    """The first position of the element that a reduction finds; NaN counts as found."""
    array = as_array(x)
    rank = array.ndim
    shape = array.shape
    if axis is None:
        array, axis = ravel(array), 0
        kept: Any = (1,) * rank
    else:
        axis = reductions.normal_axis(axis, rank)
        kept = tuple(1 if i == axis else n for i, n in enumerate(shape))
    size = array.shape[axis]
    check_not_empty(size, f"{name} needs at least one element, got an array of shape {show(shape)}")
    if array.dtype.kind == "c":
        return reshape(_complex_position(op, array, axis), kept if keepdims else _without(array.shape, axis))
    if array.dtype.kind == "b":
        array = cast(array, np.dtype(np.int8))
    found = reductions.reduced(op, array, axis, True)
    here = ufuncs.equal(array, found)
    if is_inexact(array.dtype) and not skip_nan:
        here = ufuncs.logical_or(here, ufuncs.isnan(array))
    places = iota(array.shape, axis, DEFAULTS[int])
    last = as_array(size) if isinstance(size, Dim) else ConcreteArray(np.asarray(size, DEFAULTS[int]))
    first = reductions.reduced(nd.Min, ufuncs.where(here, places, cast(last, DEFAULTS[int])), axis, False)
    return reshape(first, kept) if keepdims else first


def _without(shape: Sequence[Any], axis: int) -> tuple[Any, ...]:
    return tuple(n for i, n in enumerate(shape) if i != axis)


def _complex_position(op: Any, x: Array, axis: int) -> Array:
    """Complex numbers are compared by their real parts first."""
    from irc.numpy.complexes import parts  # noqa: PLC0415

    real, imag = parts(x)
    best = ufuncs.equal(real, reductions.reduced(op, real, axis, True))
    worst = -np.inf if op is nd.Max else np.inf
    among = ufuncs.where(best, imag, ufuncs.filled(imag, worst))
    both = ufuncs.logical_and(best, ufuncs.equal(imag, reductions.reduced(op, among, axis, True)))
    here = ufuncs.logical_or(both, ufuncs.isnan(x))
    return reductions.reduced(
        nd.Min, ufuncs.where(here, iota(x.shape, axis, DEFAULTS[int]), x.shape[axis]), axis, False
    )


def argmax(a: Any, axis: int | None = None, out: None = None, keepdims: bool = False) -> Array:
    """The position of the first largest element, or of the first NaN; in the flattened array by default."""
    no_out(out, "argmax")
    return _position_of(nd.Max, a, axis, keepdims, "argmax")


def argmin(a: Any, axis: int | None = None, out: None = None, keepdims: bool = False) -> Array:
    """The position of the first smallest element, or of the first NaN; in the flattened array by default."""
    no_out(out, "argmin")
    return _position_of(nd.Min, a, axis, keepdims, "argmin")


def nanargmax(a: Any, axis: int | None = None, out: None = None, keepdims: bool = False) -> Array:
    """`argmax` that leaves NaN out; -1 where there is nothing else."""
    no_out(out, "nanargmax")
    return _nan_position(nd.Max, a, axis, keepdims, -np.inf)


def nanargmin(a: Any, axis: int | None = None, out: None = None, keepdims: bool = False) -> Array:
    """`argmin` that leaves NaN out; -1 where there is nothing else."""
    no_out(out, "nanargmin")
    return _nan_position(nd.Min, a, axis, keepdims, np.inf)


def _nan_position(op: Any, x: Any, axis: int | None, keepdims: bool, worst: float) -> Array:
    array = as_array(x)
    if not is_inexact(array.dtype):
        return _position_of(op, array, axis, keepdims, "nanargmax")
    missing = ufuncs.isnan(array)
    found = _position_of(op, ufuncs.where(missing, ufuncs.filled(array, worst), array), axis, keepdims, "nanargmax")
    return ufuncs.where(reductions.all(missing, axis, keepdims=keepdims), -1, found)


def count_nonzero(a: Any, axis: Any = None, keepdims: bool = False) -> Array:
    """The number of elements that are not zero."""
    return reductions.sum(cast(ufuncs.boolean(a), DEFAULTS[int]), axis, keepdims=keepdims)


def _known(x: Any, name: str) -> Any:
    array = if_known(as_array(x))
    if not isinstance(array, ConcreteArray):
        raise size_not_known(name, array, f"pass {name} a size, or use irc.numpy.where with three arguments")
    return array.data


def nonzero(a: Any, *, size: int | None = None, fill_value: Any = None) -> tuple[Array, ...]:
    """For each axis the positions of the elements that are not zero.

    With `size` as many, of which surplus ones are `fill_value` (a number, or one for each axis; 0 by default).
    """
    array = as_array(a)
    if not array.ndim:
        raise ValueError("nonzero needs an array with axes; use atleast_1d")
    if size is None:
        return tuple(ConcreteArray(each.astype(DEFAULTS[int])) for each in np.nonzero(_known(array, "nonzero")))
    flags = ravel(ufuncs.boolean(array))
    ranks = cumsum(cast(flags, DEFAULTS[int]))
    # Number k is the first place up to which k + 1 have been counted.
    flat = cast(searchsorted(ranks, ufuncs.add(iota((size,), 0, DEFAULTS[int]), 1), side="left"), DEFAULTS[int])
    count = reductions.sum(cast(flags, DEFAULTS[int]))
    surplus = ufuncs.greater_equal(iota((size,), 0, DEFAULTS[int]), count)
    fills = fill_value if isinstance(fill_value, tuple) else (fill_value or 0,) * array.ndim
    found = unravel(flat, array.shape)
    return tuple(
        ufuncs.where(surplus, cast(as_array(fill), DEFAULTS[int]), at) for at, fill in zip(found, fills, strict=True)
    )


def unravel(flat: Array, shape: Sequence[Any]) -> list[Array]:
    """Positions in the flattened array as positions along each axis."""
    found: list[Array] = []
    for size in reversed(shape):
        found.append(ufuncs.remainder(flat, size) if size != 0 else flat)
        flat = ufuncs.floor_divide(flat, size) if size != 0 else flat
    return found[::-1]


def flatnonzero(a: Any, *, size: int | None = None, fill_value: Any = None) -> Array:
    """The positions in the flattened array of the elements that are not zero."""
    return nonzero(ravel(a), size=size, fill_value=fill_value)[0]


def argwhere(a: Any, *, size: int | None = None, fill_value: Any = None) -> Array:
    """The positions of the elements that are not zero, one in each row."""
    from irc.numpy.manipulation import stack  # noqa: PLC0415

    array = as_array(a)
    if not array.ndim:
        return ConcreteArray(np.argwhere(_known(array, "argwhere")).astype(DEFAULTS[int]))
    return stack(list(nonzero(array, size=size, fill_value=fill_value)), axis=1)


def where(condition: Any, x1: Any = None, x2: Any = None, /, *, size: int | None = None, fill_value: Any = None) -> Any:
    """x1 where the condition holds, x2 elsewhere; with the condition alone the positions where it holds."""
    if x1 is None and x2 is None:
        return nonzero(condition, size=size, fill_value=fill_value)
    if x1 is None or x2 is None:
        raise ValueError("where takes a condition, or a condition and two arrays")
    return ufuncs.where(condition, x1, x2)


def searchsorted(a: Any, v: Any, side: str = "left", sorter: Any = None, *, method: str = "scan") -> Array:
    """Where each element of `x2` would be put into the sorted row `x1`: before equal ones, or behind with "right"."""
    if side not in ("left", "right"):
        raise ValueError(f"side is 'left' or 'right', got {side!r}")
    (row, wanted), _ = promoted(a, v)
    if row.ndim != 1:
        raise ValueError(f"searchsorted looks in an array with one axis, got shape {show(row.shape)}")
    if sorter is not None:
        row = take_inside(row, sorter)
    size = row.shape[0]
    if isinstance(size, Dim):
        # Without a known number of steps all elements are compared.
        before = _precedes(reshape(row, (*(1,) * wanted.ndim, size)), reshape(wanted, (*wanted.shape, 1)), side)
        return reductions.sum(cast(before, np.dtype(np.int32)), -1)
    # With one less than a power of two of elements each step halves what is left, and no position lies outside.
    steps = int(size).bit_length()
    row = concat([row, broadcast_to(_greatest(row.dtype), ((1 << steps) - 1 - size,))], 0)
    found = broadcast_to(ConcreteArray(np.zeros((), np.dtype(np.int32))), wanted.shape)
    for step in reversed(range(steps)):
        pivot = take_points(row, [ufuncs.add(found, (1 << step) - 1)], [0])
        found = ufuncs.where(_precedes(pivot, wanted, side), ufuncs.add(found, 1 << step), found)
    return ufuncs.minimum(found, size)


def _greatest(dtype: DType) -> Array:
    """What stands behind all elements of a sorted row."""
    last = np.nan if is_inexact(dtype) else True if dtype.kind == "b" else limits(dtype).max
    return ConcreteArray(np.asarray(last, dtype))


def _precedes(element: Array, wanted: Array, side: str) -> Array:
    """Whether an element stands before the place of what is wanted; NaN is the largest number."""
    before = ufuncs.less(element, wanted) if side == "left" else ufuncs.less_equal(element, wanted)
    if not is_inexact(element.dtype):
        return before
    if side == "right":
        return ufuncs.logical_or(before, ufuncs.isnan(wanted))
    number = ufuncs.logical_not(ufuncs.isnan(element))
    return ufuncs.logical_or(before, ufuncs.logical_and(number, ufuncs.isnan(wanted)))


def digitize(x: Any, bins: Any, right: bool = False, *, method: Any = None) -> Array:
    """The number of the bin of each element; the edges are ascending or descending. `method` is without effect."""
    edges = as_array(bins)
    up = searchsorted(edges, x, side="left" if right else "right")
    if edges.shape[0] in (0, 1):
        return up
    from irc.numpy.rearranging import flip  # noqa: PLC0415

    down = ufuncs.subtract(edges.shape[0], searchsorted(flip(edges), x, side="right" if right else "left"))
    return ufuncs.where(ufuncs.less_equal(take_inside(edges, 0), take_inside(edges, -1)), up, down)


def unravel_index(indices: Any, shape: Any) -> tuple[Array, ...]:
    """Positions in the flattened array as positions along each axis; those outside are moved inside."""
    sizes = (shape,) if isinstance(shape, int) else tuple(shape)
    at, total = as_array(indices), math.prod(sizes)
    if at.dtype.kind == "i":
        at = ufuncs.where(ufuncs.less(at, 0), ufuncs.add(at, total), at)
    return tuple(unravel(ufuncs.clip(at, 0, max_dim(total - 1, 0)), sizes))


def ravel_multi_index(
    multi_index: Sequence[Any], dims: Sequence[Any], mode: str = "clip", order: str = "C", *, dtype: Any = None
) -> Array:
    """Positions along each axis as positions in the flattened array."""
    found: Array = as_array(0 if dtype is None else np.zeros((), as_dtype(dtype)))
    pairs = list(zip(multi_index, dims, strict=True))
    for at, size in pairs if order == "C" else reversed(pairs):
        each = as_array(at)
        each = ufuncs.remainder(each, size) if mode == "wrap" else ufuncs.clip(each, 0, size - 1)
        each = each if dtype is None else cast(each, found.dtype)
        found = ufuncs.add(ufuncs.multiply(found, size), each)
    return found


__all__ = [
    "argmax", "argmin", "argwhere", "count_nonzero", "digitize", "flatnonzero", "nanargmax", "nanargmin", "nonzero",
    "ravel_multi_index", "searchsorted", "unravel_index", "where",
]  # fmt: skip

composites(globals(), ("digitize", "searchsorted"))
