"""Buffers: which array is the whole one, which were freed, which go at the end of a scope, and views of them."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np

from irc.interpreter.core import Frame, fail
from irc.interpreter.slices import checked
from irc.interpreter.values import Array
from irc.ir.operation import Operation
from irc.ir.types import ShapedType

FREED = "memref.freed"
"""The key in the interpreter's memory of the buffers that were freed, by identity."""

SCOPES = "memref.scopes"
"""The key in the interpreter's memory of the buffers on the stack, a list for each scope that is open."""


def base_of(view: Array) -> Array:
    """The whole buffer that `view` shows a part of."""
    while isinstance(view.base, np.ndarray):
        view = view.base
    return view


def live(frame: Frame, op: Operation, view: Array) -> Array:
    """`view`, unless its buffer was freed."""
    freed = frame.interpreter.memory.get(FREED)
    if freed and id(base_of(view)) in freed:
        fail(op, "uses a buffer that was freed")
    return view


def free(frame: Frame, view: Array) -> None:
    """Note that the buffer of `view` must not be used any more."""
    base = base_of(view)
    freed: dict[int, Any] = frame.interpreter.memory.setdefault(FREED, {})
    key = id(base)
    freed[key] = weakref.ref(base, lambda _: freed.pop(key, None))


def enter_scope(frame: Frame) -> None:
    """Open a scope, at whose end the buffers that it has taken from the stack are freed."""
    frame.interpreter.memory.setdefault(SCOPES, []).append([])


def leave_scope(frame: Frame) -> None:
    """Close the innermost scope."""
    for buffer in frame.interpreter.memory[SCOPES].pop():
        free(frame, buffer)


def on_stack(frame: Frame, buffer: Array) -> Array:
    """`buffer`, which the innermost scope frees."""
    scopes = frame.interpreter.memory.get(SCOPES)
    if scopes:
        scopes[-1].append(buffer)
    return buffer


def over_buffer(
    op: Operation, base: Array, offset: int, sizes: tuple[int, ...], strides: tuple[int, ...], dtype: Any
) -> Array:
    """A view of the whole buffer `base` with offset and strides in elements; fails where it leaves the buffer."""
    raw = base.ravel(order="K").view(np.uint8)
    if not np.shares_memory(raw, base):
        fail(op, "needs a buffer whose elements lie next to each other")
    count = raw.size // dtype.itemsize
    if 0 not in sizes:
        ends = [(size - 1) * stride for size, stride in zip(sizes, strides, strict=True)]
        first, last = offset + sum(min(end, 0) for end in ends), offset + sum(max(end, 0) for end in ends)
        if first < 0 or last >= count:
            fail(op, f"shows elements {first} to {last} of a buffer of {count}")
    start = offset * dtype.itemsize if 0 not in sizes else 0
    # A view of the bytes, because NumPy lets no buffer of an extension type be viewed directly.
    return np.ndarray(sizes, dtype, raw, start, [stride * dtype.itemsize for stride in strides])


def reshaped(op: Operation, source: Array, shape: Any) -> Array:
    """The same memory under the shape of a result; fails where that needs a copy."""
    view, type = with_shape(op, source, shape), op.results[0].type
    return checked(op, view, type) if isinstance(type, ShapedType) else view


def with_shape(op: Operation, source: Array, shape: Any) -> Array:
    """The same memory under another shape; fails where that needs a copy."""
    view = source.view()
    try:
        view.shape = tuple(shape)
    except AttributeError:
        fail(op, "reshapes a buffer whose dimensions are not contiguous")
    return view
