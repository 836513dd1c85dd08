"""Which few elements of a long axis can be among the largest, so that not all have to be sorted.

The axis is cut into blocks. Elements in front of others in the order of `top_k` (larger, or equal and before them) stand in
blocks whose largest elements are in front of those of others, so the `k` first blocks hold the `k` first elements.
"""

from __future__ import annotations

import math

import numpy as np

from irc.dialects import nd
from irc.numpy.manipulation import moveaxis
from irc.numpy.taking import take_along_axis
from irc.tracing import orders
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.dtypes import is_float, is_integer, limits
from irc.tracing.elementwise import apply, reduce
from irc.tracing.shaping import broadcast_to, iota, reshape
from irc.tracing.slicing import concat, slice_ranges

WORTH = 4
"""Elements that are looked at for each that is sorted."""

_INT = np.dtype(np.int32)


def candidates(x: Array, k: int, axis: int) -> tuple[Array, Array] | None:
    """Elements of `x` among which the `k` largest along an axis are, and their positions, in order along the last axis.

    `None` where sorting all is as good.
    """
    size = x.shape[axis]
    if not isinstance(size, int) or not k or not (is_float(x.dtype) or is_integer(x.dtype)):
        return None
    width = math.isqrt(size // k)
    count = -(-size // max(width, 1))
    if WORTH * (count + k * width) > size:
        return None
    rows = _padded(moveaxis(x, axis, -1), count * width)
    outer = rows.shape[:-1]
    blocks = reshape(rows, (*outer, count, width))
    last = len(outer)
    largest = reduce(nd.Max, blocks, (last + 1,))
    places = iota((*outer, count), last, _INT)
    _, order = orders.sort([largest, places], last, descending=True)
    first = slice_ranges(order, [(0, k, 1) if i == last else (0, nd.TO_THE_END, 1) for i in range(last + 1)])
    (chosen,) = orders.sort([first], last)
    at = reshape(chosen, (*outer, k, 1))
    found = take_along_axis(blocks, at, axis=last, mode="promise_in_bounds")
    inside = iota((*outer, k, width), last + 1, _INT)
    starts = apply(nd.Multiply, at, broadcast_to(ConcreteArray(np.asarray(width, _INT)), at.shape))
    positions = apply(nd.Add, broadcast_to(starts, inside.shape), inside)
    return reshape(found, (*outer, k * width)), reshape(positions, (*outer, k * width))


def _padded(x: Array, size: int) -> Array:
    """`x` with least elements behind the last axis, which come after all equal ones."""
    missing = size - x.shape[-1]
    if not missing:
        return x
    least = -np.inf if is_float(x.dtype) and np.isinf(np.asarray(-np.inf, x.dtype)) else limits(x.dtype).min
    return concat([x, broadcast_to(ConcreteArray(np.asarray(least, x.dtype)), (*x.shape[:-1], missing))], x.ndim - 1)
