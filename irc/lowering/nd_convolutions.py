"""`nd.conv` as one `linalg.generic`: loops over batch, space, groups and features of the result, sums over the kernel.

The input is read in the layout that it has, with padding around it and zeros between its elements where there are some;
what is cut off is skipped when it is read. Features come last while the result is computed, so that its vectors lie along
them; other layouts are permuted afterwards. Groups are a dimension of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from irc.dialects import arith, nd, tensor
from irc.dialects._amounts import Amount, add, as_value, product
from irc.dialects._windows import Window
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap
from irc.ir.builder import Builder
from irc.ir.diagnostic import error
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lowering.nd_complex import lower_product
from irc.lowering.nd_contractions import PRODUCTS
from irc.lowering.nd_conversions import convert
from irc.lowering.nd_elementwise import destination
from irc.lowering.nd_scalars import kind_of
from irc.lowering.signedness import element_constant, in_signless
from irc.lowering.size_checks import check, check_size
from irc.lowering.sizes import extent, sizes_of
from irc.lowering.structured import (
    PARALLEL,
    REDUCTION,
    copy,
    dynamic_sizes,
    empty,
    fill,
    generic,
    index_constant,
    shaped,
)
from irc.lowering.tensor_elements import computed
from irc.lowering.tensor_shapes import dynamic_of, expand, insert_slice, reshape, static_shape


@dataclass(slots=True)
class _Loops:
    """The loops of a convolution under construction, outermost first."""

    parallel: list[bool] = field(default_factory=list)

    def add(self, parallel: bool) -> AffineDim:
        self.parallel.append(parallel)
        return AffineDim(len(self.parallel) - 1)

    def map(self, exprs: Sequence[AffineExpr]) -> AffineMap:
        return AffineMap(len(self.parallel), 0, tuple(exprs))


def lower_conv(op: nd.Conv, b: Builder) -> Value:
    element = shaped(op.result).element_type
    if kind_of(element) == "complex":
        return lower_product(op, b)
    if kind_of(element) not in PRODUCTS:
        raise error(op.location, f"'nd.conv' op has no lowering for elements of type '{element}'")
    (batch, feature, spatial), (inputs, outputs, kernel), layout = op.layouts
    lhs, rhs = _widened(b, op, op.lhs), _widened(b, op, op.rhs)
    check_size(b, lhs, feature, product(b, [extent(b, rhs, inputs), op.feature_groups.value]),
               "the features of the operands of 'nd.conv' op do not agree")  # fmt: skip
    for dim in kernel:
        check(b, "sgt", extent(b, rhs, dim), 0, f"dimension {dim} of the kernel of 'nd.conv' op is empty")
    windows = op.windows
    counts = [_positions(b, w, extent(b, lhs, i), extent(b, rhs, k))
              for w, i, k in zip(windows, spatial, kernel, strict=True)]  # fmt: skip
    features, batches = op.feature_groups.value, op.batch_groups.value
    groups = features * batches
    images = _divided(b, op, extent(b, lhs, batch), batches)
    channels = _divided(b, op, extent(b, rhs, outputs), groups)
    # The result with the features last, and those of a group in a dimension of their own.
    grouped = [groups, *([channels] if channels != 1 else [])] if groups > 1 else [channels]
    sizes = [images, *counts, *grouped]
    order = [layout[0], *layout[2], layout[1]]
    whole = TensorType(static_shape(sizes), element)
    if op.into is not None and len(sizes) == len(order) and order == sorted(order):
        start = op.into
        for axis, size in enumerate(sizes):
            check_size(b, start, axis, size, f"dimension {axis} of the destination of '{op.name}' op does not fit")
    else:
        start = empty(b, whole, dynamic_of(b, sizes, whole))
    total = fill(b, element_constant(b, 0, element), start)
    if 0 not in whole.shape:
        total = _sum(op, b, lhs, rhs, total)
    return total if start is op.into else _arranged(op, b, total, len(sizes) > len(order), order)


def _widened(b: Builder, op: nd.Conv, source: Value) -> Value:
    """An operand with elements of the result's type."""
    type, element = shaped(source), shaped(op.result).element_type
    if type.element_type is element:
        return source

    def body(inner: Builder, elements: Sequence[Value]) -> Value:
        found = convert(inner, elements[0], element)
        assert found is not None
        return found

    out = empty(b, TensorType(type.shape, element), dynamic_sizes(b, source))
    return generic(b, [source], out, [AffineMap.identity(type.rank)] * 2, body)


def _divided(b: Builder, op: nd.Conv, size: Amount, groups: int) -> Amount:
    """The size of one group."""
    if groups == 1:
        return size
    if isinstance(size, int):
        return size // groups
    count = index_constant(b, groups)
    rest = b.insert(arith.RemSI(size, count)).result
    check(b, "eq", rest, 0, f"a size of '{op.name}' op is not a multiple of its {groups} groups")
    return b.insert(arith.DivSI(size, count)).result


def _scaled(b: Builder, amount: Amount, factor: int, more: int) -> Amount:
    """`amount * factor + more`."""
    if isinstance(amount, int):
        return amount * factor + more
    product = amount if factor == 1 else b.insert(arith.MulI(amount, index_constant(b, factor))).result
    return add(b, [product, more])


def _spread(b: Builder, size: Amount, dilation: int) -> Amount:
    """The size with `dilation - 1` elements between any two; nothing stays nothing."""
    if isinstance(size, int):
        return max(0, (size - 1) * dilation + 1)
    if dilation == 1:
        return size
    return b.insert(arith.MaxSI(as_value(b, _scaled(b, size, dilation, 1 - dilation)), index_constant(b, 0))).result


def _positions(b: Builder, window: Window, size: Amount, kernel: Amount) -> Amount:
    """How many windows there are along a dimension."""
    if isinstance(size, int) and isinstance(kernel, int):
        found = window.positions(size)
        assert found is not None
        return found
    padded = add(b, [_spread(b, size, window.base_dilation), window.low + window.high])
    taken = _spread(b, kernel, window.dilation)
    room = b.insert(arith.SubI(as_value(b, padded), as_value(b, taken))).result
    # One window more than there are strides in the room that it has; none where it does not fit.
    steps = b.insert(arith.FloorDivSI(room, index_constant(b, window.stride))).result
    return b.insert(arith.MaxSI(as_value(b, add(b, [steps, 1])), index_constant(b, 0))).result


def _sum(op: nd.Conv, b: Builder, lhs: Value, rhs: Value, start: Value) -> Value:
    """The generic op."""
    (batch, feature, spatial), (inputs, outputs, kernel), _ = op.layouts
    features, batches = op.feature_groups.value, op.batch_groups.value
    groups = features * batches
    windows = op.windows
    image = _padded(op, b, lhs)
    weights = _flipped(op, b, rhs)
    loops = _Loops()
    zero = AffineConstant(0)
    images = loops.add(True)
    positions = [loops.add(True) for _ in spatial]
    group = loops.add(True) if groups > 1 else None
    # Dimensions of one element need no loop, unless only that tells that the input is longer than its windows reach.
    depth = shaped(rhs).shape[inputs]
    channel = loops.add(True) if group is None or shaped(start).rank > len(spatial) + 2 else None
    width = None if channel is not None else 1
    cut = [window.low < 0 or window.high < 0 for window in windows]
    taps = [
        zero if shaped(rhs).shape[dim] == 1 and not is_cut else loops.add(False)
        for dim, is_cut in zip(kernel, cut, strict=True)
    ]
    summed = zero if depth == 1 else loops.add(False)

    read: dict[int, list[AffineExpr]] = {batch: [images], feature: [summed]}
    if group is not None:
        split, each = (feature, depth) if features > 1 else (batch, None)
        image = _split(b, op, image, split, groups, each)
        read[split] = [group] if each == 1 else [group, *read[split]]
    for dim, window, position, tap in zip(spatial, windows, positions, taps, strict=True):
        read[dim] = [position * window.stride + tap * window.dilation + max(0, -window.low)]
    last: list[AffineExpr] = [each for each in (group, channel) if each is not None]
    weighed: dict[int, list[AffineExpr]] = {inputs: [summed], outputs: last}
    if group is not None:
        weights = _split(b, op, weights, outputs, groups, width)
    for dim, tap in zip(kernel, taps, strict=True):
        weighed[dim] = [tap]
    written: list[AffineExpr] = [images, *positions, *last]
    maps = [loops.map([expr for dim in sorted(read) for expr in read[dim]]),
            loops.map([expr for dim in sorted(weighed) for expr in weighed[dim]]), loops.map(written)]  # fmt: skip
    element = shaped(start).element_type
    multiply, accumulate = PRODUCTS[kind_of(element)]

    def multiplied(inner: Builder, x: Value, y: Value, total: Value) -> Value:
        found: Value = inner.insert(accumulate(total, inner.insert(multiply(x, y)).result)).result
        return found

    body = in_signless(multiplied, element)
    kinds = [PARALLEL if parallel else REDUCTION for parallel in loops.parallel]
    return generic(b, [image, weights], start, maps, lambda inner, xs: body(inner, *xs), kinds)


def _split(b: Builder, op: nd.Conv, source: Value, dim: int, groups: int, each: int | None) -> Value:
    """A dimension as groups and what each has, which is no dimension where that is known to be one element."""
    if each == 1:
        return source
    sizes = sizes_of(b, source)
    sizes[dim : dim + 1] = [groups, _divided(b, op, sizes[dim], groups)]
    indices = [[i + (i > dim)] if i != dim else [i, i + 1] for i in range(len(sizes) - 1)]
    shape = static_shape(sizes)
    return expand(b, source, indices, shape, [size for size in sizes if isinstance(size, Value)])


def _padded(op: nd.Conv, b: Builder, source: Value) -> Value:
    """The input spread, with zeros around it; what is cut off stays."""
    (_, _, spatial), _, _ = op.layouts
    windows = dict(zip(spatial, op.windows, strict=True))
    if all(w.low <= 0 and w.high <= 0 and w.base_dilation == 1 for w in windows.values()):
        return source
    sizes = sizes_of(b, source)
    offsets: list[Amount] = [0] * len(sizes)
    strides = [1] * len(sizes)
    total = list(sizes)
    for dim, window in windows.items():
        low, high = max(0, window.low), max(0, window.high)
        offsets[dim], strides[dim] = low, window.base_dilation
        total[dim] = add(b, [_spread(b, sizes[dim], window.base_dilation), low + high])
    element = shaped(source).element_type
    type = TensorType(static_shape(total), element)
    whole = fill(b, element_constant(b, 0, element), empty(b, type, dynamic_of(b, total, type)))
    return insert_slice(b, source, whole, offsets, sizes, strides)


def _flipped(op: nd.Conv, b: Builder, source: Value) -> Value:
    """The kernel with the dimensions that are reversed in the opposite order."""
    _, (_, _, kernel), _ = op.layouts
    flipped = [dim for dim, reverse in zip(kernel, op.is_reversed, strict=True) if reverse]
    if all(shaped(source).shape[dim] == 1 for dim in flipped):
        return source
    last = {dim: as_value(b, add(b, [extent(b, source, dim), -1])) for dim in flipped}

    def element(inner: Builder, position: Sequence[Value]) -> Value:
        place = [inner.insert(arith.SubI(last[i], at)).result if i in last else at for i, at in enumerate(position)]
        return inner.insert(tensor.Extract(source, place)).result

    type = shaped(source)
    assert isinstance(type, TensorType)
    return computed(b, empty(b, type, dynamic_sizes(b, source)), element)


def _arranged(op: nd.Conv, b: Builder, total: Value, grouped: bool, order: Sequence[int]) -> Value:
    """The result in the layout that is wanted: `order` is where its dimensions go to, those of all groups being one."""
    sizes = sizes_of(b, total)
    if grouped:
        sizes[-2:] = [product(b, sizes[-2:])]
        shape = static_shape(sizes)
        total = reshape(b, total, shape, [size for size in sizes if isinstance(size, Value)])
    if list(order) == sorted(order):
        return total if op.into is None else copy(b, total, op.into)
    moved = [sizes[order.index(dim)] for dim in range(len(order))]
    maps = [AffineMap.of_dims(len(order), order), AffineMap.identity(len(order))]
    return generic(b, [total], destination(b, op, dynamic_of(b, moved, shaped(op.result))), maps, lambda _, xs: xs[0])


LOWERINGS: dict[Any, Any] = {nd.Conv: lower_conv}
