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
from irc.ir.value import Value


@interpret(memref.AssumeAlignment, memref.Prefetch)
def hint(frame: Frame, op: Operation, buffer: Any, *indices: Any) -> None:
    """Arrays have no alignment, and are near."""
    live(frame, op, buffer)


@interpret(memref.DmaStart)
def start(frame: Frame, op: memref.DmaStart, *operands: Any) -> None:
    (source, target, tag), count, strides = op.parts()
    if strides:
        fail(op, "is executed without strides only")
    size = int(frame.values[count])
    place(frame, op, *tag)
    span(frame, op, *target, size)[...] = span(frame, op, *source, size).copy()


@interpret(memref.DmaWait)
def wait(frame: Frame, op: memref.DmaWait, tag: Any, *operands: Any) -> None:
    place(frame, op, op.tagMemRef, op.tagIndices)


def place(frame: Frame, op: Operation, buffer: Value, indices: Sequence[Value]) -> tuple[Array, tuple[int, ...]]:
    """A buffer and a position in it, which must exist."""
    array = live(frame, op, frame.values[buffer])
    return array, position(op, [frame.values[index] for index in indices], array.shape)


def span(frame: Frame, op: Operation, buffer: Value, indices: Sequence[Value], size: int) -> Array:
    """A view of `size` neighbouring elements from a position on."""
    array, at = place(frame, op, buffer, indices)
    if not array.flags.c_contiguous:
        fail(op, "copies between buffers whose elements lie next to each other only")
    start = int(np.ravel_multi_index(at, array.shape)) if at else 0
    if not 0 <= size <= array.size - start:
        fail(op, f"copies {size} elements from element {start} of a buffer of {array.size}")
    return array.reshape(-1)[start : start + size]
