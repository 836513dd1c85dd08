"""Linear algebra by the names of `jax.lax.linalg`."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import linalg, ufuncs
from irc.numpy.complexes import conj
from irc.numpy.manipulation import broadcast_to
from irc.tracing import factors
from irc.tracing.array import Array
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import broadcast_shapes, reshape, show

_INT = np.dtype(np.int32)


def _matrices(x: Any, name: str, square: bool = True) -> Array:
    array = ufuncs.inexact(x)
    if array.ndim < 2 or not is_inexact(array.dtype):
        raise TypeError(f"{name} takes matrices, got {array.dtype}{show(array.shape)}")
    rows, columns = array.shape[-2:]
    if square and isinstance(rows, int) and isinstance(columns, int) and rows != columns:
        raise TypeError(f"{name} takes square matrices, got shape {show(array.shape)}")
    return array


def _symmetric(x: Array) -> Array:
    return ufuncs.divide(ufuncs.add(x, linalg.adjoint(x)), 2)


def cholesky(x: Any, *, symmetrize_input: bool = True) -> Array:
    """The lower triangular factors L with L Lᴴ = x, NaN where x is not positive definite."""
    array = _matrices(x, "cholesky")
    return factors.cholesky(_symmetric(array) if symmetrize_input else array)


def triangular_solve(
    a: Any,
    b: Any,
    *,
    left_side: bool = False,
    lower: bool = False,
    transpose_a: bool = False,
    conjugate_a: bool = False,
    unit_diagonal: bool = False,
) -> Array:
    """The solution x of a x = b, or of x a = b without `left_side`, of triangular matrices of which one half is read."""
    (matrix, right), _ = promoted(_matrices(a, "triangular_solve"), ufuncs.inexact(b))
    vector = right.ndim == matrix.ndim - 1
    if vector:
        right = reshape(right, (*right.shape, 1) if left_side else (*right.shape[:-1], 1, right.shape[-1]))
    inner = right.shape[-2 if left_side else -1]
    if right.ndim < 2 or (isinstance(inner, int) and isinstance(matrix.shape[-1], int) and inner != matrix.shape[-1]):
        raise TypeError(f"triangular_solve: matrices of shapes {show(matrix.shape)} and {show(right.shape)} do not fit")
    batch = broadcast_shapes(matrix.shape[:-2], right.shape[:-2])
    matrix = broadcast_to(matrix, (*batch, *matrix.shape[-2:]))
    right = broadcast_to(right, (*batch, *right.shape[-2:]))
    if conjugate_a and not transpose_a:
        matrix = conj(matrix)
    kind = ("ADJOINT" if conjugate_a else "TRANSPOSE") if transpose_a else "NO_TRANSPOSE"
    found = factors.triangular_solve(
        matrix, right, left_side=left_side, lower=lower, unit_diagonal=unit_diagonal, transpose_a=kind
    )
    if not vector:
        return found
    return reshape(found, found.shape[:-1] if left_side else (*found.shape[:-2], found.shape[-1]))


def qr(x: Any, *, full_matrices: bool = True) -> tuple[Array, Array]:
    """Orthonormal columns Q and a triangular R with Q R = x."""
    q, r = linalg.qr(_matrices(x, "qr", False), mode="complete" if full_matrices else "reduced")
    return q, r


def eigh(
    x: Any, *, lower: bool = True, symmetrize_input: bool = True, sort_eigenvalues: bool = True
) -> tuple[Array, Array]:
    """Eigenvectors, and the eigenvalues in ascending order, of symmetric (Hermitian) matrices."""
    array = _matrices(x, "eigh")
    values, vectors = linalg.eigh(_symmetric(array) if symmetrize_input else array, UPLO="L" if lower else "U")
    return vectors, values


def svd(x: Any, *, full_matrices: bool = True, compute_uv: bool = True) -> Any:
    """Unitary U, the singular values S in descending order, and unitary Vh with U diag(S) Vh = x; or S alone."""
    array = _matrices(x, "svd", False)
    if not compute_uv:
        return linalg.svdvals(array)
    u, s, vh = linalg.svd(array, full_matrices=full_matrices)
    return u, s, vh


def lu(x: Any) -> tuple[Array, Array, Array]:
    """Both triangular factors in one matrix, the rows that were exchanged, and the permutation that these make."""
    array = _matrices(x, "lu", False)
    *batch, m, n = array.shape
    outputs = [(array.shape, array.dtype), ((*batch, min(m, n)), _INT), ((*batch, m), _INT)]
    found, pivots, permutation = factors.call("irc.lu", [array], outputs)
    return found, pivots, permutation


def eig(x: Any) -> tuple[Array, Array]:
    """Eigenvalues and right eigenvectors, which are complex."""
    values, vectors = linalg.eig(_matrices(x, "eig"))
    return values, vectors


__all__ = ["cholesky", "eig", "eigh", "lu", "qr", "svd", "triangular_solve"]
