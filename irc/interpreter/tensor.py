"""How `tensor` is computed. Tensors are values: what would change one copies it."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import tensor
from irc.interpreter import arith, shapes, tensor_gather, tensor_packing
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.interpreter.slices import checked, numbers, position, put, reduced, strided
from irc.interpreter.values import sizes_of, unspecified
from irc.ir.dense import dtype_of
from irc.ir.types import TensorType, Type

__all__ = ["tensor_gather", "tensor_packing"]


def ranked(type: Type) -> TensorType:
    assert isinstance(type, TensorType)
    return type


interpret(tensor.Dim)(shapes.dim)
interpret(tensor.Rank)(shapes.rank)
interpret(tensor.Cast)(shapes.cast)
interpret(tensor.Bitcast)(arith.bitcast)


@interpret(tensor.Empty)
def empty(frame: Frame, op: tensor.Empty, *sizes: Any) -> Any:
    type = ranked(op.results[0].type)
    return unspecified(sizes_of(type.shape, sizes), type.element_type)


@interpret(tensor.Extract)
def extract(frame: Frame, op: tensor.Extract, source: Any, *indices: Any) -> Any:
    return source[position(op, indices, source.shape)]


@interpret(tensor.Insert)
def insert(frame: Frame, op: tensor.Insert, scalar: Any, dest: Any, *indices: Any) -> Any:
    result = dest.copy()
    result[position(op, indices, dest.shape)] = scalar
    return result


@interpret(tensor.FromElements)
def from_elements(frame: Frame, op: tensor.FromElements, *elements: Any) -> Any:
    type = ranked(op.results[0].type)
    return np.array(elements, dtype_of(type.element_type)).reshape(type.static_shape)


@interpret(tensor.Splat)
def splat(frame: Frame, op: tensor.Splat, value: Any, *sizes: Any) -> Any:
    return np.full(sizes_of(ranked(op.results[0].type).shape, sizes), value)


@interpret(tensor.ExtractSlice)
def extract_slice(frame: Frame, op: tensor.ExtractSlice, source: Any, *lists: Any) -> Any:
    return reduced(op, strided(frame, op, source), op.results[0].type)


@interpret(tensor.InsertSlice)
def insert_slice(frame: Frame, op: tensor.InsertSlice, source: Any, dest: Any, *lists: Any) -> Any:
    result = dest.copy()
    put(frame, op, source, result)
    return result


@interpret(tensor.ExpandShape)
def expand_shape(frame: Frame, op: tensor.ExpandShape, source: Any, *sizes: Any) -> Any:
    return checked(op, source.reshape(numbers(frame, op.mixed_output_shape)), op.results[0].type)


@interpret(tensor.CollapseShape)
def collapse_shape(frame: Frame, op: tensor.CollapseShape, source: Any) -> Any:
    shape = [int(np.prod([source.shape[i] for i in group], dtype=np.int64)) for group in op.groups]
    return checked(op, source.reshape(shape), op.results[0].type)


@interpret(tensor.Reshape)
def reshape(frame: Frame, op: tensor.Reshape, source: Any, shape: Any) -> Any:
    sizes = [int(size) for size in shape]
    if any(size < 0 for size in sizes):
        fail(op, f"reshapes to {sizes}, which has a negative size")
    return source.reshape(sizes)


@interpret(tensor.Concat)
def concat(frame: Frame, op: tensor.Concat, *inputs: Any) -> Any:
    return checked(op, np.concatenate(inputs, op.dim.value), op.results[0].type)


@interpret(tensor.Yield)
def leave(frame: Frame, op: tensor.Yield, value: Any) -> Leave:
    return Leave(op, (value,))


@interpret(tensor.Generate)
def generate(frame: Frame, op: tensor.Generate, *sizes: Any) -> Any:
    type = ranked(op.results[0].type)
    result = unspecified(sizes_of(type.shape, sizes), type.element_type)
    for indices in np.ndindex(result.shape):
        (result[indices],) = frame.run(op.body, [np.int64(i) for i in indices]).values
    return result


@interpret(tensor.Pad)
def pad(frame: Frame, op: tensor.Pad, source: Any, *lists: Any) -> Any:
    low, high = numbers(frame, op.mixed_low), numbers(frame, op.mixed_high)
    type = ranked(op.results[0].type)
    shape = tuple(a + size + b for a, size, b in zip(low, source.shape, high, strict=True))
    if any(width < 0 for width in (*low, *high)):
        fail(op, "has a negative width")
    result = unspecified(shape, type.element_type)
    for indices in np.ndindex(shape):
        (result[indices],) = frame.run(op.body, [np.int64(i) for i in indices]).values
    result[tuple(slice(a, a + size) for a, size in zip(low, source.shape, strict=True))] = source
    return checked(op, result, type)
