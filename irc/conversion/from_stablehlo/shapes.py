"""Ops that move elements and state shapes: broadcasts, reshapes, transposes, concatenation, positions, sizes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from irc.conversion.from_stablehlo.values import (
    as_index,
    as_type,
    from_index,
    ints,
    open_sizes,
    shape_of,
    size,
    sizes,
    typed,
    unsupported,
)
from irc.dialects import arith, nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount, as_value, product
from irc.ir.attributes import DenseElementsAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import Shape, TensorType, i32
from irc.ir.value import Value


def broadcast_in_dim(
    b: Builder,
    x: Value,
    mapped: Sequence[int],
    type: TensorType,
    found: Sequence[Amount],
    stretched: Sequence[int] = (),
) -> Value:
    """Dimension `i` of the operand becomes dimension `mapped[i]` of the result, where one of size 1 is repeated.

    Of those whose size is not known, `stretched` may have size 1 where the result has another.
    """
    order = sorted(range(len(mapped)), key=lambda i: mapped[i])
    if order != list(range(len(mapped))):
        x = b.insert(nd.PermuteDims(x, ints(order))).result
    x = _stretched(b, x, [order.index(i) for i in stretched], [found[mapped[i]] for i in stretched])
    places = sorted(mapped)
    inner = typed(x).shape
    first = places[0] if places else type.rank
    if places != list(range(first, first + len(places))) or first + len(places) != type.rank:
        # Dimensions of size 1 stand where the operand has none.
        own = dict(zip(places, zip(inner, sizes(b, x), strict=True), strict=True))
        middle = [own.get(i, (1, 1)) for i in range(first, type.rank)]
        shape: Shape = tuple(known for known, _ in middle)
        dims = open_sizes(b, shape, [amount for _, amount in middle])
        x = b.insert(nd.Reshape(x, dims, result_types=[TensorType(shape, type.element_type)])).result
    if typed(x).shape == type.shape and type.has_static_shape:
        return x
    return b.insert(nd.BroadcastTo(x, open_sizes(b, type.shape, found), result_types=[type])).result


def _stretched(b: Builder, x: Value, axes: Sequence[int], wanted: Sequence[Amount]) -> Value:
    """`x` with dimensions repeated whose size is 1 or the wanted one: positions are clamped to those that there are."""
    for axis, amount in zip(axes, wanted, strict=True):
        type = typed(x)
        count = amount if isinstance(amount, int) else None
        dims = [] if isinstance(amount, int) else [amount]
        at = b.insert(nd.Iota(i64_attr(0), dims, result_types=[TensorType((count,), i32)])).result
        slices = ints([1 if i == axis else nd.WHOLE for i in range(type.rank)])
        offsets = ints([i for i in range(type.rank) if i != axis])
        none = ints([])
        # The dimension of the indices comes where the axis was.
        numbers = (offsets, ints([axis]), none, none, ints([axis]), i64_attr(1))
        x = b.insert(nd.Gather(x, at, slices, *numbers)).result
    return x


def lower_broadcast_in_dim(op: hlo.BroadcastInDim, b: Builder) -> Value:
    type = typed(op.result)
    mapped = [int(dim) for dim in op.broadcast_dimensions.values]
    found: list[Amount] = [known if known is not None else 1 for known in type.shape]
    for i, dim in enumerate(mapped):
        if type.shape[dim] is None:
            found[dim] = size(b, op.operand, i)
    return broadcast_in_dim(b, op.operand, mapped, type, found)


def lower_broadcast(op: hlo.Broadcast, b: Builder) -> Value:
    type, x = typed(op.result), typed(op.operand)
    found: list[Amount] = [*(int(n) for n in op.broadcast_sizes.values), *sizes(b, op.operand)]
    return broadcast_in_dim(b, op.operand, range(type.rank - x.rank, type.rank), type, found)


def lower_dynamic_broadcast(op: hlo.DynamicBroadcastInDim, b: Builder) -> Value:
    type = typed(op.result)
    mapped = [int(dim) for dim in op.broadcast_dimensions.values]
    hints = op.known_expanding_dimensions
    stretched = [int(i) for i in hints.values] if hints is not None else []
    stretched = [i for i in stretched if typed(op.operand).shape[i] is None]
    found = shape_of(b, op.output_dimensions, type)
    return broadcast_in_dim(b, op.operand, mapped, type, found, stretched)


def reshape(b: Builder, x: Value, type: TensorType, found: Sequence[Amount]) -> Value:
    if typed(x) is type and type.has_static_shape:
        return x
    return b.insert(nd.Reshape(x, open_sizes(b, type.shape, found), result_types=[type])).result


def lower_reshape(op: hlo.Reshape, b: Builder) -> Value:
    type, given = typed(op.result), typed(op.operand)
    if type.has_static_shape:
        return reshape(b, op.operand, type, [*type.static_shape])
    if type.num_dynamic_dims > 1 or given.num_dynamic_dims != 1:
        raise unsupported(op, f"from '{given}' to '{type}' leaves the sizes open")
    # The size that is not known is what the known ones leave.
    before, after = (math.prod(n for n in each.shape if n is not None) for each in (given, type))
    total = product(b, [size(b, op.operand, given.shape.index(None)), before])
    rest = b.insert(arith.DivSI(as_value(b, total), as_value(b, after))).result
    return reshape(b, op.operand, type, [known if known is not None else rest for known in type.shape])


def lower_dynamic_reshape(op: hlo.DynamicReshape, b: Builder) -> Value:
    type = typed(op.result)
    return reshape(b, op.operand, type, shape_of(b, op.output_shape, type))


def lower_transpose(op: hlo.Transpose, b: Builder) -> Value:
    order = [int(dim) for dim in op.permutation.values]
    if order == sorted(order):
        return as_type(b, op.operand, op.result.type)
    return as_type(b, b.insert(nd.PermuteDims(op.operand, ints(order))).result, op.result.type)


def lower_reverse(op: hlo.Reverse, b: Builder) -> Value:
    axes = sorted(int(dim) for dim in op.dimensions.values)
    found = b.insert(nd.Reverse(op.operand, ints(axes))).result if axes else op.operand
    return as_type(b, found, op.result.type)


def lower_concatenate(op: hlo.Concatenate, b: Builder) -> Value:
    if len(op.inputs) == 1:
        return as_type(b, op.inputs[0], op.result.type)
    return as_type(b, b.insert(nd.Concat(op.inputs, op.dimension)).result, op.result.type)


def lower_constant(op: Any, b: Builder) -> Value:
    if not isinstance(op.value, DenseElementsAttr):
        raise unsupported(op, "must hold its elements as they are: `dense<…>`")
    return b.insert(nd.Constant(op.value)).result


def iota(b: Builder, type: TensorType, axis: int, found: Sequence[Amount]) -> Value:
    """Positions along an axis; of complex numbers the real parts."""
    return b.insert(nd.Iota(i64_attr(axis), open_sizes(b, type.shape, found), result_types=[type])).result


def lower_iota(op: hlo.Iota, b: Builder) -> Value:
    type = typed(op.output)
    return iota(b, type, op.iota_dimension.value, [*type.static_shape])


def lower_dynamic_iota(op: hlo.DynamicIota, b: Builder) -> Value:
    type = typed(op.result)
    return iota(b, type, op.iota_dimension.value, shape_of(b, op.output_shape, type))


def lower_get_dimension_size(op: hlo.GetDimensionSize, b: Builder) -> Value:
    return from_index(b, size(b, op.operand, op.dimension.value), i32)


def lower_set_dimension_size(op: hlo.SetDimensionSize, b: Builder) -> Value:
    """The first elements along a dimension."""
    type, axis = typed(op.result), op.dimension.value
    known = type.shape[axis]
    found: list[Amount] = sizes(b, op.operand)
    found[axis] = known if known is not None else as_index(b, op.size)
    zeros = [as_value(b, 0)] * type.rank
    dims = open_sizes(b, type.shape, found)
    return b.insert(nd.DynamicSlice(op.operand, zeros, dims, result_types=[type])).result


LOWERINGS: dict[Any, Any] = {
    hlo.Broadcast: lower_broadcast,
    hlo.BroadcastInDim: lower_broadcast_in_dim,
    hlo.Concatenate: lower_concatenate,
    hlo.Constant: lower_constant,
    hlo.DynamicBroadcastInDim: lower_dynamic_broadcast,
    hlo.DynamicIota: lower_dynamic_iota,
    hlo.DynamicReshape: lower_dynamic_reshape,
    hlo.GetDimensionSize: lower_get_dimension_size,
    hlo.Iota: lower_iota,
    hlo.Reshape: lower_reshape,
    hlo.Reverse: lower_reverse,
    hlo.SetDimensionSize: lower_set_dimension_size,
    hlo.Transpose: lower_transpose,
}
