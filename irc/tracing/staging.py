"""Control flow outside of traced functions: the call is traced, compiled and run as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import peel, wrap
from irc.tracing.compile import MAIN, compile_module
from irc.tracing.current import is_tracing, user_location
from irc.tracing.trace import FunctionTrace, TracedArray, new_module, type_of
from irc.tracing.trees import flatten, unflatten


def staged(function: Callable[..., Any], tree: Any) -> Any:
    """`function(tree)`; where nothing is being traced, as a compiled program. `tree` holds arrays."""
    if is_tracing():
        return function(tree)
    leaves, structure = flatten(tree)
    peeled = [peel(as_array(leaf)) for leaf in leaves]
    bases = [base for base, _ in peeled]
    module = new_module(user_location())
    trace = FunctionTrace(module, MAIN, [type_of(base) for base in bases], private=False, sources=bases)
    with trace.active():
        inside = [
            wrap(TracedArray(trace, argument.value, base.weak_type), levels)
            for argument, (base, levels) in zip(trace.arguments, peeled, strict=True)
        ]
        results, result_structure = flatten(function(unflatten(structure, inside)))
        outputs = [peel(as_array(result)) for result in results]
        trace.finish([base for base, _ in outputs])
    arrays = _run(module, [*bases, *trace.captured])
    found = [
        wrap(ConcreteArray(array, base.weak_type), levels)
        for array, (base, levels) in zip(arrays, outputs, strict=True)
    ]
    return unflatten(result_structure, found)


def _run(module: Any, arrays: Sequence[Array]) -> Sequence[Any]:
    return compile_module(module)([array.data for array in arrays])
