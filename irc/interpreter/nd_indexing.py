"""The rules of `nd`'s ops that read and write slices at listed positions."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.dialects.nd_numpy_indexing import Array, gather
from irc.interpreter.core import Frame, fail, interpret
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
    for axis, (size, full) in enumerate(zip(op.sizes.values, x.shape, strict=True)):
        if size > full:
            fail(op, f"takes slices of size {size} along axis {axis} of the operand, which has size {full}")
    return checked(op, gather(op, x, indices))
