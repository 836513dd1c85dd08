"""Sums, products and extremes along axes, and the statistics made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs import abs, boolean, divide, filled, isnan, sqrt, square, subtract, where
from irc.tracing.array import Array, as_array
from irc.tracing.dims import check_not_empty
from irc.tracing.dtypes import as_dtype, is_inexact, to_inexact
from irc.tracing.elementwise import apply, broadcast, cast, reduce
from irc.tracing.shaping import reshape

Axis = int | Sequence[int] | None


def axes_of(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes that `axis` names, ascending. Raises `ValueError` where one is out of range or named twice."""
    if axis is None:
        return tuple(range(ndim))
    given = (axis,) if isinstance(axis, int | np.integer) else tuple(axis)
    found = sorted(normal_axis(each, ndim) for each in given)
    if len(set(found)) != len(found):
        raise ValueError(f"an axis is named twice: {given}")
    return tuple(found)


def normal_axis(axis: Any, ndim: int) -> int:
    """`axis` counted from the front. Raises `ValueError` (`IndexError`) where there is none of that number."""
    if not -ndim <= axis < ndim:
        raise np.exceptions.AxisError(axis, ndim)
    return int(axis) % ndim


def _kept(x: Array, axes: Sequence[int], found: Array, keepdims: bool) -> Array:
    if not keepdims:
        return found
    return reshape(found, tuple(1 if axis in axes else size for axis, size in enumerate(x.shape)))


def reduced(op: Any, x: Array, axis: Axis, keepdims: bool) -> Array:
    """A reduction of `nd` along axes."""
    axes = axes_of(axis, x.ndim)
    return _kept(x, axes, reduce(op, x, axes), keepdims)


def accumulated(x: Any, dtype: Any) -> Array:
    """`x` in the dtype of its sums: small integers are summed in 32 bits."""
    array = as_array(x)
    if dtype is not None:
        return cast(array, as_dtype(dtype))
    if array.dtype.kind in "bi" and array.dtype.itemsize < 4:
        return cast(array, np.dtype(np.int32))
    if array.dtype.kind == "u" and array.dtype.itemsize < 4:
        return cast(array, np.dtype(np.uint32))
    return cast(array, array.dtype)


def sum(x: Any, /, axis: Axis = None, dtype: Any = None, keepdims: bool = False) -> Array:
    """The sum along the axes."""
    return reduced(nd.Sum, accumulated(x, dtype), axis, keepdims)


def prod(x: Any, /, axis: Axis = None, dtype: Any = None, keepdims: bool = False) -> Array:
    """The product along the axes."""
    return reduced(nd.Prod, accumulated(x, dtype), axis, keepdims)


def max(x: Any, /, axis: Axis = None, keepdims: bool = False) -> Array:
    """The largest element along the axes; NaN if one is NaN. Raises `ValueError` where there is none."""
    return _extreme(nd.Max, x, axis, keepdims)


def min(x: Any, /, axis: Axis = None, keepdims: bool = False) -> Array:
    """The smallest element along the axes; NaN if one is NaN. Raises `ValueError` where there is none."""
    return _extreme(nd.Min, x, axis, keepdims)


amax, amin = max, min


def _extreme(op: Any, x: Any, axis: Axis, keepdims: bool) -> Array:
    array = as_array(x)
    for each in axes_of(axis, array.ndim):
        check_not_empty(array.shape[each], "no elements have neither a largest nor a smallest one")
    if array.dtype.kind == "c":
        return _complex_extreme(op, array, axis, keepdims)
    return reduced(op, array, axis, keepdims)


def _complex_extreme(op: Any, x: Array, axis: Axis, keepdims: bool) -> Array:
    """Complex numbers are compared by their real parts first; NaN counts as extreme."""
    real, imag = (apply(part, x) for part in (nd.Real, nd.Imag))
    best = reduced(op, real, axis, True)
    worst = filled(imag, -np.inf if op is nd.Max else np.inf)
    among = where(apply(nd.Equal, *broadcast(real, best)), imag, worst)
    found = apply(nd.Complex, best, reduced(op, among, axis, True))
    nothing = reduced(nd.Any, isnan(x), axis, True)
    found = where(nothing, filled(found, complex(np.nan, np.nan)), found)
    return found if keepdims else reshape(found, reduce(nd.Any, isnan(x), axes_of(axis, x.ndim)).shape)


def any(x: Any, /, axis: Axis = None, keepdims: bool = False) -> Array:
    """Whether one element along the axes is true."""
    return reduced(nd.Any, boolean(x), axis, keepdims)


def all(x: Any, /, axis: Axis = None, keepdims: bool = False) -> Array:
    """Whether all elements along the axes are true."""
    return reduced(nd.All, boolean(x), axis, keepdims)


def _count(x: Array, axis: Axis) -> Any:
    found: Any = 1
    for each in axes_of(axis, x.ndim):
        found = found * x.shape[each]
    return found


def mean(x: Any, /, axis: Axis = None, dtype: Any = None, keepdims: bool = False) -> Array:
    """The mean along the axes; that of integers is a float."""
    array = as_array(x)
    array = cast(array, as_dtype(dtype) if dtype is not None else to_inexact(array.dtype))
    total = reduced(nd.Sum, array, axis, keepdims)
    return divide(total, _count(array, axis))


def var(x: Any, /, axis: Axis = None, correction: float = 0, keepdims: bool = False, ddof: float = 0) -> Array:
    """The mean squared distance from the mean; `correction` (NumPy's `ddof`) is taken from the number of elements."""
    array = as_array(x)
    if not is_inexact(array.dtype):
        array = cast(array, to_inexact(array.dtype))
    distance = subtract(array, mean(array, axis, keepdims=True))
    if distance.dtype.kind == "c":
        distance = abs(distance)
    total = reduced(nd.Sum, square(distance), axis, keepdims)
    count = cast(as_array(_count(array, axis)), total.dtype)
    return divide(total, subtract(count, correction + ddof))


def std(x: Any, /, axis: Axis = None, correction: float = 0, keepdims: bool = False, ddof: float = 0) -> Array:
    """The square root of `var`."""
    return sqrt(var(x, axis, correction, keepdims, ddof))


__all__ = [
    "all", "any", "max", "mean", "min", "prod", "std", "sum", "var",
]  # fmt: skip
