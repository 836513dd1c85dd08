"""How `nd`'s ops on windows run: one place of the window after the other, all windows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects._windows import Window
from irc.dialects.nd_numpy import Array, padded
from irc.dialects.nd_windows import padded_size
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.nd_combining import check_shapes, checked
from irc.interpreter.nd_regions import evaluate
from irc.ir.operation import Operation


def _positions(op: Operation, shape: Sequence[int], windows: Sequence[Window]) -> tuple[int, ...]:
    """How many windows there are along each axis."""
    for axis, (size, window) in enumerate(zip(shape, windows, strict=True)):
        if padded_size(size, window) < 0:
            fail(op, f"padding by {window.low} and {window.high} removes more than there is of axis {axis}")
    return tuple(window.positions(size) or 0 for size, window in zip(shape, windows, strict=True))


def _padded(x: Array, value: Array, windows: Sequence[Window]) -> Array:
    low, high = [window.low for window in windows], [window.high for window in windows]
    return padded(x, value, low, high, [window.base_dilation - 1 for window in windows])


def _places(windows: Sequence[Window], count: Sequence[int]) -> Iterator[tuple[slice, ...]]:
    """For each place of a window, in row-major order, the elements there of all windows."""
    for place in np.ndindex(*(window.size or 0 for window in windows)):
        starts = [at * window.dilation for at, window in zip(place, windows, strict=True)]
        yield tuple(
            slice(start, start + n * window.stride, window.stride)
            for start, n, window in zip(starts, count, windows, strict=True)
        )


@interpret(nd.ReduceWindow)
def _reduce_window(frame: Frame, op: nd.ReduceWindow, *operands: Array) -> Any:
    inputs, inits = operands[: len(op.inputs)], operands[len(op.inputs) :]
    windows = op.windows
    count = _positions(op, check_shapes(op, inputs), windows)
    totals: list[Array] = [np.broadcast_to(init, count) for init in inits]
    if all(count):
        wholes = [_padded(x, init, windows) for x, init in zip(inputs, inits, strict=True)]
        for place in _places(windows, count):
            totals = evaluate(op.combiner, [*totals, *(x[place] for x in wholes)])
    return checked(op, totals)


@interpret(nd.SelectAndScatter)
def _select_and_scatter(frame: Frame, op: nd.SelectAndScatter, x: Array, source: Array, init: Array) -> Any:
    windows = op.windows
    count = _positions(op, x.shape, windows)
    if source.shape != count:
        fail(op, f"has windows at {count} positions, but a source of shape {source.shape}")
    found = np.array(np.broadcast_to(init, x.shape)).ravel()
    if not source.size:
        return checked(op, [found.reshape(x.shape)])
    elements = _padded(x, np.zeros((), x.dtype), windows)
    origins = _padded(np.arange(x.size).reshape(x.shape), np.array(-1), windows)
    chosen, origin = np.zeros(count, x.dtype), np.full(count, -1)
    for place in _places(windows, count):
        (better,) = evaluate(op.select, [chosen, elements[place]])
        keep = (origins[place] < 0) | ((origin >= 0) & better)
        chosen, origin = np.where(keep, chosen, elements[place]), np.where(keep, origin, origins[place])
    # Windows may meet in one element: they take turns, each at most once per round.
    rest = np.flatnonzero(origin >= 0)
    while rest.size:
        _, first = np.unique(origin.ravel()[rest], return_index=True)
        targets, sources = origin.ravel()[rest[first]], source.ravel()[rest[first]]
        (found[targets],) = evaluate(op.scatter, [found[targets], sources])
        rest = np.delete(rest, first)
    return checked(op, [found.reshape(x.shape)])
