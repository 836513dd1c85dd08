"""Numbers of traced arrays where they can be had: while a function is traced for arrays that hold numbers.

A transformation that is called with concrete arrays traces the function for this call alone. When Python asks for the value
of a traced array, what it depends on is compiled and run; all that was computed is kept, so that a loop of Python goes on
from what it had. Functions that `jit` compiles, and the bodies of loops and branches, are traced for all values: there none
is known.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from irc.dialects import func, nd
from irc.ir.attributes import StringAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import symbol_name, symbol_references
from irc.ir.types import FunctionType, TensorType
from irc.ir.value import BlockArgument, Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.batched import peel
from irc.tracing.compile import MAIN, compile_module
from irc.tracing.errors import not_known
from irc.tracing.trace import FunctionTrace, TracedArray, new_module

Number = np.ndarray[Any, Any]


class _Switch(threading.local):
    hidden = False


_state = _Switch()


@contextmanager
def hidden() -> Iterator[None]:
    """No value is known meanwhile: what is traced is to serve other values, too."""
    before, _state.hidden = _state.hidden, True
    try:
        yield
    finally:
        _state.hidden = before


def known(array: Array) -> ConcreteArray | None:
    """The value of an array, `None` if it depends on what is known only when the compiled function runs."""
    if isinstance(array, ConcreteArray):
        return array
    base, levels = peel(array)
    if _state.hidden or not isinstance(base, TracedArray) or not set(levels) <= base.trace.uniform:
        return None
    found = _number(base.trace, base.value)
    if found is None:
        return None
    example = _common(found, len(levels)) if levels else found
    return None if example is None else ConcreteArray(example, array.weak_type)


def if_known(array: Array) -> Array:
    """The array with its numbers where these are known, else as it is."""
    found = known(array)
    return array if found is None else found


def needed(array: Array, what: str) -> ConcreteArray:
    """The value of an array that Python needs for `what`. Raises `ConcretizationTypeError`."""
    found = known(array)
    if found is None:
        raise not_known(what, repr(array))
    return found


def _common(numbers: Number, count: int) -> Number | None:
    """What all examples have in common, which lie along the first `count` axes; `None` if they differ."""
    examples = numbers.reshape(-1, *numbers.shape[count:])
    if not len(examples) or any(each.tobytes() != examples[0].tobytes() for each in examples[1:]):
        return None
    first: Number = examples[0]
    return first


def _number(trace: FunctionTrace, value: Value) -> Number | None:
    """The value of a value of the IR."""
    if value in trace.known:
        return trace.known[value]
    if isinstance(value, BlockArgument):
        found = _argument(trace, value)
    else:
        steps = _steps(trace, value)
        if steps is not None:
            _run(trace, *steps)
        found = trace.known.get(value)
    if found is not None:
        trace.known[value] = found
    return found


def _argument(trace: FunctionTrace, value: BlockArgument) -> Number | None:
    """The value of an argument: of the array that the function was traced for, or one that it refers to."""
    if value.owner is not trace.entry or trace.sources is None:
        return None
    given = [*trace.sources, *trace.captured]
    source = given[value.index]
    if isinstance(source, ConcreteArray):
        return source.data
    return _number(source.trace, source.value) if isinstance(source, TracedArray) else None


def _steps(trace: FunctionTrace, value: Value) -> tuple[list[Operation], dict[Value, Number]] | None:
    """The operations that compute a value, in order, and the numbers that they start with."""
    order: dict[Operation, None] = {}
    inputs: dict[Value, Number] = {}
    pending: list[tuple[Value, bool]] = [(value, False)]
    while pending:
        at, done = pending.pop()
        if at in inputs:
            continue
        op = at.defining_op
        if op is None or at in trace.known:
            found = _number(trace, at)
            if found is None:
                return None
            inputs[at] = found
        elif done:
            order[op] = None
        elif op not in order:
            if trace.sources is None or op.parent is not trace.entry:
                return None
            pending.append((at, True))
            pending += [(each, False) for each in _uses(op)]
    return list(order), inputs


def _uses(op: Operation) -> Iterator[Value]:
    """The values that an operation and what is inside of it take from outside."""
    inside: set[Value] = set()
    for inner in op.walk():
        inside.update(inner.results)
        inside.update(argument for region in inner.regions for block in region for argument in block.arguments)
    return (value for inner in op.walk() for value in inner.operands if value not in inside)


def _run(trace: FunctionTrace, steps: Sequence[Operation], inputs: dict[Value, Number]) -> None:
    """Compute what some operations give, and keep it."""
    place = steps[-1].location
    module = new_module(place)
    if not _copy_functions(trace.module, steps, module):
        return
    body = Block([each.type for each in inputs])
    mapping = IRMapping(dict(zip(inputs, body.arguments, strict=True)))
    for op in steps:
        body.append(clone(op, mapping))
    kept = [
        result
        for op in steps
        for result in op.results
        if isinstance(result.type, TensorType) and not isinstance(op, nd.Constant)
    ]
    kept = kept or list(steps[-1].results)
    body.append(func.Return([mapping[each] for each in kept]))
    type = FunctionType(tuple(each.type for each in inputs), tuple(each.type for each in kept))
    main = func.Func(StringAttr(MAIN), TypeAttr(type), Region(body), location=place)
    module.regions[0].entry.append(main)
    results = compile_module(module)(list(inputs.values()))
    trace.known.update(zip(kept, results, strict=True))


def _copy_functions(source: Operation, steps: Sequence[Operation], target: Operation) -> bool:
    """Copy what the operations refer to, and what says its derivatives; whether all of that has been traced to its end."""
    there = list(source.regions[0].entry)
    wanted = _references(steps)
    copied: list[Operation] = []
    while True:
        more = [op for op in there if op not in copied and _concerns(op, wanted)]
        if not more:
            break
        copied += more
        wanted |= _references(more)
    if any(isinstance(op, func.Func) and not isinstance(op.body.entry.last, func.Return) for op in copied):
        return False
    for op in copied:
        target.regions[0].entry.append(clone(op))
    return True


def _concerns(op: Operation, names: set[str]) -> bool:
    """Whether an operation of a module is a function of one of these names, or states the derivative of one."""
    name = symbol_name(op)
    return name in names if name is not None else next(iter(symbol_references(op)), None) in names


def _references(ops: Sequence[Operation]) -> set[str]:
    return {name for op in ops for inner in op.walk() for name in symbol_references(inner)}
