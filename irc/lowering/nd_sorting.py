"""`nd.sort` as loops: a merge sort from the bottom up, of one slice after the other.

A slice is copied to a buffer, so that it is contiguous while it is sorted. Two buffers are merged into each other in turn,
runs of twice the width each time. A merge decides by selections instead of branches, which would be mispredicted half of
the time; positions are kept inside of the buffers, so that both elements can be read whether they are wanted or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, nd, scf, tensor
from irc.dialects._amounts import Amount, as_value, compare
from irc.dialects._slices import slice_operands
from irc.ir.affine import AffineMap
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import TensorType, i1
from irc.ir.value import Value
from irc.lowering.for_loops import for_loop, nested_loops
from irc.lowering.nd_regions import inline_scalars
from irc.lowering.nd_scalars import select
from irc.lowering.size_checks import check_loops
from irc.lowering.sizes import extent
from irc.lowering.structured import copy, dynamic_sizes, empty, index_constant, scalar, shaped, size


def lower_sort(op: nd.Sort, b: Builder) -> Sequence[Value]:
    """Loops over the slices around the sorting of one."""
    inputs, axis = op.inputs, op.axis.value
    rank = shaped(inputs[0]).rank
    check_loops(b, inputs, [AffineMap.identity(rank)] * len(inputs))
    # The first operand whose type tells a size, if there is one.
    knows = [next((x for x in inputs if shaped(x).shape[i] is not None), inputs[0]) for i in range(rank)]
    zero, one = index_constant(b, 0), index_constant(b, 1)
    bounds = [(zero, size(b, knows[i], i), one) for i in range(rank) if i != axis]
    length = extent(b, knows[axis], axis)
    outputs = [empty(b, x.type, dynamic_sizes(b, x)) for x in inputs]

    def slice(position: Sequence[Value], wholes: Sequence[Value]) -> Sequence[Value]:
        offsets: list[Amount] = list(position)
        offsets.insert(axis, 0)
        lengths: list[Amount] = [1] * rank
        lengths[axis] = length
        lists = slice_operands(offsets, lengths, [1] * rank)
        rows = [_row(b, x, length, lists) for x in inputs]
        found = _sorted(op, b, rows, as_value(b, length))
        return [
            b.insert(tensor.InsertSlice(row, whole, *lists, result_types=[whole.type])).result
            for row, whole in zip(found, wholes, strict=True)
        ]

    return nested_loops(b, bounds, outputs, slice)


def _row(b: Builder, x: Value, length: Amount, lists: Any) -> Value:
    """A copy of the slice of `x` that `lists` say, without the dimensions of one element."""
    type = TensorType((length if isinstance(length, int) else None,), shaped(x).element_type)
    part = b.insert(tensor.ExtractSlice(x, *lists, result_types=[type])).result
    return copy(b, part, _buffer(b, type, length))


def _buffer(b: Builder, type: TensorType, length: Amount) -> Value:
    return empty(b, type, [length] if isinstance(length, Value) else [])


def _sorted(op: nd.Sort, b: Builder, rows: Sequence[Value], length: Value) -> Sequence[Value]:
    """The rows in order: as long as a run is shorter than all, runs are merged there and back."""
    others = [_buffer(b, row.type, length if None in shaped(row).shape else 0) for row in rows]  # type: ignore[arg-type]
    inits = [index_constant(b, 1), *rows, *others]
    types = [value.type for value in inits]
    before, after = Block(types), Block(types)
    count = len(rows)
    with b.at(InsertPoint.at_end(before)):
        unfinished = compare(b, "slt", before.arguments[0], length)
        b.insert(scf.Condition(unfinished, before.arguments))
    with b.at(InsertPoint.at_end(after)):
        width, *carried = after.arguments
        double = b.insert(arith.AddI(width, width)).result
        there = _merged(op, b, carried[:count], carried[count:], width, length)
        back = _merged(op, b, there, carried[:count], double, length)
        b.insert(scf.Yield([b.insert(arith.AddI(double, double)).result, *back, *there]))
    loop = scf.While(inits, Region(before), Region(after), result_types=types)
    return b.insert(loop).results[1 : 1 + count]


def _merged(
    op: nd.Sort, b: Builder, rows: Sequence[Value], targets: Sequence[Value], width: Value, length: Value
) -> Sequence[Value]:
    """`targets` with the runs of `width` elements in `rows` merged in pairs.

    A pair is merged from both ends, each to the middle: the two do not wait for each other.
    """
    one = index_constant(b, 1)
    end = b.insert(arith.SubI(length, one)).result

    def pair(low: Value, carried: Sequence[Value]) -> Sequence[Value]:
        middle = _least(b, b.insert(arith.AddI(low, width)).result, length)
        high = _least(b, b.insert(arith.AddI(middle, width)).result, length)
        last_left = b.insert(arith.SubI(middle, one)).result
        last = b.insert(arith.SubI(high, one)).result
        steps = b.insert(
            arith.ShRUI(b.insert(arith.AddI(b.insert(arith.SubI(high, low)).result, one)).result, one)
        ).result

        def step(at: Value, state: Sequence[Value]) -> Sequence[Value]:
            i, j, p, q, *wholes = state
            # From the front the right one is taken where it comes before the left; of equal ones the left comes first.
            pairs = _read(b, rows, _least(b, i, last_left), _least(b, j, end))
            wanted = b.insert(arith.OrI(compare(b, "sgt", i, last_left), _precedes(op, b, pairs))).result
            right = b.insert(arith.AndI(compare(b, "slt", j, high), wanted)).result
            wholes = _written(b, wholes, b.insert(arith.AddI(low, at)).result, right, pairs)
            # From the back the left one is taken where the right comes before it.
            pairs = _read(b, rows, _greatest(b, p, low), q)
            wanted = b.insert(arith.OrI(compare(b, "slt", q, middle), _precedes(op, b, pairs))).result
            left = b.insert(arith.AndI(compare(b, "sge", p, low), wanted)).result
            is_right = b.insert(arith.XOrI(left, scalar(b, 1, i1))).result
            wholes = _written(b, wholes, b.insert(arith.SubI(last, at)).result, is_right, pairs)
            forward = [(i, right, False), (j, right, True)]
            backward = [(p, is_right, False), (q, is_right, True)]
            return [
                *(_moved(b, arith.AddI, place, taken, when, one) for place, taken, when in forward),
                *(_moved(b, arith.SubI, place, taken, when, one) for place, taken, when in backward),
                *wholes,
            ]

        state = [low, middle, last_left, last, *carried]
        return for_loop(b, (index_constant(b, 0), steps, one), state, step)[4:]

    double = b.insert(arith.AddI(width, width)).result
    return for_loop(b, (index_constant(b, 0), length, double), targets, pair)


def _read(b: Builder, rows: Sequence[Value], left: Value, right: Value) -> list[tuple[Value, Value]]:
    """The elements of each row at two positions."""
    return [
        (b.insert(tensor.Extract(row, [left])).result, b.insert(tensor.Extract(row, [right])).result) for row in rows
    ]


def _precedes(op: nd.Sort, b: Builder, pairs: Sequence[tuple[Value, Value]]) -> Value:
    """Whether the right ones come before the left ones."""
    (found,) = inline_scalars(b, op.comparator, [value for left, right in pairs for value in (right, left)])
    return found


def _written(
    b: Builder, wholes: Sequence[Value], at: Value, right: Value, pairs: Sequence[tuple[Value, Value]]
) -> list[Value]:
    """`wholes` with the right or the left ones at a position."""
    return [
        b.insert(tensor.Insert(select(b, right, theirs, ours), whole, [at])).result
        for (ours, theirs), whole in zip(pairs, wholes, strict=True)
    ]


def _moved(b: Builder, op: Any, place: Value, taken: Value, when: bool, one: Value) -> Value:
    """The position one further, if what was taken is its own."""
    further = b.insert(op(place, one)).result
    return select(b, taken, further, place) if when else select(b, taken, place, further)


def _greatest(b: Builder, x: Value, y: Value) -> Value:
    return b.insert(arith.MaxSI(x, y)).result


def _least(b: Builder, x: Value, y: Value) -> Value:
    return b.insert(arith.MinSI(x, y)).result


LOWERINGS: dict[Any, Any] = {nd.Sort: lower_sort}
