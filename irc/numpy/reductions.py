"""Sums, products and extremes along axes, and the statistics made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.arguments import no_out
from irc.numpy.ufuncs.arithmetic import add, divide, multiply, square, subtract
from irc.numpy.ufuncs.exponentials import sqrt
from irc.numpy.ufuncs.kinds import isnan
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.orders import maximum, minimum
from irc.numpy.ufuncs.signs import abs
from irc.numpy.ufuncs.truth import boolean
from irc.numpy.ufuncs.truth import where as where_
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dims import check_not_empty
from irc.tracing.dtypes import (
    DEFAULTS,
    as_dtype,
    default_unsigned,
    has_infinity,
    is_inexact,
    is_integer,
    limits,
    to_inexact,
)
from irc.tracing.elementwise import apply, broadcast, cast, reduce, widened
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.shaping import broadcast_shapes, broadcast_to, reshape, show

Axis = int | Sequence[int] | None


def axes_of(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes that `axis` names, ascending. Raises `ValueError` where one is out of range or named twice."""
    if axis is None:
        return tuple(range(ndim))
    unchecked: Any = axis
    single = getattr(unchecked, "ndim", None) == 0 or not hasattr(unchecked, "__iter__")
    if isinstance(unchecked, str) or (single and not hasattr(unchecked, "__index__")):
        raise TypeError(f"axis is a number, several, or None, got {axis!r}")
    given = (unchecked,) if single else tuple(unchecked)
    found = sorted(normal_axis(each, ndim) for each in given)
    if len(set(found)) != len(found):
        raise ValueError(f"an axis is named twice: {given}")
    return tuple(found)


def normal_axis(axis: Any, ndim: int) -> int:
    """`axis` counted from the front. Raises `ValueError` (`IndexError`) where there is none of that number."""
    if isinstance(axis, Array):
        if not isinstance(axis, ConcreteArray):
            raise ConcretizationTypeError(f"axis must be static, got {axis!r}: mark the argument as static")
        axis = int(axis)
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
    """`x` in the dtype of its sums: small integers are summed as the default ones."""
    array = as_array(x)
    if dtype is not None:
        return cast(array, as_dtype(dtype))
    least = DEFAULTS[int] if array.dtype.kind in "bi" else default_unsigned()
    if array.dtype.kind in "biu" and array.dtype.itemsize < least.itemsize:
        return cast(array, least)
    return cast(array, array.dtype)


def sum(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    keepdims: bool = False,
    initial: Any = None,
    where: Any = None,
    promote_integers: bool = True,
) -> Array:
    """The sum along the axes of the elements where `where` holds, and of `initial`."""
    no_out(out, "sum")
    array = chosen(_accumulated(a, dtype, promote_integers), where, 0)
    return _with_initial(add, reduced(nd.Sum, array, axis, keepdims), initial)


def prod(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    keepdims: bool = False,
    initial: Any = None,
    where: Any = None,
    promote_integers: bool = True,
) -> Array:
    """The product along the axes of the elements where `where` holds, and of `initial`."""
    no_out(out, "prod")
    array = chosen(_accumulated(a, dtype, promote_integers), where, 1)
    return _with_initial(multiply, reduced(nd.Prod, array, axis, keepdims), initial)


def _accumulated(x: Any, dtype: Any, promote: bool) -> Array:
    return accumulated(x, dtype) if promote or dtype is not None else as_array(x)


def chosen(x: Array, where: Any, otherwise: Any) -> Array:
    """`x`, with another number where `where`, which has a shape that goes with that of `x`, does not hold."""
    if where is None:
        return x
    flags = as_array(where)
    if flags.dtype.kind != "b":
        raise TypeError(f"where must be an array of booleans, got {flags.dtype}")
    return where_(flags, x, filled(x, otherwise))


def _with_initial(combine: Any, found: Array, initial: Any) -> Array:
    """A result combined with one more element."""
    if initial is None:
        return found
    first = as_array(initial)
    if first.shape:
        raise ValueError(f"initial must be a number, got an array of shape {show(first.shape)}")
    both: Array = combine(found, cast(first, found.dtype))
    return both


def max(
    a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = None
) -> Array:
    """The largest of the elements along the axes where `where` holds and of `initial`; NaN if one is NaN.

    Raises `ValueError` where there is none.
    """
    no_out(out, "max")
    return _extreme(nd.Max, maximum, "max", a, axis, keepdims, initial, where)


def min(
    a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = None
) -> Array:
    """The smallest of the elements along the axes where `where` holds and of `initial`; NaN if one is NaN.

    Raises `ValueError` where there is none.
    """
    no_out(out, "min")
    return _extreme(nd.Min, minimum, "min", a, axis, keepdims, initial, where)


amax, amin = max, min


def _extreme(op: Any, combine: Any, name: str, x: Any, axis: Axis, keepdims: bool, initial: Any, where: Any) -> Array:
    array = as_array(x)
    if where is not None:
        if initial is None:
            raise ValueError(f"{name} with where needs initial, the result where nothing is chosen")
        array = chosen(array, where, _worst(array.dtype, op is nd.Max))
    elif initial is None:
        for each in axes_of(axis, array.ndim):
            check_not_empty(
                array.shape[each],
                f"{name} of an array of shape {show(array.shape)}: no elements have neither a largest nor a smallest "
                "one; initial gives the result for that",
            )
    find = _complex_extreme if array.dtype.kind == "c" else reduced
    return _with_initial(combine, find(op, array, axis, keepdims), initial)


def _complex_extreme(op: Any, x: Array, axis: Axis, keepdims: bool) -> Array:
    """Complex numbers are compared by their real parts first; NaN counts as extreme."""
    real, imag = (apply(part, x) for part in (nd.Real, nd.Imag))
    best = reduced(op, real, axis, True)
    worst = filled(imag, -np.inf if op is nd.Max else np.inf)
    among = where_(apply(nd.Equal, *broadcast(real, best)), imag, worst)
    found = apply(nd.Complex, best, reduced(op, among, axis, True))
    nothing = reduced(nd.Any, isnan(x), axis, True)
    found = where_(nothing, filled(found, complex(np.nan, np.nan)), found)
    return found if keepdims else reshape(found, reduce(nd.Any, isnan(x), axes_of(axis, x.ndim)).shape)


def _worst(dtype: Any, largest: bool) -> Any:
    """The number of a dtype that no other loses against."""
    if dtype.kind == "b":
        return not largest
    if is_integer(dtype) or not has_infinity(dtype):
        return limits(dtype).min if largest else limits(dtype).max
    return -np.inf if largest else np.inf


def any(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, *, where: Any = None) -> Array:
    """Whether one element along the axes is true."""
    no_out(out, "any")
    return reduced(nd.Any, chosen(boolean(a), where, False), axis, keepdims)


def all(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, *, where: Any = None) -> Array:
    """Whether all elements along the axes are true."""
    no_out(out, "all")
    return reduced(nd.All, chosen(boolean(a), where, True), axis, keepdims)


def _count(x: Array, axis: Axis) -> Any:
    found: Any = 1
    for each in axes_of(axis, x.ndim):
        found = found * x.shape[each]
    return found


def _chosen_count(x: Array, axis: Axis, keepdims: bool, where: Any) -> Any:
    """The number of elements along the axes where `where` holds."""
    if where is None:
        return _count(x, axis)
    flags = broadcast_to(as_array(where), broadcast_shapes(as_array(where).shape, x.shape))
    return sum(flags, axis, keepdims=keepdims)


def mean(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, keepdims: bool = False, *, where: Any = None
) -> Array:
    """The mean along the axes of the elements where `where` holds; that of integers is a float."""
    no_out(out, "mean")
    array = as_array(a)
    working = to_inexact(array.dtype if dtype is None else as_dtype(dtype))
    array = cast(array, working)
    total = reduced(nd.Sum, chosen(widened(array), where, 0), axis, keepdims)
    count = _chosen_count(array, axis, keepdims, where)
    found = divide(total, cast(count, to_inexact(total.dtype)) if isinstance(count, Array) else count)
    return cast(found, working if dtype is None else as_dtype(dtype), array.weak_type)


def var(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    ddof: float = 0,
    keepdims: bool = False,
    *,
    where: Any = None,
    mean: Any = None,
    correction: float | None = None,
) -> Array:
    """The mean squared distance from the mean; `correction`, which NumPy calls `ddof`, is taken from the number of elements.

    `mean`, with the axes kept, saves computing it.
    """
    no_out(out, "var")
    if correction is not None and ddof:
        raise ValueError("ddof and correction are two names of one number")
    array = as_array(a)
    if dtype is not None:
        array = cast(array, as_dtype(dtype))
    elif not is_inexact(array.dtype):
        array = cast(array, to_inexact(array.dtype))
    dtype, array = array.dtype, widened(array)
    middle = _mean(array, axis, keepdims=True, where=where) if mean is None else cast(as_array(mean), array.dtype)
    distance = subtract(array, middle)
    if distance.dtype.kind == "c":
        distance = abs(distance)
    total = reduced(nd.Sum, chosen(square(distance), where, 0), axis, keepdims)
    count = cast(as_array(_chosen_count(array, axis, keepdims, where)), total.dtype)
    found = divide(total, subtract(count, ddof if correction is None else correction))
    return cast(found, dtype) if dtype.itemsize < 4 else found


_mean = mean


def std(
    a: Any,
    axis: Axis = None,
    dtype: Any = None,
    out: None = None,
    ddof: float = 0,
    keepdims: bool = False,
    *,
    where: Any = None,
    mean: Any = None,
    correction: float | None = None,
) -> Array:
    """The square root of `var`."""
    no_out(out, "std")
    return sqrt(var(a, axis, dtype, None, ddof, keepdims, where=where, mean=mean, correction=correction))


__all__ = [
    "all", "any", "max", "mean", "min", "prod", "std", "sum", "var",
]  # fmt: skip

composites(globals(), ("std", "var"))
