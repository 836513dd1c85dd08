"""Running sums, quantiles, statistics that leave NaN out, histograms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import reductions, ufuncs
from irc.numpy.arguments import absent, no_out
from irc.numpy.manipulation import broadcast_to, concat, moveaxis, ravel
from irc.numpy.reductions import Axis, accumulated, axes_of, normal_axis
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import as_dtype, has_infinity, is_inexact, limits, to_inexact
from irc.tracing.elementwise import cast, promoted
from irc.tracing.orders import cumulative
from irc.tracing.orders import sort as sort_arrays
from irc.tracing.shaping import reshape

# -- running -----------------------------------------------------------------------------------------------------------


def _cumulative(op: Any, x: Any, axis: int | None, dtype: Any, include_initial: bool, first: Any) -> Array:
    array = accumulated(x, dtype)
    if axis is None:
        if array.ndim != 1:
            raise ValueError("an array with several axes needs the axis to run along")
        axis = 0
    axis = normal_axis(axis, array.ndim)
    found = cumulative(op, array, axis)
    if include_initial:
        shape = tuple(1 if i == axis else size for i, size in enumerate(array.shape))
        found = concat([broadcast_to(ConcreteArray(np.asarray(first, array.dtype)), shape), found], axis=axis)
    return found


def cumulative_sum(x: Any, /, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Array:
    """The sum of each element and all before it; with `include_initial` a zero comes first."""
    return _cumulative(nd.Add, x, axis, dtype, include_initial, 0)


def cumulative_prod(x: Any, /, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Array:
    """The product of each element and all before it; with `include_initial` a one comes first."""
    return _cumulative(nd.Multiply, x, axis, dtype, include_initial, 1)


def _kept_dtype(a: Any, dtype: Any) -> Any:
    """The dtype of `cumsum` and `cumprod`: small integers stay what they are, as in JAX."""
    array = as_array(a)
    return array.dtype if dtype is None and array.dtype.kind in "iu" else dtype


def cumsum(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Array:
    """`cumulative_sum`, of the flattened array by default."""
    no_out(out, "cumsum")
    return cumulative_sum(ravel(a) if axis is None else a, axis=axis, dtype=_kept_dtype(a, dtype))


def cumprod(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Array:
    """`cumulative_prod`, of the flattened array by default."""
    no_out(out, "cumprod")
    return cumulative_prod(ravel(a) if axis is None else a, axis=axis, dtype=_kept_dtype(a, dtype))


def _extreme(op: Any, x: Any, axis: int | None) -> Array:
    array = as_array(x)
    if axis is None:
        array, axis = ravel(array), 0
    return cumulative(op, array, normal_axis(axis, array.ndim))


def cummax(x: Any, axis: int | None = None) -> Array:
    """The largest of each element and all before it."""
    return _extreme(nd.Maximum, x, axis)


def cummin(x: Any, axis: int | None = None) -> Array:
    """The smallest of each element and all before it."""
    return _extreme(nd.Minimum, x, axis)


def diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Array:
    """The differences of neighbours along an axis, `n` times over."""
    from irc.numpy.rearranging import part_of  # noqa: PLC0415 - it is made of what is here

    array = as_array(a)
    axis = normal_axis(axis, array.ndim)
    if n < 0:
        raise ValueError(f"diff is taken a number of times, got {n}")
    beside = []
    for each in (prepend, append):
        part = None if each is None else as_array(each)
        if part is not None and not part.ndim:
            part = broadcast_to(part, tuple(1 if i == axis else size for i, size in enumerate(array.shape)))
        beside.append(part)
    array = concat([part for part in (beside[0], array, beside[1]) if part is not None], axis=axis)
    differ = ufuncs.not_equal if array.dtype.kind == "b" else ufuncs.subtract
    for _ in range(n):
        size = array.shape[axis]
        if size == 0:
            return array
        array = differ(part_of(array, axis, 1, size), part_of(array, axis, 0, size - 1))
    return array


def ediff1d(ary: Any, to_end: Any = None, to_begin: Any = None) -> Array:
    """The differences of neighbours in the flattened array."""
    parts = [to_begin, diff(ravel(ary)), to_end]
    dtype = as_array(ary).dtype
    return concat([cast(ravel(as_array(part)), dtype) for part in parts if part is not None], axis=0)


def ptp(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False) -> Array:
    """The largest minus the smallest element."""
    no_out(out, "ptp")
    return ufuncs.subtract(reductions.max(a, axis, keepdims=keepdims), reductions.min(a, axis, keepdims=keepdims))


def average(a: Any, axis: Axis = None, weights: Any = None, returned: bool = False, keepdims: bool = False) -> Any:
    """The mean, with weights."""
    array = ufuncs.inexact(a)
    if weights is None:
        found = reductions.mean(array, axis, keepdims=keepdims)
        count = cast(as_array(_size(array, axes_of(axis, array.ndim))), found.dtype)
        return (found, broadcast_to(count, found.shape)) if returned else found
    (array, weight), _ = promoted(array, weights)
    if weight.ndim != array.ndim:
        place = normal_axis(axis, array.ndim)
        weight = reshape(weight, tuple(weight.size if i == place else 1 for i in range(array.ndim)))
    weight = broadcast_to(weight, array.shape)
    total = reductions.sum(weight, axis, keepdims=keepdims)
    found = ufuncs.divide(reductions.sum(ufuncs.multiply(array, weight), axis, keepdims=keepdims), total)
    return (found, total) if returned else found


# -- quantiles ---------------------------------------------------------------------------------------------------------

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
    rows = reshape(moved, (*(array.shape[i] for i in kept), _size(array, axes)))
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


def _size(array: Array, axes: Sequence[int]) -> Any:
    total: Any = 1
    for axis in axes:
        total = total * array.shape[axis]
    return total


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


# -- without NaN -------------------------------------------------------------------------------------------------------


def _without_nan(x: Any, value: Any) -> Array:
    array = as_array(x)
    if not is_inexact(array.dtype):
        return array
    return ufuncs.where(ufuncs.isnan(array), ufuncs.filled(array, value), array)


def nansum(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    keepdims: bool = False,
    initial: Any = None,
    where: Any = None,
) -> Array:
    """The sum of what is not NaN."""
    return reductions.sum(_without_nan(a, 0), axis, dtype, out, keepdims, initial, where)


def nanprod(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    keepdims: bool = False,
    initial: Any = None,
    where: Any = None,
) -> Array:
    """The product of what is not NaN."""
    return reductions.prod(_without_nan(a, 1), axis, dtype, out, keepdims, initial, where)


def nancumsum(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Array:
    """`cumsum` with zeros in place of NaN."""
    no_out(out, "nancumsum")
    return cumsum(_without_nan(a, 0), axis, dtype)


def nancumprod(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Array:
    """`cumprod` with ones in place of NaN."""
    no_out(out, "nancumprod")
    return cumprod(_without_nan(a, 1), axis, dtype)


def _nan_extreme(
    x: Any, axis: Axis, keepdims: bool, initial: Any, where: Any, reduce: Callable[..., Array], worst: float
) -> Array:
    array = as_array(x)
    if not is_inexact(array.dtype):
        return reduce(array, axis, keepdims=keepdims, initial=initial, where=where)
    if where is not None:
        # What is not chosen is left out as NaN is.
        if initial is None:
            raise ValueError("where needs initial, the result where nothing is chosen")
        array = ufuncs.where(where, array, ufuncs.filled(array, np.nan))
    if not has_infinity(array.dtype):
        worst = float(limits(array.dtype).max) * np.sign(worst)
    found = reduce(_without_nan(array, worst), axis, keepdims=keepdims, initial=initial)
    if initial is not None:
        return found
    nothing = reductions.all(ufuncs.isnan(array), axis, keepdims=keepdims)
    return ufuncs.where(nothing, ufuncs.filled(found, np.nan), found)


def nanmax(
    a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = None
) -> Array:
    """The largest element that is not NaN; NaN where there is none."""
    no_out(out, "nanmax")
    return _nan_extreme(a, axis, keepdims, initial, where, reductions.max, -np.inf)


def nanmin(
    a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = None
) -> Array:
    """The smallest element that is not NaN; NaN where there is none."""
    no_out(out, "nanmin")
    return _nan_extreme(a, axis, keepdims, initial, where, reductions.min, np.inf)


def _counted(x: Array, axis: Axis, keepdims: bool, where: Any) -> Array:
    here = ufuncs.logical_not(ufuncs.isnan(x))
    return reductions.sum(cast(here, to_inexact(ufuncs.abs(x).dtype)), axis, keepdims=keepdims, where=where)


def nanmean(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, keepdims: bool = False, where: Any = None
) -> Array:
    """The mean of what is not NaN."""
    no_out(out, "nanmean")
    array = ufuncs.inexact(a) if dtype is None else cast(as_array(a), as_dtype(dtype))
    total = nansum(array, axis, keepdims=keepdims, where=where)
    return ufuncs.divide(total, _counted(array, axis, keepdims, where))


def nanvar(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    ddof: float = 0,
    keepdims: bool = False,
    where: Any = None,
    mean: Any = None,
    *,
    correction: float | None = None,
) -> Array:
    """The variance of what is not NaN."""
    no_out(out, "nanvar")
    array = ufuncs.inexact(a) if dtype is None else cast(as_array(a), as_dtype(dtype))
    middle = nanmean(array, axis, keepdims=True, where=where) if mean is None else mean
    distance = ufuncs.abs(ufuncs.subtract(array, middle))
    total = nansum(ufuncs.square(distance), axis, keepdims=keepdims, where=where)
    free = ddof if correction is None else correction
    count = ufuncs.subtract(_counted(array, axis, keepdims, where), free)
    return ufuncs.where(ufuncs.greater(count, 0), ufuncs.divide(total, count), ufuncs.filled(total, np.nan))


def nanstd(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    ddof: float = 0,
    keepdims: bool = False,
    where: Any = None,
    mean: Any = None,
    *,
    correction: float | None = None,
) -> Array:
    """The square root of `nanvar`."""
    return ufuncs.sqrt(nanvar(a, axis, dtype, out, ddof, keepdims, where, mean, correction=correction))


__all__ = [
    "average", "cummax", "cummin", "cumprod", "cumsum", "cumulative_prod", "cumulative_sum", "diff", "ediff1d",
    "median", "nancumprod", "nancumsum", "nanmax", "nanmean", "nanmedian", "nanmin", "nanpercentile", "nanprod",
    "nanquantile", "nanstd", "nansum", "nanvar", "percentile", "ptp", "quantile",
]  # fmt: skip

composites(globals(), __all__)
