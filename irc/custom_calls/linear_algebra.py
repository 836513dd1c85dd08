"""`@irc.cholesky` and `@irc.triangular_solve`, over the last two axes of batches of matrices.

Numbers that are narrower than those of LAPACK are computed as `f32` and rounded at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.custom_calls import Array, register, write
from irc.ir.rounding import to_float

BLOCK = 64
"""Rows of a triangle that are solved one by one; what lies beside them goes through matrix products."""


def computed(x: Array) -> Array:
    """`x` in a dtype that LAPACK computes with."""
    return x if x.dtype.char in "fdFD" else x.astype(np.float32)


def adjoint(x: Array) -> Array:
    """The conjugate transpose."""
    return np.conj(np.swapaxes(x, -1, -2))


def found_or_nan(function: Callable[..., Sequence[Array]], *matrices: Array) -> Sequence[Array]:
    """What `function` gives for a batch of matrices; NaN throughout for those for which LAPACK finds nothing.

    NumPy gives nothing at all where one is missing: then each half of the batch is tried on its own.
    """
    try:
        return function(*matrices)
    except np.linalg.LinAlgError:
        batch = matrices[0].shape[:-2]
        rows = [x.reshape(-1, *x.shape[-2:]) for x in matrices]
        if len(rows[0]) == 1:
            # Of the identity everything is found.
            whole = [np.broadcast_to(np.eye(*x.shape[-2:], dtype=x.dtype), x.shape) for x in matrices]
            return [
                np.full_like(each, np.nan * (1 + 1j) if each.dtype.kind == "c" else np.nan) for each in function(*whole)
            ]
        halves = zip(*(np.array_split(x, 2) for x in rows), strict=True)
        parts = zip(*(found_or_nan(function, *half) for half in halves), strict=True)
        joined = map(np.concatenate, parts)
        return [found.reshape(*batch, *found.shape[1:]) for found in joined]


def cholesky(a: Array, lower: bool) -> Array:
    """The factor L with L Lᴴ = a, or U with Uᴴ U = a. Only that triangle of `a` is read; the other one of the result is 0.

    A matrix that is not positive definite gives NaN throughout the triangle.
    """
    x = computed(a)
    if x.shape[-1] != x.shape[-2]:
        raise ValueError(f"the matrices of shape {a.shape} are not square")
    # NumPy reads and writes the lower triangle.
    factors = _factors(x if lower else adjoint(x))
    return np.asarray(to_float(factors if lower else adjoint(factors), a.dtype))


def _factors(x: Array) -> Array:
    """The lower factors of a batch; NaN where one is missing."""
    if not x.size:
        return x
    (found,) = found_or_nan(lambda matrices: (np.linalg.cholesky(matrices),), x)
    # LAPACK's own implementations differ in whether they notice a NaN.
    bad = np.isnan(np.diagonal(found, axis1=-2, axis2=-1)).any(-1)
    return np.where(bad[..., None, None], np.tril(np.full_like(found, np.nan)), found) if bad.any() else found


def triangular_solve(
    a: Array, b: Array, left_side: bool, lower: bool, unit_diagonal: bool, transpose_a: str = "NO_TRANSPOSE"
) -> Array:
    """x in op(a) x = b, or in x op(a) = b. Only the triangle of `a` is read, and not its diagonal if that is all ones."""
    matrix, right = computed(a), computed(b)
    if transpose_a == "TRANSPOSE":
        matrix, lower = np.swapaxes(matrix, -1, -2), not lower
    elif transpose_a == "ADJOINT":
        matrix, lower = adjoint(matrix), not lower
    if not left_side:
        matrix, right, lower = np.swapaxes(matrix, -1, -2), np.swapaxes(right, -1, -2), not lower
    n = matrix.shape[-1]
    if (*matrix.shape[:-2], n, n) != matrix.shape or (*right.shape[:-2], right.shape[-2]) != matrix.shape[:-1]:
        raise ValueError(f"the shapes {a.shape} and {b.shape} do not fit together")
    found = _substituted(matrix, right, lower, unit_diagonal)
    return np.asarray(to_float(found if left_side else np.swapaxes(found, -1, -2), b.dtype))


def _substituted(a: Array, b: Array, lower: bool, unit_diagonal: bool) -> Array:
    """Substitution by blocks: forward for a lower triangle, backward for an upper one."""
    n = a.shape[-1]
    x = np.array(b)
    starts = range(0, n, BLOCK)
    for start in starts if lower else reversed(starts):
        end = min(start + BLOCK, n)
        done = slice(0, start) if lower else slice(end, n)
        if done.stop > done.start:
            x[..., start:end, :] -= np.matmul(a[..., start:end, done], x[..., done, :])
        for i in range(start, end) if lower else reversed(range(start, end)):
            near = slice(start, i) if lower else slice(i + 1, end)
            row = x[..., i : i + 1, :]
            if near.stop > near.start:
                row -= np.matmul(a[..., i : i + 1, near], x[..., near, :])
            if not unit_diagonal:
                row /= a[..., i : i + 1, i : i + 1]
    return x


@register("irc.cholesky")
def _cholesky(a: Array, *, out: Sequence[Array], lower: bool) -> None:
    write(out, [cholesky(a, lower)])


@register("irc.triangular_solve")
def _triangular_solve(a: Array, b: Array, *, out: Sequence[Array], **options: Any) -> None:
    write(out, [triangular_solve(a, b, **options)])
