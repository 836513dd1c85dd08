"""Derivatives of `tensor` ops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.rule import custom_vjp, linear, no_derivative
from irc.autodiff.shaping import index_constant, reshape, update_slice
from irc.dialects import tensor as ops
from irc.ir.types import TensorType


def _as_tensor(ct: Expr) -> Expr:
    """A scalar as a tensor of rank 0."""
    made = ops.FromElements([ct.value], result_types=[TensorType((), ct.type)])
    return Expr.of(ct.builder, ct.builder.insert(made).result)


@custom_vjp(ops.Extract)
def _extract(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Zeros with the cotangent at the element's place."""
    x, indices = operands[0], [operand.value for operand in operands[1:]]
    element = reshape(_as_tensor(ct), (1,) * x.rank, [])
    placed = update_slice(x.like(0), element, indices) if x.rank else element
    return [placed] + [None] * len(indices)


@custom_vjp(ops.FromElements)
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


linear(ops.Cast, lambda ct, x: Expr.of(ct.builder, ct.builder.insert(ops.Cast(ct.value, result_types=[x.type])).result))
no_derivative(ops.Dim, "its result is an index")
no_derivative(ops.Empty, "it has no operands that could be differentiated")
