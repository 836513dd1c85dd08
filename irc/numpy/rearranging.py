"""Functions that repeat, turn, split and join arrays."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import broadcast_to, concat, expand_dims, moveaxis, ravel, stack, swapaxes
from irc.numpy.reductions import axes_of, normal_axis
from irc.numpy.sorting import argsort
from irc.numpy.taking import take_inside
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size, max_dim, min_dim, sizes_of
from irc.tracing.elementwise import cast
from irc.tracing.errors import ConcretizationTypeError, size_not_known
from irc.tracing.orders import reverse
from irc.tracing.shaping import iota, reshape, show

Axes = int | Sequence[int] | None


def flip(m: Any, axis: Axes = None) -> Array:
    """The elements in the opposite order along the axes, all of them by default."""
    array = as_array(m)
    return reverse(array, axes_of(axis, array.ndim))


def fliplr(m: Any) -> Array:
    """`flip` along axis 1."""
    return flip(m, axis=1)


def flipud(m: Any) -> Array:
    """`flip` along axis 0."""
    return flip(m, axis=0)


def rot90(m: Any, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Array:
    """Turned by 90 degrees `k` times from the first axis towards the second."""
    array = as_array(m)
    match k % 4:
        case 0:
            return array
        case 1:
            return swapaxes(flip(array, axis=axes[1]), *axes)
        case 2:
            return flip(array, axis=axes)
    return flip(swapaxes(array, *axes), axis=axes[1])


def roll(a: Any, shift: Any, axis: Axes = None) -> Array:
    """The elements moved along the axes; those that leave at one end come back at the other."""
    array = as_array(a)
    if axis is None:
        return reshape(_rolled(ravel(array), shift, 0), array.shape)
    axes = [axis] if isinstance(axis, int) else list(axis)
    shifts = list(shift) if isinstance(shift, list | tuple) else [shift] * len(axes)
    if len(axes) == 1 and len(shifts) > 1:
        axes = axes * len(shifts)
    if len(shifts) != len(axes):
        raise ValueError(f"roll needs one shift for each axis: got {len(shifts)} for {len(axes)}")
    for each, place in zip(shifts, axes, strict=True):
        array = _rolled(array, each, normal_axis(place, array.ndim))
    return array


def _rolled(x: Array, shift: Any, axis: int) -> Array:
    size = x.shape[axis]
    if isinstance(shift, ConcreteArray | float | np.floating):
        shift = int(shift)
    if isinstance(shift, int | np.integer) and not isinstance(size, Dim):
        count = int(shift) % size if size else 0
        if not count:
            return x
        return concat([part_of(x, axis, size - count, size), part_of(x, axis, 0, size - count)], axis=axis)
    places = ufuncs.remainder(ufuncs.subtract(iota((size,), 0, np.dtype(np.int32)), shift), size)
    return take_inside(x, places, axis=axis)


def part_of(x: Array, axis: int, start: Size, stop: Size) -> Array:
    """A slice along one axis."""
    return getitem(x, (*(slice(None),) * axis, slice(start, stop)))


def repeat(a: Any, repeats: Any, axis: int | None = None, *, total_repeat_length: int | None = None) -> Array:
    """Each element along `axis` several times; the flattened array by default.

    Counts in a traced array need `total_repeat_length`: what is longer is cut off, and the last element fills the rest.
    """
    array = as_array(a)
    if axis is None:
        array, axis = ravel(array), 0
    axis = normal_axis(axis, array.ndim)
    size = array.shape[axis]
    if isinstance(repeats, int | np.integer | Dim) and total_repeat_length is None:
        count = repeats if isinstance(repeats, Dim) else int(repeats)
        wide = expand_dims(array, axis + 1)
        wide = broadcast_to(wide, (*wide.shape[: axis + 1], count, *wide.shape[axis + 2 :]))
        return reshape(wide, (*array.shape[:axis], size * count, *array.shape[axis + 1 :]))
    counts = as_array(repeats if not isinstance(repeats, list | tuple) else np.asarray(repeats))
    if isinstance(counts, ConcreteArray) and not isinstance(size, Dim):
        if counts.ndim and counts.size not in (1, size):
            raise ValueError(f"repeat got {counts.size} counts for {size} elements along axis {axis}")
        places = np.repeat(np.arange(size, dtype=np.int32), np.broadcast_to(counts.data.reshape(-1), (size,)))
        if total_repeat_length is not None:
            last = places[-1:] if len(places) else np.zeros(1, np.int32)
            places = np.concatenate([places, np.repeat(last, max(0, total_repeat_length - len(places)))])
            places = places[:total_repeat_length]
        return take_inside(array, ConcreteArray(places), axis=axis)
    if total_repeat_length is None:
        raise TypeError("repeat with counts in a traced array needs total_repeat_length, the size of the result")
    from irc.numpy.running import cumsum  # noqa: PLC0415
    from irc.numpy.searching import searchsorted  # noqa: PLC0415 - it is made of what is here

    ends = cumsum(broadcast_to(counts, (size,)))
    at = searchsorted(ends, iota((total_repeat_length,), 0, np.dtype(np.int32)), side="right")
    return take_inside(array, at, axis=axis)


def tile(A: Any, reps: Any) -> Array:
    """The whole array several times along each axis."""
    array = as_array(A)
    counts = sizes_of(reps)
    rank = max(len(counts), array.ndim)
    counts = (*(1,) * (rank - len(counts)), *counts)
    sizes = (*(1,) * (rank - array.ndim), *array.shape)
    pairs = [each for size in sizes for each in (1, size)]
    wide = [each for count, size in zip(counts, sizes, strict=True) for each in (count, size)]
    found = broadcast_to(reshape(array, pairs), wide)
    return reshape(found, [count * size for count, size in zip(counts, sizes, strict=True)])


def unstack(x: Any, /, *, axis: int = 0) -> tuple[Array, ...]:
    """The parts along an axis, without it."""
    array = moveaxis(x, axis, 0)
    return tuple(getitem(array, i) for i in range(array.shape[0]))


# -- splitting and joining -------------------------------------------------------------------------------------------


def array_split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Array]:
    """Parts along an axis: that many, the first ones longer by one where they do not fit, or between positions."""
    array = as_array(ary)
    axis = normal_axis(axis, array.ndim)
    size: Size = array.shape[axis]
    if isinstance(indices_or_sections, int | np.integer):
        count = int(indices_or_sections)
        if count < 1:
            raise ValueError(f"split makes at least one part, not {count}")
        # Part number i of them, the longer ones first.
        ends = [0, *itertools.accumulate((size + (count - 1 - i)) // count for i in range(count))]
    else:
        places = [each if isinstance(each, Dim) else int(each) for each in indices_or_sections]
        counted = [place + size if isinstance(place, int) and place < 0 else place for place in places]
        ends = [0, *(min_dim(max_dim(place, 0), size) for place in counted), size]
    return [part_of(array, axis, start, max_dim(start, stop)) for start, stop in itertools.pairwise(ends)]


def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Array]:
    """Equal parts along an axis, or those between positions. Raises `ValueError` where it cannot be divided."""
    array = as_array(ary)
    if isinstance(indices_or_sections, int | np.integer):
        size = array.shape[normal_axis(axis, array.ndim)]
        if isinstance(size, Dim):
            raise ConcretizationTypeError(
                f"whether an axis of size {size} can be split into {indices_or_sections} equal parts is only known when the "
                "compiled function is called: use array_split, or reshape it to as many rows"
            )
        if size % int(indices_or_sections):
            raise ValueError(f"an axis of size {size} cannot be split into {indices_or_sections} equal parts")
    return array_split(array, indices_or_sections, axis)


def hsplit(ary: Any, indices_or_sections: Any) -> list[Array]:
    """`split` along axis 1, or the only one."""
    return split(ary, indices_or_sections, 1 if as_array(ary).ndim > 1 else 0)


def vsplit(ary: Any, indices_or_sections: Any) -> list[Array]:
    """`split` along axis 0."""
    return split(ary, indices_or_sections, 0)


def dsplit(ary: Any, indices_or_sections: Any) -> list[Array]:
    """`split` along axis 2."""
    return split(ary, indices_or_sections, 2)


def _at_least(rank: int, place: Callable[[Array], Array], arrays: Sequence[Any]) -> Any:
    found = [place(as_array(array)) if as_array(array).ndim < rank else as_array(array) for array in arrays]
    return found[0] if len(found) == 1 else found


def atleast_1d(*arrays: Any) -> Any:
    """Arrays with at least one axis."""
    return _at_least(1, lambda x: reshape(x, (1,)), arrays)


def atleast_2d(*arrays: Any) -> Any:
    """Arrays with at least two axes; a vector is a row."""
    return _at_least(2, lambda x: reshape(x, (1, x.size)), arrays)


def atleast_3d(*arrays: Any) -> Any:
    """Arrays with at least three axes; a vector lies in the middle."""
    return _at_least(3, lambda x: reshape(x, (*x.shape, 1) if x.ndim == 2 else (1, x.size, 1)), arrays)


def vstack(tup: Sequence[Any], dtype: Any = None) -> Array:
    """Arrays one below the other."""
    return concat([atleast_2d(each) for each in tup], axis=0, dtype=dtype)


def hstack(tup: Sequence[Any], dtype: Any = None) -> Array:
    """Arrays side by side."""
    parts = [atleast_1d(each) for each in tup]
    return concat(parts, axis=0 if parts[0].ndim == 1 else 1, dtype=dtype)


def dstack(tup: Sequence[Any], dtype: Any = None) -> Array:
    """Arrays behind one another."""
    return concat([atleast_3d(each) for each in tup], axis=2, dtype=dtype)


def column_stack(tup: Sequence[Any]) -> Array:
    """Vectors as columns of a matrix."""
    parts = [as_array(each) for each in tup]
    return concat([reshape(part, (part.size, 1)) if part.ndim < 2 else part for part in parts], axis=1)


def block(arrays: Any) -> Array:
    """Nested lists of blocks, joined along the last axes."""

    def depth(part: Any) -> int:
        return 1 + max(map(depth, part), default=0) if isinstance(part, list) else 0

    def joined(part: Any, level: int, rank: int) -> Array:
        if not isinstance(part, list):
            array = as_array(part)
            return reshape(array, (*(1,) * (rank - array.ndim), *array.shape))
        return concat([joined(each, level - 1, rank) for each in part], axis=-level)

    levels = depth(arrays)
    rank = max([levels, *(as_array(leaf).ndim for leaf in _leaves(arrays))])
    return joined(arrays, levels, rank)


def _leaves(part: Any) -> list[Any]:
    return [leaf for each in part for leaf in _leaves(each)] if isinstance(part, list) else [part]


def append(arr: Any, values: Any, axis: int | None = None) -> Array:
    """`values` behind `arr`, both flattened unless an axis is given."""
    return concat([arr, values], axis=axis)


def delete(arr: Any, obj: Any, axis: int | None = None, *, assume_unique_indices: bool = False) -> Array:
    """Without the elements at positions, which are known or, with `assume_unique_indices`, an array of different ones."""
    array = as_array(arr)
    if axis is None:
        array, axis = ravel(array), 0
    axis = normal_axis(axis, array.ndim)
    if assume_unique_indices and not isinstance(obj, int | slice):
        return _without(array, as_array(np.asarray(obj) if isinstance(obj, list | tuple) else obj), axis)
    chosen = obj if isinstance(obj, int | slice) else np.asarray(obj)
    places = np.delete(np.arange(array.shape[axis], dtype=np.int32), chosen)
    return take_inside(array, ConcreteArray(places), axis=axis)


def _without(array: Array, at: Array, axis: int) -> Array:
    """Without as many elements as there are positions: the places that none of them names come first in order."""
    size = array.shape[axis]
    at = ravel(ufuncs.where(ufuncs.less(at, 0), ufuncs.add(at, size), at))
    places = iota((size,), 0, np.dtype(np.int32))
    named = reductions.any(ufuncs.equal(reshape(places, (size, 1)), reshape(at, (1, at.shape[0]))), 1)
    order = argsort(named, stable=True)
    return take_inside(array, part_of(order, 0, 0, size - at.shape[0]), axis=axis)


def insert(arr: Any, obj: Any, values: Any, axis: int | None = None) -> Array:
    """`values` before the elements at positions, which are known."""
    array = as_array(arr)
    if axis is None:
        array, axis = ravel(array), 0
    axis = normal_axis(axis, array.ndim)
    size = array.shape[axis]
    at = np.atleast_1d(np.arange(size)[obj] if isinstance(obj, slice) else np.asarray(obj))
    order = np.insert(np.arange(size), at if at.size > 1 else at[0], np.arange(size, size + at.size))
    new = cast(as_array(values), array.dtype)
    if np.ndim(obj) == 0 and not isinstance(obj, slice) and new.ndim:
        new = moveaxis(reshape(new, (*(1,) * (array.ndim - new.ndim), *new.shape)), 0, axis)
        order = np.insert(np.arange(size), np.full(new.shape[axis], at[0]), np.arange(size, size + new.shape[axis]))
        count = new.shape[axis]
    else:
        count = at.size
    new = broadcast_to(new, tuple(count if i == axis else n for i, n in enumerate(array.shape)))
    return take_inside(concat([array, new], axis=axis), ConcreteArray(order.astype(np.int32)), axis=axis)


def resize(a: Any, new_shape: Any) -> Array:
    """The elements, repeated as often as needed, in another shape."""
    array = ravel(a)
    shape = sizes_of(new_shape)
    count = int(np.prod(shape))
    if not array.size:
        raise ValueError(f"an array without elements cannot be resized to {show(shape)}")
    return reshape(part_of(tile(array, -(-count // array.size)), 0, 0, count), shape)


def trim_zeros(filt: Any, trim: Any = "fb", axis: Any = None) -> Array:
    """Without the zeros at the ends, which are known; along all axes by default."""
    array = as_array(filt)
    if not isinstance(array, ConcreteArray):
        raise size_not_known("trim_zeros", array, "")
    kept = np.nonzero(array.data)
    front, back = "f" in trim.lower(), "b" in trim.lower()
    index = [slice(None)] * array.ndim
    for each in axes_of(axis, array.ndim):
        if not kept[each].size:
            index[each] = slice(0, 0)
            continue
        first, last = int(kept[each].min()), int(kept[each].max()) + 1
        index[each] = slice(first if front else None, last if back else None)
    return getitem(array, tuple(index))


__all__ = [
    "append", "array_split", "atleast_1d", "atleast_2d", "atleast_3d", "block", "column_stack", "delete", "dsplit",
    "dstack", "flip", "fliplr", "flipud", "hsplit", "hstack", "insert", "repeat", "resize", "roll", "rot90", "split",
    "stack", "tile", "trim_zeros", "unstack", "vsplit", "vstack",
]  # fmt: skip
