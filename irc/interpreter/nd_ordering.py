"""How `nd.sort` runs: a merge sort that works on all slices, and on all pairs of runs, at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects.nd_numpy import Array
from irc.interpreter.core import Frame, interpret
from irc.interpreter.nd_combining import check_shapes, checked
from irc.interpreter.nd_regions import evaluate


@interpret(nd.Sort)
def _sort(frame: Frame, op: nd.Sort, *inputs: Array) -> Any:
    shape, axis = check_shapes(op, inputs), op.axis.value
    lanes = [np.moveaxis(x, axis, -1) for x in inputs]
    if lanes[0].size:
        flat = [x.reshape((-1, shape[axis])) for x in lanes]
        width = 1
        while width < shape[axis]:
            flat = _merged(op, flat, width)
            width *= 2
        lanes = [x.reshape(lanes[0].shape) for x in flat]
    return checked(op, [np.moveaxis(x, -1, axis) for x in lanes])


def _merged(op: nd.Sort, lanes: Sequence[Array], width: int) -> list[Array]:
    """Runs of `width` sorted elements merged in pairs: an element moves by how many of the other run come before it."""
    rows, length = lanes[0].shape
    at = np.broadcast_to(np.arange(length), (rows, length))
    run = at // width
    start, other = run // 2 * 2 * width, run ^ 1
    is_left = run % 2 == 0
    first = np.minimum(other * width, length)
    low, high = first, np.minimum(first + width, length)
    while np.any(low < high):
        # Binary search for the first of the other run that does not come before the element.
        middle = np.minimum((low + high) // 2, length - 1)
        theirs = [np.take_along_axis(x, middle, -1) for x in lanes]
        # Of equal ones, those on the left come first.
        before = np.where(is_left, _compare(op, theirs, lanes), ~_compare(op, lanes, theirs)) & (low < high)
        low, high = np.where(before, middle + 1, low), np.where(before | (low >= high), high, middle)
    place = start + (at - run * width) + (low - first)
    found = [np.array(x) for x in lanes]
    for target, x in zip(found, lanes, strict=True):
        np.put_along_axis(target, place, x, -1)
    return found


def _compare(op: nd.Sort, xs: Sequence[Array], ys: Sequence[Array]) -> Array:
    (found,) = evaluate(op.comparator, [x for pair in zip(xs, ys, strict=True) for x in pair])
    return found
