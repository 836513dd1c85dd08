"""Functions of `irc.lax` and `irc.numpy` as lowerings: what they trace to is written in place of the op."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.conversion.from_stablehlo.values import Lowering, agreed, as_type
from irc.ir.builder import Builder
from irc.ir.location import UNKNOWN
from irc.ir.types import Type
from irc.ir.value import Value
from irc.tracing.array import as_array
from irc.tracing.trace import FunctionTrace, new_module
from irc.tracing.trees import flatten


def traced(b: Builder, function: Callable[..., Any], values: Sequence[Value]) -> list[Value]:
    """The results of a function of arrays, whose operations are written where the builder stands."""
    trace = FunctionTrace(new_module(UNKNOWN), "function", [value.type for value in values], private=True)
    with trace.active():
        leaves = flatten(function(*trace.arguments))[0]
        results = [trace.value_of(as_array(leaf)) for leaf in leaves]
    given: dict[Value, Value] = dict(zip(trace.entry.arguments, values, strict=True))
    for argument, value in given.items():
        argument.replace_all_uses_with(value)
    for op in list(trace.entry):
        trace.entry.remove(op)
        for inner in op.walk():
            inner.location = b.location
        b.insert(op)
    return [given.get(result, result) for result in results]


def as_types(b: Builder, values: Sequence[Value], types: Sequence[Type]) -> list[Value]:
    return [as_type(b, value, type) for value, type in zip(values, types, strict=True)]


def elementwise(function: Callable[..., Any]) -> Lowering:
    """The lowering of an elementwise op by a function of arrays."""

    def lower(op: Any, b: Builder) -> list[Value]:
        found = traced(b, function, agreed(b, op.operands, op.results[0]))
        return as_types(b, found, [result.type for result in op.results])

    return lower
