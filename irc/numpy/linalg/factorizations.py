"""Factors of matrices, eigenvalues and singular values."""

from __future__ import annotations

from typing import Any, NamedTuple

from irc.numpy.arguments import absent
from irc.numpy.linalg.operands import INT, complex_dtype, matrices, one_triangle, real_dtype, symmetric
from irc.tracing import factors
from irc.tracing.array import Array
from irc.tracing.composite import composites


class EighResult(NamedTuple):
    """The result of `eigh`."""

    eigenvalues: Array
    eigenvectors: Array


class EigResult(NamedTuple):
    """The result of `eig`."""

    eigenvalues: Array
    eigenvectors: Array


class QRResult(NamedTuple):
    """The result of `qr`."""

    Q: Array
    R: Array


class SVDResult(NamedTuple):
    """The result of `svd`."""

    U: Array
    S: Array
    Vh: Array


def cholesky(a: Any, *, upper: bool = False, symmetrize_input: bool = True) -> Array:
    """The triangular factor L with L Lᴴ = x, or U with Uᴴ U = x; NaN where x is not positive definite, as in JAX."""
    a = matrices(a, "cholesky", True)
    return factors.cholesky(symmetric(a) if symmetrize_input else a, not upper)


def lu_factors(a: Array) -> tuple[Array, Array, Array]:
    """The factors, the pivots and the permutation of square matrices."""
    *batch, n, _ = a.shape
    outputs = [(a.shape, a.dtype), ((*batch, n), INT), ((*batch, n), INT)]
    lu, pivots, permutation = factors.call("irc.lu", [a], outputs)
    return lu, pivots, permutation


def qr(a: Any, mode: str = "reduced") -> Any:
    """Orthonormal columns Q and a triangular R with Q R = x; all columns with mode "complete", R alone with "r"."""
    a = matrices(a, "qr")
    if mode not in ("reduced", "complete", "r"):
        raise ValueError(f"mode is 'reduced', 'complete' or 'r', got {mode!r}")
    *batch, m, n = a.shape
    k = m if mode == "complete" else min(m, n)
    q, r = factors.call("irc.qr", [a], [((*batch, m, k), a.dtype), ((*batch, k, n), a.dtype)])
    return r if mode == "r" else QRResult(q, r)


def eigh(a: Any, UPLO: str | None = None, symmetrize_input: bool = True) -> EighResult:
    """Eigenvalues, ascending, and eigenvectors of symmetric (Hermitian) matrices, of which one triangle is read.

    Which one, `UPLO` says: "L" or "U". By default it makes no difference: the mean of both is taken.
    """
    a = one_triangle(matrices(a, "eigh", True), UPLO, symmetrize_input)
    outputs = [(a.shape[:-1], real_dtype(a.dtype)), (a.shape, a.dtype)]
    return EighResult(*factors.call("irc.eigh", [a], outputs, lower=UPLO != "U"))


def eigvalsh(a: Any, UPLO: str | None = "L", *, symmetrize_input: bool = True) -> Array:
    """The eigenvalues of symmetric (Hermitian) matrices, ascending."""
    a = one_triangle(matrices(a, "eigvalsh", True), UPLO, symmetrize_input)
    return factors.call("irc.eigh", [a], [(a.shape[:-1], real_dtype(a.dtype))], lower=UPLO != "U")[0]


def eig(a: Any) -> EigResult:
    """Eigenvalues and eigenvectors, which are complex."""
    a = matrices(a, "eig", True)
    dtype = complex_dtype(a.dtype)
    return EigResult(*factors.call("irc.eig", [a], [(a.shape[:-1], dtype), (a.shape, dtype)]))


def eigvals(a: Any) -> Array:
    """The eigenvalues, which are complex."""
    a = matrices(a, "eigvals", True)
    return factors.call("irc.eig", [a], [(a.shape[:-1], complex_dtype(a.dtype))])[0]


def svd(
    a: Any, full_matrices: bool = True, compute_uv: bool = True, hermitian: bool = False, subset_by_index: Any = None
) -> Any:
    """The singular values S, descending, and unitary U and Vh with U diag(S) Vh = x."""
    absent("svd", subset_by_index=subset_by_index)
    if not compute_uv:
        return svdvals(a)
    a = matrices(a, "svd")
    *batch, m, n = a.shape
    k = min(m, n)
    rows, columns = (m, n) if full_matrices else (k, k)
    outputs = [((*batch, m, rows), a.dtype), ((*batch, k), real_dtype(a.dtype)), ((*batch, columns, n), a.dtype)]
    return SVDResult(*factors.call("irc.svd", [a], outputs))


def svdvals(x: Any, /) -> Array:
    """The singular values, descending."""
    a = matrices(x, "svdvals")
    *batch, m, n = a.shape
    return factors.call("irc.svd", [a], [((*batch, min(m, n)), real_dtype(a.dtype))])[0]


__all__ = [
    "EigResult",
    "EighResult",
    "QRResult",
    "SVDResult",
    "cholesky",
    "eig",
    "eigh",
    "eigvals",
    "eigvalsh",
    "qr",
    "svd",
    "svdvals",
]

composites(globals(), __all__, "EigResult", "EighResult", "QRResult", "SVDResult")
