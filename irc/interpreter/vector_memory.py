"""How the ops of `vector` that read and write memory are executed."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import vector
from irc.interpreter.buffers import live, with_shape
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.slices import position
from irc.interpreter.values import Array
from irc.interpreter.vector_lanes import vector_type
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, VectorType, element_type


def window(frame: Frame, op: Operation, base: Array, indices: Any, shape: tuple[int, ...]) -> Array:
    """The part of a buffer from `indices` on, of a vector's shape in the last dimensions; fails out of bounds."""
    base = live(frame, op, base)
    start = position(op, indices, base.shape[: len(indices)])
    sizes = (1,) * (base.ndim - len(shape)) + shape
    start = (*start, *(0,) * (base.ndim - len(start)))
    for i, (begin, size, full) in enumerate(zip(start, sizes, base.shape, strict=True)):
        if begin + size > full:
            fail(op, f"reaches from {begin} to {begin + size} along dimension {i} of size {full}")
    return base[tuple(slice(begin, begin + size) for begin, size in zip(start, sizes, strict=True))]


@interpret(vector.Load)
def load(frame: Frame, op: Operation, base: Any, *indices: Any) -> Any:
    shape = vector_type(op.results[0].type).static_shape
    return window(frame, op, base, indices, shape).reshape(shape).copy()


@interpret(vector.Store)
def store(frame: Frame, op: Operation, value: Any, base: Any, *indices: Any) -> None:
    part = window(frame, op, base, indices, value.shape)
    part[...] = value.reshape(part.shape)


def distances(frame: Frame, op: Operation, base: Array, indices: Any, steps: Array, mask: Array) -> tuple[Any, ...]:
    """The index of the elements at `indices`, moved by `steps` along the last dimension; those of set lanes exist."""
    base = live(frame, op, base)
    position(op, indices[:-1], base.shape[:-1])
    last = int(indices[-1]) + steps
    if np.any(mask & ((last < 0) | (last >= base.shape[-1]))):
        fail(op, f"reaches outside of dimension {base.ndim - 1} of size {base.shape[-1]}")
    return (*(int(i) for i in indices[:-1]), last)


@interpret(vector.MaskedLoad)
def masked_load(frame: Frame, op: vector.MaskedLoad, base: Any, *operands: Any) -> Any:
    *indices, mask, other = operands
    places = neighbours(frame, op, base, indices, mask)
    result = other.copy()
    result[mask] = base[places]
    return result


@interpret(vector.Gather)
def gather(frame: Frame, op: vector.Gather, base: Any, *operands: Any) -> Any:
    return masked_gather(frame, op, True, base, *operands)


def masked_gather(frame: Frame, op: vector.Gather, enabled: Any, base: Any, *operands: Any) -> Any:
    *indices, steps, mask, other = operands
    return gathered(frame, op, base, indices, steps.astype(np.int64), mask & enabled, other)


@interpret(vector.ExpandLoad)
def expand_load(frame: Frame, op: vector.ExpandLoad, base: Any, *operands: Any) -> Any:
    *indices, mask, other = operands
    return gathered(frame, op, base, indices, ranks(op, mask), mask, other)


def neighbours(frame: Frame, op: Operation, base: Array, indices: Any, mask: Array) -> tuple[Array, ...]:
    """Where the set lanes lie, which must exist, if the vector starts at `indices` and lies along the last dimensions."""
    base = live(frame, op, base)
    first = len(indices) - mask.ndim
    if first < 0:
        fail(op, f"has a vector of rank {mask.ndim} in a buffer of rank {len(indices)}")
    places = []
    for axis, (start, size) in enumerate(zip(indices, base.shape, strict=False)):
        steps = np.arange(mask.shape[axis - first]) if axis >= first else np.zeros(1, np.int64)
        column = (int(start) + steps).reshape([-1 if axis == first + i else 1 for i in range(mask.ndim)])
        place = np.broadcast_to(column, mask.shape)[mask]
        if np.any((place < 0) | (place >= size)):
            fail(op, f"reaches outside of dimension {axis} of size {size}")
        places.append(place)
    return tuple(places)


def ranks(op: Operation, mask: Array) -> Array:
    """For each lane how many lanes before it are set."""
    if mask.ndim != 1:
        fail(op, "is executed on vectors of rank 1 only")
    before: Array = np.cumsum(mask) - mask
    return before


def gathered(frame: Frame, op: Operation, base: Array, indices: Any, steps: Array, mask: Array, other: Array) -> Array:
    place = distances(frame, op, base, indices, steps, mask)
    result = other.copy()
    result[mask] = base[(*place[:-1], place[-1][mask])]
    return result


def scattered(frame: Frame, op: Operation, base: Array, indices: Any, steps: Array, mask: Array, value: Array) -> None:
    """Where two lanes write one element, the later one stays."""
    place = distances(frame, op, base, indices, steps, mask)
    base[(*place[:-1], place[-1][mask])] = value[mask]


@interpret(vector.MaskedStore)
def masked_store(frame: Frame, op: vector.MaskedStore, base: Any, *operands: Any) -> None:
    *indices, mask, value = operands
    base[neighbours(frame, op, base, indices, mask)] = value[mask]


@interpret(vector.CompressStore)
def compress_store(frame: Frame, op: vector.CompressStore, base: Any, *operands: Any) -> None:
    *indices, mask, value = operands
    scattered(frame, op, base, indices, ranks(op, mask), mask, value)


@interpret(vector.Scatter)
def scatter(frame: Frame, op: vector.Scatter, base: Any, *operands: Any) -> None:
    *indices, steps, mask, value = operands
    scattered(frame, op, base, indices, steps.astype(np.int64), mask, value)


@interpret(vector.TypeCast)
def type_cast(frame: Frame, op: vector.TypeCast, source: Any) -> Any:
    """A buffer of vectors is an array that has their dimensions last."""
    type = op.result.type
    assert isinstance(type, MemRefType)
    inner = type.element_type.static_shape if isinstance(type.element_type, VectorType) else ()
    return with_shape(op, live(frame, op, source), (*type.static_shape, *inner))


def transfer(
    frame: Frame,
    op: vector.TransferRead | vector.TransferWrite,
    source: Array,
    indices: Any,
    shape: tuple[int, ...],
    mask: Any,
) -> tuple[tuple[Array, ...], Array]:
    """For each element of the vector where it lies in the source, and whether it is to be transferred."""
    if isinstance(op.source.type, MemRefType):
        live(frame, op, source)
    places = [np.asarray(int(i)) for i in indices]
    enabled = np.ones(shape, np.bool_)
    positions = [getattr(expr, "position", None) for expr in op.map.results]
    if mask is not None:
        moved = [i for i, p in enumerate(positions) if p is not None]
        order = sorted(moved, key=lambda i: positions[i] or 0)
        arranged = mask.transpose([order.index(i) for i in moved])
        enabled &= arranged[tuple(slice(None) if p is not None else None for p in positions)]
    for i, place in enumerate(positions):
        if place is not None:
            places[place] = places[place] + np.arange(shape[i]).reshape(
                [-1 if i == j else 1 for j in range(len(shape))]
            )
    for axis, (place_, size) in enumerate(zip(places, source.shape, strict=True)):
        inside = np.broadcast_to((place_ >= 0) & (place_ < size), shape)
        promised = axis not in positions or op.bounds[positions.index(axis)]
        if promised and np.any(enabled & ~inside):
            fail(op, f"is out of bounds along dimension {axis} of size {size}")
        enabled = enabled & inside
    return tuple(np.broadcast_to(place_, shape) for place_ in places), enabled


def both(mask: Array | None, own: Array | None) -> Array | None:
    """The lanes that two masks set, where `None` sets all."""
    if mask is None or own is None:
        return own if mask is None else mask
    return mask & own


@interpret(vector.TransferRead)
def transfer_read(frame: Frame, op: vector.TransferRead, source: Any, *operands: Any) -> Any:
    return masked_transfer_read(frame, op, None, source, *operands)


def masked_transfer_read(
    frame: Frame, op: vector.TransferRead, enabled: Array | None, source: Any, *operands: Any
) -> Any:
    rank = len(op.indices)
    mask = both(enabled, operands[rank + 1] if op.mask is not None else None)
    shape = vector_type(op.results[0].type).static_shape
    places, moved = transfer(frame, op, source, operands[:rank], shape, mask)
    result = np.full(shape, operands[rank], dtype_of(element_type(op.results[0].type)))
    result[moved] = source[tuple(place[moved] for place in places)]
    return result


@interpret(vector.TransferWrite)
def transfer_write(frame: Frame, op: vector.TransferWrite, value: Any, source: Any, *operands: Any) -> Any:
    return masked_transfer_write(frame, op, None, value, source, *operands)


def masked_transfer_write(
    frame: Frame, op: vector.TransferWrite, enabled: Array | None, value: Any, source: Any, *operands: Any
) -> Any:
    rank = len(op.indices)
    mask = both(enabled, operands[rank] if op.mask is not None else None)
    places, moved = transfer(frame, op, source, operands[:rank], value.shape, mask)
    target = source if isinstance(op.source.type, MemRefType) else source.copy()
    target[tuple(place[moved] for place in places)] = value[moved]
    return target if op.results else None
