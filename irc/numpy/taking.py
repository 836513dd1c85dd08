"""Functions that take elements at listed positions, or put them there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.arguments import no_out
from irc.numpy.indexing import check_positions, counted_from_front, getitem
from irc.numpy.manipulation import broadcast_to, ravel
from irc.numpy.reductions import normal_axis
from irc.numpy.updates import IndexHelper, missing, moved_inside
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.elementwise import cast
from irc.tracing.gathers import take_points
from irc.tracing.shaping import broadcast_shapes, iota, reshape, show


def take(
    a: Any,
    indices: Any,
    axis: int | None = None,
    out: None = None,
    mode: str | None = None,
    unique_indices: bool = False,
    indices_are_sorted: bool = False,
    fill_value: Any = None,
) -> Array:
    """The elements at positions along an axis, of the flattened array by default.

    Negative positions count from the end, and others outside give `fill_value` (NaN, or the least integer). With mode
    "clip" positions are moved inside, the negative ones to the start; with mode "wrap" they start over; with mode
    "raise" they are known, and one outside raises `IndexError`.
    """
    no_out(out, "take")
    array = as_array(a)
    if axis is None:
        array, axis = ravel(array), 0
    axis = normal_axis(axis, array.ndim)
    at = check_positions(as_array(np.asarray(indices) if isinstance(indices, list | tuple) else indices), "take")
    size = array.shape[axis]
    if size == 0 and at.size != 0:
        raise IndexError(f"take finds no elements along axis {axis} of an array of shape {show(array.shape)}")
    if mode == "raise":
        _check_inside(at, size)
    elif mode not in (None, "fill", "wrap", "clip"):
        raise ValueError(f"there is no mode {mode!r} of take; there are fill, wrap, clip, raise")
    if mode == "wrap":
        at = ufuncs.remainder(at, size)
    elif mode == "clip":
        at = moved_inside(at, size)
    if mode in (None, "fill"):
        return IndexHelper(array)[(*(slice(None),) * axis, at)].get(mode="fill", fill_value=fill_value)
    return take_inside(array, at, axis)


def _check_inside(at: Array, size: Size) -> None:
    """Raise `IndexError` for a position outside, and `NotImplementedError` where that is not known."""
    if not isinstance(at, ConcreteArray) or isinstance(size, Dim):
        raise NotImplementedError("take cannot raise for a position outside while it is compiled: use mode 'fill'")
    outside = at.data[(at.data < -size) | (at.data >= size)]
    if outside.size:
        raise IndexError(f"position {outside[0]} of take is out of bounds for an axis of size {size}")


def take_inside(x: Any, at: Any, axis: int = 0) -> Array:
    """`take` at positions of which it is known that they lie inside, or that shall be moved inside."""
    array, at = as_array(x), as_array(at)
    found = getitem(array, (*(slice(None),) * (axis % array.ndim), at if at.ndim else reshape(at, (1,))))
    return found if at.ndim else reshape(found, (*array.shape[:axis], *array.shape[axis + 1 :]))


def take_along_axis(
    arr: Any,
    indices: Any,
    axis: int | None = -1,
    mode: str | None = None,
    fill_value: Any = None,
    *,
    wrap_negative_indices: Any = None,
) -> Array:
    """For each place of `indices` the element of `arr` at that position along the axis; the other axes broadcast.

    Positions outside give `fill_value` (NaN, or the least integer), or are moved inside with mode "clip". Negative ones
    count from the end unless `wrap_negative_indices` is false.
    """
    if mode not in (None, "fill", "clip", "promise_in_bounds"):
        raise ValueError(f"there is no mode {mode!r} of take_along_axis; there are fill, clip, promise_in_bounds")
    array, at = as_array(arr), check_positions(as_array(indices), "take_along_axis")
    if axis is None:
        array, axis = ravel(array), 0
    if at.ndim != array.ndim:
        raise ValueError(
            f"take_along_axis needs as many axes of positions, got shapes {show(array.shape)} and {show(at.shape)}"
        )
    axis = normal_axis(axis, array.ndim)
    places, shape = _all_places(array, at, axis, wrap_negative_indices is not False)
    found = take_points(array, [broadcast_to(place, shape) for place in places], list(range(array.ndim)))
    if mode not in (None, "fill"):
        return found
    at = broadcast_to(places[axis], shape)
    inside = ufuncs.logical_and(ufuncs.greater_equal(at, 0), ufuncs.less(at, array.shape[axis]))
    return ufuncs.where(inside, found, cast(as_array(missing(found.dtype, fill_value)), found.dtype))


def _all_places(x: Array, at: Array, axis: int, from_end: bool = True) -> tuple[list[Array], Any]:
    """For each axis the positions that positions along one axis mean."""
    rest = [tuple(1 if i == axis else n for i, n in enumerate(shape)) for shape in (x.shape, at.shape)]
    outer = broadcast_shapes(*rest)
    shape = tuple(at.shape[axis] if i == axis else n for i, n in enumerate(outer))
    places: list[Array] = []
    for i, size in enumerate(x.shape):
        if i == axis:
            places.append(broadcast_to(counted_from_front(at, size) if from_end else at, shape))
            continue
        row = iota((size,), 0, np.dtype(np.int32)) if size != 1 else as_array(np.zeros(1, np.int32))
        places.append(reshape(row, tuple(size if k == i else 1 for k in range(x.ndim))))
    return places, shape


def put_along_axis(
    arr: Any, indices: Any, values: Any, axis: int | None, inplace: bool = False, *, mode: Any = None
) -> Array:
    """A copy of `arr` with `values` at positions along the axis. Raises `ValueError` where it shall change `arr` itself."""
    if inplace:
        raise ValueError("arrays are immutable: put_along_axis gives a changed copy with inplace=False")
    array, at = as_array(arr), check_positions(as_array(indices), "put_along_axis")
    if axis is None:
        return reshape(put_along_axis(ravel(array), ravel(at), ravel(values), 0), array.shape)
    axis = normal_axis(axis, array.ndim)
    places, shape = _all_places(array, at, axis)
    index = tuple(broadcast_to(place, shape) for place in places)
    return IndexHelper(array)[index].set(broadcast_to(as_array(values), shape), mode=mode)


def put(a: Any, ind: Any, v: Any, mode: str | None = None, *, inplace: bool = False) -> Array:
    """A copy of `a` with values at positions of the flattened array; the values are repeated."""
    if inplace:
        raise ValueError("arrays are immutable: put gives a changed copy with inplace=False")
    array, at, values = as_array(a), ravel(as_array(ind)), ravel(as_array(v))
    if mode == "wrap":
        at = ufuncs.remainder(at, array.size)
    elif mode == "clip":
        at = moved_inside(at, array.size)
    count = at.shape[0]
    values = take(values, iota((count,), 0, np.dtype(np.int32)), axis=0, mode="wrap")
    return reshape(IndexHelper(ravel(array))[at].set(values), array.shape)


def place(arr: Any, mask: Any, vals: Any, *, inplace: bool = False) -> Array:
    """A copy of `arr` with values where the mask holds, in order; the values are repeated."""
    if inplace:
        raise ValueError("arrays are immutable: place gives a changed copy with inplace=False")
    from irc.numpy.running import cumsum  # noqa: PLC0415 - it is made of what is here

    array, flags, values = as_array(arr), ufuncs.boolean(mask), ravel(as_array(vals))
    rank = ufuncs.subtract(cumsum(cast(ravel(flags), np.dtype(np.int32))), 1)
    chosen = reshape(take(values, rank, axis=0, mode="wrap"), array.shape)
    return cast(ufuncs.where(flags, chosen, array), array.dtype)


def choose(a: Any, choices: Any, out: None = None, mode: str = "raise") -> Array:
    """From the arrays `choices` the one whose number `a` says, element by element."""
    from irc.numpy.manipulation import stack  # noqa: PLC0415

    at = check_positions(as_array(a), "choose")
    arrays = list(choices) if isinstance(choices, Sequence) else [getitem(choices, i) for i in range(choices.shape[0])]
    shape = broadcast_shapes(at.shape, *(as_array(each).shape for each in arrays))
    stacked = stack([broadcast_to(each, shape) for each in arrays], axis=0)
    if mode == "wrap":
        at = ufuncs.remainder(at, len(arrays))
    at = ufuncs.clip(at, 0, len(arrays) - 1)
    chosen = take_along_axis(stacked, reshape(broadcast_to(at, shape), (1, *shape)), axis=0, mode="promise_in_bounds")
    return reshape(chosen, shape)


def compress(
    condition: Any, a: Any, axis: int | None = None, *, size: Any = None, fill_value: Any = 0, out: None = None
) -> Array:
    """The elements along an axis where the condition holds.

    It is known, or `size` says how many; surplus ones are `fill_value`.
    """
    no_out(out, "compress")
    array = as_array(a)
    if axis is None:
        array, axis = ravel(array), 0
    axis = normal_axis(axis, array.ndim)
    from irc.numpy.searching import nonzero  # noqa: PLC0415 - it is made of what is here

    flags = as_array(np.asarray(condition) if isinstance(condition, list | tuple) else condition)
    (places,) = nonzero(flags, size=size, fill_value=array.shape[axis])
    found = take(array, places, axis=axis)
    if size is None:
        return found
    inside = reshape(ufuncs.less(places, array.shape[axis]), (size, *(1,) * (array.ndim - axis - 1)))
    return ufuncs.where(inside, found, cast(as_array(fill_value), found.dtype))


def extract(condition: Any, arr: Any, *, size: Any = None, fill_value: Any = 0) -> Array:
    """The elements where the condition holds; see `compress`."""
    return compress(ravel(condition), ravel(arr), size=size, fill_value=fill_value)


__all__ = [
    "choose", "compress", "extract", "place", "put", "put_along_axis", "take", "take_along_axis",
]  # fmt: skip
