"""Sums, products and extremes of all before an element, and differences of neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import ufuncs
from irc.numpy.arguments import no_out
from irc.numpy.manipulation import broadcast_to, concat, ravel
from irc.numpy.reductions import accumulated, normal_axis
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.elementwise import cast
from irc.tracing.orders import cumulative


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


__all__ = ["cummax", "cummin", "cumprod", "cumsum", "cumulative_prod", "cumulative_sum", "diff", "ediff1d"]

composites(globals(), __all__)
