"""Tensors whose elements are computed from their positions: `tensor.generate` and `tensor.pad` as `linalg.generic`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.dialects import linalg, tensor
from irc.dialects._amounts import add, as_value
from irc.ir.affine import AffineMap
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lowering.move_ops import move_ops
from irc.lowering.size_checks import check
from irc.lowering.sizes import sizes_of
from irc.lowering.structured import empty, generic, shaped
from irc.lowering.tensor_shapes import insert_slice

Element = Callable[[Builder, Sequence[Value]], Value]
"""Writes the computation of an element from its position."""


def computed(b: Builder, destination: Value, element: Element) -> Value:
    """`destination` with every element computed."""
    rank = shaped(destination).rank

    def body(inner: Builder, _: Sequence[Value]) -> Value:
        return element(inner, [inner.insert(linalg.Index(i64_attr(axis))).result for axis in range(rank)])

    return generic(b, [], destination, [AffineMap.identity(rank)], body)


def lower_generate(op: tensor.Generate, b: Builder) -> Value:
    block = op.body.block
    whole = empty(b, op.result.type, op.dynamic_extents)
    return computed(b, whole, lambda inner, position: move_ops(block, position, inner).operands[0])


def lower_pad(op: tensor.Pad, b: Builder) -> Value:
    """The body gives all elements, then the source is put inside."""
    type, inside = op.result.type, sizes_of(b, op.source)
    assert isinstance(type, TensorType)
    for amount in (*op.mixed_low, *op.mixed_high):
        check(b, "sge", amount, 0, f"'{op.name}' op has a negative width")
    sizes: list[Value] = []
    for axis, parts in enumerate(zip(op.mixed_low, inside, op.mixed_high, strict=True)):
        total, known = add(b, parts), type.shape[axis]
        if known is None:
            sizes.append(as_value(b, total))
        else:
            check(b, "eq", total, known, f"dimension {axis} of '{op.name}' op is not of size {known}")
    block = op.body.block
    whole = computed(b, empty(b, type, sizes), lambda inner, position: move_ops(block, position, inner).operands[0])
    return insert_slice(b, op.source, whole, list(op.mixed_low), inside)
