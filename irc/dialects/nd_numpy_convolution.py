"""What `nd.conv` computes, as a NumPy function."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects._windows import Window
from irc.dialects.nd_base import tensor_type
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation

Array = np.ndarray[Any, Any]


def conv(op: nd.Conv, lhs: Array, rhs: Array) -> Array:
    """The sum over all elements of the kernel of their products with what they meet in the windows."""
    dtype = dtype_of(tensor_type(op.result).element_type)
    (batch, feature, spatial), (inputs, outputs, kernel), (to_batch, to_feature, to_spatial) = op.layouts
    # Batch, features, space; input features, output features, space.
    x = np.transpose(lhs, (batch, feature, *spatial)).astype(dtype)
    k = np.transpose(rhs, (inputs, outputs, *kernel)).astype(dtype)
    k = np.flip(k, tuple(i + 2 for i, flipped in enumerate(op.is_reversed) if flipped))
    windows = [
        Window(size, w.stride, w.low, w.high, w.base_dilation, w.dilation)
        for w, size in zip(op.windows, k.shape[2:], strict=True)
    ]
    counts = [window.positions(size) or 0 for window, size in zip(windows, x.shape[2:], strict=True)]
    for axis, window in enumerate(windows):
        x = _padded(x, axis + 2, window)
    features, batches = op.feature_groups.value, op.batch_groups.value
    groups = features * batches
    parts = np.split(x, features, axis=1) if features > 1 else np.split(x, batches, axis=0)
    found = []
    for part, weights in zip(parts, np.split(k, groups, axis=1), strict=True):
        total = np.zeros((part.shape[0], weights.shape[1], *counts), dtype)
        for place in itertools.product(*map(range, k.shape[2:])):
            everything: tuple[Any, ...] = (slice(None), slice(None))
            met = part[everything + tuple(map(_met, windows, place, counts))]
            product = np.tensordot(met, weights[(*everything, *place)], axes=(1, 0))
            total = total + np.moveaxis(product, -1, 1).astype(dtype)
        found.append(total)
    y = np.concatenate(found, axis=1).astype(dtype)
    order = np.argsort([to_batch, to_feature, *to_spatial])
    return np.transpose(y, order)


def _padded(x: Array, axis: int, window: Window) -> Array:
    """The input spread, and with zeros around it or elements removed, along one dimension."""
    size, shape = x.shape[axis], list(x.shape)
    shape[axis] = size and (size - 1) * window.base_dilation + 1
    spread = np.zeros(shape, x.dtype)
    _along(spread, axis)[:: window.base_dilation] = _along(x, axis)
    shape[axis] = max(0, window.low) + shape[axis] + max(0, window.high)
    whole = np.zeros(shape, x.dtype)
    _along(whole, axis)[max(0, window.low) : shape[axis] - max(0, window.high)] = _along(spread, axis)
    kept = slice(max(0, -window.low), max(0, shape[axis] - max(0, -window.high)))
    return np.moveaxis(_along(whole, axis)[kept], 0, axis)


def _along(x: Array, axis: int) -> Array:
    """A view with a dimension moved to the front."""
    return np.moveaxis(x, axis, 0)


def _met(window: Window, place: int, count: int) -> slice:
    """What the element of the kernel at `place` meets as its window moves."""
    start = place * window.dilation
    return slice(start, start + (count - 1) * window.stride + 1, window.stride) if count else slice(0, 0)


CONVOLUTIONS: dict[type[Operation], Callable[..., Any]] = {nd.Conv: conv}
