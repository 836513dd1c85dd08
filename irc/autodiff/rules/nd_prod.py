"""The derivative of `nd.prod`: the cotangent times, for each element, the product of the other elements.

The product of the others is never found by division, which fails at zeros. It is what comes before an element times what
comes after it, and both are scans by doubling in log2(n) steps (Hillis and Steele, "Data parallel algorithms", 1986).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.rule import custom_vjp
from irc.autodiff.shaping import attribute_values, broadcast_along, index_constant, pad, permute, reshape, update_slice
from irc.dialects import arith, math, nd, scf
from irc.dialects._amounts import Amount, amounts, as_value, product
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.region import Region
from irc.ir.types import TensorType, i64, index
from irc.ir.value import Value


@custom_vjp(nd.Prod)
def _prod(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    x, axes = operands[0], attribute_values(op.axes)
    order = [*axes, *(axis for axis in range(x.rank) if axis not in axes)]
    moved = permute(x, order)
    sizes = amounts(moved.shape, moved.dims)
    # The elements of each product stand along the first axis.
    count, others = product(x.builder, sizes[: len(axes)]), product(x.builder, sizes[len(axes) :])
    shape = tuple(size if isinstance(size, int) else None for size in (count, others))
    flat = reshape(moved, shape, [size for size in (count, others) if isinstance(size, Value)])
    rest = _before(flat, count, reverse=False) * _before(flat, count, reverse=True)
    back = permute(reshape(rest, moved.shape, moved.dims), [order.index(axis) for axis in range(x.rank)])
    return [broadcast_along(ct, axes, x) * back] + [None] * (len(operands) - 1)


def _before(x: Expr, count: Amount, *, reverse: bool) -> Expr:
    """The product of the rows before each row, of which there are `count`; with `reverse` of those after it."""
    low, high = ([-1, 0], [1, 0]) if reverse else ([1, 0], [-1, 0])
    start = pad(x, low, high, [0, 0], 1)
    steps = doublings(x, count)
    if steps == 0:
        return start
    b, ones = x.builder, x.like(1)
    zero, one = index_constant(x, 0), index_constant(x, 1)
    n = as_value(x.builder, count)
    columns = [x.dims[-1]] if x.shape[1] is None else []
    assert isinstance(x.type, TensorType)
    body = Block([index, x.type])
    with b.at(InsertPoint.at_end(body)):
        step, product = body.arguments
        distance = b.insert(arith.ShLI(one, step)).result
        left = b.insert(arith.SubI(n, distance)).result
        source, target = (distance, zero) if reverse else (zero, distance)
        type = TensorType((None, x.shape[1]), x.type.element_type)
        part = nd.DynamicSlice(product, [source, zero], [left, *columns], result_types=[type])
        moved = update_slice(ones, Expr.of(b, b.insert(part).result), [target, zero])
        b.insert(scf.Yield([(Expr.of(b, product) * moved).value]))
    loop = scf.For(zero, as_value(x.builder, steps), one, [start.value], Region(body))
    return Expr.of(b, b.insert(loop).results[0])


def doublings(x: Expr, count: Amount) -> Amount:
    """How often 1 is doubled until it reaches `count`: ceil(log2(count)), 0 for nothing."""
    if isinstance(count, int):
        return max(count - 1, 0).bit_length()
    b = x.builder
    last = b.insert(arith.SubI(b.insert(arith.MaxSI(count, index_constant(x, 1))).result, index_constant(x, 1))).result
    zeros = b.insert(math.CountLeadingZeros(b.insert(arith.IndexCast(last, result_types=[i64])).result)).result
    zeros = b.insert(arith.IndexCast(zeros, result_types=[index])).result
    return b.insert(arith.SubI(index_constant(x, i64.width), zeros)).result
