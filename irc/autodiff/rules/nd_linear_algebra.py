"""Derivatives of `nd`'s linear algebra, for real numbers, and why calls and transforms have none.

M. B. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation" (2008), and
I. Murray, "Differentiation of the Cholesky decomposition" (2016). The ops read one triangle of their matrix, so that the
cotangent of the other one is zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import custom_vjp, no_derivative
from irc.autodiff.shaping import transpose_matrix
from irc.dialects import nd as ops
from irc.ir.attributes import bool_attr, i64_attr
from irc.ir.types import TensorType, i64

nd = functions("nd")


def _positions(x: Expr, axis: int) -> Expr:
    """The position along one of the last two axes of a batch of matrices."""
    type = TensorType(x.shape[-2:], i64)
    dims = x.dims[len(x.dims) - type.num_dynamic_dims :]
    return Expr.of(x.builder, x.builder.insert(ops.Iota(i64_attr(axis), dims, result_types=[type])).result)


def _masked(x: Expr, lower: bool, diagonal: float) -> Expr:
    """A triangle of matrices, with zeros outside and the diagonal times a factor."""
    rows, columns = _positions(x, 0), _positions(x, 1)
    inside = nd.greater(rows, columns) if lower else nd.less(rows, columns)
    zeros = x.like(0)
    on_diagonal = zeros if diagonal == 0 else x * diagonal
    mask, diagonal_mask = (_spread(each, x) for each in (inside, nd.equal(rows, columns)))
    return nd.where(mask, x, nd.where(diagonal_mask, on_diagonal, zeros))


def _spread(mask: Expr, x: Expr) -> Expr:
    """A mask for one matrix as one for each of a batch."""
    if mask.rank == x.rank:
        return mask
    assert isinstance(mask.type, TensorType)
    type = TensorType(x.shape, mask.type.element_type)
    return Expr.of(x.builder, x.builder.insert(ops.BroadcastTo(mask.value, x.dims, result_types=[type])).result)


def _solve(a: Expr, b: Expr, left: bool, lower: bool, unit: bool, transpose: str) -> Expr:
    how = ops.Transpose(transpose)
    op = ops.TriangularSolve(a.value, b.value, bool_attr(left), bool_attr(lower), bool_attr(unit), how)
    return Expr.of(a.builder, a.builder.insert(op).result)


@custom_vjp(ops.Cholesky)
def _cholesky(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """With S = L⁻ᵀ Φ(Lᵀ ct) L⁻¹, where Φ takes the lower triangle and half of the diagonal: Φ(S + Sᵀ)."""
    lower = bool(op.lower.value)
    factor, seed = (result, ct) if lower else (transpose_matrix(result), transpose_matrix(ct))
    inner = _masked(nd.matmul(transpose_matrix(factor), seed), True, 0.5)
    left = _solve(factor, inner, True, True, False, "TRANSPOSE")
    both = _solve(factor, left, False, True, False, "NO_TRANSPOSE")
    return [_masked(both + transpose_matrix(both), lower, 0.5)] + [None] * (len(operands) - 1)


_OTHER = {"NO_TRANSPOSE": "TRANSPOSE", "TRANSPOSE": "NO_TRANSPOSE", "ADJOINT": "NO_TRANSPOSE"}


@custom_vjp(ops.TriangularSolve)
def _triangular_solve(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """That of the right-hand side solves the transposed system; times the solution, and negated, it is that of op(a)."""
    a = operands[0]
    left, lower, unit = (bool(flag.value) for flag in (op.left_side, op.lower, op.unit_diagonal))
    how = op.transpose_a.value
    of_b = _solve(a, ct, left, lower, unit, _OTHER[how])
    if not a.active:
        return [None, of_b] + [None] * (len(operands) - 2)
    x, y = (of_b, result) if left else (result, of_b)
    # of_b resultᵀ on the left, resultᵀ of_b on the right; transposed where the op transposes.
    product = nd.matmul(x, transpose_matrix(y)) if left else nd.matmul(transpose_matrix(x), y)
    if how != "NO_TRANSPOSE":
        product = transpose_matrix(product)
    of_a = _masked(-product, lower, 0 if unit else 1)
    return [of_a, of_b] + [None] * (len(operands) - 2)


# Neither `nd.custom_call`, of which nothing is known, nor `nd.fft`, whose numbers are complex on one side at least, has a
# rule: a derivative that has to pass one is an error, where `no_derivative` would make it zero.
no_derivative(ops.RandomBits, "its result is a tensor of integers")
