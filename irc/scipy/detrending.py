"""Signals without their means or straight lines."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from irc.numpy import linalg, reductions
from irc.numpy.manipulation import concat, moveaxis
from irc.numpy.products import matmul
from irc.numpy.rearranging import part_of
from irc.numpy.ufuncs import inexact
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.shaping import reshape


def detrend(data: Any, axis: int = -1, type: str = "linear", bp: Any = 0, overwrite_data: Any = None) -> Array:
    """Without the straight line ("linear") or the mean ("constant") along an axis, in pieces between `bp`."""
    array = inexact(data)
    if type in ("constant", "c"):
        return array - reductions.mean(array, axis, keepdims=True)
    if type not in ("linear", "l"):
        raise ValueError(f"type is 'linear' or 'constant', got {type!r}")
    moved = moveaxis(array, axis, 0)
    size = moved.shape[0]
    borders = sorted({0, *np.atleast_1d(bp).tolist(), size})
    parts = []
    for start, stop in itertools.pairwise(borders):
        part = part_of(moved, 0, start, stop)
        n = stop - start
        line = ConcreteArray(np.stack([np.ones(n), np.arange(1, n + 1) / n], 1).astype(array.dtype))
        flat = reshape(part, (n, part.size // n))
        found = linalg.lstsq(line, flat)[0]
        parts.append(reshape(flat - matmul(line, found), part.shape))
    return moveaxis(concat(parts, axis=0), 0, axis)


__all__ = ["detrend"]
