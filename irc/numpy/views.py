"""The bits of arrays read as elements of another dtype, along the last axis."""

from __future__ import annotations

from irc.numpy.complexes import complex_of, part_dtype, parts
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import reshape, stack
from irc.numpy.ufuncs import not_equal
from irc.tracing.array import Array
from irc.tracing.bits import reinterpret
from irc.tracing.dtypes import DType, as_dtype
from irc.tracing.elementwise import bitcast, cast
from irc.tracing.shaping import show


def viewed(x: Array, dtype: DType) -> Array:
    """`x.view(dtype)`. Raises `ValueError` where the last axis does not hold a whole number of elements, or there is none."""
    if x.dtype == dtype:
        return x
    if x.dtype.kind == "c":
        return viewed(_flattened(stack(parts(x), axis=x.ndim), 2), dtype)
    if dtype.kind == "c":
        numbers = viewed(x, part_dtype(dtype))
        _check(numbers, 2, dtype)
        return complex_of(getitem(numbers, (..., slice(0, None, 2))), getitem(numbers, (..., slice(1, None, 2))))
    if x.dtype.kind == "b":
        return viewed(cast(x, as_dtype("uint8")), dtype)
    if dtype.kind == "b":
        return not_equal(viewed(x, as_dtype("uint8")), 0)
    if x.dtype.itemsize == dtype.itemsize:
        return bitcast(x, dtype)
    if x.dtype.itemsize > dtype.itemsize:
        _check(x, 1, dtype)
        return _flattened(reinterpret(x, dtype), x.dtype.itemsize // dtype.itemsize)
    count = dtype.itemsize // x.dtype.itemsize
    _check(x, count, dtype)
    return reinterpret(reshape(x, (*x.shape[:-1], x.shape[-1] // count, count)), dtype)


def _flattened(x: Array, count: int) -> Array:
    """The last axis, of `count` elements, joined with the one before it."""
    if x.ndim < 2:
        raise ValueError("an array without axes is not viewed as a dtype of another width")
    return reshape(x, (*x.shape[:-2], x.shape[-2] * count))


def _check(x: Array, count: int, dtype: DType) -> None:
    if not x.ndim:
        raise ValueError("an array without axes is not viewed as a dtype of another width")
    if isinstance(x.shape[-1], int) and x.shape[-1] % count:
        raise ValueError(
            f"the last axis of an array of shape {show(x.shape)} and dtype {x.dtype} does not hold a whole number of elements "
            f"of {dtype}"
        )
