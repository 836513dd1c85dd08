"""Gathers: slices at positions that a tensor lists. Scatters are with what combines elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.shapes import reshape
from irc.conversion.from_stablehlo.traced import as_types, traced
from irc.conversion.from_stablehlo.values import (
    Lowering,
    as_type,
    element_of,
    ints,
    listed,
    open_sizes,
    size,
    typed,
    unsupported,
)
from irc.dialects import cf, nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount, as_value, compare
from irc.ir.attributes import StringAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.dense import splat
from irc.ir.types import TensorType
from irc.ir.value import Value


def _left_out(numbers: Any) -> Sequence[int]:
    """The dimensions of the operand of which slices take one element, and which the result does not have."""
    return (*numbers.collapsed_slice_dims, *numbers.operand_batching_dims)


def _gather(op: Any, b: Builder, sizes: Sequence[int]) -> Value:
    n = op.dimension_numbers
    result = typed(op.result)
    if result.has_static_shape and any(not sizes[axis] or typed(op.operand).shape[axis] == 0 for axis in _left_out(n)):
        # There is nothing to be read: XLA gives zeros.
        return b.insert(nd.Constant(splat(0, result))).result
    made = nd.Gather(
        op.operand, op.start_indices, ints(sizes), ints(n.offset_dims), ints(n.collapsed_slice_dims),
        ints(n.operand_batching_dims), ints(n.start_indices_batching_dims), ints(n.start_index_map),
        i64_attr(n.index_vector_dim),
    )  # fmt: skip
    return as_type(b, b.insert(made).result, op.result.type)


def lower_gather(op: hlo.Gather, b: Builder) -> Value:
    return _gather(op, b, [int(size) for size in op.slice_sizes.values])


def lower_dynamic_gather(op: hlo.DynamicGather, b: Builder) -> Value:
    """Sizes that are known are the gather's. A single slice of another size is one at a computed position; of several
    slices each must then take the dimension whole, or the program ends."""
    n = op.dimension_numbers
    one = _left_out(n)
    given = listed(b, op.slice_sizes)
    offsets = iter(n.offset_dims)
    shape = typed(op.result).shape
    kept = [1 if axis in one else shape[next(offsets)] for axis in range(len(given))]
    found = [known if known is not None else amount for known, amount in zip(kept, given, strict=True)]
    if all(isinstance(amount, int) for amount in found):
        return _gather(op, b, found)  # type: ignore[arg-type]
    if typed(op.start_indices).rank == 1 and not n.index_vector_dim:
        return _single(op, b, found)
    for axis, amount in enumerate(found):
        if not isinstance(amount, int):
            whole = compare(b, "eq", amount, size(b, op.operand, axis))
            b.insert(cf.Assert(whole, StringAttr(f"a slice of '{op.name}' does not take dimension {axis} whole")))
    return _gather(op, b, [amount if isinstance(amount, int) else nd.WHOLE for amount in found])


def _single(op: hlo.DynamicGather, b: Builder, found: Sequence[Amount]) -> Value:
    places: list[Amount] = [0] * len(found)
    for axis, place in zip(op.dimension_numbers.start_index_map, listed(b, op.start_indices), strict=True):
        places[axis] = place
    shape = tuple(amount if isinstance(amount, int) else None for amount in found)
    type = TensorType(shape, element_of(op.operand))
    starts = [as_value(b, place) for place in places]
    part = b.insert(nd.DynamicSlice(op.operand, starts, open_sizes(b, shape, found), result_types=[type])).result
    result = typed(op.result)
    rest = [amount for axis, amount in enumerate(found) if axis not in op.dimension_numbers.collapsed_slice_dims]
    return as_type(b, part if len(rest) == len(found) else reshape(b, part, result, rest), result)


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
