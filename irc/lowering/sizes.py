"""The sizes of tensors and buffers, as index values or as the numbers that types tell."""

from __future__ import annotations

from irc.dialects import linalg, memref, tensor
from irc.dialects._amounts import Amount, index_constant
from irc.ir.builder import Builder
from irc.ir.types import MemRefType, ShapedType
from irc.ir.value import Value


def shaped(value: Value) -> ShapedType:
    """The type of `value`, which is shaped."""
    type = value.type
    assert isinstance(type, ShapedType)
    return type


def size(b: Builder, value: Value, axis: int) -> Value:
    """The size of a tensor or a buffer along `axis` as an index value."""
    known = shaped(value).shape[axis]
    if known is not None:
        return index_constant(b, known)
    producer = value.defining_op
    if isinstance(producer, tensor.Empty):
        return producer.operands[shaped(value).shape[:axis].count(None)]
    if isinstance(producer, linalg.LinalgOp):
        # A result has the size of its destination, which outlives the op when that is fused into another.
        return size(b, producer.outputs[producer.results.index(value)], axis)
    query = memref.Dim if isinstance(value.type, MemRefType) else tensor.Dim
    found: Value = b.insert(query(value, index_constant(b, axis))).result
    return found


def extent(b: Builder, value: Value, axis: int) -> Amount:
    """The size along `axis`, as a number where the type tells it."""
    known = shaped(value).shape[axis]
    return known if known is not None else size(b, value, axis)


def sizes_of(b: Builder, value: Value) -> list[Amount]:
    """All sizes, as numbers where the type tells them."""
    return [extent(b, value, axis) for axis in range(shaped(value).rank)]


def dynamic_sizes(b: Builder, value: Value) -> list[Value]:
    """The sizes of the `?` dimensions."""
    return [size(b, value, axis) for axis, known in enumerate(shaped(value).shape) if known is None]
