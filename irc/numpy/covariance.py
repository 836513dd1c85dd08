"""Covariances and correlations."""

from __future__ import annotations

from typing import Any

from irc.numpy import reductions, ufuncs
from irc.numpy.complexes import conj, real
from irc.numpy.contractions import contract
from irc.numpy.manipulation import concat, moveaxis
from irc.numpy.products import outer
from irc.numpy.rearranging import atleast_2d
from irc.numpy.statistics import average
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape


def cov(
    m: Any,
    y: Any = None,
    rowvar: bool = True,
    bias: bool = False,
    ddof: int | None = None,
    fweights: Any = None,
    aweights: Any = None,
    dtype: Any = None,
) -> Array:
    """The covariances of the rows (or columns)."""
    x = atleast_2d(ufuncs.inexact(m) if dtype is None else cast(as_array(m), as_dtype(dtype)))
    if not rowvar and x.shape[0] != 1:
        x = moveaxis(x, 0, 1)
    if y is not None:
        other = atleast_2d(ufuncs.inexact(y))
        x = concat([x, other if rowvar or other.shape[0] == 1 else moveaxis(other, 0, 1)], axis=0)
    free = (0 if bias else 1) if ddof is None else ddof
    weights: Any = None
    for each in (fweights, aweights):
        if each is not None:
            weights = as_array(each) if weights is None else ufuncs.multiply(weights, each)
    mean = average(x, 1, weights, keepdims=False)
    centred = ufuncs.subtract(x, reshape(mean, (x.shape[0], 1)))
    total: Any = x.shape[1] if weights is None else reductions.sum(weights)
    if weights is None or free == 0:
        norm: Any = ufuncs.subtract(total, free) if weights is not None else total - free
    elif aweights is None:
        norm = ufuncs.subtract(total, free)
    else:
        part = ufuncs.divide(reductions.sum(ufuncs.multiply(weights, aweights)), total)
        norm = ufuncs.subtract(total, ufuncs.multiply(free, part))
    scaled = centred if weights is None else ufuncs.multiply(centred, weights)
    found = contract(scaled, conj(centred), [], [(1, 1)])
    found = ufuncs.divide(found, norm)
    return reshape(found, ()) if found.size == 1 else found


def corrcoef(x: Any, y: Any = None, rowvar: bool = True, dtype: Any = None) -> Array:
    """The correlations of the rows (or columns)."""
    found = cov(x, y, rowvar, dtype=dtype)
    if not found.ndim:
        return ufuncs.divide(found, found)
    from irc.numpy.diagonals import diagonal  # noqa: PLC0415

    deviation = ufuncs.sqrt(real(diagonal(found)))
    return ufuncs.divide(found, outer(deviation, deviation))


__all__ = [
    "corrcoef", "cov",
]  # fmt: skip

composites(globals(), __all__)
