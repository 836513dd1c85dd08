"""Elementwise `nd` ops as `linalg.generic` with identity maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import linalg, nd
from irc.ir.affine import AffineMap
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.diagnostic import error
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lowering.nd_conversions import convert
from irc.lowering.nd_scalars import (
    COMPARISONS,
    TABLES,
    formula,
)
from irc.lowering.scalar_ops import select
from irc.lowering.structured import Body, dynamic_sizes, empty, generic, shaped


def destination(b: Builder, op: Any, sizes: Sequence[Value]) -> Value:
    """The storage that `op` writes into: what the program says, else a new one of the given dynamic sizes."""
    into: Value | None = op.into
    return into if into is not None else empty(b, op.result.type, sizes)


def pointwise(b: Builder, op: Any, inputs: Sequence[Value], body: Body) -> Value:
    """A `linalg.generic` over the elements of tensors of one shape."""
    output = destination(b, op, dynamic_sizes(b, inputs[0]) if op.into is None else ())
    identity = AffineMap.identity(shaped(output).rank)
    return generic(b, inputs, output, [identity] * (len(inputs) + 1), body)


def lower_elementwise(op: Any, b: Builder) -> Value:
    """Unary and binary arithmetic and comparisons."""
    into = op.into
    inputs = list(op.operands) if into is None else list(op.operands)[:-1]
    element = shaped(inputs[0]).element_type
    scalar_formula = formula(type(op), element)
    if scalar_formula is None:
        raise error(op.location, f"'{op.name}' op has no lowering for elements of type '{element}'")
    return pointwise(b, op, inputs, lambda inner, arguments: scalar_formula(inner, *arguments[:-1]))


def lower_where(op: nd.Where, b: Builder) -> Value:
    inputs = [op.condition, op.x, op.y]
    return pointwise(b, op, inputs, lambda inner, arguments: select(inner, *arguments[:3]))


def lower_cast(op: nd.Cast, b: Builder) -> Value:
    target = shaped(op.result).element_type

    def body(inner: Builder, arguments: Sequence[Value]) -> Value:
        converted = convert(inner, arguments[0], target)
        if converted is None:
            source = arguments[0].type
            raise error(op.location, f"'nd.cast' op has no lowering from '{source}' to '{target}'")
        return converted

    return pointwise(b, op, [op.x], body)


def lower_iota(op: nd.Iota, b: Builder) -> Value:
    output = destination(b, op, op.dims)
    type = shaped(output)
    assert isinstance(type, TensorType)
    axis = op.axis.value

    def body(inner: Builder, _: Sequence[Value]) -> Value:
        position = inner.insert(linalg.Index(i64_attr(axis))).result
        converted = convert(inner, position, type.element_type)
        if converted is None:
            raise error(op.location, f"'nd.iota' op has no lowering for elements of type '{type.element_type}'")
        return converted

    return generic(b, [], output, [AffineMap.identity(type.rank)], body)


LOWERINGS: dict[Any, Any] = {
    **dict.fromkeys([*COMPARISONS, *(cls for pair in TABLES.values() for table in pair for cls in table)], lower_elementwise),
    nd.Where: lower_where, nd.Cast: lower_cast, nd.Iota: lower_iota,
}  # fmt: skip
