"""The primitive that writes slices at positions which an array lists, with StableHLO's dimension numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from irc.dialects import nd
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.tracing.array import Array
from irc.tracing.dims import Size
from irc.tracing.orders import region_of
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import expanded
from irc.tracing.trace import tensor_type

Dims = tuple[int, ...]


class ScatterDims(NamedTuple):
    """How the axes of a scatter's operand, indices and updates belong together; the names are StableHLO's."""

    update_window_dims: Dims = ()
    inserted_window_dims: Dims = ()
    input_batching_dims: Dims = ()
    scatter_indices_batching_dims: Dims = ()
    scatter_dims_to_operand_dims: Dims = ()


def _more(dims: Dims) -> Dims:
    return tuple(each + 1 for each in dims)


def _batch_scatter(
    _: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, op: Any, dims: ScatterDims
) -> Array:
    x, indices, updates = expanded(inputs, flags, size)
    wider = ScatterDims(
        _more(dims.update_window_dims),
        _more(dims.inserted_window_dims),
        (0, *_more(dims.input_batching_dims)),
        (0, *_more(dims.scatter_indices_batching_dims)),
        _more(dims.scatter_dims_to_operand_dims),
    )
    return scatter(op, x, indices, updates, wider)


def _emit_scatter(b: Builder, x: Value, indices: Value, updates: Value, *, op: Any, dims: ScatterDims) -> Value:
    def write(b: Builder, values: list[Value]) -> list[Value]:
        return [values[1] if op is None else b.insert(op(*values)).result]

    lists = [DenseArrayAttr.i64(tuple(each)) for each in dims]
    combiner = region_of([x.type, updates.type], write)
    last = i64_attr(len(tensor_type(indices).shape) - 1)
    build: Any = nd.Scatter
    found: Value = b.insert(build([x], indices, [updates], *lists, last, combiner, result_types=[x.type])).results[0]
    return found


_FUNCTIONS: dict[Any, Any] = {
    nd.Add: np.add, nd.Multiply: np.multiply, nd.Minimum: np.minimum, nd.Maximum: np.maximum,
    nd.LogicalOr: np.logical_or, nd.LogicalAnd: np.logical_and,
}  # fmt: skip


def _written(x: Any, indices: Any, updates: Any, *, op: Any, dims: ScatterDims) -> Any:
    """The scatter of numbers; what does not lie inside is left out."""
    found = np.array(x)
    if 0 in updates.shape:
        return found
    left_out = (*dims.inserted_window_dims, *dims.input_batching_dims)
    kept = [axis for axis in range(x.ndim) if axis not in left_out]
    rank = updates.ndim
    batch = [axis for axis in range(rank) if axis not in dims.update_window_dims]

    def along(values: Any, axes: Sequence[int]) -> Any:
        return values.reshape([updates.shape[axis] if axis in axes else 1 for axis in range(rank)])

    places: list[Any] = [np.zeros([1] * rank, np.int64)] * x.ndim
    inside: Any = np.ones([1] * rank, np.bool_)
    for i, axis in enumerate(dims.scatter_dims_to_operand_dims):
        first = along(indices[..., i], batch)
        places[axis] = first.astype(np.int64)
    for axis, at in zip(dims.input_batching_dims, dims.scatter_indices_batching_dims, strict=True):
        places[axis] = along(np.arange(indices.shape[at]), [batch[at]])
    for axis, each in zip(dims.update_window_dims, kept, strict=True):
        places[each] = places[each] + along(np.arange(updates.shape[axis]), [axis])
    for place, size in zip(places, x.shape, strict=True):
        inside = inside & (place >= 0) & (place < size)
    chosen = np.broadcast_to(inside, updates.shape)
    target = tuple(np.broadcast_to(place, updates.shape)[chosen] for place in places)
    if not target:
        target = (...,)
        updates = updates[()] if op is None or not chosen.all() else updates
    values = updates[chosen] if places else updates
    if op is None:
        found[target] = values
    else:
        _FUNCTIONS[op].at(found, target, values)
    return found


SCATTER = Primitive("scatter", _emit_scatter, _batch_scatter, view=_written)


def scatter(op: Any, x: Array, indices: Array, updates: Array, dims: ScatterDims) -> Array:
    """`x` with slices of `updates` at the vectors of positions along the last axis of `indices`.

    `op` is the elementwise operation of `nd` that combines what is there with an update, `None` to replace it. What does
    not lie inside is left out.
    """
    found: Array = bind(SCATTER, x, indices, updates, weak_type=x.weak_type, sizes=x.shape, op=op, dims=dims)
    return found
