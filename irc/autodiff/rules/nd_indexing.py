"""Derivatives of `nd.gather` and `nd.scatter`: each is the other's adjoint, up to what lies outside.

A gather moves its positions inside, a scatter leaves out what is not there. So the adjoint of a gather scatters at positions
that were moved, and that of a sum of scattered updates gathers from a cotangent with zeros all around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.autodiff.combiners import combiner, element_of, overwrites, overwriting, single
from irc.autodiff.expansion import expanded
from irc.autodiff.expr import Expr, Part, full, functions
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import transpose
from irc.autodiff.segments import products_of_others
from irc.autodiff.shaping import axes_attr, broadcast_like, dynamic_slice, index_constant, pad, reshape
from irc.dialects import arith, nd, tensor
from irc.dialects._amounts import Amount, amounts, as_value, product
from irc.dialects.nd_regions import steps
from irc.ir.attributes import IntegerAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone
from irc.ir.dense import from_numpy, splat
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType, TensorType, i64, index
from irc.ir.value import BlockArgument, Value

f = functions("nd")


def _as_indices(x: Expr) -> Expr:
    """Positions of any integer type as indices; unsigned ones that are none become the greatest."""
    assert isinstance(x.type, TensorType)
    element = x.type.element_type
    if isinstance(element, IndexType):
        return x
    if isinstance(element, IntegerType) and element.signedness == "unsigned" and element.width == 64:
        greatest = x.builder.insert(nd.Constant(splat((1 << 63) - 1, TensorType((), element)))).result
        x = f.minimum(x, broadcast_like(Expr.of(x.builder, greatest), x))
    return f.cast(x, result_types=[TensorType(x.shape, index)])


def _along_vectors(b: Builder, numbers: Sequence[Amount], like: Expr, index_vector_dim: int) -> Expr:
    """A number for each component of an index vector, repeated to the shape of the indices."""
    if all(isinstance(number, int) for number in numbers):
        listed = from_numpy(np.array(numbers, np.int64), TensorType((len(numbers),), index))
        vector = Expr.of(b, b.insert(nd.Constant(listed)).result)
    else:
        type = TensorType((len(numbers),), index)
        values = [as_value(b, number) for number in numbers]
        vector = Expr.of(b, b.insert(tensor.FromElements(values, result_types=[type])).result)
    ones = [1] * like.rank
    if index_vector_dim < like.rank:
        ones[index_vector_dim] = len(numbers)
    return broadcast_like(reshape(vector, tuple(ones), []), like)


@transpose(nd.Gather, "x")
def _gather(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The cotangents of the slices, added up where they came from."""
    x, indices = operands[:2]
    b, dims = x.builder, op.dims
    at = _as_indices(indices)
    last: list[Amount] = []
    for axis, whole in enumerate(amounts(x.shape, x.dims)):
        size = int(op.sizes.values[axis])
        if size == nd.WHOLE:
            last.append(0)
        else:
            last.append(whole - size if isinstance(whole, int) else
                        b.insert(arith.SubI(whole, index_constant(x, size))).result)  # fmt: skip
    if dims.start_index_map:
        limits = _along_vectors(b, [last[axis] for axis in dims.start_index_map], at, dims.index_vector_dim)
        at = f.maximum(f.minimum(at, limits), at.like(0))
    assert isinstance(x.type, TensorType)

    def placed(total: Expr, add: bool) -> Expr:
        made = nd.Scatter(
            [(total if add else x.like(0)).value],
            at.value,
            [ct.value],
            op.offset_dims,
            op.collapsed_slice_dims,
            op.operand_batching_dims,
            op.start_indices_batching_dims,
            op.start_index_map,
            op.index_vector_dim,
            combiner(nd.Add, element_of(x.type)),
        )
        return Expr.of(b, b.insert(made).results[0])

    return [Part(x, placed)] + [None] * (len(operands) - 1)


def _adds(op: Any) -> bool:
    return len(op.inputs) == 1 and isinstance(single(op.combiner), nd.Add)


@transpose(nd.Scatter, "inputs", "updates", when=_adds)
def _scatter(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Of a sum: the operand gets the cotangent, the updates what of it is at their places. Extrema share it among what is
    extreme; of a product each factor gets it times all others."""
    kind = type(single(op.combiner))
    formula = _COMBINED.get(kind) if len(op.inputs) == 1 else None
    if formula is None:
        known = "where updates are set, added, multiplied, or the greatest or the least counts"
        raise undifferentiable(op, f"has a derivative only {known}")
    x, indices, update = operands
    of_x, of_update = formula(op, indices, ct, result, x, update)
    return [of_x, None, of_update]


def _of_sum(op: Any, indices: Expr, ct: Expr, _y: Expr, _x: Expr, update: Expr) -> tuple[Expr, Expr]:
    return ct, _gathered(op, ct, indices, update)


def _of_extremum(op: Any, indices: Expr, ct: Expr, y: Expr, x: Expr, update: Expr) -> tuple[Expr, Expr]:
    """Equal shares for all that are extreme."""
    in_x = f.where(f.equal(x, y), x.like(1), x.like(0))
    hit = f.equal(update, _gathered(op, y, indices, update))
    in_update = f.where(hit, update.like(1), update.like(0))
    share = ct / _scattered(op, in_x, indices, in_update, combiner(nd.Add, element_of(x.type)))
    return share * in_x, f.where(hit, _gathered(op, share, indices, update), update.like(0))


def _of_product(op: Any, indices: Expr, ct: Expr, _y: Expr, x: Expr, update: Expr) -> tuple[Expr, Expr]:
    """Each factor gets the cotangent times the product of the others, in a form that has this derivative itself."""
    if 0 in update.shape:
        return ct, update.like(0)
    of_all = _scattered(op, x.like(1), indices, update, combiner(nd.Multiply, element_of(x.type)))
    of_update = _gathered(op, ct * x, indices, update)
    if not _is_one_window(op, indices):
        # The elements of the operand are numbered from 1; what lies outside is a factor of nothing.
        place = _gathered(op, _numbered(x), indices, update)
        inside = f.where(f.equal(place, place.like(0)), update.like(1), update)
        flat = (_count(update),), _all(update)
        others = products_of_others(reshape(inside, *flat), reshape(place, *flat))
        of_update = of_update * reshape(others, update.shape, update.dims)
    return of_all * ct, of_update


def _is_one_window(op: Any, indices: Expr) -> bool:
    """Whether no two updates can have one place: there is one window in each batch."""
    dims = op.dims
    apart = (dims.index_vector_dim, *dims.scatter_indices_batching_dims)
    return all(size == 1 for axis, size in enumerate(indices.shape) if axis not in apart)


def _numbered(x: Expr) -> Expr:
    """The elements' numbers in order, from 1 on."""
    b = x.builder
    iota = b.insert(nd.Iota(i64_attr(0), _all(x), result_types=[TensorType((_count(x),), i64)])).result
    order = reshape(Expr.of(b, iota), x.shape, x.dims)
    return order + order.like(1)


_COMBINED: dict[Any, Any] = {
    nd.Add: _of_sum, nd.Maximum: _of_extremum, nd.Minimum: _of_extremum, nd.Multiply: _of_product
}  # fmt: skip


@expanded(nd.Scatter)
def _set(op: Any, operands: Sequence[Expr]) -> list[Expr | None] | None:
    """Several operands that are combined each for itself are scattered one by one. Where an update is set, the last one at a
    place counts: their numbers are set first, and then those are added to zero that are found there."""
    count = len(op.inputs)
    indices = operands[count]
    if count > 1:
        found = []
        for i, (x, update) in enumerate(zip(operands, operands[count + 1 :], strict=False)):
            part = _part_of(op.combiner, i)
            if part is None:
                return None
            found.append(_scattered(op, x, indices, update, part))
        return list(found)
    x, _, update = operands
    if not overwrites(op.combiner):
        return None
    order = _numbered(update)
    nobody = Expr.of(x.builder, full(x.builder, TensorType(x.shape, i64), 0, lambda: x.dims))
    winners = _scattered(op, nobody, indices, order, overwriting(TensorType((), i64)))
    wins = f.equal(_gathered(op, winners, indices, order), order)
    placed = _scattered(
        op, x.like(0), indices, f.where(wins, update, update.like(0)), combiner(nd.Add, element_of(x.type))
    )
    return [f.where(f.equal(winners, nobody), x, placed)]


def _all(x: Expr) -> list[Value]:
    """The number of elements, where it is not known."""
    total = product(x.builder, amounts(x.shape, x.dims))
    return [total] if isinstance(total, Value) else []


def _count(x: Expr) -> int | None:
    total = 1
    for size in x.shape:
        if size is None:
            return None
        total *= size
    return total


def _part_of(region: Region, i: int) -> Region | None:
    """The combiner of the operand number `i` alone, if it looks at no other."""
    block = region.entry
    count = len(block.arguments) // 2
    mine = (block.arguments[i], block.arguments[count + i])
    new = Block([argument.type for argument in mine])
    mapping = IRMapping(dict(zip(mine, new.arguments, strict=True)))
    wanted, pending = set(), [block.terminator.operands[i]]
    while pending:
        value = pending.pop()
        if isinstance(value, BlockArgument):
            if value not in mine:
                return None
            continue
        made = value.defining_op
        if made is not None and made not in wanted:
            wanted.add(made)
            pending += made.operands
    b = Builder(InsertPoint.at_end(new))
    for step in steps(block):
        if step in wanted:
            b.insert(clone(step, mapping))
    b.insert(nd.Yield([mapping[block.terminator.operands[i]]]))
    return Region(new)


def _scattered(op: Any, x: Expr, indices: Expr, update: Expr, region: Region) -> Expr:
    """Updates combined into `x` at the places of an op."""
    made = nd.Scatter(
        [x.value],
        indices.value,
        [update.value],
        op.update_window_dims,
        op.inserted_window_dims,
        op.input_batching_dims,
        op.scatter_indices_batching_dims,
        op.scatter_dims_to_operand_dims,
        op.index_vector_dim,
        region,
    )
    return Expr.of(x.builder, x.builder.insert(made).results[0])


def _gathered(op: Any, x: Expr, indices: Expr, update: Expr) -> Expr:
    """What of `x` is at the places of the updates of a scatter, zero outside."""
    dims, rank = op.dims, x.rank
    around = [0] * rank
    sizes = [
        nd.WHOLE if axis not in (*dims.inserted_window_dims, *dims.input_batching_dims) else 1 for axis in range(rank)
    ]
    windows = dict(zip(nd.window_axes(dims, rank), dims.update_window_dims, strict=True))
    for axis in dims.scatter_dims_to_operand_dims:
        size = update.shape[windows[axis]] if axis in windows else 1
        if size is None:
            raise undifferentiable(op, "has a derivative only where the sizes of its windows are known")
        around[axis] = sizes[axis] = size
    at = _as_indices(indices)
    if dims.scatter_dims_to_operand_dims:
        shifts: list[Amount] = [around[axis] for axis in dims.scatter_dims_to_operand_dims]
        # What the sum wraps around to is as far outside as it was before.
        at = at + _along_vectors(x.builder, shifts, at, dims.index_vector_dim)
    found = f.gather(
        pad(x, around, around, [0] * rank),
        at,
        sizes=axes_attr(sizes),
        offset_dims=op.update_window_dims,
        collapsed_slice_dims=op.inserted_window_dims,
        operand_batching_dims=op.input_batching_dims,
        start_indices_batching_dims=op.scatter_indices_batching_dims,
        start_index_map=op.scatter_dims_to_operand_dims,
        index_vector_dim=IntegerAttr(op.index_vector_dim.value, op.index_vector_dim.type),
    )
    if found.shape != update.shape or None in update.shape:
        found = dynamic_slice(found, [index_constant(found, 0)] * found.rank, update)
    return found
