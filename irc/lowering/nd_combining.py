"""Reductions and scans with a combiner in `linalg`: loops whose order matters are reductions there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, linalg, nd, tensor
from irc.dialects._amounts import compare
from irc.ir.affine import AffineMap
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lowering.nd_regions import inline_scalars
from irc.lowering.structured import (
    PARALLEL,
    REDUCTION,
    dynamic_sizes,
    empty,
    fill,
    generics,
    index_constant,
    shaped,
    size,
)


def initial(b: Builder, init: Value) -> Value:
    """The only element of a tensor of rank 0."""
    return b.insert(tensor.Extract(init, [])).result


def lower_reduce(op: nd.Reduce, b: Builder) -> Sequence[Value]:
    """Each result is filled with its initial value, and then accumulated into."""
    count, rank = len(op.inputs), shaped(op.inputs[0]).rank
    gone = set(op.axes.values)
    kept = [axis for axis in range(rank) if axis not in gone]
    starts: list[Value] = []
    for x, init in zip(op.inputs, op.inits, strict=True):
        type = TensorType(tuple(shaped(x).shape[axis] for axis in kept), shaped(x).element_type)
        sizes = [size(b, x, axis) for axis in kept if shaped(x).shape[axis] is None]
        starts.append(fill(b, initial(b, init), empty(b, type, sizes)))

    def body(inner: Builder, arguments: Sequence[Value]) -> Sequence[Value]:
        return inline_scalars(inner, op.combiner, [*arguments[count:], *arguments[:count]])

    maps = [AffineMap.identity(rank)] * count + [AffineMap.of_dims(rank, kept)] * count
    iterators = [REDUCTION if axis in gone else PARALLEL for axis in range(rank)]
    return generics(b, op.inputs, starts, maps, body, iterators)


def lower_cumulative(op: nd.Cumulative, b: Builder) -> Sequence[Value]:
    """A reduction that also writes down what it has at each point; backwards it runs between two reversals."""
    inputs: Sequence[Value] = op.inputs
    if op.reverse is None:
        return _scan(op, b, inputs)
    axes = DenseArrayAttr.i64((op.axis.value,))
    backwards = [b.insert(nd.Reverse(x, axes)).result for x in inputs]
    return [b.insert(nd.Reverse(y, axes)).result for y in _scan(op, b, backwards)]


def _scan(op: nd.Cumulative, b: Builder, inputs: Sequence[Value]) -> Sequence[Value]:
    count, rank, axis = len(inputs), shaped(inputs[0]).rank, op.axis.value
    others = [i for i in range(rank) if i != axis]
    totals: list[Value] = []
    for x in inputs:
        type = TensorType(tuple(shaped(x).shape[i] for i in others), shaped(x).element_type)
        totals.append(empty(b, type, [size(b, x, i) for i in others if shaped(x).shape[i] is None]))
    outputs = [empty(b, x.type, dynamic_sizes(b, x)) for x in inputs]

    def body(inner: Builder, arguments: Sequence[Value]) -> Sequence[Value]:
        elements, so_far = arguments[:count], arguments[count : 2 * count]
        is_first = compare(inner, "eq", inner.insert(linalg.Index(i64_attr(axis))).result, index_constant(inner, 0))
        found = inline_scalars(inner, op.combiner, [*so_far, *elements])
        # Before the first element there is nothing: what is combined with that is thrown away.
        chosen = [inner.insert(arith.Select(is_first, *pair)).result for pair in zip(elements, found, strict=True)]
        return [*chosen, *chosen]

    identity = AffineMap.identity(rank)
    maps = [identity] * count + [AffineMap.of_dims(rank, others)] * count + [identity] * count
    iterators = [REDUCTION if i == axis else PARALLEL for i in range(rank)]
    return generics(b, inputs, [*totals, *outputs], maps, body, iterators)[count:]


LOWERINGS: dict[Any, Any] = {nd.Reduce: lower_reduce, nd.Cumulative: lower_cumulative}
