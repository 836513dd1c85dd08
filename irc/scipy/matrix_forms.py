"""Matrices in simpler forms, and derivatives of functions of matrices: parts of `jax.scipy.linalg`."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.lax.loops import fori_loop
from irc.numpy import linalg
from irc.numpy.complexes import conj, real
from irc.numpy.creation import eye
from irc.numpy.diagonals import diag
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import concat
from irc.numpy.products import matmul, outer
from irc.numpy.ufuncs import abs as abs_
from irc.numpy.ufuncs import inexact, where
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import show


def eigh_tridiagonal(
    d: Any,
    e: Any,
    *,
    eigvals_only: bool = False,
    select: str = "a",
    select_range: tuple[float, float] | None = None,
    tol: float | None = None,
    key: Any = None,
) -> Any:
    """The eigenvalues of the Hermitian matrix with the diagonal `d` and `e` beside it, ascending, and unless `eigvals_only` the
    eigenvectors. With `select` "i" those whose numbers lie in `select_range`, both ends included. `tol` is without effect."""
    diagonal, beside = as_array(inexact(d)), as_array(inexact(e))
    if diagonal.ndim != 1 or beside.shape != (diagonal.shape[0] - 1,):
        raise ValueError(f"eigh_tridiagonal got diagonals of shapes {show(diagonal.shape)} and {show(beside.shape)}")
    if select not in ("a", "i"):
        raise NotImplementedError(f"eigh_tridiagonal selects by 'a' or 'i', got {select!r}")
    diagonal, beside = promoted(diagonal, beside)[0]
    part = slice(None)
    if select == "i":
        if select_range is None:
            raise ValueError("select='i' needs select_range")
        part = slice(int(select_range[0]), int(select_range[1]) + 1)
    matrix = diag(diagonal) + diag(beside, -1) + diag(conj(beside), 1)
    if eigvals_only:
        return getitem(linalg.eigvalsh(matrix), part)
    values, vectors = linalg.eigh(matrix)
    return getitem(values, part), getitem(vectors, (slice(None), part))


def expm_frechet(A: Any, E: Any, *, method: str | None = None, compute_expm: bool = True) -> Any:
    """The exponential of A, unless `compute_expm` is false, and its derivative along E."""
    from irc.scipy.linalg import expm  # noqa: PLC0415 - which gives this function

    (a, along), _ = promoted(inexact(A), inexact(E))
    if a.ndim != 2 or a.shape[0] != a.shape[1] or a.shape != along.shape:
        raise ValueError(
            f"expm_frechet takes two square matrices of one size, got {show(a.shape)} and {show(along.shape)}"
        )
    if method not in (None, "SPS", "blockEnlarge"):
        raise ValueError(f"method is 'SPS' or 'blockEnlarge', got {method!r}")
    n = a.shape[0]
    # The exponential of [[A, E], [0, A]] has both.
    whole = expm(concat([concat([a, along], axis=1), concat([a * 0, a], axis=1)], axis=0))
    derivative = getitem(whole, (slice(0, n), slice(n, None)))
    return (getitem(whole, (slice(0, n), slice(0, n))), derivative) if compute_expm else derivative


def hessenberg(a: Any, *, calc_q: bool = False, overwrite_a: bool = False, check_finite: bool = True) -> Any:
    """H with a = Q H Qᴴ, which is zero below the first subdiagonal, and with `calc_q` the unitary Q. `overwrite_a` and
    `check_finite` are without effect."""
    matrix = as_array(inexact(a))
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"hessenberg takes a square matrix, got shape {show(matrix.shape)}")
    n = int(matrix.shape[0])
    place = as_array(np.arange(n))

    def reflect(k: Array, state: Any) -> Any:
        h, q = state
        below = where(place > k, h[:, k], 0)
        length = cast(linalg.norm(below), h.dtype)
        head = below[k + 1]
        size = abs_(head)
        phase = where(size == 0, 1, head / cast(where(size == 0, 1, size), h.dtype))
        v = below + where(place == k + 1, phase * length, 0)
        scale = real(linalg.vecdot(v, v))
        factor = cast(where(scale == 0, 0, 2 / where(scale == 0, 1, scale)), h.dtype)
        h = h - factor * outer(v, matmul(conj(v), h))
        h = h - factor * outer(matmul(h, v), conj(v))
        h = where((place[:, None] > k + 1) & (place == k), 0, h)
        return h, q - factor * outer(matmul(q, v), conj(v))

    h, q = fori_loop(0, max(n - 2, 0), reflect, (matrix, eye(n, dtype=matrix.dtype)))
    return (h, q) if calc_q else h


__all__ = ["eigh_tridiagonal", "expm_frechet", "hessenberg"]
