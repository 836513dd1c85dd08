"""Derivatives of `nd`'s linear algebra.

M. B. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation" (2008), and
I. Murray, "Differentiation of the Cholesky decomposition" (2016). The ops read one triangle of their matrix, so that the
cotangent of the other one is zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.matrices import adjoint, conj, is_complex, masked, matmul, triangular_solve
from irc.autodiff.rule import custom_vjp, no_derivative
from irc.autodiff.shaping import transpose_matrix
from irc.dialects import nd as ops


@custom_vjp(ops.Cholesky)
def _cholesky(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """With S = L⁻ᵀ Φ(Lᵀ ct) L̅⁻¹, where Φ takes the lower triangle and half of the diagonal: Φ(S + Sᴴ)."""
    lower = bool(op.lower.value)
    factor, seed = (result, ct) if lower else (transpose_matrix(result), transpose_matrix(ct))
    inner = masked(matmul(transpose_matrix(factor), seed), True, 0.5)
    left = triangular_solve(factor, inner, True, True, False, "TRANSPOSE")
    both = triangular_solve(conj(factor), left, False, True, False, "NO_TRANSPOSE")
    found = masked(both + adjoint(both), True, 0.5)
    return [found if lower else transpose_matrix(found)] + [None] * (len(operands) - 1)


_OTHER = {"NO_TRANSPOSE": "TRANSPOSE", "TRANSPOSE": "NO_TRANSPOSE"}


@custom_vjp(ops.TriangularSolve)
def _triangular_solve(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """That of the right-hand side solves the transposed system; times the solution, and negated, it is that of op(a)."""
    a = operands[0]
    left, lower, unit = (bool(flag.value) for flag in (op.left_side, op.lower, op.unit_diagonal))
    how = op.transpose_a.value
    conjugated = how == "ADJOINT" and is_complex(a)
    matrix = conj(a) if conjugated else a
    how = "TRANSPOSE" if how == "ADJOINT" else how
    of_b = triangular_solve(matrix, ct, left, lower, unit, _OTHER[how])
    if not a.active:
        return [None, of_b] + [None] * (len(operands) - 2)
    x, y = (of_b, result) if left else (result, of_b)
    # of_b resultᵀ on the left, resultᵀ of_b on the right; transposed where the op transposes.
    product = matmul(x, transpose_matrix(y)) if left else matmul(transpose_matrix(x), y)
    if how != "NO_TRANSPOSE":
        product = transpose_matrix(product)
    of_a = masked(-product, lower, 0 if unit else 1)
    return [conj(of_a) if conjugated else of_a, of_b] + [None] * (len(operands) - 2)


no_derivative(ops.RandomBits, "its result is a tensor of integers")
