"""How `vector` is computed: vectors are arrays that nothing writes to."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from irc.dialects import vector
from irc.dialects.vector_slices import integers
from irc.interpreter import floats as fl
from irc.interpreter import vector_lanes, vector_mask, vector_memory, vector_products, vector_reductions
from irc.interpreter.core import Frame, interpret
from irc.interpreter.slices import numbers, position
from irc.interpreter.values import Array
from irc.interpreter.vector_lanes import vector_type
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation

__all__ = ["vector_lanes", "vector_mask", "vector_memory", "vector_products", "vector_reductions"]


@interpret(vector.Broadcast, vector.Splat)
def broadcast(frame: Frame, op: Operation, source: Any) -> Any:
    return np.broadcast_to(source, vector_type(op.results[0].type).static_shape)


@interpret(vector.FMA)
def fma(frame: Frame, op: vector.FMA, a: Any, b: Any, c: Any) -> Any:
    return fl.in_float32(fl.fma, a, b, c)


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
