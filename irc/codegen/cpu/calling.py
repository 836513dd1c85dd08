"""The calling convention: how NumPy arrays go into compiled functions and come out.

For each function `@f` that may be called from outside there is a wrapper `void @__irc_f(ptr %slots)`. The slots are words
of 64 bits: first the arguments, then room for the results. A scalar takes a slot, or two where it has more
than 64 bits. A memref of rank n takes 3 + 2 n: the
allocated and the aligned pointer, the offset, n sizes and n strides (in elements); this is upstream's memref descriptor.
Results that are memrefs belong to the caller, who frees their allocated pointer. Of a memref whose type states all but the
pointers, a function may leave out the rest (`llvm.bareptr`): the caller has written it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.codegen.cpu.llvm_constants import type_text
from irc.codegen.cpu.llvm_writer import symbol
from irc.dialects import llvm
from irc.dialects._layouts import strides_of
from irc.ir.arguments import as_argument, check_count, passed_dtype
from irc.ir.dense import dtype_of, has_odd_width
from irc.ir.diagnostic import error
from irc.ir.signature import kept_signature
from irc.ir.types import (
    ComplexType,
    FloatType,
    FunctionType,
    IndexType,
    IntegerType,
    MemRefType,
    Shape,
    TensorType,
    Type,
)
from irc.lowering.lowered_values import states_all
from irc.lowering.outlining import BARE_POINTERS

WRAPPER_PREFIX = "__irc_"

_libc = ctypes.CDLL(None)
_free = _libc.free
_free.argtypes, _free.restype = [ctypes.c_void_p], None
flush = _libc.fflush
flush.argtypes, flush.restype = [ctypes.c_void_p], ctypes.c_int

Array = np.ndarray[Any, Any]


class CallError(TypeError):
    """The arguments do not fit the function."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One argument or result: where its words start and what it holds. `shape` is `None` for a scalar.

    A memref is passed as it is, for the function may write to it.
    """

    start: int
    words: int
    dtype: np.dtype[Any]
    shape: Shape | None
    type: Type


@dataclass(frozen=True, slots=True)
class Layout:
    """The slots of one function. `bare` says that it takes and gives pointers alone."""

    name: str
    inputs: tuple[Slot, ...]
    outputs: tuple[Slot, ...]
    words: int
    bare: bool


def layout_of(function: llvm.Func) -> Layout | None:
    """The slots of a function, `None` if it is private or has no body.

    Raises `DiagnosedError` where a type has no counterpart in NumPy.
    """
    private = function.sym_visibility is not None and function.sym_visibility.value != "public"
    if private or function.is_declaration:
        return None
    type = kept_signature(function) or _own_signature(function)
    start = 0
    groups: list[tuple[Slot, ...]] = []
    for types in (type.inputs, type.results):
        slots = []
        for each in types:
            slots.append(_slot(function, each, start))
            start += slots[-1].words
        groups.append(tuple(slots))
    return Layout(function.sym_name.value, groups[0], groups[1], start, BARE_POINTERS in function.attributes)


def _own_signature(function: llvm.Func) -> FunctionType:
    """The type of a function that was written in the llvm dialect: it takes scalars as they are."""
    result = function.type.result
    return FunctionType(function.type.parameters, () if result is llvm.void else (result,))


def _slot(function: llvm.Func, type: Type, start: int) -> Slot:
    try:
        dtype = passed_dtype(type)
    except ValueError as problem:
        raise error(function.location, str(problem)) from None
    if isinstance(type, TensorType | MemRefType):
        return Slot(start, 3 + 2 * type.rank, dtype, type.shape, type)
    if isinstance(type, IntegerType | IndexType | FloatType | ComplexType):
        return Slot(start, -(-dtype.itemsize // 8), dtype, None, type)
    raise error(function.location, f"values of type '{type}' cannot be passed from and to Python")


# -- the wrapper -----------------------------------------------------------------------------------------------------


def wrapper_name(name: str) -> str:
    """The symbol of the wrapper of `@name`: its letters and digits, and the bytes of all else in hexadecimal."""
    data = name.encode("utf-8", "surrogateescape")
    plain = "".join(
        [chr(byte) if (chr(byte).isalnum() and byte < 128) or byte == ord("_") else f"${byte:02x}" for byte in data]
    )
    return WRAPPER_PREFIX + plain


def wrapper_text(function: llvm.Func, layout: Layout, target: str, enter: Sequence[str], leave: Sequence[str]) -> str:
    """The LLVM IR of `@__irc_<name>`, which calls `target` and returns a null pointer, or the message of a failure.

    `enter` are the instructions that it starts with, `leave` those that it ends with.
    """
    lines = [f"define ptr {symbol(wrapper_name(layout.name))}(ptr %slots) nounwind {{", *enter]
    arguments: list[str] = []
    words = [word for slot in layout.inputs for word in _passed_words(slot, layout.bare)]
    for word, type in zip(words, function.type.parameters, strict=True):
        text = type_text(type)
        lines.append(f"  %p{word} = getelementptr i64, ptr %slots, i64 {word}")
        wide = _in_slot(type)
        if wide is type:
            lines.append(f"  %a{word} = load {text}, ptr %p{word}")
        else:
            lines.append(f"  %w{word} = load {type_text(wide)}, ptr %p{word}")
            lines.append(f"  %a{word} = trunc {type_text(wide)} %w{word} to {text}")
        arguments.append(f"{text} %a{word}")
    result = type_text(function.type.result)
    call = f"call {result} {target}({', '.join(arguments)})"
    lines.append(f"  {call}" if result == "void" else f"  %r = {call}")
    for i, slot in enumerate(layout.outputs):
        value, type = f"{result} %r", function.type.result
        if len(layout.outputs) > 1:
            assert isinstance(type, llvm.StructType)
            type = type.members[i]
            value = f"{type_text(type)} %r{i}"
            lines.append(f"  %r{i} = extractvalue {result} %r, {i}")
        if _in_slot(type) is not type:
            wide_text = type_text(_in_slot(type))
            lines.append(f"  %e{i} = {'zext' if slot.dtype.kind == 'u' else 'sext'} {value} to {wide_text}")
            value = f"{wide_text} %e{i}"
        lines.append(f"  %o{i} = getelementptr i64, ptr %slots, i64 {slot.start}")
        lines.append(f"  store {value}, ptr %o{i}")
    return "\n".join([*lines, *leave, "  ret ptr null", "}"]) + "\n"


def _passed_words(slot: Slot, bare: bool) -> range:
    """The words of an argument that the function gets: of a buffer all, or the `bare` aligned pointer."""
    if slot.shape is None:
        return range(slot.start, slot.start + 1)
    return range(slot.start + 1, slot.start + 2) if bare else range(slot.start, slot.start + slot.words)


def _in_slot(type: Type) -> Type:
    """The type that a word of this type is read and written as: LLVM leaves the spare bits of an `i7` in memory open."""
    return IntegerType(8 * dtype_of(type).itemsize) if has_odd_width(type) else type


# -- arguments -------------------------------------------------------------------------------------------------------


def pack(layout: Layout, arguments: Sequence[Any], words: Array) -> list[Array]:
    """Write the arguments into `words`, and what is known of the results; the arrays that must stay alive during the call.

    Raises `CallError` for a wrong number of arguments, or an argument of another dtype or shape.
    """
    try:
        check_count(layout.name, len(arguments), [slot.type for slot in layout.inputs])
    except ValueError as problem:
        raise CallError(str(problem)) from None
    if layout.bare:
        for slot in layout.outputs:
            _write_stated(slot, words)
    return [_pack(layout, i, slot, arguments[i], words) for i, slot in enumerate(layout.inputs)]


def _write_stated(slot: Slot, words: Array) -> None:
    """The offset, the sizes and the strides of a result, if its type states them all."""
    type = MemRefType(slot.type.shape, slot.type.element_type) if isinstance(slot.type, TensorType) else slot.type
    if isinstance(type, MemRefType) and states_all(type):
        strides, offset = strides_of(type)
        words[slot.start + 2 : slot.start + slot.words] = (offset, *type.shape, *strides)


def _pack(layout: Layout, i: int, slot: Slot, argument: Any, words: Array) -> Array:
    try:
        array = as_argument(argument, slot.type)
        if isinstance(slot.type, MemRefType):
            _check_memref(slot.type, array)
    except ValueError as problem:
        raise CallError(f"@{layout.name}: argument #{i}: {problem}") from None
    if slot.shape is None:
        words.view(np.uint8)[8 * slot.start : 8 * slot.start + array.itemsize] = np.frombuffer(
            array.tobytes(), np.uint8
        )
        return array
    rank = len(slot.shape)
    contiguous = array.flags.c_contiguous and array.flags.aligned
    if not contiguous and not isinstance(slot.type, MemRefType):
        array = np.ascontiguousarray(array).reshape(array.shape)
    start, address = slot.start, array.__array_interface__["data"][0]
    words[start : start + 3] = address, address, 0
    words[start + 3 : start + 3 + rank] = array.shape
    words[start + 3 + rank : start + 3 + 2 * rank] = [stride // array.itemsize for stride in array.strides]
    return array


def _check_memref(type: MemRefType, array: Array) -> None:
    """Raises `ValueError` where the array itself cannot be handed over: what the function writes would be lost."""
    what = f"must be '{type}'"
    if not array.flags.aligned or any(stride % array.itemsize for stride in array.strides):
        raise ValueError(f"{what}, got an array whose elements are not aligned")
    if type.layout is None and not array.flags.c_contiguous:
        raise ValueError(f"{what}, got an array that is not contiguous")


# -- results ---------------------------------------------------------------------------------------------------------


class Allocation:
    """Memory that compiled code has allocated; freed with the last array that refers to it."""

    __slots__ = ("__weakref__", "address")

    def __init__(self, address: int) -> None:
        self.address = address

    def __del__(self) -> None:
        _free(self.address)


class _View:
    """What NumPy asks for memory; the array that it makes keeps this object, and that the owner, alive."""

    __slots__ = ("__array_interface__", "owner")

    def __init__(self, interface: dict[str, Any], owner: object) -> None:
        self.__array_interface__, self.owner = interface, owner


def unpack(layout: Layout, words: Array, arguments: Sequence[Array]) -> list[Any]:
    """The results: NumPy scalars and arrays. An array that lies in an argument's memory is a copy."""
    owners: dict[int, Allocation] = {}
    inputs = {array.__array_interface__["data"][0] for array in arguments if array.ndim or array.size}
    return [_unpack(slot, words, owners, inputs) for slot in layout.outputs]


def _unpack(slot: Slot, words: Array, owners: dict[int, Allocation], inputs: set[int]) -> Any:
    start, dtype = slot.start, slot.dtype
    if slot.shape is None:
        return words[start : start + slot.words].view(np.uint8)[: dtype.itemsize].copy().view(dtype)[0]
    rank = len(slot.shape)
    allocated, aligned, offset, *rest = (int(word) for word in words[start : start + slot.words])
    shape, strides = tuple(rest[:rank]), tuple(stride * dtype.itemsize for stride in rest[rank:])
    borrowed = allocated == 0 or allocated in inputs
    owner = None
    if not borrowed:
        owner = owners.get(allocated)
        if owner is None:
            owner = owners[allocated] = Allocation(allocated)
    interface = {
        "version": 3, "data": (aligned + offset * dtype.itemsize, False), "shape": shape, "strides": strides,
        "typestr": f"|V{dtype.itemsize}",
    }  # fmt: skip
    array = np.asarray(_View(interface, owner)).view(dtype)
    return array.copy() if borrowed else array
