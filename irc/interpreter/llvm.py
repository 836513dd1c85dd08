"""How the `llvm` dialect is executed.

Numbers and vectors are those of the other dialects, and so is their arithmetic; structs and arrays are tuples; pointers
and memory are in `llvm_memory_model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.dialects.llvm_layout import element_offset
from irc.dialects.llvm_types import string_bytes
from irc.interpreter import arith, llvm_arithmetic, llvm_atomics, llvm_calling
from irc.interpreter.core import Frame, Jump, Leave, fail, interpret
from irc.interpreter.llvm_functions import FUNCTIONS
from irc.interpreter.llvm_memory_model import (
    Heap,
    Pointer,
    byte_size,
    heap_of,
    load,
    span,
    store,
    unspecified_value,
    zero_value,
)
from irc.interpreter.values import scalar
from irc.ir.attributes import ArrayAttr, Attribute, DenseElementsAttr, FloatAttr, IntegerAttr, StringAttr, SymbolRefAttr
from irc.ir.dense import dtype_of, flat_numpy, to_numpy
from irc.ir.operation import Operation
from irc.ir.types import Type, VectorType

__all__ = ["llvm_arithmetic", "llvm_atomics", "llvm_calling"]


def _heap(frame: Frame) -> Heap:
    return heap_of(frame.interpreter.memory)


# -- constants -------------------------------------------------------------------------------------------------------


def constant_value(value: Attribute, type: Type) -> Any:
    """A constant of `type`."""
    match value:
        case IntegerAttr() | FloatAttr():
            return scalar(value.value, type)
        case ArrayAttr() if isinstance(type, llvm.StructType):
            parts = [part.value for part in value.elements if isinstance(part, FloatAttr)]
            return tuple([scalar(part, member) for part, member in zip(parts, type.members, strict=True)])
        case StringAttr():
            return tuple(np.frombuffer(string_bytes(value.value), np.int8))
        case DenseElementsAttr():
            return to_numpy(value) if isinstance(type, VectorType) else _nested(flat_numpy(value), type)
    raise ValueError(f"'{value}' is no constant")


def _nested(flat: Any, type: Type) -> Any:
    if isinstance(type, llvm.ArrayType):
        step = len(flat) // type.size if type.size else 0
        return tuple([_nested(flat[i * step : (i + 1) * step], type.element) for i in range(type.size)])
    if isinstance(type, llvm.StructType):
        return flat[0].real, flat[0].imag
    return flat if isinstance(type, VectorType) else flat[0]


@interpret(llvm.Constant)
def constant(frame: Frame, op: llvm.Constant) -> Any:
    return constant_value(op.value, op.res.type)


@interpret(llvm.Undef, llvm.Poison)
def unspecified(frame: Frame, op: Operation) -> Any:
    return unspecified_value(op.results[0].type)


@interpret(llvm.Zero)
def zero(frame: Frame, op: llvm.Zero) -> Any:
    return zero_value(op.res.type)


@interpret(llvm.AddressOf)
def address_of(frame: Frame, op: llvm.AddressOf) -> Any:
    heap, name = _heap(frame), op.global_name.root
    found = heap.globals.get(name)
    if found is None:
        target = frame.interpreter.symbol(op, op.global_name)
        if not isinstance(target, llvm.Global):
            fail(op, "takes the address of a function, which the interpreter cannot call indirectly")
        found = heap.globals[name] = _new_global(op, target, heap)
    return found


def _new_global(op: Operation, target: llvm.Global, heap: Heap) -> Pointer:
    if not target.initializer.is_empty:
        fail(op, "the interpreter does not run initializers of globals")
    type = target.global_type.type
    pointer = heap.new(byte_size(type))
    assert pointer.block is not None
    if target.value is not None:
        store(pointer, constant_value(target.value, type), type)
    pointer.block.writable = target.constant is None
    return pointer


# -- memory ----------------------------------------------------------------------------------------------------------


@interpret(llvm.Alloca)
def alloca(frame: Frame, op: llvm.Alloca, count: Any) -> Any:
    return _heap(frame).new(int(count) * byte_size(op.elem_type.type))


@interpret(llvm.GetElementPtr)
def element_pointer(frame: Frame, op: llvm.GetElementPtr, base: Any, *dynamic: Any) -> Any:
    values = [index if isinstance(index, int) else frame.values[index] for index in op.indices]
    lanes = [len(value) for value in (base, *values) if isinstance(value, np.ndarray)]
    if not lanes:
        return base.moved(element_offset(op.elem_type.type, [int(value) for value in values]))
    found = np.empty(lanes[0], object)
    for lane in range(lanes[0]):
        start = base[lane] if isinstance(base, np.ndarray) else base
        position = [int(value[lane] if isinstance(value, np.ndarray) else value) for value in values]
        found[lane] = start.moved(element_offset(op.elem_type.type, position))
    return found


@interpret(llvm.Load)
def read(frame: Frame, op: llvm.Load, pointer: Any) -> Any:
    return load(pointer, op.res.type, _heap(frame))


@interpret(llvm.Store)
def write(frame: Frame, op: llvm.Store, value: Any, pointer: Any) -> None:
    store(pointer, value, op.value.type)


def _lanes(pointer: Any, type: VectorType) -> list[Pointer]:
    """The address of each lane."""
    if isinstance(pointer, np.ndarray):
        return list(pointer)
    step = byte_size(type.element_type)
    return [pointer.moved(lane * step) for lane in range(type.num_elements)]


@interpret(llvm.MaskedLoad, llvm.Gather)
def masked_read(frame: Frame, op: Operation, pointer: Any, mask: Any, other: Any) -> Any:
    type = op.results[0].type
    assert isinstance(type, VectorType)
    result = other.copy()
    for lane, address in enumerate(_lanes(pointer, type)):
        if mask[lane]:
            result[lane] = load(address, type.element_type, _heap(frame))
    return result


@interpret(llvm.MaskedStore, llvm.Scatter)
def masked_write(frame: Frame, op: Operation, value: Any, pointer: Any, mask: Any) -> None:
    type = op.operands[0].type
    assert isinstance(type, VectorType)
    for lane, address in enumerate(_lanes(pointer, type)):
        if mask[lane]:
            store(address, value[lane], type.element_type)


@interpret(llvm.MemCpy, llvm.MemMove)
def copy(frame: Frame, op: Operation, target: Any, source: Any, size: Any) -> None:
    span(target, int(size), write=True)[:] = span(source, int(size)).copy()


@interpret(llvm.MemSet)
def fill(frame: Frame, op: llvm.MemSet, target: Any, byte: Any, size: Any) -> None:
    span(target, int(size), write=True)[:] = np.uint8(int(byte) & 0xFF)


@interpret(llvm.PtrToInt)
def pointer_to_integer(frame: Frame, op: llvm.PtrToInt, pointer: Any) -> Any:
    return scalar(np.int64(pointer.address).astype(dtype_of(op.res.type)), op.res.type)


@interpret(llvm.IntToPtr)
def integer_to_pointer(frame: Frame, op: llvm.IntToPtr, value: Any) -> Any:
    return _heap(frame).at(int(value))


@interpret(llvm.ICmp)
def compare(frame: Frame, op: llvm.ICmp, a: Any, b: Any) -> Any:
    if isinstance(a, Pointer):
        a, b = np.int64(a.address), np.int64(b.address)
    return arith.compare(op.word, a, b, op.lhs.type)


# -- aggregates and vectors ------------------------------------------------------------------------------------------


@interpret(llvm.ExtractValue)
def extract_value(frame: Frame, op: llvm.ExtractValue, value: Any) -> Any:
    for index in op.position.values:
        value = value[index]
    return value


@interpret(llvm.InsertValue)
def insert_value(frame: Frame, op: llvm.InsertValue, container: Any, value: Any) -> Any:
    return _inserted(container, value, [int(index) for index in op.position.values])


def _inserted(container: Any, value: Any, position: Sequence[int]) -> Any:
    first, *rest = position
    new = _inserted(container[first], value, rest) if rest else value
    return (*container[:first], new, *container[first + 1 :])


def _lane(op: Operation, vector: Any, position: Any) -> int:
    lane = int(position)
    if not 0 <= lane < len(vector):
        fail(op, f"position {lane} is out of bounds for a vector of {len(vector)} elements")
    return lane


@interpret(llvm.ExtractElement)
def extract_element(frame: Frame, op: llvm.ExtractElement, vector: Any, position: Any) -> Any:
    return vector[_lane(op, vector, position)]


@interpret(llvm.InsertElement)
def insert_element(frame: Frame, op: llvm.InsertElement, vector: Any, value: Any, position: Any) -> Any:
    result = vector.copy()
    result[_lane(op, vector, position)] = value
    return result


@interpret(llvm.ShuffleVector)
def shuffle(frame: Frame, op: llvm.ShuffleVector, a: Any, b: Any) -> Any:
    return np.concatenate([a, b])[np.array(op.mask.values, np.int64)]


# -- control ---------------------------------------------------------------------------------------------------------


@interpret(llvm.Br)
def branch(frame: Frame, op: llvm.Br, *values: Any) -> Jump:
    return Jump(op.dest, values)


def _jump(frame: Frame, op: Any, index: int) -> Jump:
    return Jump(op.successors[index], [frame.values[value] for value in op.successor_operands(index)])


@interpret(llvm.CondBr)
def conditional_branch(frame: Frame, op: llvm.CondBr, condition: Any, *values: Any) -> Jump:
    return _jump(frame, op, 0 if condition else 1)


@interpret(llvm.Switch)
def switch(frame: Frame, op: llvm.Switch, value: Any, *values: Any) -> Jump:
    cases = op.case_numbers
    return _jump(frame, op, 1 + cases.index(int(value)) if int(value) in cases else 0)


@interpret(llvm.Return)
def leave(frame: Frame, op: llvm.Return, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(llvm.Unreachable)
def unreachable(frame: Frame, op: llvm.Unreachable) -> Any:
    fail(op, "was reached")


@interpret(llvm.Call)
def call(frame: Frame, op: llvm.Call, *values: Any) -> Any:
    if op.callee is None:
        fail(op, "calls an address, which the interpreter cannot do")
    function = frame.interpreter.symbol(op, SymbolRefAttr(op.callee.root))
    assert isinstance(function, llvm.Func)
    if function.is_declaration:
        builtin = FUNCTIONS.get(function.link_name)
        if builtin is None:
            fail(op, f"calls @{function.link_name}, which has no body and which the interpreter does not know")
        return builtin(_heap(frame), *values)
    results = frame.interpreter.invoke(function, values)
    return results[0] if results else None
