"""The derivatives of `nd.reduce` and `nd.cumulative`, whose combiner may be anything that has a derivative.

A sum that runs along is linear: its transpose runs the other way. Everything else is written as its combiner on halves of the
elements, whose derivative follows from that of the combiner: a tree for a reduction, for a scan the scheme of G. E. Blelloch,
"Prefix sums and their applications" (1990), and where the size is not known that by doubling.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.combiners import applied, broadcast, element_of, is_neutral, single
from irc.autodiff.expansion import expanded
from irc.autodiff.expr import Expr, dim_of, functions
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import missing_derivative, no_derivative, transpose
from irc.autodiff.rules.nd_prod import doublings
from irc.autodiff.shaping import attribute_values, axes_attr, index_constant, permute, reshape, reverse, update_slice
from irc.dialects import arith, scf, tensor
from irc.dialects import nd as ops
from irc.dialects._amounts import Amount, amounts, as_value, product
from irc.ir.attributes import UnitAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.cloning import IRMapping, clone_region_into
from irc.ir.region import Region
from irc.ir.types import TensorType, i64, index
from irc.ir.value import Value

nd = functions("nd")
Found = Sequence[Expr | None]

no_derivative(ops.Yield, "it ends a region; what the region computes is the business of the op around it")
missing_derivative(ops.Reduce, "that of its combiner is not known")


def _copied(region: Region) -> Region:
    found = Region()
    clone_region_into(region, found, IRMapping())
    return found


# -- running sums ------------------------------------------------------------------------------------------------------


def _adds(op: Any) -> bool:
    return len(op.inputs) == 1 and isinstance(single(op.combiner), ops.Add)


@transpose(ops.Cumulative, "inputs", when=_adds)
def _cumulative(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Of a sum: the sum of the cotangent the other way round."""
    if not _adds(op):
        raise undifferentiable(op, "of this combiner has no derivative here")
    back = None if op.reverse is not None else UnitAttr()
    made = ops.Cumulative([ct.value], op.axis, _copied(op.combiner), back)
    return [Expr.of(ct.builder, ct.builder.insert(made).results[0])]


@expanded(ops.Cumulative)
def _scan(op: Any, operands: Sequence[Expr]) -> Found | None:
    """The combiner on every second element and on what neighbours give; a sum stays."""
    if _adds(op):
        return None
    axis = int(op.axis.value)
    xs = list(operands) if op.reverse is None else [reverse(x, [axis]) for x in operands]
    found = _blelloch(op, xs, axis) if xs[0].shape[axis] is not None else _doubling(op, xs, axis)
    return found if op.reverse is None else [reverse(x, [axis]) for x in found]


def _part(x: Expr, axis: int, start: int, end: int, step: int = 1) -> Expr:
    """Every `step`-th element along an axis from one on to another."""
    limits = [ops.TO_THE_END if size is None else size for size in x.shape]
    limits[axis] = end
    starts, strides = [0] * x.rank, [1] * x.rank
    starts[axis], strides[axis] = start, step
    return nd.slice(x, starts=axes_attr(starts), limits=axes_attr(limits), strides=axes_attr(strides))


def _joined(parts: Sequence[Expr], axis: int) -> Expr:
    b = parts[0].builder
    return Expr.of(b, b.insert(ops.Concat([part.value for part in parts], axis=i64_attr(axis))).result)


def _blelloch(op: Any, xs: Sequence[Expr], axis: int) -> list[Expr]:
    """Neighbours are combined, what they give is scanned, and the elements between are combined with that."""
    n = xs[0].shape[axis]
    assert n is not None
    if n < 2:
        return list(xs)
    pairs = n // 2
    left = [_part(x, axis, 0, 2 * pairs, 2) for x in xs]
    right = [_part(x, axis, 1, 2 * pairs, 2) for x in xs]
    odd = _blelloch(op, applied(op.combiner, [*left, *right]), axis)
    first = [_part(x, axis, 0, 1) for x in xs]
    if n == 2:
        return [_joined([a, b], axis) for a, b in zip(first, odd, strict=True)]
    inner = (n - 1) // 2
    before = [_part(x, axis, 0, inner) for x in odd]
    between = [_part(x, axis, 2, n, 2) for x in xs]
    rest = applied(op.combiner, [*before, *between])
    even = [_joined([a, b], axis) for a, b in zip(first, rest, strict=True)]
    return [_interleaved(a, b, axis) for a, b in zip(even, odd, strict=True)]


def _interleaved(even: Expr, odd: Expr, axis: int) -> Expr:
    """The elements of both in turn; there may be one more of the first."""
    count, more = odd.shape[axis], even.shape[axis]
    assert count is not None and more is not None
    last = _part(even, axis, count, more) if more > count else None
    even = _part(even, axis, 0, count) if more > count else even
    split = [reshape(x, (*x.shape[: axis + 1], 1, *x.shape[axis + 1 :]), x.dims) for x in (even, odd)]
    both = _joined(split, axis + 1)
    found = reshape(both, (*odd.shape[:axis], 2 * count, *odd.shape[axis + 1 :]), odd.dims)
    return found if last is None else _joined([found, last], axis)


def _doubling(op: Any, xs: Sequence[Expr], axis: int) -> list[Expr]:
    """In each step an element is combined with what stands twice as far before it as in the last."""
    b = xs[0].builder
    n = dim_of(b, xs[0].value, axis)
    zero, one = index_constant(xs[0], 0), index_constant(xs[0], 1)
    body = Block([index, *(x.type for x in xs)])
    with b.at(InsertPoint.at_end(body)):
        step, *carried = body.arguments
        distance = b.insert(arith.ShLI(one, step)).result
        left = b.insert(arith.SubI(n, distance)).result
        now = [Expr.of(b, value) for value in carried]
        moved = [_moved(x, axis, distance, left, zero) for x in now]
        found = applied(op.combiner, [*moved, *now])
        place = TensorType(xs[0].shape, i64)
        at = Expr.of(b, b.insert(ops.Iota(i64_attr(axis), now[0].dims, result_types=[place])).result)
        reached = b.insert(arith.IndexCast(distance, result_types=[i64])).result
        made = b.insert(tensor.FromElements([reached], result_types=[TensorType((), i64)])).result
        limit = broadcast(Expr.of(b, made), at)
        inside = nd.greater_equal(at, limit)
        b.insert(scf.Yield([nd.where(inside, y, x).value for x, y in zip(now, found, strict=True)]))
    loop = scf.For(zero, as_value(b, doublings(xs[0], n)), one, [x.value for x in xs], Region(body))
    return [Expr.of(b, value) for value in b.insert(loop).results]


def _moved(x: Expr, axis: int, distance: Value, left: Value, zero: Value) -> Expr:
    """`x` moved along an axis; what comes in is as it was."""
    sizes = [left if i == axis else size for i, size in enumerate(amounts(x.shape, x.dims))]
    type = TensorType(
        tuple(None if i == axis else size for i, size in enumerate(x.shape)), element_of(x.type).element_type
    )
    dims = [size for size in sizes if isinstance(size, Value)]
    part = ops.DynamicSlice(x.value, [zero] * x.rank, dims, result_types=[type])
    target = [distance if i == axis else zero for i in range(x.rank)]
    return update_slice(x, Expr.of(x.builder, x.builder.insert(part).result), target)


# -- reductions --------------------------------------------------------------------------------------------------------

_REDUCTIONS: dict[Any, Any] = {
    ops.Add: ops.Sum, ops.Multiply: ops.Prod, ops.Maximum: ops.Max, ops.Minimum: ops.Min
}  # fmt: skip


@expanded(ops.Reduce)
def _reduce(op: Any, operands: Sequence[Expr]) -> Found | None:
    """Sums, products and extrema have ops of their own; else a tree, or a loop where the number of elements is not known."""
    count = len(op.inputs)
    xs, inits = operands[:count], operands[count:]
    axes = attribute_values(op.axes)
    order = [*axes, *(axis for axis in range(xs[0].rank) if axis not in axes)]
    moved = [permute(x, order) for x in xs]
    sizes = amounts(moved[0].shape, moved[0].dims)
    n = product(xs[0].builder, sizes[: len(axes)])
    neutral = count == 1 and is_neutral(op.combiner, op.inits[0])
    known = _REDUCTIONS.get(type(single(op.combiner))) if count == 1 else None
    if known is not None and isinstance(n, int) and n > 0:
        made = [Expr.of(xs[0].builder, xs[0].builder.insert(known(xs[0].value, axes=op.axes)).result)]
    else:
        flat = [_rows_of(x, n, len(axes)) for x in moved]
        if not isinstance(n, int):
            return _in_a_loop(op, flat, inits, n)
        if n == 0:
            return [
                broadcast(init, Expr.of(init.builder, result)) for init, result in zip(inits, op.results, strict=True)
            ]
        made = _tree(op, flat, n)
    if neutral:
        return made
    return applied(op.combiner, [*(broadcast(init, like) for init, like in zip(inits, made, strict=True)), *made])


def _rows_of(x: Expr, n: Amount, count: int) -> Expr:
    """The first `count` axes as one of size `n`."""
    rest = amounts(x.shape, x.dims)[count:]
    shape = tuple(size if isinstance(size, int) else None for size in (n, *rest))
    return reshape(x, shape, [size for size in (n, *rest) if isinstance(size, Value)])


def _tree(op: Any, xs: Sequence[Expr], n: int) -> list[Expr]:
    """Neighbours are combined until there is one element."""
    now = list(xs)
    while n > 1:
        half = n // 2
        left, right = ([_part(x, 0, start, 2 * half, 2) for x in now] for start in (0, 1))
        found = applied(op.combiner, [*left, *right])
        if n % 2:
            found = [_joined([y, _part(x, 0, n - 1, n)], 0) for x, y in zip(now, found, strict=True)]
        now, n = found, half + n % 2
    return [reshape(x, x.shape[1:], x.dims) for x in now]


def _in_a_loop(op: Any, xs: Sequence[Expr], inits: Sequence[Expr], n: Value) -> list[Expr]:
    """One row after the other."""
    b, first = xs[0].builder, xs[0]
    zero, one = index_constant(first, 0), index_constant(first, 1)
    dims = first.dims[1:]
    types = [TensorType(x.shape[1:], element_of(x.type).element_type) for x in xs]
    starts = [
        b.insert(ops.BroadcastTo(init.value, dims, result_types=[type])).result if type.rank else init.value
        for init, type in zip(inits, types, strict=True)
    ]
    body = Block([index, *types])
    with b.at(InsertPoint.at_end(body)):
        at, *carried = body.arguments
        rows = []
        for x, type in zip(xs, types, strict=True):
            row = TensorType((1, *type.shape), type.element_type)
            taken = ops.DynamicSlice(x.value, [at, *[zero] * type.rank], dims, result_types=[row])
            rows.append(reshape(Expr.of(b, b.insert(taken).result), type.shape, dims))
        found = applied(op.combiner, [*(Expr.of(b, value) for value in carried), *rows])
        b.insert(scf.Yield([value.value for value in found]))
    loop = scf.For(zero, as_value(b, n), one, starts, Region(body))
    return [Expr.of(b, value) for value in b.insert(loop).results]
