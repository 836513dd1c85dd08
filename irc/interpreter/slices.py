"""Strided parts of arrays, with their bounds checked; shared by `tensor` and `memref`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects._slices import Mixed, OffsetsSizesStrides, dropped_dims
from irc.interpreter.core import Frame, fail
from irc.interpreter.values import Array
from irc.ir.operation import Operation
from irc.ir.types import Shape, ShapedType, Type, compatible_shapes


def numbers(frame: Frame, entries: Sequence[Mixed]) -> tuple[int, ...]:
    """The values of a list of operands and numbers."""
    return tuple(entry if isinstance(entry, int) else int(frame.values[entry]) for entry in entries)


def position(op: Operation, indices: Sequence[Any], shape: tuple[int, ...]) -> tuple[int, ...]:
    """Indices as numbers; fails where one is out of bounds."""
    found = tuple(int(i) for i in indices)
    for i, (index, size) in enumerate(zip(found, shape, strict=True)):
        if not 0 <= index < size:
            fail(op, f"index {index} is out of bounds for dimension {i} of size {size}")
    return found


def strided(frame: Frame, op: OffsetsSizesStrides, array: Array) -> Array:
    """The view of `array` that an op describes, of full rank; fails where it is out of bounds."""
    offsets = numbers(frame, op.mixed_offsets)
    sizes = numbers(frame, op.mixed_sizes)
    strides = numbers(frame, op.mixed_strides)
    parts = []
    for i, (offset, size, stride, full) in enumerate(zip(offsets, sizes, strides, array.shape, strict=True)):
        last = offset + (size - 1) * stride
        if size < 0 or (size > 0 and not (0 <= offset < full and 0 <= last < full)):
            fail(op, f"takes {size} elements from {offset} by {stride} of dimension {i}, which has size {full}")
        parts.append(_slice(offset, size, stride))
    part = array[tuple(parts)]
    return part if part.shape == sizes else np.broadcast_to(part, sizes)


def put(frame: Frame, op: OffsetsSizesStrides, source: Array, target: Array) -> None:
    """Write `source`, which may lack unit dimensions, to the part of `target` that an op describes."""
    part = strided(frame, op, target)
    if [size for size in source.shape if size != 1] != [size for size in part.shape if size != 1]:
        fail(op, f"puts an array of shape {source.shape} in a part of shape {part.shape}")
    part[...] = source.reshape(part.shape)


def _slice(offset: int, size: int, stride: int) -> slice:
    """The elements that a slice can name: for a stride of zero the one that is repeated."""
    if size == 0:
        return slice(0, 0)
    if stride == 0:
        return slice(offset, offset + 1)
    end = offset + size * stride
    return slice(offset, end if end >= 0 else None, stride)


def reduced(op: Operation, array: Array, type: Type) -> Array:
    """`array` without the unit dimensions that a rank-reduced `type` leaves out; fails where the sizes do not fit."""
    assert isinstance(type, ShapedType)
    if array.ndim != type.rank:
        # A size that is known only at run time may be 1 as well, so the static sizes of both decide.
        static = _static_sizes(op)
        dropped = dropped_dims(static if static is not None else array.shape, type.shape)
        if dropped is None:
            fail(op, f"gives an array of shape {array.shape}, which is no {type}")
        if 0 in array.shape:
            array = array.reshape([size for i, size in enumerate(array.shape) if i not in dropped])
        else:
            array = array[(*(0 if i in dropped else slice(None) for i in range(array.ndim)), ...)]
    return checked(op, array, type)


def _static_sizes(op: Operation) -> Shape | None:
    if not isinstance(op, OffsetsSizesStrides):
        return None
    return tuple(size if isinstance(size, int) else None for size in op.mixed_sizes)


def checked(op: Operation, array: Array, type: Type) -> Array:
    """`array`, if its sizes are those of `type`."""
    assert isinstance(type, ShapedType)
    if not compatible_shapes(array.shape, type.shape):
        fail(op, f"gives an array of shape {array.shape}, which is no {type}")
    return array
