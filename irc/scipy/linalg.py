"""Linear algebra by the names of `jax.scipy.linalg`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.lax import linalg as lax_linalg
from irc.numpy import linalg, reductions, ufuncs
from irc.numpy.complexes import conj
from irc.numpy.creation import eye, zeros
from irc.numpy.linalg import inv, svd
from irc.numpy.linalg.operands import real_dtype
from irc.numpy.manipulation import concat, matrix_transpose, ravel
from irc.numpy.more_creation import tril, triu
from irc.numpy.products import matmul
from irc.numpy.rearranging import part_of
from irc.numpy.taking import take
from irc.numpy.ufuncs.operands import inexact
from irc.numpy.ufuncs.truth import where
from irc.numpy.updates import IndexHelper
from irc.scipy.matrix_forms import eigh_tridiagonal, expm_frechet, hessenberg
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import DEFAULTS, as_dtype
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_to, iota, reshape, show


def det(a: Any, overwrite_a: bool = False, check_finite: bool = True) -> Array:
    """The determinant."""
    return linalg.det(a)


def cholesky(a: Any, lower: bool = False, overwrite_a: bool = False, check_finite: bool = True) -> Array:
    """The triangular factor R with Rᴴ R = a, or with `lower` L with L Lᴴ = a."""
    return linalg.cholesky(a, upper=not lower)


def cho_factor(a: Any, lower: bool = False, overwrite_a: bool = False, check_finite: bool = True) -> tuple[Array, bool]:
    """The factor for `cho_solve`, and whether it is the lower one."""
    return cholesky(a, lower), lower


def _solved(a: Array, b: Any, **how: Any) -> Array:
    """The solution of triangular systems of a vector, or of the columns of a matrix."""
    matrix, right = promoted(a, inexact(b))[0]
    vector = right.ndim == 1
    column = reshape(right, (*right.shape, 1)) if vector else right
    found = lax_linalg.triangular_solve(matrix, column, left_side=True, **how)
    return reshape(found, found.shape[:-1]) if vector else found


def cho_solve(c_and_lower: tuple[Any, bool], b: Any, overwrite_b: bool = False, check_finite: bool = True) -> Array:
    """The solution of a x = b from the result of `cho_factor`."""
    factor, lower = inexact(c_and_lower[0]), c_and_lower[1]
    first = _solved(factor, b, lower=lower, transpose_a=not lower, conjugate_a=not lower)
    return _solved(factor, first, lower=lower, transpose_a=lower, conjugate_a=lower)


def solve_triangular(
    a: Any,
    b: Any,
    trans: int | str = 0,
    lower: bool = False,
    unit_diagonal: bool = False,
    overwrite_b: bool = False,
    debug: Any = None,
    check_finite: bool = True,
) -> Array:
    """The solution of a x = b of a triangular matrix, its transpose (1, "T") or its adjoint (2, "C")."""
    if trans not in (0, 1, 2, "N", "T", "C"):
        raise ValueError(f"trans is 0, 1 or 2, got {trans!r}")
    turned, conjugate = trans not in (0, "N"), trans in (2, "C")
    return _solved(inexact(a), b, lower=lower, transpose_a=turned, conjugate_a=conjugate, unit_diagonal=unit_diagonal)


def solve(
    a: Any,
    b: Any,
    lower: bool = False,
    overwrite_a: bool = False,
    overwrite_b: bool = False,
    debug: bool = False,
    check_finite: bool = True,
    assume_a: str = "gen",
) -> Array:
    """The solution of a x = b; with `assume_a` "pos" by Cholesky's factors."""
    if assume_a not in ("gen", "sym", "her", "pos"):
        raise ValueError(f"assume_a is 'gen', 'sym', 'her' or 'pos', got {assume_a!r}")
    return cho_solve(cho_factor(a, lower), b) if assume_a == "pos" else linalg.solve(a, b)


def lu_factor(a: Any, overwrite_a: bool = False, check_finite: bool = True) -> tuple[Array, Array]:
    """L and U in one matrix, and which rows were exchanged."""
    factor, pivots, _ = lax_linalg.lu(inexact(a))
    return factor, pivots


def lu_solve(
    lu_and_piv: tuple[Any, Any], b: Any, trans: int = 0, overwrite_b: bool = False, check_finite: bool = True
) -> Array:
    """The solution of a x = b, of the transpose (1) or the adjoint (2), from the result of `lu_factor`."""
    factor, pivots = inexact(lu_and_piv[0]), as_array(lu_and_piv[1])
    order = _permutation(pivots, factor.shape[-2])
    right = inexact(b)
    if trans == 0:
        first = _solved(factor, take(right, order, axis=0), lower=True, unit_diagonal=True)
        return _solved(factor, first, lower=False)
    if trans not in (1, 2):
        raise ValueError(f"trans is 0, 1 or 2, got {trans!r}")
    how = {"transpose_a": True, "conjugate_a": trans == 2}
    found = _solved(factor, _solved(factor, right, lower=False, **how), lower=True, unit_diagonal=True, **how)
    back = IndexHelper(iota(order.shape, 0, np.dtype(np.int32)))[order].set(iota(order.shape, 0, np.dtype(np.int32)))
    return take(found, back, axis=0)


def _permutation(pivots: Array, size: int) -> Array:
    """The order of the rows after all exchanges."""
    if pivots.ndim != 1:
        raise NotImplementedError("lu_solve takes one matrix; map it with irc.vmap")
    order: Array = iota((size,), 0, np.dtype(np.int32))
    for i in range(pivots.shape[0]):
        j = take(pivots, i, axis=0)
        here, there = take(order, i, axis=0), take(order, j, axis=0)
        order = IndexHelper(IndexHelper(order)[j].set(here))[i].set(there)
    return order


def lu(a: Any, permute_l: bool = False, overwrite_a: bool = False, check_finite: bool = True) -> Any:
    """P, L and U with P L U = a; with `permute_l` P L and U."""
    array = inexact(a)
    factor, _, order = lax_linalg.lu(array)
    m, n = array.shape[-2:]
    k = min(m, n)
    lower = part_of(tril(factor, -1), factor.ndim - 1, 0, k) + eye(m, k, dtype=factor.dtype)
    upper = part_of(triu(factor), factor.ndim - 2, 0, k)
    places = iota((m,), 0, np.dtype(np.int32))
    one_at = reshape(order, (*order.shape[:-1], 1, m)) == reshape(places, (m, 1))
    matrix = cast(one_at, factor.dtype)
    if permute_l:
        return matmul(matrix, lower), upper
    return matrix, lower, upper


def qr(
    a: Any,
    overwrite_a: bool = False,
    lwork: Any = None,
    mode: str = "full",
    pivoting: bool = False,
    check_finite: bool = True,
) -> Any:
    """Orthonormal columns Q and a triangular R with Q R = a: "full", "economic", or R alone with "r"."""
    if pivoting:
        raise NotImplementedError("qr does not take pivoting=True")
    modes = {"full": "complete", "economic": "reduced", "r": "r"}
    if mode not in modes:
        raise ValueError(f"mode is 'full', 'economic' or 'r', got {mode!r}")
    if mode == "r":
        return (linalg.qr(a, "complete")[1],)
    return tuple(linalg.qr(a, modes[mode]))


def eigh(
    a: Any,
    b: Any = None,
    lower: bool = True,
    eigvals_only: bool = False,
    overwrite_a: bool = False,
    overwrite_b: bool = False,
    turbo: bool = True,
    eigvals: Any = None,
    type: int = 1,
    check_finite: bool = True,
) -> Any:
    """Eigenvalues, ascending, and eigenvectors of symmetric (Hermitian) matrices."""
    if b is not None or eigvals is not None:
        raise NotImplementedError("eigh takes one matrix and gives all eigenvalues")
    found = linalg.eigh(a, "L" if lower else "U")
    return found[0] if eigvals_only else tuple(found)


def polar(a: Any, side: str = "right", *, method: str = "qdwh", **_: Any) -> tuple[Array, Array]:
    """The unitary and the positive semidefinite factor, of which the latter is on the "right" or the "left"."""
    array = inexact(a)
    u, s, vh = svd(array, full_matrices=False)
    scaled = cast(reshape(s, (*s.shape[:-1], s.shape[-1], 1)), array.dtype) * vh
    if side == "right":
        return matmul(u, vh), matmul(linalg.adjoint(vh), scaled)
    if side != "left":
        raise ValueError(f"side is 'right' or 'left', got {side!r}")
    return matmul(u, vh), matmul(u * cast(reshape(s, (*s.shape[:-1], 1, s.shape[-1])), array.dtype), linalg.adjoint(u))


# N. J. Higham, "The scaling and squaring method for the matrix exponential revisited" (2005): the coefficients of the
# approximant of degree 13, and the norms up to which it is precise.
_PADE = (
    64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0, 10559470521600.0,
    670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0, 1.0,
)  # fmt: skip
_LARGEST = {8: 5.371920351148152, 4: 3.925724783138660}
_PADE_7 = (17297280.0, 8648640.0, 1995840.0, 277200.0, 25200.0, 1512.0, 56.0, 1.0)


def expm(A: Any, *, upper_triangular: bool = False, max_squarings: int = 16) -> Array:
    """The matrix exponential, by Padé's approximant and squarings; NaN where more than `max_squarings` were needed."""
    array = inexact(A)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2]:
        raise ValueError(f"expm takes square matrices, got an array of shape {show(array.shape)}")
    double = real_dtype(array.dtype).itemsize == 8
    coefficients = _PADE if double else _PADE_7
    largest = _LARGEST[8 if double else 4]
    size = reductions.max(reductions.sum(ufuncs.abs(array), -2), -1)
    squarings = ufuncs.maximum(ufuncs.ceil(ufuncs.log2(ufuncs.maximum(size / largest, 1e-30))), 0)
    factor = reshape(ufuncs.exp2(-squarings), (*squarings.shape, 1, 1))
    a = array * cast(factor, array.dtype)
    one = broadcast_to(eye(array.shape[-1], dtype=array.dtype), array.shape)
    square = matmul(a, a)
    even, odd, power = one * coefficients[0], one * coefficients[1], one
    for i in range(2, len(coefficients), 2):
        power = matmul(power, square)
        even, odd = even + power * coefficients[i], odd + power * coefficients[i + 1]
    odd = matmul(a, odd)
    found = linalg.solve(even - odd, even + odd)
    from irc.lax.loops import fori_loop  # noqa: PLC0415 - not needed to start

    def squared(i: Any, x: Array) -> Array:
        going = reshape(cast(i, squarings.dtype) < squarings, (*squarings.shape, 1, 1))
        return where(going, matmul(x, x), x)

    most = cast(ufuncs.minimum(reductions.max(squarings), max_squarings), np.dtype(np.int32))
    found = fori_loop(np.int32(0), most, squared, found)
    too_many = reshape(squarings > max_squarings, (*squarings.shape, 1, 1))
    return where(too_many, ufuncs.filled(found, math.nan), found)


def sqrtm(A: Any, blocksize: int = 1) -> Array:
    """The square root of matrices that have distinct eigenvectors: it is complex."""
    values, vectors = linalg.eig(A)
    scaled = vectors * reshape(ufuncs.sqrt(values), (*values.shape[:-1], 1, values.shape[-1]))
    return matrix_transpose(linalg.solve(matrix_transpose(vectors), matrix_transpose(scaled)))


# -- special matrices ----------------------------------------------------------------------------------------------------


def block_diag(*arrs: Any) -> Array:
    """The matrices along the diagonal, zeros elsewhere."""
    blocks = promoted(*(arrs or (zeros((1, 0)),)))[0]
    blocks = [reshape(block, (1, block.size)) if block.ndim < 2 else block for block in blocks]
    if any(block.ndim > 2 for block in blocks):
        raise ValueError("block_diag takes matrices")
    width, at = sum(block.shape[1] for block in blocks), 0
    rows = []
    for block in blocks:
        height, own = block.shape
        sides = [zeros((height, n), block.dtype) for n in (at, width - at - own)]
        rows.append(concat([sides[0], block, sides[1]], axis=1))
        at += own
    return concat(rows, axis=0)


def toeplitz(c: Any, r: Any = None) -> Array:
    """The matrix with constant diagonals, of a first column and a first row."""
    column = as_array(c)
    row = conj(column) if r is None else as_array(r)
    column, row = (ravel(each) for each in promoted(column, row)[0])
    m, n = column.shape[0], row.shape[0]
    values = concat([part_of(_reversed(row), 0, 0, n - 1), column])
    places = np.arange(m)[:, None] - np.arange(n)[None, :] + n - 1
    return take(values, places.astype(np.int32), axis=0)


def hankel(c: Any, r: Any = None) -> Array:
    """The matrix with constant antidiagonals, of a first column and a last row."""
    column = ravel(as_array(c))
    row = ufuncs.filled(column, 0) if r is None else ravel(as_array(r))
    column, row = promoted(column, row)[0]
    m, n = column.shape[0], row.shape[0]
    values = concat([column, part_of(row, 0, 1, n)])
    return take(values, (np.arange(m)[:, None] + np.arange(n)[None, :]).astype(np.int32), axis=0)


def circulant(c: Any) -> Array:
    """The matrix whose columns are `c`, moved on by one from each to the next."""
    column = ravel(as_array(c))
    n = column.shape[0]
    return take(column, ((np.arange(n)[:, None] - np.arange(n)[None, :]) % n).astype(np.int32), axis=0)


def companion(a: Any) -> Array:
    """The matrix whose characteristic polynomial has these coefficients, the highest one first."""
    coefficients = inexact(a)
    n = coefficients.shape[0] - 1
    first = reshape(-part_of(coefficients, 0, 1, n + 1) / take(coefficients, 0, axis=0), (1, n))
    return concat([first, eye(n - 1, n, dtype=coefficients.dtype)], axis=0)


def _reversed(x: Array) -> Array:
    from irc.numpy.rearranging import flip  # noqa: PLC0415

    return flip(x)


def hilbert(n: int) -> Array:
    """1 / (i + j + 1)."""
    return ConcreteArray((1 / (np.arange(n)[:, None] + np.arange(n) + 1)).astype(DEFAULTS[float]))


def hadamard(n: int, dtype: Any = int) -> Array:
    """Hadamard's matrix of a power of two rows, of ones and minus ones."""
    if n < 1 or n & (n - 1):
        raise ValueError(f"the size of a hadamard matrix is a power of 2, got {n}")
    found = np.ones((1, 1), np.int8)
    while len(found) < n:
        found = np.block([[found, found], [found, -found]])
    return ConcreteArray(found.astype(as_dtype(dtype)))


def pascal(n: int, kind: str = "symmetric") -> Array:
    """Binomial coefficients: "symmetric", "lower" or "upper"."""
    lower = np.array([[math.comb(i, j) for j in range(n)] for i in range(n)], DEFAULTS[float])
    found = {"lower": lower, "upper": lower.T, "symmetric": lower @ lower.T}.get(kind)
    if found is None:
        raise ValueError(f"kind is 'symmetric', 'lower' or 'upper', got {kind!r}")
    return ConcreteArray(found)


def dft(n: int, scale: str | None = None) -> Array:
    """The matrix of the discrete Fourier transform, divided by "sqrtn" or "n"."""
    factor = {None: 1.0, "sqrtn": n**-0.5, "n": 1 / n}[scale]
    found = np.exp(-2j * np.pi * np.outer(np.arange(n), np.arange(n)) / n) * factor
    return ConcreteArray(found.astype(DEFAULTS[complex]))


def solve_sylvester(A: Any, B: Any, C: Any, *, method: str = "schur", tol: float = 1e-8) -> Array:
    """The solution X of A X + X B = C, by a linear system of all its elements."""
    a, b, c = promoted(inexact(A), inexact(B), inexact(C))[0]
    m, n = c.shape
    left = reshape(reshape(a, (m, 1, m, 1)) * reshape(eye(n, dtype=a.dtype), (1, n, 1, n)), (m * n, m * n))
    right = reshape(
        reshape(eye(m, dtype=a.dtype), (m, 1, m, 1)) * reshape(matrix_transpose(b), (1, n, 1, n)), (m * n, m * n)
    )
    return reshape(linalg.solve(left + right, reshape(c, (m * n,))), (m, n))


__all__ = [
    "block_diag", "cho_factor", "cho_solve", "cholesky", "circulant", "companion", "det", "dft", "eigh",
    "eigh_tridiagonal", "expm", "expm_frechet", "hadamard", "hankel", "hessenberg", "hilbert", "inv", "lu",
    "lu_factor", "lu_solve", "pascal", "polar", "qr", "solve", "solve_sylvester", "solve_triangular", "sqrtm",
    "svd", "toeplitz",
]  # fmt: skip

composites(globals(), __all__)
