"""Determinants, whose derivatives are the cofactors: these are finite for singular matrices, too."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from irc.numpy import diagonals, reductions, ufuncs
from irc.numpy.complexes import conj
from irc.numpy.creation import eye
from irc.numpy.linalg.factorizations import lu_factors, svd
from irc.numpy.linalg.operands import INT, matrices
from irc.numpy.linalg.systems import inv
from irc.numpy.manipulation import matrix_transpose
from irc.numpy.products import matmul
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.custom import custom_jvp
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota, reshape

CLOSED = 3
"""Determinants of matrices of up to this size are polynomials that are written down."""


class SlogdetResult(NamedTuple):
    """The result of `slogdet`."""

    sign: Array
    logabsdet: Array


def _eliminated(a: Array) -> tuple[Array, Array]:
    """The diagonal of the factor U, and 1 or -1 for the permutation."""
    lu, pivots, _ = lu_factors(a)
    swapped = ufuncs.not_equal(pivots, iota((a.shape[-1],), 0, INT))
    odd = ufuncs.remainder(reductions.sum(cast(swapped, INT), -1), 2)
    return diagonals.diagonal(lu, 0, -2, -1), cast(ufuncs.subtract(1, ufuncs.multiply(odd, 2)), a.dtype)


def slogdet(a: Any, *, method: Any = None) -> SlogdetResult:
    """The sign of the determinant and the logarithm of its absolute value, from the factors L and U, whatever `method`."""
    on_diagonal, parity = _eliminated(matrices(a, "slogdet", True))
    sign = ufuncs.multiply(reductions.prod(ufuncs.sign(on_diagonal), -1), parity)
    return SlogdetResult(sign, reductions.sum(ufuncs.log(ufuncs.abs(on_diagonal)), -1))


def det(a: Any) -> Array:
    """The determinant."""
    a = matrices(a, "det", True)
    n = a.shape[-1]
    return _polynomial(a, n) if isinstance(n, int) and n <= CLOSED else _product(a)


def _polynomial(a: Array, n: int) -> Array:
    """By the first row."""
    if n == 0:
        return ufuncs.filled(reductions.sum(a, (-2, -1)), 1)
    entries = [[a[..., i, j] for j in range(n)] for i in range(n)]
    return _expanded(entries)


def _expanded(rows: list[list[Array]]) -> Array:
    first, *below = rows
    if not below:
        return first[0]
    total: Array | None = None
    for j, entry in enumerate(first):
        minor = _expanded([[*row[:j], *row[j + 1 :]] for row in below])
        term = ufuncs.multiply(entry, minor)
        total = term if total is None else (ufuncs.subtract if j % 2 else ufuncs.add)(total, term)
    assert total is not None
    return total


@custom_jvp
def _product(a: Array) -> Array:
    """From the factors L and U."""
    on_diagonal, parity = _eliminated(a)
    return ufuncs.multiply(reductions.prod(on_diagonal, -1, dtype=a.dtype), parity)


@_product.defjvp
def _along(primals: Any, tangents: Any) -> tuple[Array, Array]:
    (a,), (t,) = primals, tangents
    found = _product(a)
    return found, reductions.sum(ufuncs.multiply(_cofactors(a, found), t), (-2, -1), dtype=a.dtype)


def _cofactors(a: Array, determinant: Array) -> Array:
    """The derivative of the determinant by each entry.

    That is the determinant times the transposed inverse, or for singular matrices follows from the singular values: the
    cofactors of U S Vᴴ are those of the parts multiplied, and each part but S is its own cofactors but for its determinant.
    """
    from irc.lax.branches import cond  # noqa: PLC0415 - it is made of this package

    on_diagonal, _ = _eliminated(a)
    zero = reductions.any(ufuncs.equal(on_diagonal, 0), -1)
    singular = reshape(zero, (*zero.shape, 1, 1))
    one = eye(a.shape[-1], dtype=a.dtype)

    def regular(a: Array) -> Array:
        # What is not looked at is a matrix that has an inverse, so that no derivative is nan on its behalf.
        inverse = inv(ufuncs.where(singular, one, a))
        return ufuncs.multiply(reshape(determinant, (*determinant.shape, 1, 1)), matrix_transpose(inverse))

    def some_singular(a: Array) -> Array:
        return ufuncs.where(singular, _of_singular(a, singular), regular(a))

    found: Array = cond(reductions.any(zero), some_singular, regular, a)
    return found


def _of_singular(a: Array, singular: Array) -> Array:
    n = a.shape[-1]
    one = eye(n, dtype=bool)
    # Likewise one with singular values that differ.
    others = diagonals.diag(np.arange(1, n + 1, dtype=a.dtype)) if isinstance(n, int) else eye(n, dtype=a.dtype)
    u, s, vh = svd(ufuncs.where(singular, a, others))
    rest = reductions.prod(ufuncs.where(one, 1, reshape(s, (*s.shape[:-1], 1, n))), -1, dtype=s.dtype)
    scale = ufuncs.multiply(_product(u), _product(vh))
    left = ufuncs.multiply(conj(u), reshape(cast(rest, a.dtype), (*rest.shape[:-1], 1, n)))
    return ufuncs.multiply(reshape(scale, (*scale.shape, 1, 1)), matmul(left, conj(vh)))


__all__ = ["SlogdetResult", "det", "slogdet"]

composites(globals(), __all__, "SlogdetResult")
