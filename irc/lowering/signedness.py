"""Integers of a stated signedness, which `arith` does not know: they are relabelled as signless ones around it."""

from __future__ import annotations

from collections.abc import Callable

from irc.dialects import builtin
from irc.ir.builder import Builder
from irc.ir.types import IntegerType, Type
from irc.ir.value import Value
from irc.lowering.structured import scalar

Scalar = Callable[..., Value]
"""A computation on elements: from a builder and scalar operands to the result."""


def signless(type: Type) -> Type:
    """The type that elements of `type` are computed in."""
    return IntegerType(type.width) if isinstance(type, IntegerType) else type


def relabel(b: Builder, x: Value, to: Type) -> Value:
    """The same bits as an integer, or a vector of integers, of another signedness."""
    if x.type is to:
        return x
    return b.insert(builtin.UnrealizedConversionCast([x], result_types=[to])).results[0]


def element_constant(b: Builder, number: complex, type: Type) -> Value:
    """A number as an element of any integer, float or complex type."""
    return relabel(b, scalar(b, number, signless(type)), type)


def in_signless(compute: Scalar, result: Type) -> Scalar:
    """`compute` on relabelled operands, and its result relabelled as `result`."""

    def relabelled(b: Builder, *operands: Value) -> Value:
        return relabel(b, compute(b, *(relabel(b, x, signless(x.type)) for x in operands)), result)

    return relabelled
