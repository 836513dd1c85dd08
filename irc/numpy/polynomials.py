"""Polynomials, given by their coefficients, the highest one first."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.complexes import real
from irc.numpy.convolutions import convolve
from irc.numpy.creation import zeros
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import concat, matrix_transpose, stack
from irc.numpy.products import matmul, outer
from irc.numpy.rearranging import atleast_1d, part_of, trim_zeros
from irc.numpy.updates import IndexHelper
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import limits
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import reshape


def polyval(p: Any, x: Any, *, unroll: int = 16) -> Array:
    """The polynomial with coefficients `p`, the highest one first, at `x`."""
    coefficients = as_array(p)
    (coefficients, at), _ = promoted(coefficients, x)
    found = ufuncs.filled(at, 0)
    for i in range(coefficients.shape[0]):
        found = ufuncs.add(ufuncs.multiply(found, at), getitem(coefficients, i))
    return found


def polyadd(a1: Any, a2: Any) -> Array:
    """The sum of polynomials."""
    (a, b), _ = promoted(atleast_1d(a1), atleast_1d(a2))
    short = max(a.shape[0], b.shape[0])
    a, b = (concat([zeros(short - each.shape[0], each.dtype), each]) for each in (a, b))
    return ufuncs.add(a, b)


def polysub(a1: Any, a2: Any) -> Array:
    """The difference of polynomials."""
    return polyadd(a1, ufuncs.negative(a2))


def polymul(a1: Any, a2: Any, *, trim_leading_zeros: bool = False) -> Array:
    """The product of polynomials."""
    found = convolve(atleast_1d(a1), atleast_1d(a2))
    return trim_zeros(found, "f") if trim_leading_zeros else found


def polydiv(u: Any, v: Any, *, trim_leading_zeros: bool = False) -> tuple[Array, Array]:
    """The quotient and the remainder of polynomials, whose first coefficients are not zero."""
    (rest, divisor), _ = promoted(ufuncs.inexact(atleast_1d(u)), ufuncs.inexact(atleast_1d(v)))
    steps, width = rest.shape[0] - divisor.shape[0] + 1, divisor.shape[0]
    if steps < 1:
        return zeros(1, rest.dtype), rest
    quotient = []
    for i in range(steps):
        factor = ufuncs.divide(getitem(rest, i), getitem(divisor, 0))
        quotient.append(factor)
        rest = IndexHelper(rest)[i : i + width].add(ufuncs.negative(ufuncs.multiply(factor, divisor)))
    return stack(quotient), trim_zeros(rest, "f") if trim_leading_zeros else rest


def polyder(p: Any, m: int = 1) -> Array:
    """The derivative of a polynomial."""
    found = as_array(p)
    for _ in range(m):
        n = found.shape[0]
        powers = ConcreteArray(np.arange(n - 1, 0, -1, dtype=np.int32))
        found = ufuncs.multiply(part_of(found, 0, 0, n - 1), cast(powers, found.dtype))
    return found


def polyint(p: Any, m: int = 1, k: Any = None) -> Array:
    """The integral of a polynomial, with constants `k`, zero by default."""
    k = 0 if k is None else k
    found = ufuncs.inexact(p)
    constants: Any = k if isinstance(k, Array) else np.broadcast_to(np.asarray(k), (m,))
    for i in range(m):
        powers = ConcreteArray(np.arange(found.shape[0], 0, -1).astype(found.dtype))
        last = reshape(cast(as_array(constants[i]), found.dtype), (1,))
        found = concat([ufuncs.divide(found, powers), last])
    return found


def polyfit(
    x: Any, y: Any, deg: int, rcond: Any = None, full: bool = False, w: Any = None, cov: bool | str = False
) -> Any:
    """The polynomial of degree `deg` that comes nearest to the points, by least squares with weights `w`.

    With `full` also the residuals, the rank, the singular values and `rcond`; with `cov` also the covariances of the
    coefficients, which "unscaled" does not scale by the residuals.
    """
    from irc.numpy.linalg import inv, lstsq  # noqa: PLC0415
    from irc.numpy.more_creation import vander  # noqa: PLC0415

    at = ufuncs.inexact(x)
    rcond = at.shape[0] * float(limits(at.dtype).eps) if rcond is None else rcond
    rows, values = vander(at, deg + 1), ufuncs.inexact(y)
    if w is not None:
        weights = as_array(w)
        rows = ufuncs.multiply(rows, reshape(weights, (weights.shape[0], 1)))
        values = ufuncs.multiply(values, reshape(weights, (weights.shape[0], *(1,) * (values.ndim - 1))))
    scale = ufuncs.sqrt(reductions.sum(ufuncs.square(rows), 0))
    rows = ufuncs.divide(rows, scale)
    scaled, residuals, rank, s = lstsq(rows, values, rcond)
    found = ufuncs.divide(scaled, reshape(scale, (deg + 1, *(1,) * (scaled.ndim - 1))))
    if full:
        return found, residuals, rank, s, as_array(rcond)
    if cov:
        covariance = inv(matmul(matrix_transpose(rows), rows))
        covariance = ufuncs.divide(covariance, outer(scale, scale))
        if cov != "unscaled":
            covariance = ufuncs.multiply(covariance, ufuncs.divide(residuals, at.shape[0] - deg - 1))
        return found, covariance
    return found


def roots(p: Any, *, strip_zeros: bool = True) -> Array:
    """The zeros of a polynomial, whose first coefficient is not zero: eigenvalues of its companion matrix."""
    from irc.numpy.linalg import eigvals  # noqa: PLC0415

    c = ufuncs.inexact(p)
    if isinstance(c, ConcreteArray) and strip_zeros:
        kept = np.nonzero(c.data)[0]
        if not kept.size:
            return zeros(0, complex)
        trailing = c.shape[0] - 1 - int(kept[-1])
        found = roots(ConcreteArray(c.data[kept[0] : kept[-1] + 1]), strip_zeros=False)
        return concat([found, zeros(trailing, found.dtype)])
    n = c.shape[0] - 1
    if n < 1:
        return zeros(0, complex)
    first = reshape(ufuncs.negative(ufuncs.divide(getitem(c, slice(1, None)), getitem(c, 0))), (1, n))
    below = ConcreteArray(np.eye(n - 1, n).astype(c.dtype))
    return eigvals(concat([first, below], axis=0))


def poly(seq_of_zeros: Any) -> Array:
    """The polynomial with these zeros, or the characteristic one of a matrix."""
    from irc.numpy.linalg import eigvals  # noqa: PLC0415

    given = ufuncs.inexact(seq_of_zeros)
    points = eigvals(given) if given.ndim == 2 else given
    found = ConcreteArray(np.ones(1, points.dtype))
    result: Array = found
    for i in range(points.shape[0]):
        factor = concat([ConcreteArray(np.ones(1, points.dtype)), reshape(ufuncs.negative(getitem(points, i)), (1,))])
        result = convolve(result, factor)
    return real(result) if given.ndim == 2 and given.dtype.kind != "c" else result


__all__ = [
    "poly", "polyadd", "polyder", "polydiv", "polyfit", "polyint", "polymul", "polysub", "polyval", "roots",
]  # fmt: skip

composites(globals(), __all__)
