"""What a value becomes in the llvm dialect: one value, or several that belong together.

A memref becomes the parts of upstream's descriptor: the allocated and the aligned pointer, the offset, sizes and strides.
What its type says is a Python number and costs nothing. A vector of several dimensions becomes its innermost rows. Block
arguments carry the parts; only functions take and give whole descriptors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from irc.dialects import llvm
from irc.dialects._layouts import strides_of
from irc.ir.diagnostic import VerifyError
from irc.ir.types import (
    ComplexType,
    FloatType,
    IndexType,
    IntegerType,
    MemRefType,
    Shape,
    Type,
    VectorType,
    i8,
    i64,
)
from irc.ir.value import Value

Number = Value | int
"""An `i64` value, or a number that is known."""


@dataclass(frozen=True, slots=True)
class MemRef:
    """The parts of a memref."""

    allocated: Value
    aligned: Value
    offset: Number
    sizes: tuple[Number, ...]
    strides: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a vector of rank other than one, in row-major order; a vector of rank 0 is one row of one element."""

    shape: tuple[int, ...]
    rows: tuple[Value, ...]


Lowered = Value | MemRef | Rows


class UnsupportedType(ValueError):
    """A type that has no form in the llvm dialect."""


@cache
def convert_scalar(type: Type) -> Type:
    """An element type: `index` is `i64`, signs of integers are dropped, a complex number is a struct of its parts."""
    match type:
        case IndexType():
            return i64
        case IntegerType():
            return IntegerType(type.width)
        case FloatType() if type.kind in llvm.FLOAT_KINDS:
            return type
        case FloatType() if type.width <= 8:
            return i8  # LLVM has no such types: the byte that holds the bits
        case llvm.PointerType() | llvm.StructType() | llvm.ArrayType():
            return type
        case ComplexType(element_type=FloatType()):
            return llvm.StructType((convert_scalar(type.element_type),) * 2)
        case VectorType(rank=1):
            return VectorType(type.shape, convert_scalar(type.element_type), type.scalable)
    raise UnsupportedType(f"type '{type}' has no counterpart in LLVM")


def row_type(type: VectorType) -> VectorType:
    """The type of the rows of a vector."""
    scalar = convert_scalar(type.element_type)
    return VectorType(type.shape[-1:] or (1,), scalar, type.scalable[-1:])


def row_count(shape: Sequence[int]) -> int:
    """How many rows a vector of this shape has."""
    count = 1
    for size in shape[:-1]:
        count *= size
    return count


def descriptor_type(rank: int) -> llvm.StructType:
    """Upstream's memref descriptor."""
    arrays = (llvm.ArrayType(rank, i64),) * 2 if rank else ()
    return llvm.StructType((llvm.ptr, llvm.ptr, i64, *arrays))


POINTERS = llvm.StructType((llvm.ptr, llvm.ptr))
"""The allocated and the aligned pointer of a memref."""


def whole_type(type: Type, bare: bool = False) -> Type:
    """The type of a value in one piece, as a function returns it: of a memref all parts, or, if it is `bare`, the pointers
    alone where its type states the rest. Raises `UnsupportedType`."""
    if isinstance(type, MemRefType):
        return POINTERS if bare and states_all(type) else descriptor_type(type.rank)
    return convert_scalar(type)


def states_all(type: MemRefType) -> bool:
    """Whether the type of a buffer says all of it but where it lies."""
    try:
        strides, offset = strides_of(type)
    except VerifyError:
        return False
    return None not in (*type.shape, *strides, offset)


def parameter_types(type: Type, bare: bool = False) -> list[Type]:
    """The types of the parameters that a function takes for one argument: a memref's parts, all of them, or the `bare`
    pointer to its elements."""
    if isinstance(type, MemRefType):
        if bare:
            return [llvm.ptr]
        return [llvm.ptr, llvm.ptr, *[i64] * (1 + 2 * type.rank)]
    return [convert_scalar(type)]


def part_types(type: Type) -> list[Type]:
    """The types of the parts that a block argument of this type is made of: those that its type does not state."""
    match type:
        case MemRefType():
            strides, offset = strides_of(type)
            return [llvm.ptr, llvm.ptr, *[i64] * [offset, *type.shape, *strides].count(None)]
        case VectorType() if type.rank != 1:
            return [row_type(type)] * row_count(type.static_shape)
    return [convert_scalar(type)]


def parts_of(value: Lowered, type: Type, as_value: Callable[[Number], Value]) -> list[Value]:
    """The parts of a value that stand for it in a branch, as `part_types` lists them.

    A number may be known although the type leaves it open, after a cast for instance: it becomes a value by `as_value`.
    """
    if isinstance(value, Rows):
        return list(value.rows)
    if not isinstance(value, MemRef):
        return [value]
    assert isinstance(type, MemRefType)
    strides, offset = strides_of(type)
    stated = (offset, *type.shape, *strides)
    numbers = (value.offset, *value.sizes, *value.strides)
    dynamic = [number for number, known in zip(numbers, stated, strict=True) if known is None]
    return [value.allocated, value.aligned, *map(as_value, dynamic)]


def from_parts(type: Type, parts: Iterator[Value], stated_too: bool = False) -> Lowered:
    """The value made of the next `parts`; `stated_too` says that these include what the type states."""
    match type:
        case MemRefType():
            strides, offset = strides_of(type)
            allocated, aligned = next(parts), next(parts)

            def number(known: int | None) -> Number:
                if known is None or stated_too:
                    value = next(parts)
                return value if known is None else known

            def numbers(shape: Shape) -> tuple[Number, ...]:
                return tuple([number(known) for known in shape])

            return MemRef(allocated, aligned, number(offset), numbers(type.shape), numbers(strides))
        case VectorType() if type.rank != 1:
            shape = type.static_shape
            return Rows(shape, tuple([next(parts) for _ in range(row_count(shape))]))
    return next(parts)


def from_bare_pointer(type: Type, pointer: Value) -> Lowered:
    """What a function gets as a bare pointer: the rest of a memref is stated by its type. Raises `UnsupportedType`."""
    if not isinstance(type, MemRefType):
        return pointer
    if not states_all(type):
        raise UnsupportedType(f"a bare pointer does not tell the sizes of '{type}'")
    return from_parts(type, iter((pointer, pointer)))


def rowwise(build: Callable[..., Value], *operands: Lowered) -> Lowered:
    """`build` on the operands, row by row where they have rows."""
    first = next((operand for operand in operands if isinstance(operand, Rows)), None)
    if first is None:
        return build(*operands)
    columns = [operand.rows if isinstance(operand, Rows) else (operand,) * len(first.rows) for operand in operands]
    return Rows(first.shape, tuple([build(*row) for row in zip(*columns, strict=True)]))
