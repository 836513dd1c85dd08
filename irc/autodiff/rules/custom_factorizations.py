"""Derivatives of the factorizations of matrices among the custom calls (`irc.custom_calls.factorizations`).

M. B. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation" (2008), and
S. F. Walter, L. Lehmann, "Algorithmic differentiation of linear algebra functions with application in optimum experimental
design" (2010). Where the literature has gradients, those of complex matrices are the conjugates of cotangents here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.matrices import (
    adjoint,
    as_type_of,
    column,
    conj,
    diagonal_of,
    is_complex,
    masked,
    matmul,
    on_diagonal,
    one_hot,
    positions,
    real,
    row,
    slice_of,
    spread,
    triangular_solve,
    with_diagonal,
)
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rules.custom_calls import called, of
from irc.autodiff.shaping import pad, transpose_matrix
from irc.dialects.nd_custom_call import NO_OPTIONS
from irc.ir.types import TensorType, i32

nd = functions("nd")

Found = list[Expr | None]


def _conj(x: Expr | None) -> Expr | None:
    return None if x is None else conj(x)


def _total(*terms: Expr | None) -> Expr | None:
    """The sum of what is there."""
    total: Expr | None = None
    for term in terms:
        if term is not None:
            total = term if total is None else total + term
    return total


def _inverse_differences(x: Expr, like: Expr) -> Expr:
    """1 / (x_j - x_i) in row i and column j; zero where both are equal, and on the diagonal."""
    there, here = row(x, like), column(x, like)
    same = nd.equal(there, here)
    return nd.where(same, there.like(0), 1 / nd.where(same, there.like(1), there - here))


def _imaginary_diagonal(x: Expr) -> Expr:
    """The diagonal without its real part."""
    return diagonal_of(nd.complex(real(x).like(0), nd.imag(x)))


def _strictly_lower(x: Expr) -> Expr:
    return masked(x, True, 0)


def _square(op: Any, *sides: int | None) -> None:
    if any(side is None for side in sides):
        raise undifferentiable(op, f"of '@{op.target.value}' has a derivative only for matrices of known size")


# -- symmetric and Hermitian matrices ----------------------------------------------------------------------------------


@of("irc.eigh")
def _eigh(op: Any, cts: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]) -> Found:
    """With a V = V Λ and F_ij = 1/(λ_j - λ_i): V (diag Λ̄ + F ∘ Vᴴ V̄) Vᴴ, of which the triangle counts that is read."""
    a = operands[0]
    lower = dict(op.options.entries).get("lower")
    of_values, of_vectors = [*map(_conj, cts), None][:2]
    if len(results) == 1:
        values, vectors = called("irc.eigh", a, [results[0].type, a.type], op.options, [*results[0].dims, *a.dims])
    else:
        values, vectors = results
    inner: Expr | None = None
    if of_values is not None:
        inner = with_diagonal(as_type_of(of_values, a), a)
    if of_vectors is not None:
        turned = as_type_of(_inverse_differences(values, real(a)), a) * matmul(adjoint(vectors), of_vectors)
        inner = _total(inner, turned)
    assert inner is not None
    found = matmul(vectors, inner, adjoint(vectors))
    return [conj(masked(found + adjoint(found), lower is None or bool(lower.value), 0.5))]


# -- singular values ----------------------------------------------------------------------------------------------------


@of("irc.svd")
def _svd(op: Any, cts: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]) -> Found:
    """With a = U S Vᴴ and F_ij = 1/(s_j² - s_i²): U P Vᴴ, where P is diag S̄ + (Q + Qᴴ) S + S (R + Rᴴ) for Q = F ∘ Uᴴ Ū
    and R = F ∘ Vᴴ V̄; what of Ū and V̄ is orthogonal to U and V is divided by S and added."""
    a = operands[0]
    rows, columns = a.shape[-2:]
    of_u, of_s, of_vh = map(_conj, cts) if len(cts) == 3 else (None, _conj(cts[0]), None)
    thin = len(results) == 3 and results[0].shape[-1] == results[2].shape[-2] == results[len(results) // 2].shape[-1]
    if thin:
        u, s, vh = results
    elif of_u is not None or of_vh is not None:
        raise undifferentiable(op, "of '@irc.svd' has no derivative of the vectors that only full_matrices adds")
    else:
        _square(op, rows, columns)
        k, element = min(rows or 0, columns or 0), a.type.element_type  # type: ignore[attr-defined]  # a tensor
        batch = a.shape[:-2]
        values = results[len(results) // 2].type
        types = [TensorType((*batch, rows, k), element), values, TensorType((*batch, k, columns), element)]
        dims = a.dims[: sum(size is None for size in batch)]
        u, s, vh = called("irc.svd", a, types, op.options, [*dims, *dims, *dims])
    v = adjoint(vh)
    inner: Expr | None = None
    if of_s is not None:
        square = matmul(adjoint(u), u)
        inner = with_diagonal(as_type_of(of_s, a), square)
    outer: Expr | None = None
    if of_u is not None:
        along = matmul(adjoint(u), of_u)
        turned = as_type_of(_inverse_differences(s * s, real(along)), a) * along
        inner = _total(inner, (turned + adjoint(turned)) * as_type_of(row(s, real(along)), a))
        by = as_type_of(row(s, real(u)), a)
        if is_complex(a):
            inner = _total(inner, _imaginary_diagonal(along) / as_type_of(row(s, real(along)), a))
        if not _is_square(u):
            outer = _total(outer, matmul((of_u - matmul(u, along)) / by, vh))
    if of_vh is not None:
        of_v = adjoint(of_vh)
        along = matmul(vh, of_v)
        turned = as_type_of(_inverse_differences(s * s, real(along)), a) * along
        inner = _total(inner, as_type_of(column(s, real(along)), a) * (turned + adjoint(turned)))
        by = as_type_of(row(s, real(v)), a)
        if not _is_square(v):
            outer = _total(outer, matmul(u, adjoint((of_v - matmul(v, along)) / by)))
    found = _total(outer, None if inner is None else matmul(u, inner, vh))
    assert found is not None
    return [conj(found)]


def _is_square(x: Expr) -> bool:
    """Whether nothing is orthogonal to the columns of `x`, as far as is known."""
    return x.shape[-1] is not None and x.shape[-1] == x.shape[-2]


# -- orthonormal columns -----------------------------------------------------------------------------------------------


@of("irc.qr")
def _qr(op: Any, cts: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]) -> Found:
    """With W = Qᴴ Q̄ - R̄ Rᴴ: (Q̄ + Q (X - Qᴴ Q̄)) R⁻ᴴ, where X is R̄ Rᴴ, the lower triangle of W - Wᴴ, and the imaginary part
    of its diagonal. Of a wide matrix the columns that R has beyond its square follow from Q."""
    a, (q, r) = operands[0], results
    rows, columns = a.shape[-2:]
    _square(op, rows, columns)
    assert rows is not None and columns is not None
    if q.shape[-1] is not None and q.shape[-1] > min(rows, columns):
        raise undifferentiable(
            op, "of '@irc.qr' has no derivative of all columns of a tall matrix, only of mode 'reduced'"
        )
    of_q, of_r = map(_conj, cts)
    rest: Expr | None = None
    if columns > rows and of_r is not None:
        rest = _columns(of_r, rows, columns)
        of_q = _total(of_q, matmul(_columns(a, rows, columns), adjoint(rest)))
        of_r = _columns(of_r, 0, rows)
    square = _columns(r, 0, rows) if columns > rows else r
    along = None if of_q is None else matmul(adjoint(q), of_q)
    upper = None if of_r is None else matmul(of_r, adjoint(square))
    w = _total(along, None if upper is None else -upper)
    assert w is not None
    x = _total(upper, _strictly_lower(w - adjoint(w)), _imaginary_diagonal(w) if is_complex(a) else None)
    inner = _total(x, None if along is None else -along)
    assert inner is not None
    total = _total(of_q, matmul(q, inner))
    assert total is not None
    found = triangular_solve(square, total, False, False, False, "ADJOINT")
    if columns > rows:
        zeros = matmul(q, rest) if rest is not None else _columns(a, rows, columns).like(0)
        found = _side_by_side(found, zeros)
    return [conj(found)]


def _columns(x: Expr, start: int, end: int) -> Expr:
    """The columns from one on, to another, of matrices of known size."""
    size = x.shape[-1]
    assert size is not None
    rest = [0] * (x.rank - 1)
    return pad(x, [*rest, -start], [*rest, end - size], [0] * x.rank)


def _side_by_side(x: Expr, y: Expr) -> Expr:
    left, right = x.shape[-1], y.shape[-1]
    assert left is not None and right is not None
    rest, inside = [0] * (x.rank - 1), [0] * x.rank
    return pad(x, [*rest, 0], [*rest, right], inside) + pad(y, [*rest, left], [*rest, 0], inside)


# -- triangles ---------------------------------------------------------------------------------------------------------


@of("irc.lu")
def _lu(op: Any, cts: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]) -> Found:
    """With p a = L U: pᵀ L⁻ᵀ X U⁻ᵀ, where X is the strictly lower triangle of Lᵀ L̄ and the upper one of Ū Uᵀ. A matrix that is
    not square is one that the identity fills up."""
    a, ct = operands[0], cts[0]
    assert ct is not None
    if len(results) == 3:
        lu, permutation = results[0], results[2]
    else:
        shape = (*a.shape[:-2], a.shape[-2])
        steps = (*a.shape[:-2], min(a.shape[-2:], key=lambda size: -1 if size is None else size))
        types = [a.type, TensorType(steps, i32), TensorType(shape, i32)]
        dims = [*a.dims, *a.dims[: sum(size is None for size in steps)], *a.dims[: sum(size is None for size in shape)]]
        lu, _, permutation = called("irc.lu", a, types, op.options, dims)
    rows, columns = a.shape[-2:]
    if rows != columns:
        _square(op, rows, columns)
        assert rows is not None and columns is not None
        side = max(rows, columns)
        rest, inside = [0] * (a.rank - 2), [0] * a.rank
        missing = [*rest, side - rows, side - columns]
        lu, ct = (pad(each, [0] * a.rank, missing, inside) for each in (lu, ct))
        # The identity where there was nothing.
        beyond = nd.greater_equal(positions(lu, 0 if columns < rows else 1), positions(lu, 0).like(min(rows, columns)))
        lu = nd.where(spread(beyond, lu), nd.where(on_diagonal(lu), lu.like(1), lu), lu)
    lower = nd.where(on_diagonal(lu), lu.like(1), masked(lu, True, 0))
    upper = masked(lu, False, 1)
    x = masked(matmul(transpose_matrix(lower), masked(ct, True, 0)), True, 0)
    x = x + masked(matmul(masked(ct, False, 1), transpose_matrix(upper)), False, 1)
    found = triangular_solve(lu, x, True, True, True, "TRANSPOSE")
    found = triangular_solve(lu, found, False, False, False, "TRANSPOSE")
    if rows != columns:
        found = slice_of(found, rows or 0, columns or 0)
    assert isinstance(a.type, TensorType)
    of_rows = Expr(a.builder, TensorType((*a.shape[:-1], rows), a.type.element_type), lambda: a.value)
    return [matmul(transpose_matrix(one_hot(permutation, of_rows)), found)]


# -- any square matrices -----------------------------------------------------------------------------------------------


@of("irc.eig")
def _eig(op: Any, cts: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]) -> Found:
    """With a V = V Λ and F_ij = 1/(λ_j - λ_i): V⁻ᴴ (diag Λ̄ + F̅ ∘ (Vᴴ V̄ - Vᴴ V Re diag Vᴴ V̄)) Vᴴ. The vectors have length one;
    what depends on their phases has no derivative."""
    a = operands[0]
    of_values, of_vectors = [*map(_conj, cts), None][:2]
    if len(results) == 1:
        assert isinstance(results[0].type, TensorType)
        type = TensorType(a.shape, results[0].type.element_type)
        values, vectors = called("irc.eig", a, [results[0].type, type], op.options, [*results[0].dims, *a.dims])
    else:
        values, vectors = results
    inner: Expr | None = None
    if of_values is not None:
        inner = with_diagonal(of_values, vectors)
    if of_vectors is not None:
        along = matmul(adjoint(vectors), of_vectors)
        lengths = as_type_of(real(diagonal_of(along)), along)
        turned = along - matmul(adjoint(vectors), vectors, lengths)
        inner = _total(inner, conj(_inverse_differences(values, vectors)) * turned)
    assert inner is not None
    found = _solve(adjoint(vectors), matmul(inner, adjoint(vectors)))
    return [as_type_of(conj(found), a)]


def _solve(a: Expr, b: Expr) -> Expr:
    """a⁻¹ b, of square matrices that do not depend on a cotangent."""
    shape = a.shape[:-1]
    dims = a.dims[: sum(size is None for size in shape)]
    types = [a.type, TensorType(shape, i32), TensorType(shape, i32)]
    lu, _, permutation = called("irc.lu", a, types, NO_OPTIONS, [*a.dims, *dims, *dims])
    permuted = matmul(one_hot(permutation, a), b)
    return triangular_solve(
        lu, triangular_solve(lu, permuted, True, True, True, "NO_TRANSPOSE"), True, False, False, "NO_TRANSPOSE"
    )
