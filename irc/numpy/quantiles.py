"""Quantiles, percentiles and medians."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.arguments import absent, no_out
from irc.numpy.manipulation import broadcast_to, moveaxis
from irc.numpy.reductions import Axis, axes_of
from irc.numpy.statistics import size_along
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.elementwise import cast
from irc.tracing.orders import sort as sort_arrays
from irc.tracing.shaping import reshape

_METHODS = ("linear", "lower", "higher", "midpoint", "nearest")


def quantile(
    a: Any,
    q: Any,
    axis: Axis = None,
    out: None = None,
    overwrite_input: bool = False,
    method: str = "linear",
    keepdims: bool = False,
    *,
    weights: Any = None,
    interpolation: Any = None,
) -> Array:
    """What a share `q` of the elements is below; NaN where there is one."""
    no_out(out, "quantile")
    absent("quantile", overwrite_input=overwrite_input, weights=weights)
    return _quantile(a, q, axis, interpolation or method, keepdims, skip_nan=False)


def nanquantile(
    a: Any,
    q: Any,
    axis: Axis = None,
    out: None = None,
    overwrite_input: bool = False,
    method: str = "linear",
    keepdims: bool = False,
    *,
    weights: Any = None,
) -> Array:
    """`quantile` that leaves NaN out."""
    no_out(out, "nanquantile")
    absent("nanquantile", overwrite_input=overwrite_input, weights=weights)
    return _quantile(a, q, axis, method, keepdims, skip_nan=True)


def percentile(
    a: Any,
    q: Any,
    axis: Axis = None,
    out: None = None,
    overwrite_input: bool = False,
    method: str = "linear",
    keepdims: bool = False,
    *,
    weights: Any = None,
) -> Array:
    """`quantile` in hundredths."""
    no_out(out, "percentile")
    return quantile(a, ufuncs.divide(q, 100), axis, None, overwrite_input, method, keepdims, weights=weights)


def nanpercentile(
    a: Any,
    q: Any,
    axis: Axis = None,
    out: None = None,
    overwrite_input: bool = False,
    method: str = "linear",
    keepdims: bool = False,
    *,
    weights: Any = None,
) -> Array:
    """`nanquantile` in hundredths."""
    no_out(out, "nanpercentile")
    return nanquantile(a, ufuncs.divide(q, 100), axis, None, overwrite_input, method, keepdims, weights=weights)


def median(a: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, keepdims: bool = False) -> Array:
    """The middle element, or the mean of the two in the middle."""
    return quantile(a, 0.5, axis, out, overwrite_input, "midpoint", keepdims)


def nanmedian(
    a: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, keepdims: bool = False
) -> Array:
    """`median` that leaves NaN out."""
    return nanquantile(a, 0.5, axis, out, overwrite_input, "linear", keepdims)


def _quantile(a: Any, q: Any, axis: Axis, method: str, keepdims: bool, *, skip_nan: bool) -> Array:
    if method not in _METHODS:
        raise ValueError(f"there is no method {method!r} for quantiles; there are {', '.join(_METHODS)}")
    from irc.numpy.taking import take_along_axis  # noqa: PLC0415 - it is made of what is here

    array = ufuncs.inexact(a)
    axes = axes_of(axis, array.ndim)
    kept = [i for i in range(array.ndim) if i not in axes]
    moved = moveaxis(array, kept, list(range(len(kept)))) if kept else array
    rows = reshape(moved, (*(array.shape[i] for i in kept), size_along(array, axes)))
    share = cast(as_array(q), rows.dtype if rows.dtype.itemsize >= 4 else np.dtype(np.float32))
    if rows.shape[-1] == 0:
        empty = (
            *share.shape,
            *(tuple(1 if i in axes else n for i, n in enumerate(array.shape)) if keepdims else rows.shape[:-1]),
        )
        return broadcast_to(cast(as_array(np.nan), rows.dtype), empty)
    (rows_sorted,) = sort_arrays([rows], rows.ndim - 1)
    missing = ufuncs.isnan(rows)
    if skip_nan:
        count = reductions.sum(cast(ufuncs.logical_not(missing), np.dtype(np.int32)), -1, keepdims=True)
        count = cast(count, share.dtype)
    else:
        count = broadcast_to(cast(as_array(rows.shape[-1]), share.dtype), (*rows.shape[:-1], 1))
    # The shares along a new last axis.
    shares = reshape(share, (*(1,) * (rows.ndim - 1), share.size))
    at = ufuncs.multiply(ufuncs.maximum(ufuncs.subtract(count, 1), 0), shares)
    low, high = ufuncs.floor(at), ufuncs.ceil(at)
    lower, upper = (
        take_along_axis(rows_sorted, cast(each, np.dtype(np.int32)), axis=-1, mode="promise_in_bounds")
        for each in (low, high)
    )
    weight = cast(ufuncs.subtract(at, low), rows.dtype)
    found = _between(method, lower, upper, weight, ufuncs.equal(ufuncs.remainder(low, 2), 0))
    if not skip_nan:
        found = ufuncs.where(reductions.any(missing, -1, keepdims=True), ufuncs.filled(found, np.nan), found)
    found = moveaxis(found, -1, 0)
    rest = tuple(1 if i in axes else n for i, n in enumerate(array.shape)) if keepdims else rows.shape[:-1]
    return reshape(found, (*share.shape, *rest))


def _between(method: str, lower: Array, upper: Array, weight: Array, even: Array) -> Array:
    match method:
        case "lower":
            return lower
        case "higher":
            return ufuncs.where(ufuncs.equal(weight, 0), lower, upper)
        case "midpoint":
            middle = ufuncs.add(ufuncs.multiply(lower, 0.5), ufuncs.multiply(upper, 0.5))
            return ufuncs.where(ufuncs.equal(weight, 0), lower, middle)
        case "nearest":
            down = ufuncs.logical_or(ufuncs.less(weight, 0.5), ufuncs.logical_and(ufuncs.equal(weight, 0.5), even))
            return ufuncs.where(down, lower, upper)
    mixed = ufuncs.add(ufuncs.multiply(lower, ufuncs.subtract(1, weight)), ufuncs.multiply(upper, weight))
    return ufuncs.where(ufuncs.equal(weight, 0), lower, mixed)


__all__ = ["median", "nanmedian", "nanpercentile", "nanquantile", "percentile", "quantile"]

composites(globals(), __all__)
