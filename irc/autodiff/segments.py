"""Products in segments: of each number that of the others which have its key.

No product is found by division, which fails at zeros; also a derivative of any order is a sum of such products. The numbers
are brought together by a sort; what comes before one of them in its segment, and what comes after it, are running products
that begin anew where a segment does.
"""

from __future__ import annotations

from irc.autodiff.combiners import combiner, element_of
from irc.autodiff.expr import Expr, functions
from irc.autodiff.shaping import axes_attr, pad
from irc.dialects import nd as ops
from irc.ir.attributes import UnitAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import TensorType, Type, i1, i64

nd = functions("nd")


def products_of_others(x: Expr, keys: Expr) -> Expr:
    """For each element of a vector the product of the others whose key, of type i64 and not negative, is the same."""
    b = x.builder
    type = TensorType(keys.shape, i64)
    places = b.insert(ops.Iota(i64_attr(0), keys.dims, result_types=[type])).result
    sort = ops.Sort([keys.value, places], i64_attr(0), _by_first(keys.type), UnitAttr())
    ordered, at = (Expr.of(b, value) for value in b.insert(sort).results)
    numbers = _taken(x, at)
    found = _before(numbers, ordered, reverse=False) * _before(numbers, ordered, reverse=True)
    return _put_back(found, at)


def _by_first(type: Type) -> Region:
    """A comparator of two operands by the first of them."""
    element = element_of(type)
    block = Block([element] * 4)
    b = Builder(InsertPoint.at_end(block))
    b.insert(ops.Yield([b.insert(ops.Less(*block.arguments[:2])).result]))
    return Region(block)


def _before(x: Expr, keys: Expr, *, reverse: bool) -> Expr:
    """The product of the elements before each one in its segment; with `reverse` of those after it."""
    b = x.builder
    low, high = ([-1], [1]) if reverse else ([1], [-1])
    begins = nd.not_equal(keys, pad(keys, low, high, [0], -1))
    moved = nd.where(begins, x.like(1), pad(x, low, high, [0], 1))
    flag, element = TensorType((), i1), element_of(x.type)
    block = Block([flag, element, flag, element])
    with b.at(InsertPoint.at_end(block)):
        one, total, other, number = (Expr.of(b, argument) for argument in block.arguments)
        b.insert(ops.Yield([nd.logical_or(one, other).value, nd.where(other, number, total * number).value]))
    mark = UnitAttr() if reverse else None
    made = ops.Cumulative([begins.value, moved.value], i64_attr(0), Region(block), mark)
    return Expr.of(b, b.insert(made).results[1])


def _taken(x: Expr, at: Expr) -> Expr:
    """The elements of a vector at positions."""
    return nd.gather(
        x,
        at,
        sizes=axes_attr([1]),
        offset_dims=axes_attr([]),
        collapsed_slice_dims=axes_attr([0]),
        operand_batching_dims=axes_attr([]),
        start_indices_batching_dims=axes_attr([]),
        start_index_map=axes_attr([0]),
        index_vector_dim=i64_attr(1),
    )


def _put_back(x: Expr, at: Expr) -> Expr:
    """The elements of a vector each at its position, of which each is one's: the transpose of taking them."""
    b = x.builder
    none = axes_attr([])
    made = ops.Scatter(
        [x.like(0).value], at.value, [x.value], none, axes_attr([0]), none, none, axes_attr([0]), i64_attr(1),
        combiner(ops.Add, element_of(x.type)),
    )  # fmt: skip
    return Expr.of(b, b.insert(made).results[0])
