"""Statistics of samples."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.functional import apply_along_axis
from irc.numpy.manipulation import ravel
from irc.numpy.searching import searchsorted
from irc.numpy.sorting import argsort, sort
from irc.numpy.taking import take, take_along_axis
from irc.numpy.updates import IndexHelper
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import to_inexact
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota, reshape


class ModeResult(NamedTuple):
    """The result of `mode`."""

    mode: Array
    count: Array  # type: ignore[assignment]  # SciPy's name


def mode(a: Any, axis: int | None = 0, nan_policy: str = "propagate", keepdims: bool = False) -> ModeResult:
    """The most frequent element along an axis, the least of several, and how often it occurs."""
    array, along = (ravel(a), 0) if axis is None else (as_array(a), axis)
    ordered = sort(array, axis=along)

    def counts_of(row: Array) -> Array:
        return searchsorted(row, row, side="right") - searchsorted(row, row, side="left")

    counts = apply_along_axis(counts_of, along, ordered)
    from irc.numpy.searching import argmax  # noqa: PLC0415

    at = argmax(counts, along, keepdims=True)
    found = take_along_axis(ordered, at, axis=along), take_along_axis(counts, at, axis=along)
    if not keepdims:
        shape = tuple(n for i, n in enumerate(array.shape) if i != along % array.ndim)
        found = reshape(found[0], shape), reshape(found[1], shape)
    elif axis is None:
        rank = as_array(a).ndim
        found = reshape(found[0], (1,) * rank), reshape(found[1], (1,) * rank)
    return ModeResult(*found)


def rankdata(a: Any, method: str = "average", *, axis: int | None = None, nan_policy: str = "propagate") -> Array:
    """The ranks of the elements, from 1; of equal ones the "average", "min", "max", "dense" or "ordinal" one."""
    array, along = (ravel(a), 0) if axis is None else (as_array(a), axis)
    if method not in ("average", "min", "max", "dense", "ordinal"):
        raise ValueError(f"there is no method {method!r} of ranks")

    def ranks(row: Array) -> Array:
        order = argsort(row)
        ordered = take(row, order, axis=0)
        if method == "ordinal":
            return IndexHelper(iota(row.shape, 0, np.dtype(np.int32)))[order].set(
                iota(row.shape, 0, np.dtype(np.int32)) + 1
            )
        low, high = searchsorted(ordered, row, side="left") + 1, searchsorted(ordered, row, side="right")
        if method == "average":
            return (cast(low, to_inexact(low.dtype)) + cast(high, to_inexact(high.dtype))) / 2
        if method == "dense":
            first = searchsorted(ordered, ordered, side="left") == iota(row.shape, 0, np.dtype(np.int32))
            from irc.numpy.running import cumsum  # noqa: PLC0415

            return take(cumsum(cast(first, np.dtype(np.int32))), low - 1, axis=0)
        return low if method == "min" else high

    return apply_along_axis(ranks, along, array)


def sem(a: Any, axis: int | None = 0, ddof: int = 1, nan_policy: str = "propagate", *, keepdims: bool = False) -> Array:
    """The standard error of the mean."""
    array = ufuncs.inexact(ravel(a) if axis is None else a)
    along = 0 if axis is None else axis
    found: Array = reductions.std(array, along, ddof=ddof, keepdims=keepdims) / float(array.shape[along]) ** 0.5
    return found


__all__ = ["mode", "rankdata", "sem"]
