"""Derivatives of `nd`'s ops that move data: all are linear, and the formula is the transposed movement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import custom_vjp, linear, no_derivative
from irc.autodiff.shaping import (
    attribute_values,
    axes_attr,
    dynamic_slice,
    index_constant,
    permute,
    reshape_like,
    unbroadcast,
    update_slice,
)
from irc.dialects import nd as ops
from irc.ir.dense import splat
from irc.ir.types import TensorType

nd = functions("nd")

linear(ops.Reshape, lambda ct, x: reshape_like(ct, x))
linear(ops.BroadcastTo, lambda ct, x: unbroadcast(ct, x))


def _inverse(order: Sequence[int]) -> list[int]:
    return sorted(range(len(order)), key=lambda i: order[i])


linear(ops.PermuteDims, lambda ct, x, op: permute(ct, _inverse(attribute_values(op.axes))))


@custom_vjp(ops.Concat)
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


@custom_vjp(ops.Slice)
def _slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The cotangent put back at its place, with zeros around it and between its elements."""
    x = operands[0]
    starts, strides = attribute_values(op.starts), attribute_values(op.strides)
    low, high, interior = [], [], []
    for size, taken, start, stride in zip(x.shape, ct.shape, starts, strides, strict=True):
        covered = 0 if size is None or taken is None or taken == 0 else start + (taken - 1) * stride + 1
        low.append(start)
        high.append(0 if size is None or taken is None else size - covered if taken else size - start)
        interior.append(stride - 1)
    assert isinstance(ct.type, TensorType)
    zero = ct.builder.insert(ops.Constant(_zero(ct))).result
    padded = ops.Pad(ct.value, zero, axes_attr(low), axes_attr(high), axes_attr(interior))
    return [Expr.of(ct.builder, ct.builder.insert(padded).result)] + [None] * (len(operands) - 1)


def _zero(ct: Expr) -> Any:
    assert isinstance(ct.type, TensorType)
    return splat(0, TensorType((), ct.type.element_type))


@custom_vjp(ops.DynamicSlice)
def _dynamic_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    x, starts = operands[0], [operand.value for operand in operands[1 : 1 + len(op.starts)]]
    return [update_slice(x.like(0), ct, starts)] + [None] * (len(operands) - 1)


@custom_vjp(ops.DynamicUpdateSlice)
def _dynamic_update_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The operand gets the cotangent outside of the update, the update what it covers."""
    update, starts = operands[1], [operand.value for operand in operands[2 : 2 + len(op.starts)]]
    kept = update_slice(ct, update.like(0), starts)
    return [kept, dynamic_slice(ct, starts, update)] + [None] * (len(operands) - 2)


@custom_vjp(ops.Pad)
def _pad(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The operand gets the part of the cotangent that it filled, the padding value the sum of the rest."""
    low, high = (axes_attr([-amount for amount in attribute_values(a)]) for a in (op.low, op.high))
    zero = ct.builder.insert(ops.Constant(_zero(ct))).result
    cropped = Expr.of(
        ct.builder, ct.builder.insert(ops.Pad(ct.value, zero, low, high, axes_attr([0] * ct.rank))).result
    )
    strides = axes_attr([amount + 1 for amount in attribute_values(op.interior)])
    starts = axes_attr([0] * ct.rank)
    limits = axes_attr([ops.TO_THE_END if size is None else size for size in cropped.shape])
    mine = Expr.of(ct.builder, ct.builder.insert(ops.Slice(cropped.value, starts, limits, strides)).result)
    every = axes_attr(range(ct.rank))
    rest = nd.sum(ct, axes=every) - nd.sum(mine, axes=every)
    return [mine, rest] + [None] * (len(operands) - 2)


no_derivative(ops.Constant, "it has no operands")
no_derivative(ops.Allocate, "it has no operands that could be differentiated")
no_derivative(ops.Iota, "it has no operands that could be differentiated")
