"""Interpolation, by the names of `jax.scipy.interpolate`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import manipulation, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.searching import searchsorted
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Size
from irc.tracing.dtypes import promote
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape
from irc.tree_util import register_pytree_node

METHODS = ("linear", "nearest")


class RegularGridInterpolator:
    """A function between the points of a grid whose coordinates along each axis ascend.

    `values` has the axes of the grid first; those behind them are components of the values. What lies outside of the grid
    gets `fill_value`, or where that is `None` is extrapolated. Raises `ValueError`.
    """

    def __init__(
        self,
        points: Sequence[Any],
        values: Any,
        method: str = "linear",
        bounds_error: bool = False,
        fill_value: Any = np.nan,
    ) -> None:
        if bounds_error:
            raise NotImplementedError("RegularGridInterpolator gives fill_value outside of the grid, and no errors")
        array = as_array(values)
        if len(points) > array.ndim:
            raise ValueError(f"RegularGridInterpolator has {len(points)} axes of points, but values of {array.ndim}")
        self.method, self.bounds_error = _known(method), bounds_error
        self.grid = tuple(as_array(each) for each in points)
        self.values = ufuncs.inexact(array)
        self.fill_value = None if fill_value is None else as_array(fill_value)
        for i, (axis, size) in enumerate(zip(self.grid, self.values.shape, strict=False)):
            if axis.shape != (size,):
                raise ValueError(
                    f"RegularGridInterpolator has values of size {size} along axis {i}, got points {axis!r}"
                )
            if isinstance(size, int) and size < 2:
                raise ValueError(f"RegularGridInterpolator needs two points along each axis, got {size} along axis {i}")
        if self.fill_value is not None:
            kinds = "fc" if self.values.dtype.kind == "c" else "f"
            if self.fill_value.dtype.kind not in kinds + "iub":
                raise ValueError(f"fill_value of {self.fill_value.dtype} does not fit values of {self.values.dtype}")

    def __call__(self, xi: Any, method: str | None = None) -> Array:
        """The values at points, whose coordinates are along the last axis, or in a tuple of arrays."""
        at = self._coordinates(xi)
        shape = at.shape[:-1]
        at = reshape(at, (_count(shape), len(self.grid)))
        places, shares, outside = [], [], ufuncs.not_equal(getitem(at, (slice(None), 0)), 0) & False
        for i, axis in enumerate(self.grid):
            x, last = getitem(at, (slice(None), i)), axis.shape[0] - 2
            place = ufuncs.clip(searchsorted(axis, x) - 1, 0, as_array(last))
            low, high = getitem(axis, place), getitem(axis, place + 1)
            places.append(place)
            shares.append((x - low) / (high - low))
            outside = outside | (x < getitem(axis, 0)) | (x > getitem(axis, -1))
        found = (self._linear if _known(method or self.method) == "linear" else self._nearest)(places, shares)
        if self.fill_value is not None:
            found = ufuncs.where(reshape(outside, (outside.shape[0], *(1,) * (found.ndim - 1))), self.fill_value, found)
        return reshape(found, (*shape, *self.values.shape[len(self.grid) :]))

    def _coordinates(self, xi: Any) -> Array:
        axes = len(self.grid)
        if isinstance(xi, tuple) and len(xi) == 1:
            (xi,) = xi
        if isinstance(xi, tuple):
            parts = manipulation.broadcast_arrays(*xi)
            dtype, weak = promote([(each.dtype, each.weak_type) for each in parts])
            at = manipulation.stack([cast(each, dtype, weak) for each in parts], axis=-1)
        else:
            at = as_array(xi)
            if at.ndim == 1:
                at = reshape(at, (_count(at.shape) // axes, axes))
        if not at.ndim or at.shape[-1] != axes:
            raise ValueError(f"RegularGridInterpolator has {axes} axes, got points of {at.shape[-1:]} coordinates")
        return at

    def _nearest(self, places: Sequence[Array], shares: Sequence[Array]) -> Array:
        near = [
            ufuncs.where(ufuncs.less_equal(share, 0.5), place, place + 1)
            for place, share in zip(places, shares, strict=True)
        ]
        return getitem(self.values, tuple(near))

    def _linear(self, places: Sequence[Array], shares: Sequence[Array]) -> Array:
        behind = (1,) * (self.values.ndim - len(places))
        total: Array | None = None
        for corner in itertools.product((False, True), repeat=len(places)):
            weight: Array = as_array(1.0)
            for upper, share in zip(corner, shares, strict=True):
                weight = weight * (share if upper else 1 - share)
            value = getitem(self.values, tuple(p + 1 if upper else p for upper, p in zip(corner, places, strict=True)))
            part = value * reshape(weight, (*weight.shape, *behind))
            total = part if total is None else total + part
        assert total is not None
        return total


def _known(method: str) -> str:
    if method not in METHODS:
        raise ValueError(f"RegularGridInterpolator has the methods {' and '.join(METHODS)}, got {method!r}")
    return method


def _count(shape: Sequence[Size]) -> Size:
    total: Size = 1
    for size in shape:
        total = total * size
    return total


def _parts(each: RegularGridInterpolator) -> tuple[Any, Any]:
    return (each.grid, each.values, each.fill_value), (each.method, each.bounds_error)


def _whole(kept: Any, parts: Any) -> RegularGridInterpolator:
    # What stands for arrays while containers are taken apart is not looked at.
    found = object.__new__(RegularGridInterpolator)
    found.grid, found.values, found.fill_value = parts
    found.method, found.bounds_error = kept
    return found


register_pytree_node(RegularGridInterpolator, _parts, _whole)

__all__ = ["RegularGridInterpolator"]
