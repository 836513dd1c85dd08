"""Random matrices and vectors of several dimensions."""

from __future__ import annotations

from typing import Any

from irc.numpy import diagonals, linalg, manipulation, products, ufuncs
from irc.random.continuous import normal_of
from irc.random.keys import Key, checked
from irc.random.uniform import check_broadcast
from irc.tracing.array import Array
from irc.tracing.dims import sizes_of
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_shapes, reshape, show


def orthogonal(key: Key, n: int, shape: Any = (), dtype: Any = None, m: int | None = None) -> Array:
    """Matrices of `n` rows and `m` (else as many) columns, orthonormal along the shorter side, uniformly distributed."""
    words = checked("orthogonal", key)[0]
    columns = n if m is None else m
    wanted = as_dtype(float if dtype is None else dtype)
    drawn = normal_of(words, (*sizes_of(shape), max(n, columns), min(n, columns)), wanted)
    q, r = linalg.qr(drawn)
    on_diagonal = diagonals.diagonal(r, 0, -2, -1)
    signs = ufuncs.divide(on_diagonal, cast(ufuncs.abs(on_diagonal), on_diagonal.dtype))
    found = ufuncs.multiply(q, reshape(signs, (*signs.shape[:-1], 1, signs.shape[-1])))
    return found if n >= columns else linalg.adjoint(found)


def multivariate_normal(
    key: Key, mean: Any, cov: Any, shape: Any = None, dtype: Any = None, method: str = "cholesky"
) -> Array:
    """Normally distributed vectors of a mean and a matrix of covariances, of which `method` takes the root."""
    words = checked("multivariate_normal", key)[0]
    (middle, matrix), _ = promoted(ufuncs.inexact(mean), ufuncs.inexact(cov))
    wanted = as_dtype(middle.dtype if dtype is None else dtype)
    if not middle.ndim or matrix.ndim < 2 or matrix.shape[-2:] != (middle.shape[-1], middle.shape[-1]):
        raise ValueError(
            f"multivariate_normal takes means and square matrices of one size, got shapes {show(middle.shape)} and "
            f"{show(matrix.shape)}"
        )
    common = broadcast_shapes(middle.shape[:-1], matrix.shape[:-2])
    sizes = common if shape is None else sizes_of(shape)
    check_broadcast("multivariate_normal", sizes, common)
    drawn = normal_of(words, (*sizes, middle.shape[-1]), wanted)
    product = products.matmul(cast(_root(matrix, method), wanted), manipulation.expand_dims(drawn, -1))
    return ufuncs.add(middle, manipulation.squeeze(product, -1))


def _root(matrix: Array, method: str) -> Array:
    if method == "cholesky":
        return linalg.cholesky(matrix)
    if method == "eigh":
        values, vectors = linalg.eigh(matrix)
    elif method == "svd":
        vectors, values, _ = linalg.svd(matrix)
    else:
        raise ValueError(f"the method of multivariate_normal is 'cholesky', 'eigh' or 'svd', got {method!r}")
    return ufuncs.multiply(vectors, manipulation.expand_dims(ufuncs.sqrt(values), -2))


__all__ = ["multivariate_normal", "orthogonal"]
