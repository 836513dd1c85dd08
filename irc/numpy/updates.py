"""`x.at[...]`: arrays with some elements replaced or changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import ufuncs
from irc.numpy.creation import asarray
from irc.numpy.index_expressions import Index, Listed, Taken, parsed
from irc.numpy.indexing import arrangement, counted_from_front, read_listed, read_regular, with_plain_masks
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, max_dim
from irc.tracing.dtypes import is_inexact, limits
from irc.tracing.dynamic_slices import dynamic_slice, dynamic_update_slice
from irc.tracing.elementwise import broadcast, cast
from irc.tracing.orders import reverse
from irc.tracing.scatters import ScatterDims, scatter
from irc.tracing.shaping import broadcast_to, permute_dims, reshape
from irc.tracing.slicing import concat, pad

Function = Callable[..., Any]


class IndexHelper:
    """`x.at`: index it."""

    __slots__ = ("array",)

    def __init__(self, array: Array) -> None:
        self.array = array

    def __getitem__(self, index: Any) -> IndexedPart:
        return IndexedPart(self.array, index)


class IndexedPart:
    """`x.at[index]`: its methods give a changed copy of `x`.

    Positions that do not lie inside are left out, or moved inside with mode "clip". The keywords are JAX's; what they promise
    is not needed.
    """

    __slots__ = ("array", "index")

    def __init__(self, array: Array, index: Any) -> None:
        self.array, self.index = array, index

    def get(
        self,
        *,
        indices_are_sorted: bool = False,
        unique_indices: bool = False,
        mode: Any = None,
        fill_value: Any = None,
        wrap_negative_indices: bool = True,
    ) -> Array:
        """The part itself. A position outside is moved inside, as with mode "clip"; with mode "fill" there is `fill_value`,
        by default NaN, the least integer, the largest unsigned one or `True`. Raises `ValueError` for another mode."""
        x, index = with_plain_masks(self.array, self.index)
        clips = mode is None and not wrap_negative_indices
        parts = _positioned(parsed(index, x.shape), x, "clip" if clips else mode, wrap_negative_indices)
        found = read_listed(x, parts) if parts.has_arrays else read_regular(x, parts)
        if _mode(mode) not in ("fill", "drop"):
            return found
        inside = _inside(x, parts, found.shape)
        if inside is None:
            return found
        return ufuncs.where(inside, found, cast(as_array(missing(found.dtype, fill_value)), found.dtype))

    def set(self, values: Any, **how: Any) -> Array:
        """Replaced by `values`."""
        return self._changed(None, lambda x, y: y, values, **how)

    def add(self, values: Any, **how: Any) -> Array:
        """Added to; a position that is listed twice is added to twice."""
        return self._changed(nd.LogicalOr if self._is_bool else nd.Add, ufuncs.add, values, **how)

    def subtract(self, values: Any, **how: Any) -> Array:
        """Subtracted from."""
        return self.add(ufuncs.negative(_values(values)), **how)

    def multiply(self, values: Any, **how: Any) -> Array:
        """Multiplied."""
        return self._changed(nd.LogicalAnd if self._is_bool else nd.Multiply, ufuncs.multiply, values, **how)

    mul = multiply

    def divide(self, values: Any, **how: Any) -> Array:
        """Divided."""
        ones = ufuncs.filled(self.array, 1)
        factors = IndexedPart(ones, self.index).multiply(values, **how)
        return cast(ufuncs.divide(self.array, factors), self.array.dtype)

    def power(self, values: Any, **how: Any) -> Array:
        """To a power; a position that is listed twice only once."""
        return self.set(ufuncs.power(self.get(mode=how.get("mode")), _values(values)), **how)

    def min(self, values: Any, **how: Any) -> Array:
        """The smaller one of what is there and `values`."""
        return self._changed(nd.LogicalAnd if self._is_bool else nd.Minimum, ufuncs.minimum, values, **how)

    def max(self, values: Any, **how: Any) -> Array:
        """The larger one of what is there and `values`."""
        return self._changed(nd.LogicalOr if self._is_bool else nd.Maximum, ufuncs.maximum, values, **how)

    def apply(self, function: Function, **how: Any) -> Array:
        """What `function` makes of the part; a position that is listed twice only once."""
        return self.set(function(self.get(mode=how.get("mode"))), **how)

    @property
    def _is_bool(self) -> bool:
        return self.array.dtype.kind == "b"

    def _changed(
        self,
        op: Any,
        function: Function,
        values: Any,
        *,
        mode: Any = None,
        wrap_negative_indices: bool = True,
        indices_are_sorted: bool = False,
        unique_indices: bool = False,
    ) -> Array:
        given = _values(values)
        if _is_open_mask(self.index):
            return _masked(self.array, self.index, function, given)
        x, index = with_plain_masks(self.array, self.index)
        found = _positioned(parsed(index, x.shape), x, mode, wrap_negative_indices)
        given = cast(given, x.dtype)
        if found.has_arrays:
            changed = _write_listed(x, found, op, given)
        else:
            part = read_regular(x, found)
            new = cast(function(part, given), x.dtype) if op is not None else given
            changed = _write_regular(x, found, _fitted(new, part.shape))
        return reshape(changed, self.array.shape)


def _values(values: Any) -> Array:
    return asarray(values) if isinstance(values, list | tuple) else as_array(values)


def _fitted(values: Array, shape: Any) -> Array:
    """The values with the shape of the part; leading axes of size one are dropped, as in NumPy."""
    while values.ndim > len(shape) and values.shape[0] == 1:
        values = reshape(values, values.shape[1:])
    return broadcast_to(values, shape)


def _is_open_mask(index: Any) -> bool:
    return isinstance(index, Array) and index.dtype.kind == "b" and not isinstance(index, ConcreteArray)


def _masked(x: Array, mask: Array, function: Function, values: Array) -> Array:
    """A mask that is not known while the function is traced can choose between whole arrays."""
    if values.ndim:
        raise TypeError(
            f"{mask!r} as an index has a part whose size is not known while the function is traced: "
            "use irc.numpy.where with an array of the full shape in place of the values"
        )
    mask = reshape(mask, (*mask.shape, *(1,) * (x.ndim - mask.ndim)))
    return ufuncs.where(mask, cast(function(x, cast(values, x.dtype)), x.dtype), x)


_MODES = ("fill", "drop", "clip", "promise_in_bounds")


def _mode(mode: Any) -> str | None:
    """The name of a mode. Raises `ValueError` for one that there is not."""
    name = mode if mode is None or isinstance(mode, str) else str(getattr(mode, "name", mode)).lower()
    name = "fill" if name == "fill_or_drop" else name
    if name is not None and name not in _MODES:
        raise ValueError(f"there is no mode {mode!r} of positions outside; there are {', '.join(_MODES)}")
    return name


def missing(dtype: Any, fill_value: Any = None) -> Any:
    """What stands for an element outside."""
    if fill_value is not None:
        return fill_value
    if is_inexact(dtype):
        return np.nan
    return dtype.kind == "b" or (limits(dtype).min if dtype.kind == "i" else limits(dtype).max)


def _positioned(index: Index, x: Array, mode: Any, wrap: bool) -> Index:
    """The index with positions that are moved inside in mode "clip", and negative ones outside unless they are counted from
    the end."""
    clips = _mode(mode) == "clip"
    if clips or not wrap:
        for axis, listed in index.listed:
            size = x.shape[axis]
            at = counted_from_front(listed.positions, size) if wrap else listed.positions
            outside = ufuncs.where(ufuncs.less(at, 0), size, cast(at, np.dtype(np.int64)))
            at = moved_inside(at, size) if clips else outside
            index.parts[axis] = Listed(at)
    return index


def moved_inside(at: Array, size: Any) -> Array:
    """Positions as the nearest ones that an axis has."""
    wide = cast(at, np.dtype(np.int64)) if at.dtype.itemsize < 4 else at
    return ufuncs.clip(wide, 0, max_dim(size - 1, 0))


def _inside(array: Array, found: Index, shape: Any) -> Array | None:
    """Which elements of a part of this shape have positions inside; `None` where all have."""
    truth = None
    for axis, listed in found.listed:
        size = array.shape[axis]
        places = counted_from_front(listed.positions, size)
        known = isinstance(places, ConcreteArray) and not isinstance(size, Dim)
        if known and ((places.data >= 0) & (places.data < size)).all():
            continue
        here = ufuncs.logical_and(ufuncs.greater_equal(places, 0), ufuncs.less(places, size))
        truth = here if truth is None else ufuncs.logical_and(truth, here)
    if truth is None or not found.has_arrays:
        return truth
    ranks = arrangement(shape, 0, found)[1]
    after = sum(1 for entry in found.entries[found.listed_at or 0 :] if not _is_listed(entry))
    if found.listed_at is None:
        after = len(ranks)
    return reshape(truth, (*truth.shape, *(1,) * after))


def _is_listed(entry: Any) -> bool:
    return hasattr(entry, "positions") or (isinstance(entry, Taken) and entry.single)


# -- regular parts ---------------------------------------------------------------------------------------------------


def _write_regular(x: Array, index: Index, values: Array) -> Array:
    """`x` with the part replaced that slices and positions without axes name."""
    sizes = [1 if not isinstance(part, Taken) else part.count for part in index.parts]
    values = reshape(values, sizes)
    backwards = [axis for axis, part in enumerate(index.parts) if isinstance(part, Taken) and part.step < 0]
    values = reverse(values, backwards)
    if 0 in sizes:
        return x
    if any(isinstance(part, Taken) and abs(part.step) > 1 for part in index.parts):
        return _write_strided(x, index, values)
    starts: list[Array] = []
    inside: Array | None = None
    for axis, part in enumerate(index.parts):
        if isinstance(part, Taken):
            first = part.start if part.step > 0 else part.start - part.count + 1
            starts.append(cast(as_array(first), np.dtype(np.int32)))
            continue
        size = x.shape[axis]
        place = counted_from_front(part.positions, size)
        here = ufuncs.logical_and(ufuncs.greater_equal(place, 0), ufuncs.less(place, size))
        inside = here if inside is None else ufuncs.logical_and(inside, here)
        starts.append(cast(place, np.dtype(np.int32)))
    if inside is not None:
        # What lies outside is left out, and not moved inside.
        values = ufuncs.where(inside, values, dynamic_slice(x, starts, values.shape))
    return dynamic_update_slice(x, values, starts)


def _write_strided(x: Array, index: Index, values: Array) -> Array:
    """The values spread to their places in an array of the shape of `x`, where a pattern chooses them."""
    if index.listed or any(isinstance(size, Dim) for size in x.shape):
        raise NotImplementedError("a slice with steps next to a traced position, or of unknown size, cannot be written")
    low, high, interior, pattern = [], [], [], np.ones((), np.bool_)
    for axis, (part, size) in enumerate(zip(index.parts, x.shape, strict=True)):
        step = abs(part.step)
        first = part.start if part.step > 0 else part.start - (part.count - 1) * step
        low.append(first)
        interior.append(step - 1)
        high.append(size - first - (part.count - 1) * step - 1)
        row = np.zeros(size, np.bool_)
        row[first::step][: part.count] = True
        pattern = pattern & row.reshape([-1 if i == axis else 1 for i in range(x.ndim)])
    spread = pad(values, ConcreteArray(np.zeros((), x.dtype)), low, high, interior)
    return ufuncs.where(ConcreteArray(np.array(np.broadcast_to(pattern, x.shape))), spread, x)


# -- listed positions --------------------------------------------------------------------------------------------------


def _write_listed(x: Array, index: Index, op: Any, values: Array) -> Array:
    """`x` with values written to positions in arrays; what slices name beside them is listed as well."""
    axes: list[int] = []
    places: list[Array] = []
    shape = broadcast(*(each.positions for _, each in index.listed))[0].shape
    window = [axis for axis, part in enumerate(index.parts) if isinstance(part, Taken) and part.whole]
    spans = [axis for axis, part in enumerate(index.parts) if isinstance(part, Taken) and not part.single]
    listed_spans = [axis for axis in spans if axis not in window]
    tail = len(listed_spans)
    for axis, part in enumerate(index.parts):
        if axis in window:
            continue
        axes.append(axis)
        if isinstance(part, Taken) and part.single:
            places.append(ConcreteArray(np.full((1,) * (len(shape) + tail), part.start, np.int32)))
        elif isinstance(part, Taken):
            row = np.arange(part.count, dtype=np.int32) * part.step + part.start
            at = len(shape) + listed_spans.index(axis)
            places.append(ConcreteArray(row.reshape([-1 if i == at else 1 for i in range(len(shape) + tail)])))
        else:
            found = counted_from_front(part.positions, x.shape[axis])
            places.append(reshape(found, (*(1,) * (len(shape) - found.ndim), *found.shape, *(1,) * tail)))
    places = broadcast(*places)
    wide = np.dtype(np.int64 if any(each.dtype.itemsize == 8 for each in places) else np.int32)
    vectors = concat([reshape(cast(each, wide), (*each.shape, 1)) for each in places], places[0].ndim)
    # The values as the axes of the positions, then those of the slices in their order.
    sizes = [*shape, *(x.shape[axis] if axis in window else index.parts[axis].count for axis in spans)]
    order, wanted = arrangement(sizes, len(shape), index)
    values = _fitted(values, wanted)
    values = reshape(values, [sizes[axis] for axis in order])
    values = permute_dims(values, [order.index(axis) for axis in range(len(sizes))])
    listed_first = [len(shape) + spans.index(axis) for axis in (*listed_spans, *window)]
    values = permute_dims(values, [*range(len(shape)), *listed_first])
    count = len(shape) + tail
    dims = ScatterDims(tuple(range(count, count + len(window))), tuple(axes), (), (), tuple(axes))
    return scatter(op, x, vectors, values, dims)


__all__ = ["IndexHelper", "IndexedPart"]
