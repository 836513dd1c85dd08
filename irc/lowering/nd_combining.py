"""Reductions and scans with a combiner in `linalg`: loops whose order matters are reductions there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, linalg, nd, tensor
from irc.dialects._amounts import compare
from irc.ir.affine import AffineMap
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import FloatType, TensorType
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
    scalar,
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


SCAN_BLOCK = 256
"""Elements of a running sum that are added up before they go to what was before them."""


def _is_long_sum(op: nd.Cumulative) -> bool:
    """Whether it adds up floats, more than a block of them."""
    length, element = shaped(op.inputs[0]).shape[op.axis.value], shaped(op.inputs[0]).element_type
    *combined, _ = op.combiner.entry
    return (
        (length is None or length > SCAN_BLOCK)
        and isinstance(element, FloatType)
        and element.width >= 32
        and len(combined) == 1
        and isinstance(combined[0], nd.Add)
        and set(combined[0].operands) == set(op.combiner.entry.arguments)
    )


def _running_sum(op: nd.Cumulative, b: Builder, x: Value) -> Value:
    """A scan that adds up blocks and what was before them apart, so that its error grows with the number of blocks only."""
    rank, axis = shaped(x).rank, op.axis.value
    others = [i for i in range(rank) if i != axis]
    element = shaped(x).element_type
    type = TensorType(tuple(shaped(x).shape[i] for i in others), element)
    sizes = [size(b, x, i) for i in others if shaped(x).shape[i] is None]
    totals = [empty(b, type, sizes) for _ in range(2)]

    def body(inner: Builder, arguments: Sequence[Value]) -> Sequence[Value]:
        def choose(condition: Value, yes: Value, no: Value) -> Value:
            return inner.insert(arith.Select(condition, yes, no)).result

        def add(lhs: Value, rhs: Value) -> Value:
            return inner.insert(arith.AddF(lhs, rhs)).result

        value, before, block, _ = arguments
        position = inner.insert(linalg.Index(i64_attr(axis))).result
        within = inner.insert(arith.AndI(position, index_constant(inner, SCAN_BLOCK - 1))).result
        is_first, opens = (compare(inner, "eq", place, index_constant(inner, 0)) for place in (position, within))
        before = choose(is_first, scalar(inner, -0.0, element), choose(opens, add(before, block), before))
        block = choose(opens, value, add(block, value))
        return [before, block, add(before, block)]

    identity, moved = AffineMap.identity(rank), AffineMap.of_dims(rank, others)
    iterators = [REDUCTION if i == axis else PARALLEL for i in range(rank)]
    outputs = [*totals, empty(b, x.type, dynamic_sizes(b, x))]
    return generics(b, [x], outputs, [identity, moved, moved, identity], body, iterators)[2]


def _scan(op: nd.Cumulative, b: Builder, inputs: Sequence[Value]) -> Sequence[Value]:
    if _is_long_sum(op):
        return [_running_sum(op, b, inputs[0])]
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
