"""Calling a function of the llvm dialect on arrays, as it was called before it was lowered.

The convention is that of native code: a memref or tensor goes in as the parts of its descriptor, and comes out as a
descriptor in a struct.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.dialects.complex_numpy import join
from irc.interpreter.core import CALLERS, FAILURES, Interpreter, values_from_user
from irc.interpreter.integers import back
from irc.interpreter.llvm_memory_model import Heap, Pointer, heap_of, span
from irc.interpreter.values import Array
from irc.ir.dense import dtype_of
from irc.ir.diagnostic import error
from irc.ir.signature import kept_signature
from irc.ir.types import ComplexType, FunctionType, IntegerType, MemRefType, TensorType, Type


def call_function(
    interpreter: Interpreter, function: llvm.Func, signature: FunctionType, heap: Heap, arguments: Sequence[Any]
) -> list[Any]:
    """The results of `function`, which had the type `signature`. Raises `DiagnosedError`."""
    name = function.sym_name.value
    given = values_from_user(function, name, signature.inputs, arguments)
    values: list[Any] = []
    for i, (value, type) in enumerate(zip(given, signature.inputs, strict=True)):
        try:
            values += _parts(value, type, heap)
        except FAILURES as problem:
            raise error(function.location, f"@{name}: argument #{i}: {problem}") from problem
    returned = interpreter.invoke(function, values)
    results = returned if len(signature.results) <= 1 else returned[0]
    return [_result(value, type) for value, type in zip(results, signature.results, strict=True)]


def call(interpreter: Interpreter, function: llvm.Func, arguments: Sequence[Any]) -> list[Any]:
    """Call a function by the signature that it keeps; without one, on its parameters as they are."""
    own = FunctionType(function.type.parameters, _results(function.type.result))
    signature = kept_signature(function) or own
    return call_function(interpreter, function, signature, heap_of(interpreter.memory), arguments)


def _results(type: Type) -> tuple[Type, ...]:
    return () if type is llvm.void else (type,)


CALLERS[llvm.Func] = call


def _parts(value: Any, type: Type, heap: Heap) -> list[Any]:
    if not isinstance(type, TensorType | MemRefType):
        if isinstance(type, ComplexType):
            return [(value.real, value.imag)]
        return [_relabelled(value, IntegerType(type.width) if isinstance(type, IntegerType) else type)]
    array: Array = value
    if isinstance(type, TensorType):
        array = np.array(array, order="C")
    elif not array.flags.c_contiguous:
        raise ValueError("the interpreter passes only contiguous arrays by reference at this level")
    pointer = heap.adopt(array.reshape(-1).view(np.uint8))
    strides = [np.int64(stride // array.itemsize) for stride in array.strides]
    return [pointer, pointer, np.int64(0), *map(np.int64, array.shape), *strides]


def _relabelled(value: Any, type: Type) -> Any:
    """The bits of an integer as a value of `type`: at this level no integer has a sign."""
    return back(value, type) if isinstance(type, IntegerType) else value


def _result(value: Any, type: Type) -> Any:
    if isinstance(type, ComplexType):
        re, im = value
        return join(re, im, dtype_of(type))
    if not isinstance(type, TensorType | MemRefType):
        return _relabelled(value, type)
    _, aligned, offset, *rest = value
    assert isinstance(aligned, Pointer)
    sizes, strides = rest if rest else ((), ())
    dtype = dtype_of(type.element_type)
    shape = tuple(map(int, sizes))
    if 0 in shape:
        return np.empty(shape, dtype)
    steps = [int(stride) * dtype.itemsize for stride in strides]
    extent = sum((size - 1) * step for size, step in zip(shape, steps, strict=True)) + dtype.itemsize
    data = span(aligned.moved(int(offset) * dtype.itemsize), extent)
    return np.lib.stride_tricks.as_strided(data.view(dtype), shape, steps).copy()
