"""Parts of tensors: slices, updates, padding, with positions that are known or computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.conversion.from_stablehlo.values import (
    as_index,
    as_type,
    constant,
    element_of,
    from_index,
    ints,
    listed,
    open_sizes,
    sizes,
    typed,
    unsupported,
)
from irc.dialects import arith, nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount, add, as_value
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.types import IntegerType, Shape, TensorType, i32
from irc.ir.value import Value

UNSIGNED = IntegerType(64, "unsigned")


def lower_slice(op: hlo.Slice, b: Builder) -> Value:
    starts, limits, strides = (
        [int(n) for n in group.values] for group in (op.start_indices, op.limit_indices, op.strides)
    )
    x = typed(op.operand)
    whole = [
        (start, limit, stride) == (0, n, 1)
        for start, limit, stride, n in zip(starts, limits, strides, x.shape, strict=True)
    ]
    if all(whole):
        return as_type(b, op.operand, op.result.type)
    return as_type(b, b.insert(nd.Slice(op.operand, ints(starts), ints(limits), ints(strides))).result, op.result.type)


def starts_of(b: Builder, positions: Sequence[Value]) -> list[Value]:
    """Positions as indices. One that is too large for a signed number counts as the last."""
    return [_start(b, position) for position in positions]


def _start(b: Builder, position: Value) -> Value:
    if element_of(position) is UNSIGNED:
        position = b.insert(nd.Minimum(position, constant(b, (1 << 63) - 1, UNSIGNED))).result
    return as_index(b, position)


def lower_dynamic_slice(op: hlo.DynamicSlice, b: Builder) -> Value:
    type = TensorType(tuple(int(n) for n in op.slice_sizes.values), element_of(op.operand))
    found = b.insert(nd.DynamicSlice(op.operand, starts_of(b, op.start_indices), (), result_types=[type])).result
    return as_type(b, found, op.result.type)


def lower_dynamic_update_slice(op: hlo.DynamicUpdateSlice, b: Builder) -> Value:
    found = b.insert(nd.DynamicUpdateSlice(op.operand, op.update, starts_of(b, op.start_indices))).result
    return as_type(b, found, op.result.type)


def lower_real_dynamic_slice(op: hlo.RealDynamicSlice, b: Builder) -> Value:
    """Elements from `starts` on, `strides` apart, before `limits`: a slice where all is known, else gathered by axis."""
    starts, limits, strides = (listed(b, part) for part in (op.start_indices, op.limit_indices, op.strides))
    x, type = op.operand, typed(op.result)
    if all(isinstance(n, int) for n in (*starts, *limits, *strides)):
        found = b.insert(nd.Slice(x, ints(starts), ints(limits), ints(strides))).result  # type: ignore[arg-type]
        return as_type(b, found, type)
    counts = [
        known if known is not None else _count(b, start, limit, stride)
        for known, start, limit, stride in zip(type.shape, starts, limits, strides, strict=True)
    ]
    if all(stride == 1 for stride in strides):
        places = [as_value(b, start) for start in starts]
        return b.insert(nd.DynamicSlice(x, places, open_sizes(b, type.shape, counts), result_types=[type])).result
    for axis, (start, stride, count) in enumerate(zip(starts, strides, counts, strict=True)):
        x = take(b, x, axis, start, stride, count)
    return as_type(b, x, type)


def _count(b: Builder, start: Amount, limit: Amount, stride: Amount) -> Amount:
    """How many steps there are before the limit."""
    distance = b.insert(arith.SubI(as_value(b, limit), as_value(b, start))).result
    if stride == 1:
        return distance
    return b.insert(arith.CeilDivSI(distance, as_value(b, stride))).result


def take(b: Builder, x: Value, axis: int, start: Amount, stride: Amount, count: Amount) -> Value:
    """The elements at `start`, `start + stride`, … along an axis."""
    known = count if isinstance(count, int) else None
    dims = [] if isinstance(count, int) else [count]
    row = TensorType((known,), i32)
    at = b.insert(nd.Iota(i64_attr(0), dims, result_types=[row])).result
    for target, amount in ((nd.Multiply, stride), (nd.Add, start)):
        number = from_index(b, amount, i32)
        spread = b.insert(nd.BroadcastTo(number, dims, result_types=[row])).result
        at = b.insert(target(at, spread)).result
    rank = typed(x).rank
    none = ints([])
    offsets = ints([i for i in range(rank) if i != axis])
    slices = ints([1 if i == axis else nd.WHOLE for i in range(rank)])
    return b.insert(nd.Gather(x, at, slices, offsets, ints([axis]), none, none, ints([axis]), i64_attr(1))).result


def lower_pad(op: hlo.Pad, b: Builder) -> Value:
    amounts = op.edge_padding_low, op.edge_padding_high, op.interior_padding
    found = b.insert(nd.Pad(op.operand, op.padding_value, *amounts)).result
    return as_type(b, found, op.result.type)


def lower_dynamic_pad(op: hlo.DynamicPad, b: Builder) -> Value:
    """Amounts that are known are padded; where they are computed, the operand is written into what it is padded to."""
    low, high, interior = (listed(b, part) for part in (op.edge_padding_low, op.edge_padding_high, op.interior_padding))
    if all(isinstance(n, int) for n in (*low, *high, *interior)):
        found = b.insert(nd.Pad(op.operand, op.padding_value, ints(low), ints(high), ints(interior))).result  # type: ignore[arg-type]
        return as_type(b, found, op.result.type)
    if any(n != 0 for n in interior if isinstance(n, int)) or not all(isinstance(n, int) for n in interior):
        return _spread(op, b, low, high, interior)
    return padded(b, op.operand, op.padding_value, low, high, typed(op.result))


def padded(
    b: Builder, x: Value, value: Value, low: Sequence[Amount], high: Sequence[Amount], type: TensorType
) -> Value:
    """Padding by amounts that are computed; negative ones remove elements."""
    given = sizes(b, x)
    # What is removed before, and the first place of what is left.
    cut = [_negative_part(b, n) for n in low]
    behind = [_negative_part(b, n) for n in high]
    place = [_positive_part(b, n) for n in low]
    # More may be removed than there is, where padding on the other side makes up for it.
    left = [_difference(b, n, add(b, [c, d])) for n, c, d in zip(given, cut, behind, strict=True)]
    kept = [n if c == d == 0 else _positive_part(b, n) for n, c, d in zip(left, cut, behind, strict=True)]
    total = [
        known if known is not None else add(b, [n, lo, hi])
        for known, n, lo, hi in zip(type.shape, given, low, high, strict=True)
    ]
    inner: Shape = tuple(n if isinstance(n, int) else None for n in kept)
    part_type = TensorType(inner, type.element_type)
    dims = open_sizes(b, inner, kept)
    part = b.insert(nd.DynamicSlice(x, [as_value(b, n) for n in cut], dims, result_types=[part_type])).result
    base = b.insert(nd.BroadcastTo(value, open_sizes(b, type.shape, total), result_types=[type])).result
    return b.insert(nd.DynamicUpdateSlice(base, part, [as_value(b, n) for n in place])).result


def _difference(b: Builder, x: Amount, y: Amount) -> Amount:
    if isinstance(x, int) and isinstance(y, int):
        return x - y
    return x if y == 0 else b.insert(arith.SubI(as_value(b, x), as_value(b, y))).result


def _positive_part(b: Builder, n: Amount) -> Amount:
    return max(n, 0) if isinstance(n, int) else b.insert(arith.MaxSI(n, as_value(b, 0))).result


def _negative_part(b: Builder, n: Amount) -> Amount:
    """How much is removed by padding with `n`."""
    if isinstance(n, int):
        return max(-n, 0)
    return _positive_part(b, _difference(b, 0, n))


def _spread(op: hlo.DynamicPad, b: Builder, low: list[Amount], high: list[Amount], interior: list[Amount]) -> Value:
    """Padding between elements by amounts that are computed: each axis is gathered from what is there and the value."""
    x, type = op.operand, typed(op.result)
    for axis, between in enumerate(interior):
        if between == 0:
            continue
        if not isinstance(between, int):
            raise unsupported(op, "with a padding between elements that is computed is not supported")
        zeros = [0] * typed(x).rank
        steps = [between if i == axis else 0 for i in range(len(zeros))]
        x = b.insert(nd.Pad(x, op.padding_value, ints(zeros), ints(zeros), ints(steps))).result
    return padded(b, x, op.padding_value, low, high, type)


LOWERINGS: dict[Any, Any] = {
    hlo.DynamicPad: lower_dynamic_pad,
    hlo.DynamicSlice: lower_dynamic_slice,
    hlo.DynamicUpdateSlice: lower_dynamic_update_slice,
    hlo.Pad: lower_pad,
    hlo.RealDynamicSlice: lower_real_dynamic_slice,
    hlo.Slice: lower_slice,
}
