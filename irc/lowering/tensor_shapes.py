"""Slices and reshapes of tensors: the ops of the `tensor` dialect with static and dynamic amounts mixed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from irc.dialects import tensor
from irc.dialects._amounts import Amount, add, as_value
from irc.dialects._slices import slice_operands
from irc.ir.builder import Builder
from irc.ir.types import Dimension, Shape, ShapedType, TensorType, Type
from irc.ir.value import Value
from irc.lowering.size_checks import check, check_size
from irc.lowering.sizes import extent, sizes_of
from irc.lowering.structured import dynamic_sizes, shaped


def static_shape(sizes: Sequence[Amount]) -> Shape:
    return tuple(amount if isinstance(amount, int) else None for amount in sizes)


def extract_slice(
    b: Builder, source: Value, offsets: Sequence[Amount], sizes: Sequence[Amount], strides: Sequence[int] | None = None
) -> Value:
    """The slice of `source`; strides are one unless given."""
    lists = slice_operands(offsets, sizes, strides if strides is not None else [1] * len(sizes))
    result = TensorType(static_shape(sizes), shaped(source).element_type)
    return b.insert(tensor.ExtractSlice(source, *lists, result_types=[result])).result


def insert_slice(
    b: Builder,
    source: Value,
    destination: Value,
    offsets: Sequence[Amount],
    sizes: Sequence[Amount],
    strides: Sequence[int] | None = None,
) -> Value:
    """`destination` with `source` in the given slice."""
    lists = slice_operands(offsets, sizes, strides if strides is not None else [1] * len(sizes))
    return b.insert(tensor.InsertSlice(source, destination, *lists, result_types=[destination.type])).result


def joined_sizes(b: Builder, inputs: Sequence[Value], axis: int, type: ShapedType, name: str) -> list[Amount]:
    """The sizes of `inputs` one after the other along `axis`, which must agree otherwise and be what `type` tells."""
    total: list[Amount] = sizes_of(b, inputs[0])
    total[axis] = add(b, [extent(b, part, axis) for part in inputs])
    for i, known in enumerate(type.shape):
        message = f"the sizes of '{name}' op do not agree along dimension {i}"
        if known is not None:
            check(b, "eq", total[i], known, message)
            total[i] = known
        if i != axis:
            for part in inputs[1:]:
                check_size(b, part, i, total[i], message)
    return total


def join(b: Builder, inputs: Sequence[Value], axis: int, whole: Value) -> Value:
    """`whole` with `inputs` put one after the other along `axis`."""
    offsets: list[Amount] = [0] * shaped(whole).rank
    for part in inputs:
        sizes = sizes_of(b, part)
        whole = insert_slice(b, part, whole, offsets, sizes)
        offsets[axis] = add(b, [offsets[axis], sizes[axis]])
    return whole


def dynamic_of(b: Builder, sizes: Sequence[Amount], type: ShapedType) -> list[Value]:
    """Those of `sizes` that `type` leaves open, as values."""
    return [as_value(b, amount) for amount, known in zip(sizes, type.shape, strict=True) if known is None]


def cast(b: Builder, source: Value, type: Type) -> Value:
    """`source` with a type that knows more or fewer of its sizes."""
    return source if source.type is type else b.insert(tensor.Cast(source, result_types=[type])).result


def reassociation(fine: Shape, coarse: Shape) -> list[list[int]] | None:
    """Groups of neighbouring dimensions of `fine` whose products are `coarse`, `None` if there are none.

    With one `?` in each of the shapes, the sizes agree because the numbers of elements do. With more, several groupings
    may be possible, and which of them the sizes fit is only known at run time: so there is none.
    """
    if max(fine.count(None), coarse.count(None)) > 1:
        return None
    if not coarse:
        return [] if all(size == 1 for size in fine) else None
    groups: list[list[int]] = []
    at = 0
    for wanted in coarse:
        group = [at]
        if at >= len(fine):
            return None
        found: Dimension = fine[at]
        at += 1
        while found != wanted and at < len(fine):
            found = _times(found, fine[at])
            group.append(at)
            at += 1
        if found != wanted:
            return None
        groups.append(group)
    # What is left over can only be ones; they join the last group.
    if any(size != 1 for size in fine[at:]):
        return None
    groups[-1] += range(at, len(fine))
    return groups


def _times(lhs: Dimension, rhs: Dimension) -> Dimension:
    return None if lhs is None or rhs is None else lhs * rhs


def collapse(b: Builder, source: Value, groups: Sequence[Sequence[int]]) -> Value:
    """Neighbouring dimensions merged."""
    return b.insert(tensor.CollapseShape.of(source, groups)).result


def expand(b: Builder, source: Value, groups: Sequence[Sequence[int]], shape: Shape, dims: Sequence[Value]) -> Value:
    """Each dimension split into a group of dimensions of `shape`; `dims` are the sizes of its `?`."""
    sizes = iter(dims)
    mixed = [known if known is not None else next(sizes) for known in shape]
    return b.insert(tensor.ExpandShape.of(source, groups, mixed)).result


def reshape(b: Builder, source: Value, shape: Shape, dims: Sequence[Value]) -> Value:
    """The elements in the same order under another shape; `dims` are the sizes of its `?` dimensions."""
    type = shaped(source)
    if type.shape == shape and not dims:
        return source
    if type.rank > len(shape) and (groups := reassociation(type.shape, shape)) is not None:
        return collapse(b, source, groups)
    if type.rank < len(shape) and (groups := reassociation(shape, type.shape)) is not None:
        sizes = dims if len(dims) == shape.count(None) else dynamic_sizes(b, source)
        return expand(b, source, groups, shape, sizes)
    return _through_one_dimension(b, source, shape, dims)


def _through_one_dimension(b: Builder, source: Value, shape: Shape, dims: Sequence[Value]) -> Value:
    type = shaped(source)
    flat = source if type.rank == 1 else _flatten(b, source)
    count = None if None in shape else math.prod(size or 0 for size in shape)
    flat = cast(b, flat, TensorType((count,), type.element_type))
    if len(shape) == 1:
        return flat
    if not shape:
        return collapse(b, flat, [])
    return expand(b, flat, [range(len(shape))], shape, dims)


def _flatten(b: Builder, source: Value) -> Value:
    type = shaped(source)
    if type.rank == 0:
        return expand(b, source, [], (1,), [])
    return collapse(b, source, [range(type.rank)])
