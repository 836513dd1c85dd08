"""Memory as the llvm dialect sees it: blocks of bytes, and pointers into them.

A pointer knows its block, so an access outside of it, or after the block was freed, is an error and no accident. Each
block also has an address, far from the others, for programs that turn pointers into integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.dialects.llvm_layout import alignment, byte_size, member_offsets
from irc.interpreter.values import UNSPECIFIED_BYTE, Array
from irc.ir.dense import dtype_of
from irc.ir.types import IntegerType, Type, VectorType, element_type

GAP = 1 << 32
"""Bytes between the addresses of two blocks: more than any block has."""


@dataclass(eq=False, slots=True)
class Memory:
    """A block of bytes. `data` may share its memory with an array of the user's."""

    data: Array
    address: int
    freed: bool = False
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Pointer:
    """A position in a block; without a block it is a plain address, such as that of null."""

    block: Memory | None
    offset: int

    @property
    def address(self) -> int:
        return self.offset + (self.block.address if self.block is not None else 0)

    def moved(self, by: int) -> Pointer:
        return Pointer(self.block, self.offset + by)


NULL = Pointer(None, 0)


class Heap:
    """All blocks of an interpreter."""

    __slots__ = ("blocks", "globals")

    def __init__(self) -> None:
        self.blocks: list[Memory] = []
        self.globals: dict[str, Pointer] = {}

    def new(self, size: int) -> Pointer:
        """A block of unspecified content."""
        return self.adopt(np.full(size, UNSPECIFIED_BYTE, np.uint8))

    def adopt(self, data: Array, writable: bool = True) -> Pointer:
        """A block of these bytes."""
        block = Memory(data, (len(self.blocks) + 1) * GAP, writable=writable)
        self.blocks.append(block)
        return Pointer(block, 0)

    def at(self, address: int) -> Pointer:
        """The pointer with an address."""
        index, offset = divmod(address, GAP)
        if 1 <= index <= len(self.blocks):
            return Pointer(self.blocks[index - 1], offset)
        return Pointer(None, address)


HEAP = "llvm.heap"
"""The key of the heap in an interpreter's memory."""


def heap_of(memory: dict[Any, Any]) -> Heap:
    """The heap of an interpreter, by its `memory`."""
    heap = memory.get(HEAP)
    if heap is None:
        heap = memory[HEAP] = Heap()
    assert isinstance(heap, Heap)
    return heap


def span(pointer: Pointer, size: int, *, write: bool = False) -> Array:
    """The bytes at a pointer. Raises `ValueError` where not all of them may be accessed."""
    if size == 0:
        return np.empty(0, np.uint8)
    block = pointer.block
    what = "writes" if write else "reads"
    if block is None:
        where = "the null pointer" if pointer.offset == 0 else f"address {pointer.offset:#x}, where there is no memory"
        raise ValueError(f"{what} through {where}")
    if block.freed:
        raise ValueError(f"{what} memory that was freed")
    if write and not block.writable:
        raise ValueError("writes to constant memory")
    start, end = pointer.offset, pointer.offset + size
    if start < 0 or end > len(block.data):
        raise ValueError(f"{what} bytes {start} to {end} of a block of {len(block.data)} bytes: out of bounds")
    data: Array = block.data[start:end]
    return data


# -- typed access ----------------------------------------------------------------------------------------------------


def load(pointer: Pointer, type: Type, heap: Heap) -> Any:
    """The value of `type` at a pointer. Raises `ValueError`."""
    match type:
        case llvm.StructType():
            members = zip(type.members, member_offsets(type), strict=True)
            return tuple([load(pointer.moved(offset), member, heap) for member, offset in members])
        case llvm.ArrayType():
            step = byte_size(type.element)
            return tuple([load(pointer.moved(i * step), type.element, heap) for i in range(type.size)])
        case llvm.PointerType():
            return heap.at(int(span(pointer, 8).view(np.int64)[0]))
        case VectorType():
            dtype = _dtype(type)
            size = dtype.itemsize * type.num_elements
            return span(pointer, size).view(dtype).copy()
    dtype = _dtype(type)
    return span(pointer, dtype.itemsize).view(dtype)[0]


def store(pointer: Pointer, value: Any, type: Type) -> None:
    """Write a value of `type`. Raises `ValueError`."""
    match type:
        case llvm.StructType():
            for part, member, offset in zip(value, type.members, member_offsets(type), strict=True):
                store(pointer.moved(offset), part, member)
        case llvm.ArrayType():
            step = byte_size(type.element)
            for i, part in enumerate(value):
                store(pointer.moved(i * step), part, type.element)
        case llvm.PointerType():
            span(pointer, 8, write=True)[:] = np.array([value.address], np.int64).view(np.uint8)
        case _:
            array = np.ascontiguousarray(np.asarray(value, _dtype(type)).reshape(-1))
            span(pointer, array.nbytes, write=True)[:] = array.view(np.uint8)


def _dtype(type: Type) -> np.dtype[Any]:
    scalar = element_type(type)
    packed = isinstance(scalar, IntegerType) and scalar.width not in (8, 16, 32, 64)
    if packed and (isinstance(type, VectorType) or scalar is not IntegerType(1)):
        raise ValueError(f"the interpreter has no memory form of '{type}', which LLVM packs")
    return dtype_of(scalar)


def unspecified_value(type: Type) -> Any:
    """A value that a program must not rely on."""
    match type:
        case llvm.StructType():
            return tuple([unspecified_value(member) for member in type.members])
        case llvm.ArrayType():
            return (unspecified_value(type.element),) * type.size
        case llvm.PointerType():
            return Pointer(None, int.from_bytes(bytes([UNSPECIFIED_BYTE]) * 6, "little"))
    dtype = dtype_of(element_type(type))
    data = np.frombuffer(bytes([UNSPECIFIED_BYTE if dtype.kind != "b" else 0]) * dtype.itemsize, dtype)[0]
    return np.full(type.static_shape, data) if isinstance(type, VectorType) else data


def zero_value(type: Type) -> Any:
    """The value whose bits are zero."""
    match type:
        case llvm.StructType():
            return tuple([zero_value(member) for member in type.members])
        case llvm.ArrayType():
            return (zero_value(type.element),) * type.size
        case llvm.PointerType():
            return NULL
    dtype = dtype_of(element_type(type))
    return np.zeros(type.static_shape, dtype) if isinstance(type, VectorType) else dtype.type(0)


__all__ = [
    "NULL", "Heap", "Memory", "Pointer", "alignment", "byte_size", "heap_of", "load", "span", "store", "unspecified_value",
    "zero_value",
]  # fmt: skip
