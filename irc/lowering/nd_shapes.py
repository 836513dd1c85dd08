"""`nd` ops that move elements: broadcasts and permutations as projected maps, reshapes, slices, padding, concatenation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, nd, tensor
from irc.dialects._amounts import Amount, add, amounts, as_value, product
from irc.ir.affine import AffineConstant, AffineDim, AffineMap
from irc.ir.attributes import DenseElementsAttr
from irc.ir.builder import Builder
from irc.ir.types import Dimension, TensorType, with_element_type
from irc.ir.value import Value
from irc.lowering.nd_elementwise import destination
from irc.lowering.signedness import signless
from irc.lowering.size_checks import check, check_part, check_size
from irc.lowering.sizes import extent, sizes_of
from irc.lowering.structured import copy, dynamic_sizes, empty, fill, generic, index_constant, shaped, size
from irc.lowering.tensor_shapes import dynamic_of, extract_slice, insert_slice, join, joined_sizes, reshape


def lower_broadcast(op: nd.BroadcastTo, b: Builder) -> Value:
    """The source is read through a map that leaves out, or sets to zero, the dimensions that are stretched."""
    source, target = shaped(op.x), shaped(op.result)
    new = target.rank - source.rank
    sizes = amounts(target.shape, op.dims)
    for axis, known in enumerate(source.shape):
        if known is None:
            message = f"axis {axis} of the operand of 'nd.broadcast_to' op must have the size of the result"
            check_size(b, op.x, axis, sizes[new + axis], message)
    reads = tuple(
        AffineConstant(0) if known == 1 and target.shape[new + axis] != 1 else AffineDim(new + axis)
        for axis, known in enumerate(source.shape)
    )
    maps = [AffineMap(target.rank, 0, reads), AffineMap.identity(target.rank)]
    return generic(b, [op.x], destination(b, op, op.dims), maps, lambda _, xs: xs[0])


def lower_permute(op: nd.PermuteDims, b: Builder) -> Value:
    """Loops over the result; dimension `axes[i]` of the source is the result's `i`."""
    axes = [int(axis) for axis in op.axes.values]
    sizes = [size(b, op.x, axis) for axis in axes if shaped(op.x).shape[axis] is None] if op.into is None else []
    reads = AffineMap.of_dims(len(axes), [axes.index(axis) for axis in range(len(axes))])
    maps = [reads, AffineMap.identity(len(axes))]
    return generic(b, [op.x], destination(b, op, sizes), maps, lambda _, xs: xs[0])


def lower_reshape(op: nd.Reshape, b: Builder) -> Value:
    source, target = shaped(op.x), shaped(op.result)
    if not (source.has_static_shape and target.has_static_shape):
        before = product(b, sizes_of(b, op.x))
        after = product(b, amounts(target.shape, op.dims))
        check(b, "eq", before, after, "the sizes of 'nd.reshape' op do not have the product of the operand's sizes")
        for length in op.dims:
            check(b, "sge", length, 0, "a size of 'nd.reshape' op is negative")
    return reshape(b, op.x, shaped(op.result).shape, op.dims)


def _into(op: Any, b: Builder, value: Value) -> Value:
    return value if op.into is None else copy(b, value, op.into)


def lower_slice(op: nd.Slice, b: Builder) -> Value:
    starts = [int(start) for start in op.starts.values]
    strides = [int(stride) for stride in op.strides.values]
    (part,) = op.infer()
    assert isinstance(part, TensorType)
    sizes = [known if known is not None else extent(b, op.x, axis) for axis, known in enumerate(part.shape)]
    for axis, (known, limit) in enumerate(zip(shaped(op.x).shape, op.limits.values, strict=True)):
        if known is None and limit != nd.TO_THE_END:
            message = f"axis {axis} of the operand of 'nd.slice' op is shorter than {limit}"
            check_part(b, int(limit), size(b, op.x, axis), message)
    return _into(op, b, extract_slice(b, op.x, starts, sizes, strides))


def _clamped(b: Builder, op: nd.DynamicSlice | nd.DynamicUpdateSlice, part: Sequence[Amount]) -> list[Amount]:
    """Starts moved so that the slice lies inside, as StableHLO's `dynamic_slice` has it; it must not be larger."""
    found: list[Amount] = []
    whole = op.x
    for axis, (start, length) in enumerate(zip(op.starts, part, strict=True)):
        known = shaped(whole).shape[axis]
        check_part(b, length, extent(b, whole, axis), f"the part of '{op.name}' op is larger than axis {axis}")
        if isinstance(length, int) and length == known:
            found.append(0)
            continue
        room: Value
        if isinstance(length, int) and known is not None:
            room = index_constant(b, known - length)
        else:
            room = b.insert(arith.SubI(size(b, whole, axis), as_value(b, length))).result
        low = b.insert(arith.MaxSI(start, index_constant(b, 0))).result
        found.append(b.insert(arith.MinSI(low, room)).result)
    return found


def lower_dynamic_slice(op: nd.DynamicSlice, b: Builder) -> Value:
    sizes = amounts(shaped(op.result).shape, op.dims)
    starts = _clamped(b, op, sizes)
    return _into(op, b, extract_slice(b, op.x, starts, sizes))


def lower_dynamic_update_slice(op: nd.DynamicUpdateSlice, b: Builder) -> Value:
    update = shaped(op.update)
    sizes = amounts(update.shape, dynamic_sizes(b, op.update))
    starts = _clamped(b, op, sizes)
    whole = op.x if op.into is None or op.into is op.x else copy(b, op.x, op.into)
    return insert_slice(b, op.update, whole, starts, sizes)


def lower_concat(op: nd.Concat, b: Builder) -> Value:
    type, axis = shaped(op.result), op.axis.value
    sizes = joined_sizes(b, op.inputs, axis, type, op.name)
    return join(b, op.inputs, axis, destination(b, op, dynamic_of(b, sizes, type)))


def lower_pad(op: nd.Pad, b: Builder) -> Value:
    """Fill, then put the source inside at a stride; a negative edge cuts off afterwards."""
    source, target = shaped(op.x), shaped(op.result)
    low, high, interior = ([int(v) for v in field.values] for field in (op.low, op.high, op.interior))
    cut = any(amount < 0 for amount in (*low, *high))
    known = [_padded(*edges) for edges in zip(source.shape, low, high, interior, strict=True)]
    sizes: list[Value] = []
    for axis, length in enumerate(known):
        if length is None:
            spread = _spread(b, size(b, op.x, axis), interior[axis])
            message = f"padding by {low[axis]} and {high[axis]} removes more than there is of axis {axis}"
            if low[axis] + high[axis] < 0:
                check(b, "sge", add(b, [spread, low[axis] + high[axis]]), 0, message)
            sizes.append(as_value(b, add(b, [spread, max(low[axis], 0) + max(high[axis], 0)])))
    whole = empty(b, TensorType(tuple(known), target.element_type), sizes) if cut else destination(b, op, sizes)
    value = b.insert(tensor.Extract(op.value, [])).result
    offsets: list[Amount] = [max(amount, 0) for amount in low]
    strides = [amount + 1 for amount in interior]
    taken = amounts(source.shape, dynamic_sizes(b, op.x))
    padded = insert_slice(b, op.x, fill(b, value, whole), offsets, taken, strides)
    if not cut:
        return padded
    kept = [
        length if length is not None else add(b, [size(b, padded, axis), min(low[axis], 0) + min(high[axis], 0)])
        for axis, length in enumerate(target.shape)
    ]
    return _into(op, b, extract_slice(b, padded, [max(-amount, 0) for amount in low], kept))


def _spread(b: Builder, length: Value, interior: int) -> Value:
    """A size with the gaps between elements; an empty dimension has none."""
    if not interior:
        return length
    inside = b.insert(arith.MulI(length, index_constant(b, interior + 1))).result
    last = b.insert(arith.AddI(inside, index_constant(b, -interior))).result
    return b.insert(arith.MaxSI(last, index_constant(b, 0))).result


def _padded(length: Dimension, low: int, high: int, interior: int) -> Dimension:
    """The size with the edges that are not negative; an empty dimension has no gaps inside."""
    if length is None:
        return None
    return max(low, 0) + max(high, 0) + length + max(length - 1, 0) * interior


def lower_allocate(op: nd.Allocate, b: Builder) -> Value:
    return empty(b, op.result.type, op.dims)


def lower_constant(op: nd.Constant, b: Builder) -> Value:
    """Constants of `arith` are signless, so that others are relabelled."""
    value = op.value
    plain = with_element_type(value.type, signless(value.type.element_type))
    if plain is value.type:
        return b.insert(arith.Constant(value)).result
    assert isinstance(plain, TensorType)
    constant = b.insert(arith.Constant(DenseElementsAttr(plain, value.data, value.is_splat))).result
    return b.insert(tensor.Bitcast(constant, result_types=[op.result.type])).result


LOWERINGS: dict[Any, Any] = {
    nd.BroadcastTo: lower_broadcast, nd.PermuteDims: lower_permute, nd.Reshape: lower_reshape, nd.Slice: lower_slice,
    nd.DynamicSlice: lower_dynamic_slice, nd.DynamicUpdateSlice: lower_dynamic_update_slice, nd.Concat: lower_concat,
    nd.Pad: lower_pad, nd.Allocate: lower_allocate, nd.Constant: lower_constant,
}  # fmt: skip
