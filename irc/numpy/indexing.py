"""`x[...]`: what an index expression reads, by slices where it names regular parts, by a gather where it lists positions.

Positions outside are moved inside, as in JAX; `x.at[...].get` has other modes. An axis without elements raises `IndexError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.index_expressions import NEW, Index, Listed, Taken, parsed, plain_masks
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.orders import less
from irc.numpy.ufuncs.truth import where
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import is_integer
from irc.tracing.dynamic_slices import dynamic_slice
from irc.tracing.elementwise import apply, broadcast, cast
from irc.tracing.gathers import take_points
from irc.tracing.orders import reverse
from irc.tracing.shaping import iota, permute_dims, reshape
from irc.tracing.slicing import WHOLE, slice_ranges


def getitem(x: Any, index: Any, /) -> Array:
    """The part of `x` that an index expression names. Raises `IndexError` and `TypeError`."""
    array, index = with_plain_masks(as_array(x), index)
    found = parsed(index, array.shape)
    return read_listed(array, found) if found.has_arrays else read_regular(array, found)


def with_plain_masks(x: Array, index: Any) -> tuple[Array, Any]:
    """`x` with a new axis for each truth value without axes, and the index with positions in those."""
    places, index = plain_masks(index, x.ndim)
    shape = list(x.shape)
    for place in places:
        shape.insert(place, 1)
    return reshape(x, shape), index


# -- regular parts ---------------------------------------------------------------------------------------------------


def sliced(x: Array, index: Index) -> Array:
    """`x` with the slices of an index, and positions as slices of one element, the ones in arrays left out."""
    backwards = []
    for axis, part in enumerate(index.parts):
        if isinstance(part, Taken) and part.step < 0:
            backwards.append(axis)
    ranges = [_range(part, size) for part, size in zip(index.parts, x.shape, strict=True)]
    known = [found for found in ranges if found is not None]
    x = slice_ranges(x, known) if len(known) == len(ranges) else _sliced_by_sizes(x, index)
    return reverse(x, backwards) if backwards else x


def _range(part: Any, size: Size) -> tuple[int, int, int] | None:
    """The part as a slice of known bounds; `None` where they depend on a size that is not known."""
    if isinstance(part, Listed):
        return WHOLE if isinstance(size, Dim) else (0, size, 1)
    if part.whole:
        return WHOLE if isinstance(size, Dim) else (0, size, 1)
    if isinstance(part.start, Dim) or isinstance(part.count, Dim):
        return None
    step = abs(part.step)
    first = part.start if part.step > 0 else part.start - (part.count - 1) * step if part.count else 0
    return (first, first + (part.count - 1) * step + 1 if part.count else first, step)


def _sliced_by_sizes(x: Array, index: Index) -> Array:
    """Slices whose bounds depend on sizes that are not known while the function is traced."""
    starts: list[Array] = []
    sizes: list[Size] = []
    strided: list[int] = []
    for axis, (part, size) in enumerate(zip(index.parts, x.shape, strict=True)):
        if isinstance(part, Listed) or part.whole:
            starts.append(ConcreteArray(np.zeros((), np.int32)))
            sizes.append(size)
            continue
        if abs(part.step) != 1:
            strided.append(axis)
            starts.append(ConcreteArray(np.zeros((), np.int32)))
            sizes.append(size)
            continue
        first = part.start if part.step > 0 else part.start - part.count + 1
        starts.append(cast(as_array(first), np.dtype(np.int32)))
        sizes.append(part.count)
    x = dynamic_slice(x, starts, sizes)
    for axis in strided:
        x = _every(x, axis, index.parts[axis])
    return x


def _every(x: Array, axis: int, part: Taken) -> Array:
    """A slice with steps along an axis of unknown size, as far as it goes forwards."""
    step = abs(part.step)
    first = part.start if part.step > 0 else part.start - (part.count - 1) * step
    row = iota((part.count,), 0, np.dtype(np.int32))
    places = apply(nd.Multiply, *broadcast(row, ConcreteArray(np.asarray(step, np.int32))))
    places = apply(nd.Add, *broadcast(places, cast(as_array(first), np.dtype(np.int32))))
    found = take_points(x, [places], [axis])
    return permute_dims(found, [*range(1, axis + 1), 0, *range(axis + 1, x.ndim)])


def read_regular(x: Array, index: Index) -> Array:
    """An index of numbers, slices, and positions that are arrays without axes."""
    part = sliced(x, index)
    if index.listed:
        starts: list[Array] = [ConcreteArray(np.zeros((), np.int32))] * x.ndim
        sizes = list(part.shape)
        for axis, listed in index.listed:
            starts[axis] = cast(counted_from_front(listed.positions, x.shape[axis]), np.dtype(np.int32))
            sizes[axis] = 1
        part = dynamic_slice(part, starts, sizes)
    return reshape(part, index.layout(part.shape))


def counted_from_front(positions: Array, size: Size) -> Array:
    """Positions of which the negative ones count from the end."""
    if positions.dtype.kind == "u":
        return positions
    wide = np.dtype(np.int64 if positions.dtype.itemsize == 8 else np.int32)
    positions = cast(positions, wide)
    if isinstance(positions, ConcreteArray) and not isinstance(size, Dim):
        data = positions.data
        return ConcreteArray(np.where(data < 0, data + size, data))
    moved = apply(nd.Add, *broadcast(positions, cast(as_array(size), wide)))
    return where(less(positions, filled(positions, 0)), moved, positions)


# -- listed positions --------------------------------------------------------------------------------------------------


def read_listed(x: Array, index: Index) -> Array:
    """An index with arrays of positions."""
    part = sliced(x, index)
    dropped = [axis for axis, each in enumerate(index.parts) if isinstance(each, Taken) and each.single]
    axes = [axis for axis, _ in index.listed]
    kept = [axis for axis in range(x.ndim) if axis not in dropped]
    part = reshape(part, [part.shape[axis] for axis in kept])
    places = broadcast(*(counted_from_front(each.positions, x.shape[axis]) for axis, each in index.listed))
    found = take_points(part, places, [kept.index(axis) for axis in axes])
    return arranged(found, places[0].ndim, index)


def arranged(found: Array, count: int, index: Index) -> Array:
    """The result of a gather, whose first `count` axes are those of the positions, with the axes where they belong."""
    order, shape = arrangement(found.shape, count, index)
    return reshape(permute_dims(found, order), shape)


def arrangement(sizes: Sequence[Size], count: int, index: Index) -> tuple[list[int], list[Size]]:
    """The order of a gather's axes in the result, and the shape with the new axes."""
    order: list[int] = []
    shape: list[Size] = []
    rest = iter(range(count, len(sizes)))
    front = index.listed_at
    if front is None:
        order, shape = list(range(count)), list(sizes[:count])
    for position, entry in enumerate(index.entries):
        if position == front:
            order += range(count)
            shape += sizes[:count]
        if entry is NEW:
            shape.append(1)
        elif isinstance(entry, Taken) and not entry.single:
            axis = next(rest)
            order.append(axis)
            shape.append(sizes[axis])
    return order, shape


def check_positions(positions: Array, name: str) -> Array:
    """`positions`, which must be integers. Raises `TypeError`."""
    if not is_integer(positions.dtype):
        raise TypeError(f"{name} needs integers as positions, got {positions.dtype}")
    return positions
