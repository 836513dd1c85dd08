"""How `memref` is executed. A buffer is an array, a view of it an array that shares its memory."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np

from irc.dialects import memref
from irc.interpreter import shapes
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.slices import checked, numbers, position, reduced, strided
from irc.interpreter.values import Array, sizes_of, unspecified
from irc.ir.attributes import DenseElementsAttr
from irc.ir.dense import dtype_of, to_numpy
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, ShapedType, Type, VectorType, element_type

FREED = "memref.freed"
"""The key in the interpreter's memory of the buffers that were freed, by identity."""


def ranked(type: Type) -> MemRefType:
    assert isinstance(type, MemRefType)
    return type


interpret(memref.Dim)(shapes.dim)
interpret(memref.Rank)(shapes.rank)
interpret(memref.Cast)(shapes.cast)


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


@interpret(memref.Alloc, memref.Alloca)
def allocate(frame: Frame, op: memref.Allocation, *operands: Any) -> Any:
    type = ranked(op.results[0].type)
    shape = sizes_of(type.shape, operands[: type.num_dynamic_dims])
    element = type.element_type
    if isinstance(element, VectorType):
        return unspecified((*shape, *element.static_shape), element.element_type)
    return unspecified(shape, element)


@interpret(memref.Dealloc)
def deallocate(frame: Frame, op: memref.Dealloc, view: Any) -> None:
    base = base_of(live(frame, op, view))
    freed: dict[int, Any] = frame.interpreter.memory.setdefault(FREED, {})
    key = id(base)
    freed[key] = weakref.ref(base, lambda _: freed.pop(key, None))


@interpret(memref.Load)
def load(frame: Frame, op: memref.Load, view: Any, *indices: Any) -> Any:
    found = live(frame, op, view)[position(op, indices, view.shape[: len(indices)])]
    return found.copy() if isinstance(found, np.ndarray) else found


@interpret(memref.Store)
def store(frame: Frame, op: memref.Store, value: Any, view: Any, *indices: Any) -> None:
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
    shape, dtype = sizes_of(type.shape, sizes), dtype_of(element_type(type.element_type))
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    if not 0 <= start <= source.size - size:
        fail(op, f"shows {size} bytes from {start} of a buffer of {source.size}")
    return source[int(start) : int(start) + size].view(dtype).reshape(shape)


@interpret(memref.ReinterpretCast)
def reinterpret_cast(frame: Frame, op: memref.ReinterpretCast, source: Any, *lists: Any) -> Any:
    (offset,) = numbers(frame, op.mixed_offsets)
    sizes, strides = numbers(frame, op.mixed_sizes), numbers(frame, op.mixed_strides)
    return over_buffer(op, base_of(source), offset, sizes, strides, source.dtype)


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


@interpret(memref.ExpandShape)
def expand_shape(frame: Frame, op: memref.ExpandShape, source: Any, *sizes: Any) -> Any:
    return reshaped(op, source, numbers(frame, op.mixed_output_shape))


@interpret(memref.CollapseShape)
def collapse_shape(frame: Frame, op: memref.CollapseShape, source: Any) -> Any:
    return reshaped(op, source, [int(np.prod([source.shape[i] for i in g], dtype=np.int64)) for g in op.groups])


@interpret(memref.Reshape)
def reshape(frame: Frame, op: memref.Reshape, source: Any, shape: Any) -> Any:
    return reshaped(op, source, [int(size) for size in shape])


def reshaped(op: Operation, source: Array, shape: Any) -> Array:
    """The same memory under another shape; fails where that needs a copy."""
    view = source.view()
    try:
        view.shape = tuple(shape)
    except AttributeError:
        fail(op, "reshapes a buffer whose dimensions are not contiguous")
    type = op.results[0].type
    return checked(op, view, type) if isinstance(type, ShapedType) else view


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
