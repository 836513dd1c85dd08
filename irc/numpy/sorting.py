"""Sorting, and what is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.arguments import absent
from irc.numpy.manipulation import ravel
from irc.numpy.reductions import normal_axis
from irc.tracing import orders
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import DEFAULTS, as_dtype
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota


def _along(x: Any, axis: int | None) -> tuple[Array, int]:
    array = as_array(x)
    if axis is None:
        return ravel(array), 0
    return array, normal_axis(axis, array.ndim)


def sort(
    a: Any, axis: int | None = -1, *, kind: Any = None, order: Any = None, stable: bool = True, descending: bool = False
) -> Array:
    """The elements in order along an axis; NaN counts as larger than all numbers.

    `kind` is without effect.
    """
    absent("sort", order=order)
    array, axis = _along(a, axis)
    return orders.sort([array], axis, descending=descending, stable=stable)[0]


def argsort(
    a: Any,
    axis: int | None = -1,
    *,
    kind: Any = None,
    order: Any = None,
    stable: bool = True,
    descending: bool = False,
    dtype: Any = None,
) -> Array:
    """The positions of the elements in order along an axis, of `dtype`; `kind` is without effect."""
    absent("argsort", order=order)
    array, axis = _along(a, axis)
    places = iota(array.shape, axis, as_dtype(int if dtype is None else dtype))
    return orders.sort([array, places], axis, descending=descending, stable=stable)[1]


def lexsort(keys: Any, axis: int = -1) -> Array:
    """The positions in order of the last key, where that is equal of the one before it, and so on."""
    arrays = [as_array(key) for key in (keys if isinstance(keys, Sequence) else list(keys))]
    axis = normal_axis(axis, arrays[0].ndim)
    places = iota(arrays[0].shape, axis, DEFAULTS[int])
    return orders.sort([*reversed(arrays), places], axis, keys=len(arrays))[-1]


def partition(a: Any, kth: int, axis: int = -1) -> Array:
    """The elements with number `kth` of the order in its place, the smaller ones before it: all of them in order."""
    return sort(a, axis=axis)


def argpartition(a: Any, kth: int, axis: int = -1) -> Array:
    """The positions for `partition`."""
    return argsort(a, axis=axis)


def sort_complex(a: Any) -> Array:
    """The elements as complex numbers, sorted by real part first."""
    array = ufuncs.inexact(a)
    if array.dtype.kind != "c":
        from irc.numpy.complexes import complex_of  # noqa: PLC0415

        array = cast(array, np.dtype(np.float32)) if array.dtype.itemsize < 4 else array
        array = complex_of(array, ufuncs.filled(array, 0))
    return sort(array)


__all__ = ["argpartition", "argsort", "lexsort", "partition", "sort", "sort_complex"]
