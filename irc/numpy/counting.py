"""Histograms."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.creation import zeros
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import ravel, stack
from irc.numpy.more_creation import linspace
from irc.numpy.rearranging import atleast_2d
from irc.numpy.running import diff
from irc.numpy.searching import searchsorted
from irc.numpy.updates import IndexHelper
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import DEFAULTS, to_inexact
from irc.tracing.elementwise import cast, promoted
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.known import if_known
from irc.tracing.shaping import broadcast_to, reshape, show


def bincount(x: Any, weights: Any = None, minlength: int = 0, *, length: int | None = None) -> Array:
    """How often each number occurs, or the sums of their weights; numbers beyond `length` are left out."""
    array = as_array(x)
    if array.ndim != 1:
        raise ValueError(f"bincount takes an array with one axis, got shape {show(array.shape)}")
    if length is None:
        numbers = if_known(array)
        if not isinstance(numbers, ConcreteArray):
            raise ConcretizationTypeError("bincount of a traced array needs length, the size of the result")
        length = max(minlength, int(numbers.data.max()) + 1 if array.size else 0)
    array = ufuncs.maximum(array, 0)
    if weights is None:
        return IndexHelper(zeros(length, int))[array].add(1)
    amounts = as_array(weights)
    return IndexHelper(zeros(length, amounts.dtype))[array].add(amounts)


def histogram_bin_edges(a: Any, bins: Any = 10, range: Any = None, weights: Any = None) -> Array:
    """The edges of the bins of a histogram."""
    if not isinstance(bins, int | str):
        return as_array(np.asarray(bins) if isinstance(bins, list | tuple) else bins)
    if isinstance(bins, str):
        raise ValueError("bins is a number or an array of edges")
    array = ravel(a)
    dtype = to_inexact(array.dtype)
    if range is None:
        low, high = (reductions.min(array), reductions.max(array)) if array.size else (as_array(0.0), as_array(1.0))
    else:
        low, high = (as_array(each) for each in range)
    low, high = cast(low, dtype), cast(high, dtype)
    same = ufuncs.equal(low, high)
    low, high = (ufuncs.where(same, ufuncs.add(each, half), each) for each, half in ((low, -0.5), (high, 0.5)))
    edges: Array = linspace(low, high, bins + 1)
    return edges


def histogram(a: Any, bins: Any = 10, range: Any = None, weights: Any = None, density: bool | None = None) -> Any:
    """How many elements lie in each bin, and the edges of the bins; the last bin has both its edges."""
    array = ravel(a)
    edges = histogram_bin_edges(array, bins, range)
    count = edges.shape[0] - 1
    (values, borders), _ = promoted(array, edges)
    at = ufuncs.subtract(searchsorted(borders, values, side="right"), 1)
    at = ufuncs.where(ufuncs.equal(values, getitem(borders, -1)), count - 1, at)
    at = ufuncs.where(ufuncs.less(at, 0), count, at)
    amounts = ufuncs.filled(ufuncs.inexact(values), 1) if weights is None else ravel(ufuncs.inexact(weights))
    counts = IndexHelper(zeros(count, amounts.dtype))[at].add(amounts)
    if density:
        counts = ufuncs.divide(ufuncs.divide(counts, diff(edges)), reductions.sum(counts))
    return counts, edges


def histogram2d(x: Any, y: Any, bins: Any = 10, range: Any = None, weights: Any = None, density: Any = None) -> Any:
    """`histogramdd` of two rows."""
    pair = list(bins) if isinstance(bins, list | tuple) and len(bins) == 2 else [bins, bins]
    counts, edges = histogramdd(stack([ravel(x), ravel(y)], axis=1), pair, range, weights, density)
    return counts, edges[0], edges[1]


def histogramdd(sample: Any, bins: Any = 10, range: Any = None, weights: Any = None, density: Any = None) -> Any:
    """How many rows lie in each box, and the edges along each axis."""
    points = atleast_2d(as_array(sample))
    rank = points.shape[1]
    per_axis = [bins] * rank if isinstance(bins, int) else list(bins)
    ranges = [None] * rank if range is None else list(range)
    columns = [getitem(points, (slice(None), i)) for i in builtins.range(rank)]
    edges = [histogram_bin_edges(c, b, r) for c, b, r in zip(columns, per_axis, ranges, strict=True)]
    shape = tuple(each.shape[0] - 1 for each in edges)
    places = []
    for column, borders, count in zip(columns, edges, shape, strict=True):
        at = ufuncs.subtract(searchsorted(borders, column, side="right"), 1)
        at = ufuncs.where(ufuncs.equal(column, getitem(borders, -1)), count - 1, at)
        places.append(ufuncs.where(ufuncs.less(at, 0), count, at))
    ones = broadcast_to(cast(as_array(1), DEFAULTS[int]), columns[0].shape)
    amounts = ones if weights is None else ufuncs.inexact(weights)
    counts = IndexHelper(zeros(shape, amounts.dtype))[tuple(places)].add(amounts)
    if density:
        counts = ufuncs.divide(counts, reductions.sum(counts))
        for axis, each in enumerate(edges):
            widths = diff(each)
            counts = ufuncs.divide(counts, reshape(widths, tuple(-1 if i == axis else 1 for i in builtins.range(rank))))
    return counts, edges


__all__ = [
    "bincount", "histogram", "histogram2d", "histogram_bin_edges", "histogramdd",
]  # fmt: skip

composites(globals(), __all__)
