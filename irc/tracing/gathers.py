"""Primitives that read slices at positions which an array lists, with StableHLO's dimension numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from irc.dialects import nd
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.dims import Size
from irc.tracing.elementwise import cast
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.slicing import concat

Dims = tuple[int, ...]
WHOLE = nd.WHOLE
"""The size of a slice that takes an axis whole."""


class GatherDims(NamedTuple):
    """How the axes of a gather's operand, indices and result belong together; the names are StableHLO's."""

    offset_dims: Dims = ()
    collapsed_slice_dims: Dims = ()
    operand_batching_dims: Dims = ()
    start_indices_batching_dims: Dims = ()
    start_index_map: Dims = ()


def _emit_gather(b: Builder, x: Value, indices: Value, *, dims: GatherDims, part: Dims) -> Value:
    last = nd_rank(indices) - 1
    lists = [DenseArrayAttr.i64(tuple(each)) for each in dims]
    build: Any = nd.Gather
    found: Value = b.insert(build(x, indices, DenseArrayAttr.i64(part), *lists, i64_attr(last))).result
    return found


def nd_rank(value: Value) -> int:
    """The number of axes of a value that is a tensor."""
    return len(value.type.shape)  # type: ignore[attr-defined]  # a tensor


def _more(dims: Dims) -> Dims:
    return tuple(each + 1 for each in dims)


def _batch_gather(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, dims: GatherDims, part: Dims
) -> Array:
    x, indices = inputs
    if flags[0] and not flags[1]:
        # Every slice takes the examples whole.
        wider = GatherDims(
            (0, *_more(dims.offset_dims)),
            _more(dims.collapsed_slice_dims),
            _more(dims.operand_batching_dims),
            dims.start_indices_batching_dims,
            _more(dims.start_index_map),
        )
        return gather(x, indices, wider, (WHOLE, *part))
    if flags[1] and not flags[0]:
        wider = GatherDims(
            _more(dims.offset_dims),
            dims.collapsed_slice_dims,
            dims.operand_batching_dims,
            _more(dims.start_indices_batching_dims),
            dims.start_index_map,
        )
        return gather(x, indices, wider, part)
    wider = GatherDims(
        _more(dims.offset_dims),
        _more(dims.collapsed_slice_dims),
        (0, *_more(dims.operand_batching_dims)),
        (0, *_more(dims.start_indices_batching_dims)),
        _more(dims.start_index_map),
    )
    return gather(x, indices, wider, (1, *part))


def _read(x: Any, indices: Any, *, dims: GatherDims, part: Dims) -> Any:
    """The gather of numbers: all positions along each axis of the operand, which broadcast to the result."""
    whole = [n if size == WHOLE else size for n, size in zip(x.shape, part, strict=True)]
    left_out = (*dims.collapsed_slice_dims, *dims.operand_batching_dims)
    kept = [axis for axis in range(x.ndim) if axis not in left_out]
    rank = indices.ndim - 1 + len(kept)
    batch = [axis for axis in range(rank) if axis not in dims.offset_dims]
    shape = [0] * rank
    for axis, n in zip(batch, indices.shape[:-1], strict=True):
        shape[axis] = n
    for axis, each in zip(dims.offset_dims, kept, strict=True):
        shape[axis] = whole[each]

    def along(values: Any, axes: Sequence[int]) -> Any:
        return values.reshape([shape[axis] if axis in axes else 1 for axis in range(rank)])

    if 0 in shape:
        return np.zeros(shape, x.dtype)
    places: list[Any] = [np.zeros([1] * rank, np.int64)] * x.ndim
    for i, axis in enumerate(dims.start_index_map):
        places[axis] = along(_inside(indices[..., i], x.shape[axis] - whole[axis]), batch)
    for axis, at in zip(dims.operand_batching_dims, dims.start_indices_batching_dims, strict=True):
        places[axis] = along(np.arange(indices.shape[at]), [batch[at]])
    for axis, each in zip(dims.offset_dims, kept, strict=True):
        places[each] = places[each] + along(np.arange(whole[each]), [axis])
    return np.broadcast_to(x[tuple(places)], shape)


def _inside(positions: Any, last: int) -> Any:
    return np.clip(positions, 0, min(last, np.iinfo(positions.dtype).max)).astype(np.int64)


GATHER = Primitive("gather", _emit_gather, _batch_gather, view=_read)


def gather(x: Array, indices: Array, dims: GatherDims, sizes: Sequence[int]) -> Array:
    """Slices of `x` of shape `sizes` at the vectors of positions that lie along the last axis of `indices`.

    Positions are moved so that the slice lies inside.
    """
    left_out = (*dims.collapsed_slice_dims, *dims.operand_batching_dims)
    kept = iter([x.shape[a] if sizes[a] == WHOLE else sizes[a] for a in range(x.ndim) if a not in left_out])
    batch = iter(indices.shape[:-1])
    rank = len(dims.offset_dims) + indices.ndim - 1
    shape = tuple(next(kept) if axis in dims.offset_dims else next(batch) for axis in range(rank))
    found: Array = bind(GATHER, x, indices, weak_type=x.weak_type, sizes=shape, dims=dims, part=tuple(sizes))
    return found


def take_points(x: Array, positions: Sequence[Array], axes: Sequence[int]) -> Array:
    """The elements at positions along some axes: integer arrays of one shape, one for each of `axes`.

    The result has the axes of the positions in front of the others of `x`.
    """
    shape = positions[0].shape
    dtype = np.result_type(*(each.dtype for each in positions)) if len(positions) > 1 else positions[0].dtype
    if dtype.kind == "f":
        dtype = np.dtype(np.int64)
    vectors = concat([reshape(cast(each, dtype), (*shape, 1)) for each in positions], len(shape))
    if any(x.shape[axis] == 0 for axis in axes):
        return _of_nothing(x, positions[0], axes)
    rest = x.ndim - len(axes)
    order = sorted(axes)
    dims = GatherDims(tuple(range(len(shape), len(shape) + rest)), tuple(order), (), (), tuple(axes))
    return gather(x, vectors, dims, [1 if axis in axes else WHOLE for axis in range(x.ndim)])


def _of_nothing(x: Array, positions: Array, axes: Sequence[int]) -> Array:
    """What no positions read of an array without elements. Raises `IndexError` where there are positions."""
    if not any(size == 0 for size in positions.shape):
        raise IndexError(f"positions in an axis without elements, of an array of shape {show(x.shape)}")
    shape = (*positions.shape, *(size for axis, size in enumerate(x.shape) if axis not in axes))
    return broadcast_to(ConcreteArray(np.zeros((), x.dtype), x.weak_type), shape)
