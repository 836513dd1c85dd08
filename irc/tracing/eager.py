"""Operations outside of traced functions: each is a compiled program, which is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.tracing.array import ConcreteArray
from irc.tracing.compile import MAIN, Program, compile_module
from irc.tracing.current import user_location
from irc.tracing.dtypes import element_type_of
from irc.tracing.trace import FunctionTrace, TracedArray, new_module

if TYPE_CHECKING:
    from irc.tracing.primitive import Primitive

_programs: dict[tuple[Any, ...], tuple[Program, bool]] = {}


def run(primitive: Primitive, operands: Sequence[ConcreteArray], weak_type: bool, parameters: dict[str, Any]) -> Any:
    """The result of a primitive of numbers, or the tuple of its results."""
    if primitive.view is not None:
        moved = primitive.view(*[operand.data for operand in operands], **parameters)
        if isinstance(moved, tuple):
            return tuple(ConcreteArray(each, weak_type) for each in moved)
        return ConcreteArray(np.asarray(moved), weak_type)
    numbers = [operand.data for operand in operands]
    shape: tuple[int, ...] | None = None
    if primitive.usual is not None:
        changed, parameters, shape = primitive.usual(numbers, **parameters)
        numbers = list(changed)
    types = tuple(_type_of(each, primitive.by_rank) for each in numbers)
    key = (primitive, types, tuple(parameters.items()))
    found = _programs.get(key)
    if found is None:
        found = _programs[key] = _compile(primitive, types, parameters)
    program, single = found
    results = program(numbers)
    if shape is not None:
        results = [result.reshape(shape) for result in results]
    if single:
        return ConcreteArray(results[0], weak_type)
    return tuple(ConcreteArray(result, weak_type) for result in results)


def _type_of(operand: np.ndarray[Any, Any], by_rank: bool) -> Type:
    element = element_type_of(operand.dtype)
    return TensorType((None,) * operand.ndim if by_rank else operand.shape, element)


def _compile(primitive: Primitive, types: Sequence[Type], parameters: dict[str, Any]) -> tuple[Program, bool]:
    from irc.tracing.primitive import written  # noqa: PLC0415 - primitives are run by this module

    module = new_module(user_location())
    trace = FunctionTrace(module, MAIN, types, private=False)
    with trace.active():
        trace.builder.location = user_location()
        results = written(primitive, trace.builder, [argument.value for argument in trace.arguments], parameters)
        single = isinstance(results, Value)
        trace.finish([TracedArray(trace, result) for result in ([results] if single else results)])
    return compile_module(module), single


def forget() -> None:
    """Drop the programs that were compiled for single operations."""
    _programs.clear()
