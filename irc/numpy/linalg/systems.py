"""Systems of equations, inverses and ranks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from irc.numpy import reductions, ufuncs
from irc.numpy.creation import eye
from irc.numpy.data_types import finfo
from irc.numpy.linalg.factorizations import lu_factors, svd, svdvals
from irc.numpy.linalg.operands import adjoint, matrices
from irc.numpy.manipulation import broadcast_to, moveaxis
from irc.numpy.products import matmul
from irc.tracing import factors
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import DEFAULTS, DType
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_shapes, reshape, show


def solve(a: Any, b: Any) -> Array:
    """The solution of the systems x1 y = x2; a vector x2 is one right hand side. Raises `ValueError`."""
    (a, b), _ = promoted(matrices(a, "solve", True), ufuncs.inexact(b))
    vector = b.ndim == 1
    if vector:
        b = reshape(b, (*b.shape, 1))
    if isinstance(a.shape[-1], int) and b.ndim > 1 and b.shape[-2] != a.shape[-1]:
        raise ValueError(f"solve: matrices of shape {show(a.shape)} and {show(b.shape)} do not fit")
    batch = broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a, b = broadcast_to(a, (*batch, *a.shape[-2:])), broadcast_to(b, (*batch, *b.shape[-2:]))
    lu, _, permutation = lu_factors(a)
    from irc.numpy.taking import take_along_axis  # noqa: PLC0415 - it is made of what is here

    b = take_along_axis(b, reshape(permutation, (*permutation.shape, 1)), axis=-2, mode="promise_in_bounds")
    y = factors.triangular_solve(lu, b, lower=True, unit_diagonal=True)
    found = factors.triangular_solve(lu, y, lower=False)
    return reshape(found, found.shape[:-1]) if vector else found


def inv(a: Any) -> Array:
    """The inverse."""
    a = matrices(a, "inv", True)
    return solve(a, broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape))


def _threshold(s: Array, shape: Sequence[Any], rtol: Any, dtype: DType, factor: float = 1.0) -> Array:
    """Below which singular values count as zero."""
    if rtol is None:
        rtol = factor * max(shape[-2:]) * finfo(dtype).eps
    largest = reductions.max(s, -1, keepdims=True) if s.shape[-1] else broadcast_to(as_array(0.0), (*s.shape[:-1], 1))
    given = as_array(rtol)
    return ufuncs.multiply(largest, reshape(given, (*given.shape, 1)) if given.ndim else given)


def pinv(a: Any, rtol: Any = None, hermitian: bool = False, *, rcond: Any = None) -> Array:
    """The pseudo-inverse; singular values below `rtol` times the largest count as zero."""
    a = matrices(a, "pinv")
    u, s, vh = svd(a, full_matrices=False)
    kept = ufuncs.greater(s, _threshold(s, a.shape, rcond if rtol is None else rtol, a.dtype, 10.0))
    inverse = ufuncs.where(kept, ufuncs.divide(1, ufuncs.where(kept, s, ufuncs.filled(s, 1))), ufuncs.filled(s, 0))
    scaled = ufuncs.multiply(adjoint(vh), cast(reshape(inverse, (*s.shape[:-1], 1, s.shape[-1])), a.dtype))
    return matmul(scaled, adjoint(u))


def matrix_rank(M: Any, rtol: Any = None, *, hermitian: bool = False, tol: Any = None) -> Array:
    """The number of singular values that are not negligible."""
    a = matrices(M, "matrix_rank")
    s = svdvals(a)
    least = _threshold(s, a.shape, rtol, a.dtype) if tol is None else as_array(tol)
    return reductions.sum(cast(ufuncs.greater(s, least), DEFAULTS[int]), -1)


def tensorinv(a: Any, ind: int = 2) -> Array:
    """The inverse of an array whose first `ind` axes are the rows."""
    array = as_array(a)
    rows, columns = array.shape[:ind], array.shape[ind:]
    if not ind > 0 or math.prod(rows) != math.prod(columns):
        raise ValueError(f"tensorinv: an array of shape {show(array.shape)} is not square after {ind} axes")
    return reshape(inv(reshape(array, (math.prod(rows), -1))), (*columns, *rows))


def tensorsolve(a: Any, b: Any, axes: Any = None) -> Array:
    """The x whose product with `a` over all its axes is `b`; `axes` of `a` are moved to the end first."""
    array, right = as_array(a), as_array(b)
    if axes is not None:
        rest = [i for i in range(array.ndim) if i not in axes]
        array = moveaxis(array, [*rest, *axes], list(range(array.ndim)))
    columns = array.shape[right.ndim :]
    if math.prod(columns) != right.size:
        raise ValueError(f"tensorsolve: arrays of shapes {show(array.shape)} and {show(right.shape)} do not fit")
    found = solve(reshape(array, (right.size, right.size)), reshape(right, (right.size,)))
    return reshape(found, columns)


def lstsq(a: Any, b: Any, rcond: Any = None, *, numpy_resid: bool = False) -> tuple[Array, Array, Array, Array]:
    """The solution of least squares, the residuals, the rank and the singular values."""
    (x, y), _ = promoted(matrices(a, "lstsq"), ufuncs.inexact(b))
    u, s, vh = svd(x, full_matrices=False)
    kept = ufuncs.greater(s, _threshold(s, x.shape, rcond, x.dtype))
    inverse = ufuncs.where(kept, ufuncs.divide(1, ufuncs.where(kept, s, ufuncs.filled(s, 1))), ufuncs.filled(s, 0))
    columns = reshape(y, (y.shape[0], 1)) if y.ndim == 1 else y
    part = ufuncs.multiply(reshape(inverse, (s.shape[-1], 1)), matmul(adjoint(u), columns))
    found = matmul(adjoint(vh), part)
    rest = ufuncs.abs(ufuncs.subtract(columns, matmul(x, found)))
    residuals = reductions.sum(ufuncs.square(rest), 0)
    rank = reductions.sum(cast(kept, DEFAULTS[int]))
    return (reshape(found, (found.shape[0],)) if y.ndim == 1 else found), residuals, rank, s


__all__ = ["inv", "lstsq", "matrix_rank", "pinv", "solve", "tensorinv", "tensorsolve"]

composites(globals(), __all__)
