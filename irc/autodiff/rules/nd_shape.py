"""Derivatives of `nd`'s ops that move data: all are linear, and the formula is the transposed movement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, Part, full, functions
from irc.autodiff.rule import linear, no_derivative, transpose
from irc.autodiff.shaping import (
    attribute_values,
    axes_attr,
    cast,
    dynamic_slice,
    index_constant,
    pad,
    permute,
    reshape,
    reshape_like,
    reverse,
    slice_placed,
    unbroadcast,
    update_slice,
)
from irc.dialects import arith as arith_ops
from irc.dialects import nd as ops

nd = functions("nd")

linear(ops.Reshape, lambda ct, x: reshape_like(ct, x))
linear(ops.BroadcastTo, lambda ct, x: unbroadcast(ct, x))


def _inverse(order: Sequence[int]) -> list[int]:
    return sorted(range(len(order)), key=lambda i: order[i])


linear(ops.PermuteDims, lambda ct, x, op: permute(ct, _inverse(attribute_values(op.axes))))
linear(ops.Reverse, lambda ct, x, op: reverse(ct, attribute_values(op.axes)))


@transpose(ops.Concat, "inputs")
def _concat(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Each operand gets its part of the cotangent."""
    count = len(op.inputs)
    axis = int(op.axis.value)
    found: list[Expr | None] = []
    offset = index_constant(ct, 0)
    zero = index_constant(ct, 0)
    arith = functions("arith")
    for x in operands[:count]:
        starts = [offset if i == axis else zero for i in range(ct.rank)]
        found.append(dynamic_slice(ct, starts, x))
        size = x.shape[axis]
        step = index_constant(ct, size) if size is not None else x.dims[_position(x, axis)]
        offset = arith.addi(Expr.of(ct.builder, offset), Expr.of(ct.builder, step)).value
    return found + [None] * (len(operands) - count)


def _position(x: Expr, axis: int) -> int:
    """The place of `axis` among the dynamic dimensions of `x`."""
    return sum(size is None for size in x.shape[:axis])


@transpose(ops.Slice, "x")
def _slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The cotangent put back at its place, with zeros around it and between its elements."""
    x = operands[0]
    low, high, interior = [], [], []
    ranges = zip(x.shape, *map(attribute_values, (op.starts, op.limits, op.strides)), strict=True)
    for size, start, limit, stride in ranges:
        end = size if limit == ops.TO_THE_END else limit
        taken = 0 if end is None else -(-(end - start) // stride)
        covered = start + (taken - 1) * stride + 1 if taken else start
        low.append(start)
        high.append(size - covered if size is not None else 0)
        interior.append(stride - 1)
    part = cast(ct, op.infer()[0])

    def padded() -> Expr:
        found = pad(part, low, high, interior)
        if any(size is None and limit != ops.TO_THE_END for size, limit in zip(x.shape, op.limits.values, strict=True)):
            # How much follows is only known at run time.
            found = update_slice(x.like(0), found, [index_constant(ct, 0)] * x.rank)
        return found

    def placed(total: Expr, add: bool) -> Expr:
        if not add:
            return padded()
        if any(interior):
            return total + padded()
        starts = [index_constant(ct, start) for start in low]
        return update_slice(total, dynamic_slice(total, starts, part) + part, starts)

    return [Part(x, placed)] + [None] * (len(operands) - 1)


@transpose(ops.DynamicSlice, "x")
def _dynamic_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    x, starts = operands[0], [operand.value for operand in operands[1 : 1 + len(op.starts)]]
    return [slice_placed(x, ct, starts)] + [None] * (len(operands) - 1)


@transpose(ops.DynamicUpdateSlice, "x", "update")
def _dynamic_update_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The operand gets the cotangent outside of the update, the update what it covers."""
    update, starts = operands[1], [operand.value for operand in operands[2 : 2 + len(op.starts)]]
    mine = dynamic_slice(ct, starts, update)
    # As late as can be: when nothing reads the part any more, it is overwritten in place.
    kept = Expr.later(ct, lambda: update_slice(ct, update.like(0), starts))
    return [kept, mine] + [None] * (len(operands) - 2)


@transpose(ops.Pad, "x", "value")
def _pad(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The operand gets the part of the cotangent that it filled, the padding value the sum of the rest."""
    x = operands[0]
    low, high = ([-amount for amount in attribute_values(amounts)] for amounts in (op.low, op.high))
    mine = pad(cast(ct, op.infer()[0]), low, high, [0] * ct.rank)
    for axis, gap in enumerate(attribute_values(op.interior)):
        if gap:
            mine = _every(mine, axis, gap + 1, x)
    every = axes_attr(range(ct.rank))
    rest = nd.sum(ct, axes=every) - nd.sum(mine, axes=every)
    return [mine, rest] + [None] * (len(operands) - 2)


def _every(spread: Expr, axis: int, step: int, x: Expr) -> Expr:
    """The elements at 0, step, … along an axis; there are as many as along that of `x`."""
    starts = axes_attr([0] * spread.rank)
    limits = [ops.TO_THE_END if size is None else size for size in spread.shape]
    if x.shape[axis] is not None:
        strides = axes_attr([step if i == axis else 1 for i in range(spread.rank)])
        return nd.slice(spread, starts=starts, limits=axes_attr(limits), strides=strides)
    # A dynamic axis is sliced only up to a stated limit: so it is made a multiple of the step, and cut in groups.
    b = spread.builder
    dims = dict(zip([i for i, size in enumerate(spread.shape) if size is None], spread.dims, strict=True))
    count = x.dims[_position(x, axis)]
    room = {**dims, axis: b.insert(arith_ops.MulI(count, index_constant(x, step))).result}
    whole = Expr.of(b, full(b, spread.type, 0, lambda: list(room.values())))
    whole = update_slice(whole, spread, [index_constant(x, 0)] * x.rank)
    dims[axis] = count
    grouped = reshape(whole, (*spread.shape[: axis + 1], step, *spread.shape[axis + 1 :]), list(dims.values()))
    first = nd.slice(
        grouped,
        starts=axes_attr([0] * grouped.rank),
        limits=axes_attr([*limits[: axis + 1], 1, *limits[axis + 1 :]]),
        strides=axes_attr([1] * grouped.rank),
    )
    return reshape(first, spread.shape, list(dims.values()))


no_derivative(ops.Constant, "it has no operands")
no_derivative(ops.Allocate, "it has no operands that could be differentiated")
no_derivative(ops.Iota, "it has no operands that could be differentiated")
