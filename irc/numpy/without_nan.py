"""Reductions that leave NaN out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.arguments import no_out
from irc.numpy.reductions import Axis
from irc.numpy.running import cumprod, cumsum
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import as_dtype, has_infinity, is_inexact, limits, to_inexact
from irc.tracing.elementwise import cast, widened


def without_nan(x: Any, value: Any) -> Array:
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
    return reductions.sum(without_nan(a, 0), axis, dtype, out, keepdims, initial, where)


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
    return reductions.prod(without_nan(a, 1), axis, dtype, out, keepdims, initial, where)


def nancumsum(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Array:
    """`cumsum` with zeros in place of NaN."""
    no_out(out, "nancumsum")
    return cumsum(without_nan(a, 0), axis, dtype)


def nancumprod(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Array:
    """`cumprod` with ones in place of NaN."""
    no_out(out, "nancumprod")
    return cumprod(without_nan(a, 1), axis, dtype)


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
    found = reduce(without_nan(array, worst), axis, keepdims=keepdims, initial=initial)
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
    array = ufuncs.inexact(a) if dtype is None else cast(as_array(a), to_inexact(as_dtype(dtype)))
    wide = widened(array)
    total = nansum(wide, axis, keepdims=keepdims, where=where)
    found = ufuncs.divide(total, _counted(wide, axis, keepdims, where))
    return cast(found, array.dtype if dtype is None else as_dtype(dtype))


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
    small, array = array.dtype, widened(array)
    middle = nanmean(array, axis, keepdims=True, where=where) if mean is None else mean
    distance = ufuncs.abs(ufuncs.subtract(array, middle))
    total = nansum(ufuncs.square(distance), axis, keepdims=keepdims, where=where)
    free = ddof if correction is None else correction
    count = ufuncs.subtract(_counted(array, axis, keepdims, where), free)
    found = ufuncs.where(ufuncs.greater(count, 0), ufuncs.divide(total, count), ufuncs.filled(total, np.nan))
    return cast(found, small) if small.itemsize < 4 else found


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


__all__ = ["nancumprod", "nancumsum", "nanmax", "nanmean", "nanmin", "nanprod", "nanstd", "nansum", "nanvar"]

composites(globals(), __all__)
