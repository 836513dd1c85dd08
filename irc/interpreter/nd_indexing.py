"""The rules of `nd`'s ops that read and write slices at listed positions."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects.nd_numpy_indexing import Array, batching_axes, gather, index_vectors
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.nd_regions import evaluate
from irc.interpreter.nd_results import checked
from irc.ir.operation import Operation


def check_vectors(op: Operation, indices: Array, index_vector_dim: int, count: int) -> None:
    """Fail unless the index vectors have a position for each of `count` dimensions."""
    length = 1 if index_vector_dim == indices.ndim else indices.shape[index_vector_dim]
    if length != count:
        fail(op, f"an index vector has {length} positions for {count} dimensions")


def check_batches(op: Operation, x: Array, indices: Array, axes: tuple[int, ...], places: tuple[int, ...]) -> None:
    """Fail unless the batching dimensions of operand and indices have the same sizes."""
    for axis, place in zip(axes, places, strict=True):
        if x.shape[axis] != indices.shape[place]:
            fail(
                op,
                f"batching dimension {axis} of the operand has size {x.shape[axis]}, that of the indices "
                f"{indices.shape[place]}",
            )


@interpret(nd.Gather)
def _gather(frame: Frame, op: nd.Gather, x: Array, indices: Array, *destination: Any) -> Array:
    dims = op.dims
    check_vectors(op, indices, dims.index_vector_dim, len(dims.start_index_map))
    check_batches(op, x, indices, dims.operand_batching_dims, dims.start_indices_batching_dims)
    # Without positions slices of any size do.
    batch = [size for axis, size in enumerate(indices.shape) if axis != dims.index_vector_dim]
    for axis, (size, full) in enumerate(zip(op.sizes.values, x.shape, strict=True)):
        if size > full and 0 not in batch:
            fail(op, f"takes slices of size {size} along axis {axis} of the operand, which has size {full}")
    return checked(op, gather(op, x, indices))


@interpret(nd.Scatter)
def _scatter(frame: Frame, op: nd.Scatter, *operands: Array) -> Any:
    """Window after window in the order of the indices; the elements of one are combined at once."""
    count = len(op.inputs)
    inputs, indices, updates = operands[:count], operands[count], operands[count + 1 :]
    dims = op.dims
    for arrays in (inputs, updates):
        if len({x.shape for x in arrays}) > 1:
            fail(op, f"the sizes of the operands do not agree: {' and '.join(str(x.shape) for x in arrays)}")
    check_vectors(op, indices, dims.index_vector_dim, len(dims.scatter_dims_to_operand_dims))
    check_batches(op, inputs[0], indices, dims.input_batching_dims, dims.scatter_indices_batching_dims)
    vectors = index_vectors(indices, dims.index_vector_dim)
    shape, part = inputs[0].shape, updates[0].shape
    axes = nd.window_axes(dims, len(shape))
    listed = [axis for axis in range(len(part)) if axis not in dims.update_window_dims]
    if tuple(part[axis] for axis in listed) != vectors.shape[:-1]:
        fail(op, f"updates of shape {part} do not fit indices of shape {indices.shape}")
    for axis, at in zip(axes, dims.update_window_dims, strict=True):
        if part[at] > shape[axis]:
            fail(op, f"windows of size {part[at]} along axis {axis} of the operand, which has size {shape[axis]}")
    batching = batching_axes(dims.scatter_indices_batching_dims, dims.index_vector_dim)
    # The dimensions of the indices first, then those of the windows in the order of the operand's.
    rows = [np.transpose(update, [*listed, *dims.update_window_dims]) for update in updates]
    results = [np.array(x) for x in inputs]
    for place in np.ndindex(vectors.shape[:-1]):
        starts = [0] * len(shape)
        for axis, position in zip(dims.scatter_dims_to_operand_dims, vectors[place], strict=True):
            starts[axis] = int(position)
        for axis, at in zip(dims.input_batching_dims, batching, strict=True):
            starts[axis] = place[at]
        sizes = dict(zip(axes, rows[0].shape[len(place) :], strict=True))
        inside = [
            (max(0, -start), min(sizes.get(axis, 1), full - start))
            for axis, (start, full) in enumerate(zip(starts, shape, strict=True))
        ]
        if any(low >= high for low, high in inside):
            continue
        target = tuple(
            slice(start + low, start + high) if axis in sizes else start
            for axis, (start, (low, high)) in enumerate(zip(starts, inside, strict=True))
        )
        source = (*place, *(slice(*inside[axis]) for axis in axes))
        found = evaluate(op.combiner, [*(np.array(x[target]) for x in results), *(row[source] for row in rows)])
        for result, value in zip(results, found, strict=True):
            result[target] = value
    checks = [checked(op, result, i) for i, result in enumerate(results)]
    return checks[0] if len(checks) == 1 else tuple(checks)
