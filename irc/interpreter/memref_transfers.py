"""How the hints of `memref` and its copies between memory spaces are executed: such a copy is done when it has started."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import memref_transfers as memref
from irc.interpreter.buffers import live
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.slices import position
from irc.interpreter.values import Array
from irc.ir.operation import Operation


@interpret(memref.AssumeAlignment, memref.Prefetch)
def hint(frame: Frame, op: Operation, buffer: Any, *indices: Any) -> None:
    """Arrays have no alignment, and are near."""
    live(frame, op, buffer)


@interpret(memref.DmaStart)
def start(frame: Frame, op: memref.DmaStart, *operands: Any) -> None:
    places, count, strides = op.parts()
    source, target, tag = [
        (frame.values[buffer], [frame.values[index] for index in indices]) for buffer, indices in places
    ]
    move(frame, op, source, target, tag, int(frame.values[count]), strided=bool(strides))


@interpret(memref.DmaWait)
def wait(frame: Frame, op: memref.DmaWait, tag: Any, *operands: Any) -> None:
    place(frame, op, (tag, operands[:-1]))


Place = tuple[Array, Sequence[Any]]
"""A buffer and the indices of an element."""


def move(frame: Frame, op: Operation, source: Place, target: Place, tag: Place, size: int, *, strided: bool) -> None:
    """Copy `size` elements that lie next to each other; the element of the tag must exist."""
    if strided:
        fail(op, "is executed without strides only")
    place(frame, op, tag)
    span(frame, op, target, size)[...] = span(frame, op, source, size).copy()


def place(frame: Frame, op: Operation, at: Place) -> tuple[Array, tuple[int, ...]]:
    """A buffer and a position in it, which must exist."""
    array = live(frame, op, at[0])
    return array, position(op, at[1], array.shape)


def span(frame: Frame, op: Operation, place_: Place, size: int) -> Array:
    """A view of `size` neighbouring elements from a position on."""
    array, at = place(frame, op, place_)
    if not array.flags.c_contiguous:
        fail(op, "copies between buffers whose elements lie next to each other only")
    start = int(np.ravel_multi_index(at, array.shape)) if at else 0
    if not 0 <= size <= array.size - start:
        fail(op, f"copies {size} elements from element {start} of a buffer of {array.size}")
    return array.reshape(-1)[start : start + size]
