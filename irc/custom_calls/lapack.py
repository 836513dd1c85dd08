"""What LAPACK's routines give that is no factor of a matrix by itself, as custom calls.

| target | results |
|---|---|
| `@irc.geqrf(a)` | r with the reflectors of q below its diagonal, and their coefficients |
| `@irc.orgqr(a, tau)` | the first columns of the product of reflectors that lie below the diagonal of `a` |
| `@irc.tridiagonal_solve(lower, diagonal, upper, b)` | the solutions of tridiagonal systems of equations |
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from irc.custom_calls import Array, register, write
from irc.custom_calls.linear_algebra import adjoint, computed, found_or_nan


@register("irc.geqrf")
def _geqrf(a: Array, *, out: Sequence[Array]) -> None:
    factors, tau = np.linalg.qr(computed(a), mode="raw")
    # NumPy gives LAPACK's columns as rows.
    write(out, [np.swapaxes(factors, -1, -2), tau])


def orgqr(a: Array, tau: Array) -> Array:
    """q of as many columns as `a` has; reflector i is 1 - tau[i] v vᴴ, of which v is 1 at i and 0 before."""
    *batch, m, n = a.shape
    q = np.zeros((*batch, m, n), a.dtype)
    diagonal = np.arange(min(m, n))
    q[..., diagonal, diagonal] = 1
    for i in reversed(range(tau.shape[-1])):
        v = a[..., i:, i : i + 1].copy()
        v[..., 0, :] = 1
        part = q[..., i:, i:]
        part -= tau[..., i, None, None] * (v @ (adjoint(v) @ part))
    return q


@register("irc.orgqr")
def _orgqr(a: Array, tau: Array, *, out: Sequence[Array]) -> None:
    write(out, [orgqr(computed(a), computed(tau))])


def tridiagonal_solve(lower: Array, diagonal: Array, upper: Array, b: Array) -> Array:
    """Gaussian elimination with exchange of neighbouring rows; NaN for a singular matrix.

    `lower[0]` and `upper[-1]` lie outside.
    """
    n = diagonal.shape[-1]
    *batch, _, _ = b.shape
    matrices = np.zeros((*batch, n, n), b.dtype)
    at = np.arange(n)
    matrices[..., at, at] = diagonal
    # Both have as many elements as the diagonal, or one less.
    matrices[..., at[1:], at[:-1]] = lower[..., lower.shape[-1] - (n - 1) :]
    matrices[..., at[:-1], at[1:]] = upper[..., : n - 1]
    (found,) = found_or_nan(lambda matrices, b: [np.linalg.solve(matrices, b)], matrices, b)
    return found


@register("irc.tridiagonal_solve")
def _tridiagonal_solve(lower: Array, diagonal: Array, upper: Array, b: Array, *, out: Sequence[Array]) -> None:
    write(out, [tridiagonal_solve(*map(computed, (lower, diagonal, upper, b)))])
