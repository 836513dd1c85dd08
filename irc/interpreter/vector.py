"""How `vector` is computed: vectors are arrays that nothing writes to."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from irc.dialects import vector
from irc.dialects.vector_slices import integers
from irc.interpreter import floats as fl
from irc.interpreter.combine import combine, fold
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.memref import live
from irc.interpreter.slices import numbers, position
from irc.interpreter.values import Array
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, Type, VectorType, element_type


def vector_type(type: Type) -> VectorType:
    assert isinstance(type, VectorType)
    if any(type.scalable):
        raise ValueError("the interpreter has no scalable vectors")
    return type


@interpret(vector.Broadcast, vector.Splat)
def broadcast(frame: Frame, op: Operation, source: Any) -> Any:
    return np.broadcast_to(source, vector_type(op.results[0].type).static_shape)


@interpret(vector.FMA)
def fma(frame: Frame, op: vector.FMA, a: Any, b: Any, c: Any) -> Any:
    return fl.in_float32(fl.fma, a, b, c)


@interpret(vector.Reduction)
def reduction(frame: Frame, op: vector.Reduction, source: Any, *acc: Any) -> Any:
    """In the order of the elements, `acc` first, as LLVM's ordered reductions."""
    return fold(op.kind.value, (*acc, *np.ravel(source)), op.results[0].type)


@interpret(vector.MultiReduction)
def multi_reduction(frame: Frame, op: vector.MultiReduction, source: Any, acc: Any) -> Any:
    axes = op.axes
    kept = tuple(i for i in range(source.ndim) if i not in axes)
    parts = source.transpose(*axes, *kept).reshape(-1, *(source.shape[i] for i in kept))
    return fold(op.kind.value, (acc, *parts), op.results[0].type)


@interpret(vector.OuterProduct)
def outer_product(frame: Frame, op: vector.OuterProduct, lhs: Any, rhs: Any, *acc: Any) -> Any:
    type = op.results[0].type
    left, right = (lhs[:, None], rhs[None, :]) if np.ndim(rhs) else (lhs, rhs)
    product = combine("mul", left, right, type)
    return combine(op.kind.value, product, acc[0], type) if acc else product


@interpret(vector.CreateMask)
def create_mask(frame: Frame, op: vector.CreateMask, *sizes: Any) -> Any:
    return leading(vector_type(op.results[0].type).static_shape, [int(size) for size in sizes])


@interpret(vector.ConstantMask)
def constant_mask(frame: Frame, op: vector.ConstantMask) -> Any:
    return leading(vector_type(op.results[0].type).static_shape, op.dim_sizes)


def leading(shape: tuple[int, ...], sizes: Any) -> Array:
    """True at positions below `sizes` in every dimension."""
    mask = np.zeros(shape or (1,), np.bool_)
    mask[tuple(slice(max(size, 0)) for size in sizes)] = True
    return mask.reshape(shape)


@interpret(vector.ShapeCast)
def shape_cast(frame: Frame, op: vector.ShapeCast, source: Any) -> Any:
    return source.reshape(vector_type(op.results[0].type).static_shape)


@interpret(vector.Bitcast)
def bitcast(frame: Frame, op: vector.Bitcast, source: Any) -> Any:
    type = vector_type(op.results[0].type)
    return np.ascontiguousarray(source).view(dtype_of(type.element_type)).reshape(type.static_shape)


@interpret(vector.Step)
def step(frame: Frame, op: vector.Step) -> Any:
    return np.arange(vector_type(op.results[0].type).num_elements)


@interpret(vector.Transpose)
def transpose(frame: Frame, op: vector.Transpose, source: Any) -> Any:
    return source.transpose([int(i) for i in op.permutation.values])


@interpret(vector.Print)
def show(frame: Frame, op: vector.Print, *source: Any) -> None:
    text = op.stringLiteral.value if op.stringLiteral is not None else "".join(map(_text, source))
    sys.stdout.write(text + PUNCTUATION[op.punctuation.value])


PUNCTUATION = {"no_punctuation": "", "newline": "\n", "comma": ", ", "open": "( ", "close": " )"}


def _text(value: Any) -> str:
    """`( 1, 2, 3 )`, nested as the vector is."""
    return f"( {', '.join(_text(part) for part in value)} )" if np.ndim(value) else str(value)


# -- elements and parts ----------------------------------------------------------------------------------------------


@interpret(vector.Extract)
def extract(frame: Frame, op: vector.Extract, source: Any, *dynamic: Any) -> Any:
    place = numbers(frame, op.position)
    return source[position(op, place, source.shape[: len(place)])]


@interpret(vector.Insert)
def insert(frame: Frame, op: vector.Insert, part: Any, dest: Any, *dynamic: Any) -> Any:
    place = numbers(frame, op.position)
    result = dest.copy()
    result[position(op, place, dest.shape[: len(place)])] = part
    return result


@interpret(vector.ExtractElement)
def extract_element(frame: Frame, op: vector.ExtractElement, source: Any, *place: Any) -> Any:
    return source[position(op, place, source.shape)]


@interpret(vector.InsertElement)
def insert_element(frame: Frame, op: vector.InsertElement, element: Any, dest: Any, *place: Any) -> Any:
    result = dest.copy()
    result[position(op, place, dest.shape)] = element
    return result


@interpret(vector.Shuffle)
def shuffle(frame: Frame, op: vector.Shuffle, first: Any, second: Any) -> Any:
    return np.concatenate([np.atleast_1d(first), np.atleast_1d(second)])[list(op.positions)]


@interpret(vector.ExtractStridedSlice)
def extract_strided_slice(frame: Frame, op: vector.ExtractStridedSlice, source: Any) -> Any:
    offsets, sizes = integers(op.offsets), integers(op.sizes)
    return source[tuple(slice(a, a + n) for a, n in zip(offsets, sizes, strict=True))]


@interpret(vector.InsertStridedSlice)
def insert_strided_slice(frame: Frame, op: vector.InsertStridedSlice, source: Any, dest: Any) -> Any:
    result = dest.copy()
    shape = (1,) * (dest.ndim - source.ndim) + source.shape
    places = zip(integers(op.offsets), shape, strict=True)
    result[tuple(slice(a, a + n) for a, n in places)] = source
    return result


# -- memory ----------------------------------------------------------------------------------------------------------


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
def load(frame: Frame, op: vector.Load, base: Any, *indices: Any) -> Any:
    shape = vector_type(op.results[0].type).static_shape
    return window(frame, op, base, indices, shape).reshape(shape).copy()


@interpret(vector.Store)
def store(frame: Frame, op: vector.Store, value: Any, base: Any, *indices: Any) -> None:
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
    return gathered(frame, op, base, indices, lanes(op, mask), mask, other)


@interpret(vector.Gather)
def gather(frame: Frame, op: vector.Gather, base: Any, *operands: Any) -> Any:
    *indices, steps, mask, other = operands
    return gathered(frame, op, base, indices, steps.astype(np.int64), mask, other)


def lanes(op: Operation, mask: Array) -> Array:
    if mask.ndim != 1:
        fail(op, "is executed on vectors of rank 1 only")
    return np.arange(mask.size)


def gathered(frame: Frame, op: Operation, base: Array, indices: Any, steps: Array, mask: Array, other: Array) -> Array:
    place = distances(frame, op, base, indices, steps, mask)
    result = other.copy()
    result[mask] = base[(*place[:-1], place[-1][mask])]
    return result


@interpret(vector.MaskedStore)
def masked_store(frame: Frame, op: vector.MaskedStore, base: Any, *operands: Any) -> None:
    *indices, mask, value = operands
    place = distances(frame, op, base, indices, lanes(op, mask), mask)
    base[(*place[:-1], place[-1][mask])] = value[mask]


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


@interpret(vector.TransferRead)
def transfer_read(frame: Frame, op: vector.TransferRead, source: Any, *operands: Any) -> Any:
    rank = len(op.indices)
    mask = operands[rank + 1] if op.mask is not None else None
    shape = vector_type(op.results[0].type).static_shape
    places, enabled = transfer(frame, op, source, operands[:rank], shape, mask)
    result = np.full(shape, operands[rank], dtype_of(element_type(op.results[0].type)))
    result[enabled] = source[tuple(place[enabled] for place in places)]
    return result


@interpret(vector.TransferWrite)
def transfer_write(frame: Frame, op: vector.TransferWrite, value: Any, source: Any, *operands: Any) -> Any:
    rank = len(op.indices)
    mask = operands[rank] if op.mask is not None else None
    places, enabled = transfer(frame, op, source, operands[:rank], value.shape, mask)
    target = source if isinstance(op.source.type, MemRefType) else source.copy()
    target[tuple(place[enabled] for place in places)] = value[enabled]
    return target if op.results else None
