"""The derivative of `nd.prod`: the cotangent times, for each element, the product of the other elements.

The product of the others is never found by division, which fails at zeros. It is what comes before an element times what
comes after it, which are two running products.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt, prod
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.rule import custom_vjp
from irc.autodiff.shaping import attribute_values, axes_attr, broadcast_along, index_constant, pad, permute, reshape
from irc.dialects import arith, math, nd
from irc.dialects._amounts import Amount, amounts, product
from irc.ir.attributes import UnitAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.region import Region
from irc.ir.types import TensorType, i64, index
from irc.ir.value import Value


@custom_vjp(nd.Prod)
def _prod(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    x, axes = operands[0], attribute_values(op.axes)
    if not axes:
        return [ct] + [None] * (len(operands) - 1)
    if len(axes) == 1:
        return [broadcast_along(ct, axes, x) * _others(x, axes[0])] + [None] * (len(operands) - 1)
    order = [*axes, *(axis for axis in range(x.rank) if axis not in axes)]
    moved = permute(x, order)
    sizes = amounts(moved.shape, moved.dims)
    # The elements of each product stand along the first axis.
    count, rest = product(x.builder, sizes[: len(axes)]), product(x.builder, sizes[len(axes) :])
    shape = tuple(size if isinstance(size, int) else None for size in (count, rest))
    flat = reshape(moved, shape, [size for size in (count, rest) if isinstance(size, Value)])
    found = reshape(_others(flat, 0), moved.shape, moved.dims)
    return [broadcast_along(ct, axes, x) * permute(found, [order.index(axis) for axis in range(x.rank)])] + [None] * (
        len(operands) - 1
    )


LANES = 16
"""So many products side by side make a running product, which goes from row to row, one of vectors."""
MOST_LANES = 1024


def _others(x: Expr, axis: int) -> Expr:
    """For each element the product of the others along an axis."""
    count = x.shape[axis]
    beside = None if None in x.shape else prod(size or 0 for size in x.shape[axis + 1 :])
    if count is None or beside is None or beside >= LANES or count < 4 * LANES:
        return _before(x, axis, reverse=False) * _before(x, axis, reverse=True)
    # The order is all the same: every so many elements are a product, and these products are multiplied.
    columns = min(MOST_LANES, 1 << (isqrt(count).bit_length() - 1))
    rows = -(-count // columns)
    none = [0] * x.rank
    whole = pad(x, none, [rows * columns - count if i == axis else 0 for i in range(x.rank)], none, 1)
    split = reshape(whole, (*x.shape[:axis], rows, columns, *x.shape[axis + 1 :]), [])
    inside = _before(split, axis, reverse=False) * _before(split, axis, reverse=True)
    totals = Expr.of(x.builder, x.builder.insert(nd.Prod(split.value, axes=axes_attr([axis]))).result)
    found = reshape(inside * broadcast_along(_others(totals, axis), [axis], split), whole.shape, [])
    return pad(found, none, [count - rows * columns if i == axis else 0 for i in range(x.rank)], none)


def _before(x: Expr, axis: int, *, reverse: bool) -> Expr:
    """The product of the elements before each one along an axis; with `reverse` of those after it."""
    none = [0] * x.rank
    in_front = [1 if i == axis else 0 for i in range(x.rank)]
    behind = [-each for each in in_front]
    moved = pad(x, *((behind, in_front) if reverse else (in_front, behind)), none, 1)
    assert isinstance(x.type, TensorType)
    element = TensorType((), x.type.element_type)
    combiner = Block([element, element])
    with x.builder.at(InsertPoint.at_end(combiner)):
        x.builder.insert(nd.Yield([x.builder.insert(nd.Multiply(*combiner.arguments)).result]))
    made = nd.Cumulative([moved.value], i64_attr(axis), Region(combiner), UnitAttr() if reverse else None)
    return Expr.of(x.builder, x.builder.insert(made).results[0])


def doublings(x: Expr, count: Amount) -> Amount:
    """How often 1 is doubled until it reaches `count`: ceil(log2(count)), 0 for nothing."""
    if isinstance(count, int):
        return max(count - 1, 0).bit_length()
    b = x.builder
    last = b.insert(arith.SubI(b.insert(arith.MaxSI(count, index_constant(x, 1))).result, index_constant(x, 1))).result
    zeros = b.insert(math.CountLeadingZeros(b.insert(arith.IndexCast(last, result_types=[i64])).result)).result
    zeros = b.insert(arith.IndexCast(zeros, result_types=[index])).result
    return b.insert(arith.SubI(index_constant(x, i64.width), zeros)).result
