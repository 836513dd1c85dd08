"""Determinants, from the factors L and U."""

from __future__ import annotations

from typing import Any, NamedTuple

from irc.numpy import diagonals, reductions, ufuncs
from irc.numpy.linalg.factorizations import lu_factors
from irc.numpy.linalg.operands import INT, matrices
from irc.tracing.array import Array
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota


class SlogdetResult(NamedTuple):
    """The result of `slogdet`."""

    sign: Array
    logabsdet: Array


def slogdet(a: Any, *, method: Any = None) -> SlogdetResult:
    """The sign of the determinant and the logarithm of its absolute value, from the factors L and U, whatever `method`."""
    a = matrices(a, "slogdet", True)
    lu, pivots, _ = lu_factors(a)
    on_diagonal = diagonals.diagonal(lu, 0, -2, -1)
    swapped = ufuncs.not_equal(pivots, iota((a.shape[-1],), 0, INT))
    odd = ufuncs.remainder(reductions.sum(cast(swapped, INT), -1), 2)
    sign = ufuncs.multiply(
        reductions.prod(ufuncs.sign(on_diagonal), -1), cast(ufuncs.subtract(1, ufuncs.multiply(odd, 2)), a.dtype)
    )
    return SlogdetResult(sign, reductions.sum(ufuncs.log(ufuncs.abs(on_diagonal)), -1))


def det(a: Any) -> Array:
    """The determinant."""
    a = matrices(a, "det", True)
    lu, pivots, _ = lu_factors(a)
    swapped = ufuncs.not_equal(pivots, iota((a.shape[-1],), 0, INT))
    odd = ufuncs.remainder(reductions.sum(cast(swapped, INT), -1), 2)
    product = reductions.prod(diagonals.diagonal(lu, 0, -2, -1), -1, dtype=a.dtype)
    return ufuncs.multiply(product, cast(ufuncs.subtract(1, ufuncs.multiply(odd, 2)), a.dtype))


__all__ = ["SlogdetResult", "det", "slogdet"]
