"""The calling convention: how NumPy arrays go into compiled functions and come out.

For each function `@f` that may be called from outside there is a wrapper `void @__irc_f(ptr %slots)`. The slots are words
of 64 bits: first the arguments, then room for the results. A scalar takes a slot. A memref of rank n takes 3 + 2 n: the
allocated and the aligned pointer, the offset, n sizes and n strides (in elements); this is upstream's memref descriptor.
Results that are memrefs belong to the caller, who frees their allocated pointer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.ir.attributes import TypeAttr
from irc.ir.dense import dtype_of
from irc.ir.diagnostic import error
from irc.ir.types import FunctionType, MemRefType, Shape, TensorType, Type, compatible_shapes
from irc.jit.cpu.llvm_constants import type_text
from irc.jit.cpu.llvm_writer import symbol

SIGNATURE = "irc.signature"
"""The attribute of an `llvm.func` that holds the type it had as a `func.func`."""

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

    A memref is passed as it is, for the function may write to it; `strided` says that it need not be contiguous.
    """

    start: int
    words: int
    dtype: np.dtype[Any]
    shape: Shape | None
    text: str
    is_memref: bool = False
    strided: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The slots of one function."""

    name: str
    inputs: tuple[Slot, ...]
    outputs: tuple[Slot, ...]
    words: int


def layout_of(function: llvm.Func) -> Layout | None:
    """The slots of a function, `None` if it keeps no signature or is private.

    Raises `DiagnosedError` where a type has no counterpart in NumPy.
    """
    signature = function.attributes.get(SIGNATURE)
    private = function.sym_visibility is not None and function.sym_visibility.value != "public"
    if private or function.is_declaration or not isinstance(signature, TypeAttr):
        return None
    type = signature.type
    assert isinstance(type, FunctionType)
    start = 0
    groups: list[tuple[Slot, ...]] = []
    for types in (type.inputs, type.results):
        slots = []
        for each in types:
            slots.append(_slot(function, each, start))
            start += slots[-1].words
        groups.append(tuple(slots))
    return Layout(function.sym_name.value, groups[0], groups[1], start)


def _slot(function: llvm.Func, type: Type, start: int) -> Slot:
    try:
        dtype = dtype_of(type.element_type if isinstance(type, TensorType | MemRefType) else type)
    except ValueError:
        raise error(function.location, f"values of type '{type}' cannot be passed from and to Python") from None
    if isinstance(type, TensorType):
        return Slot(start, 3 + 2 * type.rank, dtype, type.shape, str(type))
    if isinstance(type, MemRefType):
        return Slot(start, 3 + 2 * type.rank, dtype, type.shape, str(type), True, type.layout is not None)
    return Slot(start, 1, dtype, None, str(type))


# -- the wrapper -----------------------------------------------------------------------------------------------------


def wrapper_text(function: llvm.Func, layout: Layout, target: str, enter: Sequence[str]) -> str:
    """The LLVM IR of `@__irc_<name>`, which calls `target` and returns a null pointer, or the message of a failure.

    `enter` are the instructions that it starts with.
    """
    lines = [f"define ptr {symbol(WRAPPER_PREFIX + layout.name)}(ptr %slots) nounwind {{", *enter]
    arguments: list[str] = []
    words = [slot.start + i for slot in layout.inputs for i in range(slot.words)]
    for word, type in zip(words, function.type.parameters, strict=True):
        text = type_text(type)
        lines.append(f"  %p{word} = getelementptr i64, ptr %slots, i64 {word}")
        lines.append(f"  %a{word} = load {text}, ptr %p{word}")
        arguments.append(f"{text} %a{word}")
    result = type_text(function.type.result)
    call = f"call {result} {target}({', '.join(arguments)})"
    lines.append(f"  {call}" if result == "void" else f"  %r = {call}")
    for i, slot in enumerate(layout.outputs):
        value, type = f"{result} %r", function.type.result
        if len(layout.outputs) > 1:
            assert isinstance(type, llvm.StructType)
            value = f"{type_text(type.members[i])} %r{i}"
            lines.append(f"  %r{i} = extractvalue {result} %r, {i}")
        lines.append(f"  %o{i} = getelementptr i64, ptr %slots, i64 {slot.start}")
        lines.append(f"  store {value}, ptr %o{i}")
    return "\n".join([*lines, "  ret ptr null", "}"]) + "\n"


# -- arguments -------------------------------------------------------------------------------------------------------


def pack(layout: Layout, arguments: Sequence[Any], words: Array) -> list[Array]:
    """Write the arguments into `words`; the arrays that must stay alive during the call.

    Raises `CallError` for a wrong number of arguments, or an argument of another dtype or shape.
    """
    if len(arguments) != len(layout.inputs):
        raise CallError(f"@{layout.name} takes {len(layout.inputs)} arguments, got {len(arguments)}")
    return [_pack(layout, i, slot, arguments[i], words) for i, slot in enumerate(layout.inputs)]


def _pack(layout: Layout, i: int, slot: Slot, argument: Any, words: Array) -> Array:
    array = np.asarray(argument)
    if array.dtype != slot.dtype:
        if isinstance(argument, bool | int | float) and np.can_cast(array.dtype, slot.dtype, "same_kind"):
            array = array.astype(slot.dtype)
        else:
            raise CallError(f"argument {i} of @{layout.name} must be '{slot.text}', got dtype {array.dtype}")
    if slot.shape is None:
        if array.ndim:
            raise CallError(f"argument {i} of @{layout.name} must be '{slot.text}', got shape {array.shape}")
        words.view(np.uint8)[8 * slot.start : 8 * slot.start + array.itemsize] = np.frombuffer(
            array.tobytes(), np.uint8
        )
        return array
    rank = len(slot.shape)
    if not compatible_shapes(slot.shape, array.shape):
        raise CallError(f"argument {i} of @{layout.name} must be '{slot.text}', got shape {array.shape}")
    if slot.is_memref:
        _check_memref(layout, i, slot, argument, array)
    elif not array.flags.c_contiguous or not array.flags.aligned:
        array = np.ascontiguousarray(array).reshape(array.shape)
    start, address = slot.start, array.__array_interface__["data"][0]
    words[start : start + 3] = address, address, 0
    words[start + 3 : start + 3 + rank] = array.shape
    words[start + 3 + rank : start + 3 + 2 * rank] = [stride // array.itemsize for stride in array.strides]
    return array


def _check_memref(layout: Layout, i: int, slot: Slot, argument: Any, array: Array) -> None:
    """Raises `CallError` where the array itself cannot be handed over: what the function writes would be lost."""
    what = f"argument {i} of @{layout.name} must be '{slot.text}'"
    if array is not argument:
        raise CallError(f"{what}, which is passed by reference: got no array")
    if not array.flags.aligned or any(stride % array.itemsize for stride in array.strides):
        raise CallError(f"{what}, got an array whose elements are not aligned")
    if not slot.strided and not array.flags.c_contiguous:
        raise CallError(f"{what}, got an array that is not contiguous")


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
        return words[start : start + 1].view(np.uint8)[: dtype.itemsize].copy().view(dtype)[0]
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
