"""The linear algebra extension of the Array API standard, and NumPy's further functions of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from irc.numpy import contractions, diagonals, products, reductions, ufuncs
from irc.numpy.arguments import absent
from irc.numpy.complexes import conj, part_dtype
from irc.numpy.contractions import vecdot
from irc.numpy.creation import eye
from irc.numpy.data_types import finfo
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import broadcast_to, matrix_transpose, moveaxis
from irc.tracing import factors
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import DType
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_shapes, reshape, show

_INT = np.dtype(np.int32)


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


class SlogdetResult(NamedTuple):
    """The result of `slogdet`."""

    sign: Array
    logabsdet: Array


class SVDResult(NamedTuple):
    """The result of `svd`."""

    U: Array
    S: Array
    Vh: Array


def _matrices(x: Any, name: str, square: bool = False) -> Array:
    array = ufuncs.inexact(x)
    if array.ndim < 2:
        raise ValueError(f"{name} needs matrices, got an array of shape {show(array.shape)}")
    if square and isinstance(array.shape[-1], int) and array.shape[-1] != array.shape[-2]:
        raise ValueError(f"{name} needs square matrices, got an array of shape {show(array.shape)}")
    return cast(array, array.dtype)


def _real_dtype(dtype: DType) -> DType:
    return part_dtype(dtype) if dtype.kind == "c" else dtype


def adjoint(x: Array) -> Array:
    """The conjugate transpose."""
    return conj(matrix_transpose(x))


def cholesky(a: Any, *, upper: bool = False, symmetrize_input: bool = True) -> Array:
    """The triangular factor L with L Lᴴ = x, or U with Uᴴ U = x; NaN where x is not positive definite, as in JAX."""
    a = _matrices(a, "cholesky", True)
    return factors.cholesky(_symmetric(a) if symmetrize_input else a, not upper)


def _symmetric(a: Array) -> Array:
    """The mean of matrices and their conjugate transposes."""
    return ufuncs.divide(ufuncs.add(a, adjoint(a)), 2)


def _lu(a: Array) -> tuple[Array, Array, Array]:
    """The factors, the pivots and the permutation of square matrices."""
    *batch, n, _ = a.shape
    outputs = [(a.shape, a.dtype), ((*batch, n), _INT), ((*batch, n), _INT)]
    lu, pivots, permutation = factors.call("irc.lu", [a], outputs)
    return lu, pivots, permutation


def slogdet(a: Any, *, method: Any = None) -> SlogdetResult:
    """The sign of the determinant and the logarithm of its absolute value, from the factors L and U, whatever `method`."""
    a = _matrices(a, "slogdet", True)
    lu, pivots, _ = _lu(a)
    on_diagonal = diagonals.diagonal(lu, 0, -2, -1)
    swapped = ufuncs.not_equal(pivots, np.arange(a.shape[-1], dtype=np.int32))
    odd = ufuncs.remainder(reductions.sum(cast(swapped, _INT), -1), 2)
    sign = ufuncs.multiply(
        reductions.prod(ufuncs.sign(on_diagonal), -1), cast(ufuncs.subtract(1, ufuncs.multiply(odd, 2)), a.dtype)
    )
    return SlogdetResult(sign, reductions.sum(ufuncs.log(ufuncs.abs(on_diagonal)), -1))


def det(a: Any) -> Array:
    """The determinant."""
    a = _matrices(a, "det", True)
    lu, pivots, _ = _lu(a)
    swapped = ufuncs.not_equal(pivots, np.arange(a.shape[-1], dtype=np.int32))
    odd = ufuncs.remainder(reductions.sum(cast(swapped, _INT), -1), 2)
    product = reductions.prod(diagonals.diagonal(lu, 0, -2, -1), -1, dtype=a.dtype)
    return ufuncs.multiply(product, cast(ufuncs.subtract(1, ufuncs.multiply(odd, 2)), a.dtype))


def solve(a: Any, b: Any) -> Array:
    """The solution of the systems x1 y = x2; a vector x2 is one right hand side. Raises `ValueError`."""
    (a, b), _ = promoted(_matrices(a, "solve", True), ufuncs.inexact(b))
    vector = b.ndim == 1
    if vector:
        b = reshape(b, (*b.shape, 1))
    if isinstance(a.shape[-1], int) and b.ndim > 1 and b.shape[-2] != a.shape[-1]:
        raise ValueError(f"solve: matrices of shape {show(a.shape)} and {show(b.shape)} do not fit")
    batch = broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a, b = broadcast_to(a, (*batch, *a.shape[-2:])), broadcast_to(b, (*batch, *b.shape[-2:]))
    lu, _, permutation = _lu(a)
    from irc.numpy.taking import take_along_axis  # noqa: PLC0415 - it is made of what is here

    b = take_along_axis(b, reshape(permutation, (*permutation.shape, 1)), axis=-2, mode="promise_in_bounds")
    y = factors.triangular_solve(lu, b, lower=True, unit_diagonal=True)
    found = factors.triangular_solve(lu, y, lower=False)
    return reshape(found, found.shape[:-1]) if vector else found


def inv(a: Any) -> Array:
    """The inverse."""
    a = _matrices(a, "inv", True)
    return solve(a, broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape))


def qr(a: Any, mode: str = "reduced") -> Any:
    """Orthonormal columns Q and a triangular R with Q R = x; all columns with mode "complete", R alone with "r"."""
    a = _matrices(a, "qr")
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
    a = _one_triangle(_matrices(a, "eigh", True), UPLO, symmetrize_input)
    outputs = [(a.shape[:-1], _real_dtype(a.dtype)), (a.shape, a.dtype)]
    return EighResult(*factors.call("irc.eigh", [a], outputs, lower=UPLO != "U"))


def _one_triangle(a: Array, part: str | None, symmetrize: bool) -> Array:
    if part not in (None, "L", "U"):
        raise ValueError(f"UPLO is 'L' or 'U', got {part!r}")
    return _symmetric(a) if symmetrize else a


def eigvalsh(a: Any, UPLO: str | None = "L", *, symmetrize_input: bool = True) -> Array:
    """The eigenvalues of symmetric (Hermitian) matrices, ascending."""
    a = _one_triangle(_matrices(a, "eigvalsh", True), UPLO, symmetrize_input)
    return factors.call("irc.eigh", [a], [(a.shape[:-1], _real_dtype(a.dtype))], lower=UPLO != "U")[0]


def _complex_dtype(dtype: DType) -> DType:
    return dtype if dtype.kind == "c" else np.dtype(np.complex128 if dtype.itemsize == 8 else np.complex64)


def eig(a: Any) -> EigResult:
    """Eigenvalues and eigenvectors, which are complex."""
    a = _matrices(a, "eig", True)
    dtype = _complex_dtype(a.dtype)
    return EigResult(*factors.call("irc.eig", [a], [(a.shape[:-1], dtype), (a.shape, dtype)]))


def eigvals(a: Any) -> Array:
    """The eigenvalues, which are complex."""
    a = _matrices(a, "eigvals", True)
    return factors.call("irc.eig", [a], [(a.shape[:-1], _complex_dtype(a.dtype))])[0]


def svd(
    a: Any, full_matrices: bool = True, compute_uv: bool = True, hermitian: bool = False, subset_by_index: Any = None
) -> Any:
    """The singular values S, descending, and unitary U and Vh with U diag(S) Vh = x."""
    absent("svd", subset_by_index=subset_by_index)
    if not compute_uv:
        return svdvals(a)
    a = _matrices(a, "svd")
    *batch, m, n = a.shape
    k = min(m, n)
    rows, columns = (m, n) if full_matrices else (k, k)
    outputs = [((*batch, m, rows), a.dtype), ((*batch, k), _real_dtype(a.dtype)), ((*batch, columns, n), a.dtype)]
    return SVDResult(*factors.call("irc.svd", [a], outputs))


def svdvals(x: Any, /) -> Array:
    """The singular values, descending."""
    a = _matrices(x, "svdvals")
    *batch, m, n = a.shape
    return factors.call("irc.svd", [a], [((*batch, min(m, n)), _real_dtype(a.dtype))])[0]


def _threshold(s: Array, shape: Sequence[Any], rtol: Any, dtype: DType, factor: float = 1.0) -> Array:
    """Below which singular values count as zero."""
    if rtol is None:
        rtol = factor * max(shape[-2:]) * finfo(dtype).eps
    largest = reductions.max(s, -1, keepdims=True) if s.shape[-1] else broadcast_to(as_array(0.0), (*s.shape[:-1], 1))
    given = as_array(rtol)
    return ufuncs.multiply(largest, reshape(given, (*given.shape, 1)) if given.ndim else given)


def pinv(a: Any, rtol: Any = None, hermitian: bool = False, *, rcond: Any = None) -> Array:
    """The pseudo-inverse; singular values below `rtol` times the largest count as zero."""
    a = _matrices(a, "pinv")
    u, s, vh = svd(a, full_matrices=False)
    kept = ufuncs.greater(s, _threshold(s, a.shape, rcond if rtol is None else rtol, a.dtype, 10.0))
    inverse = ufuncs.where(kept, ufuncs.divide(1, ufuncs.where(kept, s, ufuncs.filled(s, 1))), ufuncs.filled(s, 0))
    scaled = ufuncs.multiply(adjoint(vh), cast(reshape(inverse, (*s.shape[:-1], 1, s.shape[-1])), a.dtype))
    return matmul(scaled, adjoint(u))


def matrix_rank(M: Any, rtol: Any = None, *, hermitian: bool = False, tol: Any = None) -> Array:
    """The number of singular values that are not negligible."""
    a = _matrices(M, "matrix_rank")
    s = svdvals(a)
    least = _threshold(s, a.shape, rtol, a.dtype) if tol is None else as_array(tol)
    return reductions.sum(cast(ufuncs.greater(s, least), _INT), -1)


def matrix_power(a: Any, n: int) -> Array:
    """The matrix multiplied with itself `n` times; the inverse for negative numbers."""
    a = as_array(a)
    if a.ndim < 2 or a.shape[-1] != a.shape[-2]:
        raise ValueError(f"matrix_power needs square matrices, got an array of shape {show(a.shape)}")
    if n == 0:
        return broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape)
    if n < 0:
        a, n = inv(a), -n
    found: Array | None = None
    while n:
        if n & 1:
            found = a if found is None else matmul(found, a)
        n >>= 1
        if n:
            a = matmul(a, a)
    assert found is not None
    return found


def vector_norm(x: Any, /, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Array:
    """The norm of vectors along axes, by default of all elements."""
    a = ufuncs.inexact(x)
    size = ufuncs.abs(a)
    if ord == math.inf:
        return reductions.max(size, axis, keepdims=keepdims)
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


def matrix_norm(x: Any, /, *, keepdims: bool = False, ord: Any = "fro") -> Array:
    """The norm of matrices: "fro", "nuc", 1, -1, 2, -2, inf or -inf. Raises `ValueError` for another."""
    a = _matrices(x, "matrix_norm")
    if ord == "fro":
        return vector_norm(a, axis=(-2, -1), keepdims=keepdims)
    if ord in (1, -1, math.inf, -math.inf):
        along = -2 if abs(ord) == 1 else -1
        sums = reductions.sum(ufuncs.abs(a), along, keepdims=True)
        found = (reductions.max if ord > 0 else reductions.min)(sums, (-2, -1), keepdims=True)
    elif ord in (2, -2, "nuc"):
        s = svdvals(a)
        reduce = reductions.sum if ord == "nuc" else reductions.max if ord == 2 else reductions.min
        found = reshape(reduce(s, -1), (*s.shape[:-1], 1, 1))
    else:
        raise ValueError(f"there is no norm {ord!r} of matrices")
    return found if keepdims else reshape(found, found.shape[:-2])


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


def lstsq(a: Any, b: Any, rcond: Any = None, *, numpy_resid: bool = False) -> tuple[Array, Array, Array, Array]:
    """The solution of least squares, the residuals, the rank and the singular values."""
    (x, y), _ = promoted(_matrices(a, "lstsq"), ufuncs.inexact(b))
    u, s, vh = svd(x, full_matrices=False)
    kept = ufuncs.greater(s, _threshold(s, x.shape, rcond, x.dtype))
    inverse = ufuncs.where(kept, ufuncs.divide(1, ufuncs.where(kept, s, ufuncs.filled(s, 1))), ufuncs.filled(s, 0))
    columns = reshape(y, (y.shape[0], 1)) if y.ndim == 1 else y
    part = ufuncs.multiply(reshape(inverse, (s.shape[-1], 1)), matmul(adjoint(u), columns))
    found = matmul(adjoint(vh), part)
    rest = ufuncs.abs(ufuncs.subtract(columns, matmul(x, found)))
    residuals = reductions.sum(ufuncs.square(rest), 0)
    rank = reductions.sum(cast(kept, _INT))
    return (reshape(found, (found.shape[0],)) if y.ndim == 1 else found), residuals, rank, s


def cond(x: Any, p: Any = None) -> Array:
    """The condition number: the norm times that of the inverse, or the ratio of singular values."""
    if p is None or p in (2, -2):
        s = svdvals(x)
        ratio = ufuncs.divide(getitem(s, (..., 0)), getitem(s, (..., -1)))
        return ufuncs.divide(1, ratio) if p == -2 else ratio
    return ufuncs.multiply(matrix_norm(x, ord=p), matrix_norm(inv(x), ord=p))


def multi_dot(arrays: Sequence[Any], *, precision: Any = None) -> Array:
    """The product of matrices, in the order that takes the fewest multiplications."""
    letters = list("abcdefghijklmnopqrstuvwxyz"[: len(arrays) + 1])
    first, last = as_array(arrays[0]), as_array(arrays[-1])
    labels = [letters[i] + letters[i + 1] for i in range(len(arrays))]
    out = letters[0] + letters[-1]
    if first.ndim == 1:
        labels[0], out = labels[0][1], out[1:]
    if last.ndim == 1:
        labels[-1], out = labels[-1][0], out[:-1]
    return contractions.einsum(f"{','.join(labels)}->{out}", *arrays)


def outer(x1: Any, x2: Any, /) -> Array:
    """The products of all pairs of elements of two vectors. Raises `ValueError`."""
    a, b = as_array(x1), as_array(x2)
    if a.ndim != 1 or b.ndim != 1:
        raise ValueError(f"outer takes vectors, got arrays of shapes {show(a.shape)} and {show(b.shape)}")
    return products.outer(a, b)


def matmul(x1: Any, x2: Any, /, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The matrix product over the last two axes; see `irc.numpy.matmul`."""
    return products.matmul(x1, x2, precision=precision, preferred_element_type=preferred_element_type)


def tensordot(
    x1: Any, x2: Any, /, *, axes: Any = 2, precision: Any = None, preferred_element_type: Any = None
) -> Array:
    """The sums of products over axes of both; see `irc.numpy.tensordot`."""
    return contractions.tensordot(x1, x2, axes, precision=precision, preferred_element_type=preferred_element_type)


def diagonal(x: Any, /, *, offset: int = 0) -> Array:
    """The diagonal number `offset` of matrices."""
    return diagonals.diagonal(x, offset, -2, -1)


def trace(x: Any, /, *, offset: int = 0, dtype: Any = None) -> Array:
    """The sum of the diagonal number `offset` of matrices."""
    return diagonals.trace(x, offset, -2, -1, dtype)


def cross(x1: Any, x2: Any, /, *, axis: int = -1) -> Array:
    """The cross product of vectors of three elements along an axis."""
    (a, b), _ = promoted(x1, x2)
    for each in (a, b):
        if each.shape[reductions.normal_axis(axis, each.ndim)] != 3:
            raise ValueError(f"cross takes vectors of 3 elements, got an array of shape {show(each.shape)}")
    return diagonals.cross(a, b, axis=axis)


__all__ = [
    "EigResult", "EighResult", "QRResult", "SVDResult", "SlogdetResult", "cholesky", "cond", "cross", "det",
    "diagonal", "eig", "eigh", "eigvals", "eigvalsh", "inv", "lstsq", "matmul", "matrix_norm", "matrix_power",
    "matrix_rank", "matrix_transpose", "multi_dot", "norm", "outer", "pinv", "qr", "slogdet", "solve", "svd",
    "svdvals", "tensordot", "tensorinv", "tensorsolve", "trace", "vecdot", "vector_norm",
]  # fmt: skip

composites(globals(), __all__, "EigResult", "EighResult", "QRResult", "SVDResult", "SlogdetResult")
