"""Where things lie in memory: sizes, alignments and offsets of LLVM's types on a 64-bit machine.

The rules are those of LLVM's default data layout for x86-64 and AArch64 (https://llvm.org/docs/LangRef.html#data-layout):
scalars and vectors are aligned to their size, rounded up to a power of two; members of a struct are padded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import prod

from irc.dialects.llvm_types import ArrayType, PointerType, StructType
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, Type, VectorType

POINTER_BYTES = 8


def scalar_bits(type: Type) -> int:
    """The bits of an integer, a float or a pointer. Raises `ValueError` for another type."""
    if isinstance(type, IntegerType | FloatType):
        return type.width
    if isinstance(type, PointerType):
        return 8 * POINTER_BYTES
    raise ValueError(f"type '{type}' has no size")


@cache
def byte_size(type: Type) -> int:
    """The bytes from one element to the next in an array of `type`. Raises `ValueError` where it has no size."""
    match type:
        case VectorType():
            return _power_of_two(-(-scalar_bits(type.element_type) * type.num_elements // 8))
        case ArrayType():
            return type.size * byte_size(type.element)
        case StructType():
            end = sum(_extents(type)[-1:], 0)
            return end if type.packed else _aligned(end, alignment(type))
    return _power_of_two(-(-scalar_bits(type) // 8))


@cache
def element_bytes(type: Type) -> int:
    """The bytes from one element of a buffer to the next. Raises `ValueError` where LLVM has no such elements.

    An index has 64 bits; a complex number is its two parts; a vector of several dimensions lies there row by row.
    """
    match type:
        case IndexType():
            return POINTER_BYTES
        case ComplexType():
            return 2 * element_bytes(type.element_type)
        case VectorType():
            row = VectorType(type.shape[-1:] or (1,), IntegerType(8 * element_bytes(type.element_type)))
            return byte_size(row) * prod(type.static_shape[:-1])
    return byte_size(type)


@cache
def alignment(type: Type) -> int:
    """The bytes to which `type` is aligned where nothing else is said."""
    match type:
        case ArrayType():
            return alignment(type.element)
        case StructType():
            return 1 if type.packed else max([alignment(member) for member in type.members], default=1)
    return byte_size(type)


@cache
def member_offsets(type: StructType) -> tuple[int, ...]:
    """Where each member of a struct starts."""
    ends = (0, *_extents(type))
    return tuple([_start(type, end, member) for end, member in zip(ends, type.members, strict=False)])


def element_offset(type: Type, indices: Sequence[int]) -> int:
    """The bytes from an address to what `getelementptr` on `type` gives for it."""
    first, *rest = indices
    offset = first * byte_size(type)
    for index in rest:
        match type:
            case StructType():
                offset += member_offsets(type)[index]
                type = type.members[index]
            case ArrayType():
                type = type.element
                offset += index * byte_size(type)
            case VectorType():
                type = type.element_type
                offset += index * byte_size(type)
            case _:
                raise ValueError(f"type '{type}' cannot be indexed")
    return offset


def _extents(type: StructType) -> tuple[int, ...]:
    """Where each member ends."""
    end = 0
    ends: list[int] = []
    for member in type.members:
        end = _start(type, end, member) + byte_size(member)
        ends.append(end)
    return tuple(ends)


def _start(type: StructType, end: int, member: Type) -> int:
    return end if type.packed else _aligned(end, alignment(member))


def _aligned(offset: int, to: int) -> int:
    return -(-offset // to) * to


def _power_of_two(size: int) -> int:
    return 1 << max(0, size - 1).bit_length()
