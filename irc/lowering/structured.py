"""Building blocks for code that writes `linalg` on tensors: sizes, destinations, and `linalg.generic` from a Python body."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.dialects import linalg, tensor
from irc.dialects._amounts import index_constant
from irc.dialects._scalar_constants import scalar_constant
from irc.dialects.linalg_interface import PARALLEL, REDUCTION, IteratorType
from irc.ir.affine import AffineMap
from irc.ir.builder import Builder, InsertPoint
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.lowering.size_checks import check_loops
from irc.lowering.sizes import dynamic_sizes, shaped, size

Body = Callable[[Builder, Sequence[Value]], Value]
"""Writes the scalar computation of a `linalg.generic`: from the block arguments to the value to yield."""
Bodies = Callable[[Builder, Sequence[Value]], Sequence[Value]]
"""The same for several values."""

__all__ = ["PARALLEL", "REDUCTION", "Bodies", "Body", "copy", "dynamic_sizes", "empty", "empty_like", "fill", "generic",
           "generics", "index_constant", "scalar", "shaped", "size"]  # fmt: skip


def scalar(b: Builder, value: complex, type: Type) -> Value:
    """A scalar constant of an integer, index, float or complex type."""
    return b.insert(scalar_constant(value, type)).results[0]


def empty(b: Builder, type: Type, sizes: Sequence[Value] = ()) -> Value:
    """A destination without content; `sizes` are those of the `?` dimensions."""
    return b.insert(tensor.Empty(sizes, result_types=[type])).result


def empty_like(b: Builder, value: Value, element: Type) -> Value:
    """A destination of the shape of `value`."""
    return empty(b, TensorType(shaped(value).shape, element), dynamic_sizes(b, value))


def fill(b: Builder, value: Value, destination: Value) -> Value:
    """`destination` with `value` everywhere."""
    return b.insert(linalg.Fill([value], [destination])).results[0]


def generic(
    b: Builder,
    inputs: Sequence[Value],
    output: Value,
    maps: Sequence[AffineMap],
    body: Body,
    iterators: Sequence[IteratorType] | None = None,
) -> Value:
    """A `linalg.generic` with one output, see `generics`."""
    return generics(b, inputs, [output], maps, lambda inner, arguments: [body(inner, arguments)], iterators)[0]


def generics(
    b: Builder,
    inputs: Sequence[Value],
    outputs: Sequence[Value],
    maps: Sequence[AffineMap],
    body: Bodies,
    iterators: Sequence[IteratorType] | None = None,
) -> Sequence[Value]:
    """A `linalg.generic`; `maps` are those of the inputs, then those of the outputs.

    All iterators are parallel unless given. The block arguments are the elements of the inputs and of the outputs. Sizes
    that are not known are checked to agree when the program runs.
    """
    kinds = iterators if iterators is not None else [PARALLEL] * maps[0].num_dims
    check_loops(b, [*inputs, *outputs], maps)
    op = linalg.Generic.of(inputs, outputs, maps, kinds)
    op.location = b.location
    block = op.region.block
    inner = Builder(InsertPoint.at_end(block), b.location)
    inner.insert(linalg.Yield(body(inner, block.arguments)))
    return b.insert(op).results


def copy(b: Builder, source: Value, destination: Value) -> Value:
    """`source` written into `destination`, of the same type."""
    identity = AffineMap.identity(shaped(source).rank)
    return generic(b, [source], destination, [identity, identity], lambda _, arguments: arguments[0])
