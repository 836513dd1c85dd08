"""Gathers: slices at positions that a tensor lists. Scatters are with what combines elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.traced import as_types, traced
from irc.conversion.from_stablehlo.values import Lowering, as_type, ints, listed, typed, unsupported
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.value import Value


def _gather(op: Any, b: Builder, sizes: Sequence[int]) -> Value:
    n = op.dimension_numbers
    made = nd.Gather(
        op.operand, op.start_indices, ints(sizes), ints(n.offset_dims), ints(n.collapsed_slice_dims),
        ints(n.operand_batching_dims), ints(n.start_indices_batching_dims), ints(n.start_index_map),
        i64_attr(n.index_vector_dim),
    )  # fmt: skip
    return as_type(b, b.insert(made).result, op.result.type)


def lower_gather(op: hlo.Gather, b: Builder) -> Value:
    return _gather(op, b, [int(size) for size in op.slice_sizes.values])


def lower_dynamic_gather(op: hlo.DynamicGather, b: Builder) -> Value:
    """Sizes that are known are the gather's. One that is computed is that of the whole dimension, or an error."""
    given = listed(b, op.slice_sizes)
    n = op.dimension_numbers
    one = (*n.collapsed_slice_dims, *n.operand_batching_dims)
    offsets = iter(n.offset_dims)
    shape = typed(op.result).shape
    sizes: list[int] = []
    for axis, amount in enumerate(given):
        known: int | None = 1 if axis in one else shape[next(offsets)]
        sizes.append(_slice_size(op, axis, amount, known))
    return _gather(op, b, sizes)


def _slice_size(op: hlo.DynamicGather, axis: int, amount: Amount, known: int | None) -> int:
    if isinstance(amount, int):
        return amount
    if known is not None:
        return known
    if typed(op.operand).shape[axis] is not None:
        raise unsupported(op, f"with a computed slice size along the known dimension {axis} is not supported")
    return nd.WHOLE


def lower_torch_index_select(op: hlo.TorchIndexSelect, b: Builder) -> Sequence[Value]:
    axis, batch = op.dim.value, op.batch_dims.value
    if batch:
        raise unsupported(op, "with batch dimensions is not supported")
    found = traced(b, lambda x, index: jnp.take(x, index, axis=axis, mode="clip"), [op.operand, op.index])
    return as_types(b, found, [op.result.type])


LOWERINGS: dict[Any, Lowering] = {
    hlo.DynamicGather: lower_dynamic_gather,
    hlo.Gather: lower_gather,
    hlo.TorchIndexSelect: lower_torch_index_select,
}
