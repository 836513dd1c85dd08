"""Gathers and scatters of JAX's `lax`: slices at positions that an array lists."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from irc.dialects import nd
from irc.numpy import ufuncs
from irc.numpy.indexing import counted_from_front
from irc.numpy.reductions import all as every
from irc.numpy.ufuncs.operands import filled
from irc.tracing import gathers, scatters
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import is_inexact, is_integer, limits
from irc.tracing.elementwise import cast, promoted
from irc.tracing.gathers import GatherDims
from irc.tracing.scatters import ScatterDims
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.slicing import concat


class GatherScatterMode(enum.Enum):
    """What happens to slices that do not lie inside."""

    CLIP = 0
    FILL_OR_DROP = 1
    PROMISE_IN_BOUNDS = 2

    @staticmethod
    def from_any(mode: Any) -> GatherScatterMode:
        """A mode by its name; `None` is `FILL_OR_DROP`. Raises `ValueError`."""
        if isinstance(mode, GatherScatterMode):
            return mode
        names = {None: 1, "fill": 1, "drop": 1, "clip": 0, "promise_in_bounds": 2}
        if mode not in names:
            raise ValueError(f"there is no mode {mode!r}: it is 'clip', 'fill', 'drop' or 'promise_in_bounds'")
        return GatherScatterMode(names[mode])


class GatherDimensionNumbers(NamedTuple):
    """How the axes of a gather's operand, indices and result belong together (StableHLO's `gather`)."""

    offset_dims: Sequence[int]
    collapsed_slice_dims: Sequence[int]
    start_index_map: Sequence[int]
    operand_batching_dims: Sequence[int] = ()
    start_indices_batching_dims: Sequence[int] = ()


class ScatterDimensionNumbers(NamedTuple):
    """How the axes of a scatter's operand, indices and updates belong together (StableHLO's `scatter`)."""

    update_window_dims: Sequence[int]
    inserted_window_dims: Sequence[int]
    scatter_dims_to_operand_dims: Sequence[int]
    operand_batching_dims: Sequence[int] = ()
    scatter_indices_batching_dims: Sequence[int] = ()


def _positions(indices: Any, name: str) -> Array:
    found = as_array(indices)
    if not is_integer(found.dtype) or not found.ndim:
        raise TypeError(f"{name} takes integers along a last axis as positions, got {found.dtype}{show(found.shape)}")
    return found


def _limits(shape: Sequence[Size], axes: Sequence[int], extents: Sequence[Size], dtype: Any) -> Array:
    """The largest position along each of the axes at which a slice lies inside."""
    last = [shape[axis] - extents[axis] for axis in axes]
    if not any(isinstance(each, Dim) for each in last):
        return ConcreteArray(np.asarray(last, dtype))
    return concat([reshape(cast(as_array(each), dtype), (1,)) for each in last], 0)


def _inside(positions: Array, last: Array) -> Array:
    """For each vector of positions whether its slice lies inside."""
    low = ufuncs.greater_equal(positions, 0)
    return every(ufuncs.logical_and(low, ufuncs.less_equal(positions, last)), axis=-1)


def _wide(positions: Array) -> Array:
    """Positions as signed integers that hold every size."""
    return positions if positions.dtype in (np.int32, np.int64) else cast(positions, np.dtype(np.int64))


def gather(
    operand: Any,
    start_indices: Any,
    dimension_numbers: GatherDimensionNumbers,
    slice_sizes: Sequence[int],
    *,
    unique_indices: bool = False,
    indices_are_sorted: bool = False,
    mode: Any = None,
    fill_value: Any = None,
) -> Array:
    """Slices of `operand` at the vectors of positions along the last axis of `start_indices`.

    A slice that does not lie inside is moved inside; with mode "fill" it is one of `fill_value` (NaN, or the least integer,
    for unsigned ones the greatest).
    """
    array, positions = as_array(operand), _wide(_positions(start_indices, "gather"))
    numbers = dimension_numbers
    if len(slice_sizes) != array.ndim:
        raise TypeError(f"gather needs a size for each of {array.ndim} axes, got {tuple(slice_sizes)}")
    dims = GatherDims(
        tuple(numbers.offset_dims), tuple(numbers.collapsed_slice_dims), tuple(numbers.operand_batching_dims),
        tuple(numbers.start_indices_batching_dims), tuple(numbers.start_index_map),
    )  # fmt: skip
    found = gathers.gather(array, positions, dims, tuple(slice_sizes))
    if mode is None or GatherScatterMode.from_any(mode) is not GatherScatterMode.FILL_OR_DROP:
        return found
    last = _limits(array.shape, dims.start_index_map, slice_sizes, positions.dtype)
    inside = _inside(positions, last)
    batch = [axis for axis in range(found.ndim) if axis not in dims.offset_dims]
    sizes: list[Size] = [1] * found.ndim
    for axis, size in zip(batch, inside.shape, strict=True):
        sizes[axis] = size
    value = _default(array) if fill_value is None else fill_value
    return ufuncs.where(reshape(inside, sizes), found, cast(as_array(value), found.dtype))


def _default(x: Array) -> Any:
    """What stands for an element that there is not."""
    if is_inexact(x.dtype):
        return np.asarray(np.nan, x.dtype)
    if x.dtype.kind == "b":
        return True
    return np.asarray(limits(x.dtype).min if x.dtype.kind == "i" else limits(x.dtype).max, x.dtype)


def _scattered(op: Any, name: str, operand: Any, indices: Any, updates: Any, numbers: Any, mode: Any) -> Array:
    (array, new), _ = promoted(operand, updates)
    positions = _wide(_positions(indices, name))
    dims = ScatterDims(
        tuple(numbers.update_window_dims), tuple(numbers.inserted_window_dims), tuple(numbers.operand_batching_dims),
        tuple(numbers.scatter_indices_batching_dims), tuple(numbers.scatter_dims_to_operand_dims),
    )  # fmt: skip
    chosen = GatherScatterMode.from_any(mode)
    if chosen is not GatherScatterMode.PROMISE_IN_BOUNDS:
        left_out = (*dims.inserted_window_dims, *dims.input_batching_dims)
        kept = [axis for axis in range(array.ndim) if axis not in left_out]
        extents: list[Size] = [1] * array.ndim
        for axis, at in zip(kept, dims.update_window_dims, strict=True):
            extents[axis] = new.shape[at]
        last = _limits(array.shape, dims.scatter_dims_to_operand_dims, extents, positions.dtype)
        if chosen is GatherScatterMode.CLIP:
            positions = ufuncs.maximum(ufuncs.minimum(positions, last), filled(positions, 0))
        elif any(extent != 1 for extent in extents):
            # A slice is written as a whole or not at all.
            inside = _inside(positions, last)
            spread = broadcast_to(reshape(inside, (*inside.shape, 1)), positions.shape)
            positions = ufuncs.where(spread, positions, filled(positions, np.iinfo(np.int32).max))
    return scatters.scatter(op, array, positions, new, dims)


def scatter(
    operand: Any, scatter_indices: Any, updates: Any, dimension_numbers: ScatterDimensionNumbers, *,
    indices_are_sorted: bool = False, unique_indices: bool = False, mode: Any = None,
) -> Array:  # fmt: skip
    """`operand` with slices replaced; one that does not lie inside is left out, or moved with mode "clip"."""
    return _scattered(None, "scatter", operand, scatter_indices, updates, dimension_numbers, mode)


def scatter_add(
    operand: Any, scatter_indices: Any, updates: Any, dimension_numbers: ScatterDimensionNumbers, *,
    indices_are_sorted: bool = False, unique_indices: bool = False, mode: Any = None,
) -> Array:  # fmt: skip
    """`operand` with slices added to."""
    return _scattered(nd.Add, "scatter_add", operand, scatter_indices, updates, dimension_numbers, mode)


def scatter_sub(
    operand: Any, scatter_indices: Any, updates: Any, dimension_numbers: ScatterDimensionNumbers, *,
    indices_are_sorted: bool = False, unique_indices: bool = False, mode: Any = None,
) -> Array:  # fmt: skip
    """`operand` with slices from which the updates are taken."""
    return _scattered(
        nd.Add, "scatter_sub", operand, scatter_indices, ufuncs.negative(updates), dimension_numbers, mode
    )


def scatter_mul(
    operand: Any, scatter_indices: Any, updates: Any, dimension_numbers: ScatterDimensionNumbers, *,
    indices_are_sorted: bool = False, unique_indices: bool = False, mode: Any = None,
) -> Array:  # fmt: skip
    """`operand` with slices multiplied."""
    return _scattered(nd.Multiply, "scatter_mul", operand, scatter_indices, updates, dimension_numbers, mode)


def scatter_min(
    operand: Any, scatter_indices: Any, updates: Any, dimension_numbers: ScatterDimensionNumbers, *,
    indices_are_sorted: bool = False, unique_indices: bool = False, mode: Any = None,
) -> Array:  # fmt: skip
    """`operand` with the smaller one of each element and its update."""
    return _scattered(nd.Minimum, "scatter_min", operand, scatter_indices, updates, dimension_numbers, mode)


def scatter_max(
    operand: Any, scatter_indices: Any, updates: Any, dimension_numbers: ScatterDimensionNumbers, *,
    indices_are_sorted: bool = False, unique_indices: bool = False, mode: Any = None,
) -> Array:  # fmt: skip
    """`operand` with the larger one of each element and its update."""
    return _scattered(nd.Maximum, "scatter_max", operand, scatter_indices, updates, dimension_numbers, mode)


def index_take(src: Any, idxs: Sequence[Any], axes: Sequence[int]) -> Array:
    """The elements at positions along some axes, a row of them for each; the other axes follow behind."""
    array = as_array(src)
    places = [
        counted_from_front(_positions(each, "index_take"), array.shape[a]) for each, a in zip(idxs, axes, strict=True)
    ]
    return gathers.take_points(array, places, list(axes))


__all__ = [
    "GatherDimensionNumbers", "GatherScatterMode", "ScatterDimensionNumbers", "gather", "index_take", "scatter",
    "scatter_add", "scatter_max", "scatter_min", "scatter_mul", "scatter_sub",
]  # fmt: skip
