"""How `memref` is executed. A buffer is an array, a view of it an array that shares its memory."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.dialects import memref
from irc.dialects.llvm_layout import element_bytes
from irc.interpreter import memref_atomics, memref_transfers, shapes
from irc.interpreter.buffers import base_of, enter_scope, free, leave_scope, live, on_stack, over_buffer, reshaped
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.interpreter.slices import numbers, position, reduced, strided
from irc.interpreter.values import sizes_of, unspecified
from irc.ir.attributes import DenseElementsAttr
from irc.ir.dense import dtype_of, to_numpy
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, Type, VectorType, element_type

__all__ = ["memref_atomics", "memref_transfers"]


def ranked(type: Type) -> MemRefType:
    assert isinstance(type, MemRefType)
    return type


interpret(memref.Dim)(shapes.dim)
interpret(memref.Rank)(shapes.rank)
interpret(memref.Cast, memref.MemorySpaceCast)(shapes.cast)


@interpret(memref.Alloc, memref.Alloca)
def allocate(frame: Frame, op: memref.Allocation, *operands: Any) -> Any:
    type = ranked(op.results[0].type)
    shape = sizes_of(type.shape, operands[: type.num_dynamic_dims])
    element = type.element_type
    if isinstance(element, VectorType):
        shape, element = (*shape, *element.static_shape), element.element_type
    buffer = unspecified(shape, element)
    return on_stack(frame, buffer) if isinstance(op, memref.Alloca) else buffer


@interpret(memref.Dealloc)
def deallocate(frame: Frame, op: memref.Dealloc, view: Any) -> None:
    free(frame, live(frame, op, view))


@interpret(memref.Realloc)
def reallocate(frame: Frame, op: memref.Realloc, source: Any, *size: Any) -> Any:
    result = unspecified(sizes_of(ranked(op.result.type).shape, size), ranked(op.result.type).element_type)
    kept = min(source.size, result.size)
    result[:kept] = live(frame, op, source)[:kept]
    free(frame, source)
    return result


@interpret(memref.AllocaScope)
def scope(frame: Frame, op: memref.AllocaScope) -> Any:
    enter_scope(frame)
    try:
        values = frame.run(op.body).values
    finally:
        leave_scope(frame)
    return values[0] if len(op.results) == 1 else tuple(values)


@interpret(memref.AllocaScopeReturn)
def leave(frame: Frame, op: memref.AllocaScopeReturn, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(memref.Load)
def load(frame: Frame, op: Operation, view: Any, *indices: Any) -> Any:
    found = live(frame, op, view)[position(op, indices, view.shape[: len(indices)])]
    return found.copy() if isinstance(found, np.ndarray) else found


@interpret(memref.Store)
def store(frame: Frame, op: Operation, value: Any, view: Any, *indices: Any) -> None:
    live(frame, op, view)[position(op, indices, view.shape[: len(indices)])] = value


@interpret(memref.Copy)
def copy(frame: Frame, op: memref.Copy, source: Any, target: Any) -> None:
    if source.shape != target.shape:
        fail(op, f"copies an array of shape {source.shape} to one of shape {target.shape}")
    live(frame, op, target)[...] = live(frame, op, source)


@interpret(memref.SubView)
def subview(frame: Frame, op: memref.SubView, source: Any, *lists: Any) -> Any:
    return reduced(op, strided(frame, op, source), op.results[0].type)


@interpret(memref.View)
def view_bytes(frame: Frame, op: memref.View, source: Any, start: Any, *sizes: Any) -> Any:
    type = ranked(op.results[0].type)
    element = type.element_type
    shape, dtype = sizes_of(type.shape, sizes), dtype_of(element_type(element))
    size = math.prod(shape) * (element_bytes(element) if isinstance(element, VectorType) else dtype.itemsize)
    if not 0 <= start <= source.size - size:
        fail(op, f"shows {size} bytes from {start} of a buffer of {source.size}")
    found = source[int(start) : int(start) + size].view(dtype)
    if not isinstance(element, VectorType):
        return found.reshape(shape)
    # The rows of a vector are padded, so that each begins where it is aligned.
    *rows, length = element.static_shape
    padded = element_bytes(element) // math.prod(rows) // dtype.itemsize
    return found.reshape(*shape, *rows, padded)[..., :length]


@interpret(memref.ReinterpretCast)
def reinterpret_cast(frame: Frame, op: memref.ReinterpretCast, source: Any, *lists: Any) -> Any:
    (offset,) = numbers(frame, op.mixed_offsets)
    sizes, strides = numbers(frame, op.mixed_sizes), numbers(frame, op.mixed_strides)
    return over_buffer(op, base_of(source), offset, sizes, strides, source.dtype)


@interpret(memref.ExpandShape)
def expand_shape(frame: Frame, op: memref.ExpandShape, source: Any, *sizes: Any) -> Any:
    return reshaped(op, source, numbers(frame, op.mixed_output_shape))


@interpret(memref.CollapseShape)
def collapse_shape(frame: Frame, op: memref.CollapseShape, source: Any) -> Any:
    return reshaped(op, source, [int(np.prod([source.shape[i] for i in g], dtype=np.int64)) for g in op.groups])


@interpret(memref.Reshape)
def reshape(frame: Frame, op: memref.Reshape, source: Any, shape: Any) -> Any:
    return reshaped(op, source, [int(size) for size in shape])


@interpret(memref.Transpose)
def transpose(frame: Frame, op: memref.Transpose, source: Any) -> Any:
    return source.transpose(op.permutation.map.dim_positions())


@interpret(memref.ExtractStridedMetadata)
def metadata(frame: Frame, op: memref.ExtractStridedMetadata, source: Any) -> Any:
    base = base_of(source)
    size = source.itemsize
    offset = (source.__array_interface__["data"][0] - base.__array_interface__["data"][0]) // size
    start = over_buffer(op, base, 0, (), (), source.dtype)
    numbers = (offset, *source.shape, *(stride // size for stride in source.strides))
    return (start, *(np.int64(number) for number in numbers))


@interpret(memref.ExtractAlignedPointerAsIndex)
def address(frame: Frame, op: memref.ExtractAlignedPointerAsIndex, source: Any) -> Any:
    return np.int64(base_of(live(frame, op, source)).__array_interface__["data"][0])


@interpret(memref.GetGlobal)
def get_global(frame: Frame, op: memref.GetGlobal) -> Any:
    memory = frame.interpreter.memory
    found = frame.interpreter.symbol(op, op.name_)
    if found not in memory:
        assert isinstance(found, memref.Global)
        value, type = found.initial_value, ranked(found.type.type)
        if isinstance(value, DenseElementsAttr):
            memory[found] = to_numpy(value).copy()
        else:
            memory[found] = unspecified(type.static_shape, type.element_type)
    return memory[found]
