"""Norms of vectors and matrices."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy import reductions, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.linalg.factorizations import svdvals
from irc.numpy.linalg.operands import matrices
from irc.numpy.linalg.systems import inv
from irc.numpy.manipulation import moveaxis
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape


def vector_norm(x: Any, /, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Array:
    """The norm of vectors along axes, by default of all elements."""
    a = ufuncs.inexact(x)
    size = ufuncs.abs(a)
    if ord == math.inf:
        return reductions.max(size, axis, keepdims=keepdims, initial=0)
    if ord == -math.inf:
        return reductions.min(size, axis, keepdims=keepdims)
    if ord == 0:
        return reductions.sum(cast(ufuncs.not_equal(size, 0), size.dtype), axis, keepdims=keepdims)
    if ord == 1:
        return reductions.sum(size, axis, dtype=size.dtype, keepdims=keepdims)
    if ord == 2:
        return ufuncs.sqrt(reductions.sum(ufuncs.multiply(size, size), axis, dtype=size.dtype, keepdims=keepdims))
    total = reductions.sum(ufuncs.power(size, float(ord)), axis, dtype=size.dtype, keepdims=keepdims)
    return ufuncs.power(total, 1.0 / ord)


def _largest(sizes: Array, axis: Any) -> Array:
    """The largest of numbers that are not negative, zero of none."""
    return reductions.max(sizes, axis, keepdims=True, initial=0)


def matrix_norm(x: Any, /, *, keepdims: bool = False, ord: Any = "fro") -> Array:
    """The norm of matrices: "fro", "nuc", 1, -1, 2, -2, inf or -inf. Raises `ValueError` for another."""
    a = matrices(x, "matrix_norm")
    if ord == "fro":
        return vector_norm(a, axis=(-2, -1), keepdims=keepdims)
    if ord in (1, -1, math.inf, -math.inf):
        along = -2 if abs(ord) == 1 else -1
        sums = reductions.sum(ufuncs.abs(a), along, keepdims=True)
        found = _largest(sums, (-2, -1)) if ord > 0 else reductions.min(sums, (-2, -1), keepdims=True)
    elif ord in (2, -2, "nuc"):
        s = svdvals(a)
        reduce = reductions.sum if ord == "nuc" else _largest if ord == 2 else reductions.min
        found = reshape(reduce(s, -1), (*s.shape[:-1], 1, 1))
    else:
        raise ValueError(f"there is no norm {ord!r} of matrices")
    return found if keepdims else reshape(found, found.shape[:-2])


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Array:
    """NumPy's `norm`: of vectors, of matrices, or of all elements."""
    a = ufuncs.inexact(x)
    if axis is None:
        if ord is None or a.ndim == 1:
            return vector_norm(a, keepdims=keepdims, ord=2 if ord is None else ord)
        axis = tuple(range(a.ndim))
    axes = reductions.axes_of(axis, a.ndim) if isinstance(axis, int) else tuple(
        reductions.normal_axis(each, a.ndim) for each in axis
    )  # fmt: skip
    if len(axes) == 1:
        return vector_norm(a, axis=axes[0], keepdims=keepdims, ord=2 if ord is None else ord)
    if len(axes) != 2:
        raise ValueError(f"norms are of vectors or matrices, not along {len(axes)} axes")
    found = matrix_norm(moveaxis(a, axes, (-2, -1)), ord="fro" if ord is None else ord)
    if not keepdims:
        return found
    return reshape(found, tuple(1 if i in axes else n for i, n in enumerate(a.shape)))


def cond(x: Any, p: Any = None) -> Array:
    """The condition number: the norm times that of the inverse, or the ratio of singular values."""
    if p is None or p in (2, -2):
        s = svdvals(x)
        ratio = ufuncs.divide(getitem(s, (..., 0)), getitem(s, (..., -1)))
        return ufuncs.divide(1, ratio) if p == -2 else ratio
    return ufuncs.multiply(matrix_norm(x, ord=p), matrix_norm(inv(x), ord=p))


__all__ = ["cond", "matrix_norm", "norm", "vector_norm"]

composites(globals(), __all__)
