"""Derivatives of `vector` ops on values; those that read and write buffers are in `irc.autodiff.shadows`."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import custom_vjp, derivative, linear, transpose
from irc.autodiff.rules.arith import ORDERED_EQUAL
from irc.dialects import vector as ops
from irc.dialects._slices import join_mixed
from irc.dialects.vector_reductions import CombiningKind
from irc.dialects.vector_slices import integers
from irc.ir.attributes import ArrayAttr, i64_attr
from irc.ir.types import ShapedType, VectorType
from irc.ods.op import Op

arith = functions("arith")
ADD = CombiningKind("add")


def _made(like: Expr, op: Op) -> Expr:
    return Expr.of(like.builder, like.builder.insert(op).results[0])


def _spread(x: Expr, like: Expr) -> Expr:
    """A number in every lane."""
    return _made(x, ops.Broadcast(x.value, result_types=[like.type]))


def _sum(x: Expr) -> Expr:
    """The sum of all lanes, of a vector of any rank."""
    assert isinstance(x.type, VectorType)
    if x.type.rank != 1:
        x = _shaped(x, VectorType((prod(size or 0 for size in x.shape),), x.type.element_type))
    return _made(x, ops.Reduction(ADD, x.value))


def _shaped(x: Expr, type: Any) -> Expr:
    return x if x.type is type else _made(x, ops.ShapeCast(x.value, result_types=[type]))


# -- reductions ------------------------------------------------------------------------------------------------------


@custom_vjp(ops.Reduction)
def _reduction(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """A sum hands its cotangent on; a product multiplies it by all others; an extremum shares it among all that attain it."""
    x, *start = operands
    kind = op.kind.value
    if kind == "add":
        return [_spread(ct, x), *[ct] * len(start)]
    if kind == "mul":
        rest, all_lanes = _products_of_others(op, x)
        factors = rest * _spread(start[0], x) if start else rest
        return [_spread(ct, x) * factors, *[ct * all_lanes] * len(start)]
    # All other kinds are those of integers, which have no cotangents.
    hits = _hits(x, _spread(result, x))
    own = [_hits(each, result) for each in start]
    count = _sum(hits)
    for each in own:
        count = count + each
    share = ct / count
    return [_spread(share, x) * hits, *(share * each for each in own)]


def _hits(x: Expr, extremum: Expr) -> Expr:
    """1 where `x` is the extremum, else 0."""
    return arith.select(arith.cmpf(x, extremum, predicate=ORDERED_EQUAL), x.like(1), x.like(0))


def _products_of_others(op: Any, x: Expr) -> tuple[Expr, Expr]:
    """For each lane the product of the others, and that of all. Nothing is divided, as lanes may be zero."""
    assert isinstance(x.type, VectorType)
    if any(x.type.scalable):
        raise undifferentiable(op, "has a derivative of products only for vectors of known length")
    lanes = [_made(x, ops.Extract.of(x.value, [i])) for i in range(x.type.num_elements)]
    one = lanes[0].like(1)
    before, after = [one], [one]
    for lane in lanes:
        before.append(before[-1] * lane)
    for lane in reversed(lanes):
        after.append(after[-1] * lane)
    others = [(a * b).value for a, b in zip(before, reversed(after[:-1]), strict=False)]
    return _made(x, ops.FromElements(others, result_types=[x.type])), before[-1]


# -- lanes -----------------------------------------------------------------------------------------------------------


@transpose(ops.Broadcast, "source")
def _broadcast(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The sum over the lanes that got the same."""
    (x,) = operands
    if not isinstance(x.type, VectorType):
        return [_sum(ct)]
    extra = ct.rank - x.rank
    if extra and x.shape == ct.shape[extra:]:
        return [_sum_of_parts(ct, x, prod(size or 0 for size in ct.shape[:extra]))]
    if x.shape == ct.shape:
        return [ct]
    raise undifferentiable(op, "has a derivative only where it stretches no dimension")


def _sum_of_parts(ct: Expr, like: Expr, count: int) -> Expr:
    assert isinstance(like.type, VectorType)
    rows = _shaped(ct, VectorType((count, *like.shape), like.type.element_type))
    total = _made(rows, ops.Extract.of(rows.value, [0]))
    for i in range(1, count):
        total = total + _made(rows, ops.Extract.of(rows.value, [i]))
    return total


@transpose(ops.Extract, "vector")
def _extract(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Zeros with the cotangent at its place."""
    x, *dynamic = operands
    place = join_mixed([each.value for each in dynamic], op.static_position)
    return [_made(ct, ops.Insert.of(ct.value, x.like(0).value, place)), *[None] * len(dynamic)]


@transpose(ops.Insert, "source", "dest")
def _insert(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The part gets that of the cotangent, the vector what is left of it."""
    part, _, *dynamic = operands
    place = join_mixed([each.value for each in dynamic], op.static_position)
    mine = _made(ct, ops.Extract.of(ct.value, place))
    rest = _made(ct, ops.Insert.of(part.like(0).value, ct.value, place))
    return [mine, rest, *[None] * len(dynamic)]


@transpose(ops.ExtractStridedSlice, "vector")
def _extract_strided_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Zeros with the cotangent at its place."""
    (x,) = operands
    offsets = integers(op.offsets)
    return [_block_set(x.like(0), ct, (*offsets, *[0] * (x.rank - len(offsets))))]


@transpose(ops.InsertStridedSlice, "source", "dest")
def _insert_strided_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The block gets that of the cotangent, the vector what is left of it."""
    block, offsets = operands[0], integers(op.offsets)
    sizes = [1] * (ct.rank - block.rank) + [size or 0 for size in block.shape]
    taken = ops.ExtractStridedSlice(ct.value, _i64s(offsets), _i64s(sizes), _i64s([1] * ct.rank))
    return [_shaped(_made(ct, taken), block.type), _block_set(ct, block.like(0), offsets)]


def _block_set(x: Expr, block: Expr, offsets: Sequence[int]) -> Expr:
    return _made(x, ops.InsertStridedSlice(block.value, x.value, _i64s(offsets), _i64s([1] * block.rank)))


def _i64s(values: Sequence[int]) -> ArrayAttr:
    return ArrayAttr(tuple(i64_attr(value) for value in values))


@transpose(ops.FromElements, "elements")
def _from_elements(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Each element gets that of the cotangent."""
    assert isinstance(ct.type, ShapedType)
    flat = _shaped(ct, VectorType((len(operands),), ct.type.element_type))
    return [_made(flat, ops.Extract.of(flat.value, [i])) for i in range(len(operands))]


linear(ops.Splat, lambda ct, x: _sum(ct))
linear(ops.ShapeCast, lambda ct, x: _shaped(ct, x.type))
derivative(ops.FMA, lambda y, a, b, c: b, lambda y, a, b, c: a, 1, bounded=True)
