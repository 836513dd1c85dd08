"""Derivatives of `tensor` ops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, Part
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import linear, no_derivative, transpose
from irc.autodiff.shaping import index_constant, reshape, slice_placed, sum_axes
from irc.dialects import tensor as ops
from irc.dialects._slices import Mixed, constant_index, join_mixed, slice_operands
from irc.ir.types import TensorType


def _as_tensor(ct: Expr) -> Expr:
    """A scalar as a tensor of rank 0."""
    made = ops.FromElements([ct.value], result_types=[TensorType((), ct.type)])
    return Expr.of(ct.builder, ct.builder.insert(made).result)


@transpose(ops.Extract, "tensor")
def _extract(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Zeros with the cotangent at the element's place."""
    x, indices = operands[0], [operand.value for operand in operands[1:]]
    element = reshape(_as_tensor(ct), (1,) * x.rank, [])
    placed = slice_placed(x, element, indices) if x.rank else element
    return [placed] + [None] * len(indices)


@transpose(ops.FromElements, "elements")
def _from_elements(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Each element gets the element of the cotangent at its place."""
    found: list[Expr | None] = []
    shape = [size or 0 for size in ct.shape]
    for position in range(len(operands)):
        indices, rest = [], position
        for size in reversed(shape):
            indices.append(rest % size)
            rest //= size
        where = [index_constant(ct, i) for i in reversed(indices)]
        found.append(Expr.of(ct.builder, ct.builder.insert(ops.Extract(ct.value, where)).result))
    return found


@transpose(ops.Insert, "scalar", "dest")
def _insert(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The element gets that of the cotangent, the tensor what is left of it."""
    element, indices = operands[0], [operand.value for operand in operands[2:]]
    mine = ct.builder.insert(ops.Extract(ct.value, indices)).result
    rest = ct.builder.insert(ops.Insert(element.like(0).value, ct.value, indices)).result
    return [Expr.of(ct.builder, mine), Expr.of(ct.builder, rest)] + [None] * len(indices)


def _lists(op: Any, values: Sequence[Expr]) -> list[tuple[Mixed, ...]]:
    """The offsets, sizes and strides of a slice where the adjoint is written."""
    rest = [value.value for value in values]
    found = []
    for given, static in (
        (op.offsets, op.static_offsets), (op.sizes, op.static_sizes), (op.strides, op.static_strides),
    ):  # fmt: skip
        found.append(join_mixed(rest[: len(given)], static))
        rest = rest[len(given) :]
    return found


@transpose(ops.ExtractSlice, "source")
def _extract_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Zeros with the cotangent in the slice."""
    x, *values = operands
    if any(constant_index(stride) in (None, 0) for stride in op.mixed_strides):
        # An element that is taken several times would get one cotangent of several.
        raise undifferentiable(op, "has a derivative only where its strides are known, and not 0")
    lists = _lists(op, values)

    def placed(total: Expr, add: bool) -> Expr:
        part = ct
        if add:
            there = ops.ExtractSlice(total.value, *slice_operands(*lists), result_types=[ct.type])
            part = Expr.of(ct.builder, ct.builder.insert(there).result) + ct
        whole = total if add else x.like(0)
        made = ops.InsertSlice.of(part.value, whole.value, *lists)
        return Expr.of(ct.builder, ct.builder.insert(made).result)

    return [Part(x, placed), *[None] * len(values)]


@transpose(ops.InsertSlice, "source", "dest")
def _insert_slice(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The source gets the slice of the cotangent, the tensor what is left of it."""
    source, _, *values = operands
    lists = _lists(op, values)
    mine = ops.ExtractSlice(ct.value, *slice_operands(*lists), result_types=[source.type])
    rest = ops.InsertSlice.of(source.like(0).value, ct.value, *lists)
    found = [Expr.of(ct.builder, ct.builder.insert(made).result) for made in (mine, rest)]
    return [*found, *[None] * len(values)]


linear(ops.CollapseShape, lambda ct, x: reshape(ct, x.shape, x.dims))
linear(ops.ExpandShape, lambda ct, x: reshape(ct, x.shape, x.dims))


@transpose(ops.Splat, "input")
def _splat(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The sum of the cotangent."""
    total = sum_axes(ct, range(ct.rank))
    element = ct.builder.insert(ops.Extract(total.value, [])).result
    return [Expr.of(ct.builder, element)] + [None] * (len(operands) - 1)


linear(ops.Cast, lambda ct, x: Expr.of(ct.builder, ct.builder.insert(ops.Cast(ct.value, result_types=[x.type])).result))
no_derivative(ops.Dim, "its result is an index")
no_derivative(ops.Empty, "it has no operands that could be differentiated")
