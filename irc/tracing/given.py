"""Functions whose derivatives the user gives: JAX's `custom_jvp` and `custom_vjp`.

Where no derivative is taken they are called as they are. Inside of a function that is differentiated, the function and those
that give its derivative are traced as functions of the module, and `ad.custom_jvp` or `ad.custom_vjp` says so. What they
use from outside becomes a further argument of all of them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.autodiff.expr import Expr
from irc.dialects import ad, func
from irc.ir.attributes import ArrayAttr, StringAttr, SymbolRefAttr, TypeAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import FunctionType, TensorType
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import peel, size_of_level
from irc.tracing.carries import Kind, arguments, as_kind, kind_of
from irc.tracing.closures import noted
from irc.tracing.current import traces, user_location
from irc.tracing.dims import Size
from irc.tracing.dtypes import element_type_of, is_inexact
from irc.tracing.requests import unused, wider
from irc.tracing.trace import FunctionTrace, TracedArray, type_of

RULE = "rule"
"""The mode of functions that give derivatives."""

ROUNDS = 8
"""So often a function is traced until it takes what its derivatives need; twice is usual."""
UNSETTLED = "{} and its derivatives refer to ever more arrays from outside: pass them as arguments"

Body = Callable[[list[Array]], Sequence[Array]]
"""A Python function of arrays, which gives arrays."""


def differentiated() -> str:
    """The mode in which a derivative of what is being traced was asked for, "" for none.

    A function that gives a derivative has answered the innermost request: it is itself differentiated only for others.
    """
    stack, pending = traces(), [""]
    for trace in stack:
        if trace.module is not stack[-1].module:
            continue
        if trace.differentiated != RULE:
            pending += [trace.differentiated] if trace.differentiated else []
        elif len(pending) > 1:
            pending.pop()
    return pending[-1]


@dataclass(slots=True)
class _Function:
    """A function of the module that is not finished: its results may still be made wider."""

    trace: FunctionTrace
    results: list[Array]

    @property
    def kinds(self) -> list[Kind]:
        return [kind_of(result) for result in self.results]

    def finish(self, kinds: Sequence[Kind]) -> func.Func:
        with self.trace.active():
            self.trace.finish([as_kind(result, kind) for result, kind in zip(self.results, kinds, strict=True)])
        return self.trace.function

    def discard(self) -> None:
        self.trace.function.drop_uses_and_erase()


def _function(
    name: str, kinds: Sequence[Kind], types: Sequence[Any], body: Body, mode: str = "", sources: Sequence[Array] = ()
) -> _Function:
    """`body` as a function of arrays of these types, of which the first are those of `sources`."""
    outer = traces()[-1]
    given = [*sources, *[None] * (len(types) - len(sources))]
    trace = FunctionTrace(
        outer.module,
        unused(outer.module, name),
        types,
        private=True,
        differentiated=mode,
        sources=given if outer.is_for_one_call else None,
        uniform=outer.uniform,
    )
    with trace.active():
        values = arguments(trace, [each.value for each in trace.arguments], kinds)
        return _Function(trace, [as_array(each) for each in body(values)])


class _Open(threading.local):
    """The functions whose derivatives are being traced: one of them that calls the function calls the same."""

    def __init__(self) -> None:
        self.calls: dict[Any, tuple[_Function, SymbolRefAttr, list[Kind], list[Any]]] = {}


_open = _Open()


def _called_again(key: Any, kinds: Sequence[Kind], bases: Sequence[Array]) -> tuple[list[Any], list[Array]] | None:
    """The results of a function that is being traced, where this is a call of it in its own derivative."""
    found = _open.calls.get((key, tuple(kinds), id(traces()[-1].module)))
    if found is None:
        return None
    function, symbol, results, note = found
    return note, _results(traces()[-1], symbol, bases, function.trace.captured, results)


@contextmanager
def _opened(key: Any, kinds: Sequence[Kind], function: _Function, note: list[Any]) -> Iterator[None]:
    place = (key, tuple(kinds), id(traces()[-1].module))
    symbol = SymbolRefAttr(function.trace.function.sym_name.value)
    _open.calls[place] = function, symbol, function.kinds, note
    try:
        yield
    finally:
        del _open.calls[place]


def _taking(body: Body, shared: Sequence[Array]) -> Body:
    """`body`, of a function that takes these arrays from outside, whether it uses them or not."""

    def taking(values: list[Array]) -> Sequence[Array]:
        for array in shared:
            traces()[-1].value_of(array)
        return body(values)

    return taking


def _missing(function: _Function, others: Sequence[_Function]) -> list[Array]:
    """What the others take from outside, and the function does not."""
    mine = {_identity(array) for array in function.trace.captured}
    return [array for other in others for array in other.trace.captured if _identity(array) not in mine]


def _identity(array: Array) -> Hashable:
    """What two arrays that are the same value have in common. Numbers may be made anew whenever a function is traced."""
    if isinstance(array, ConcreteArray):
        return array.dtype, array.shape, hashlib.sha256(np.ascontiguousarray(array.data).view(np.uint8).data).digest()
    return id(array.value) if isinstance(array, TracedArray) else id(array)


def call_with_jvp(
    name: str, key: Any, note: list[Any], leaves: Sequence[Array], primal: Body, jvp: Body, closes: bool = False
) -> tuple[list[Any], list[Array]]:
    """`primal` of some arrays, whose derivative is `jvp`: of the arrays and tangents of the floats among them the results,
    and then the tangents of the floats among these. Of calls with one `key` the derivatives are the same.

    `primal` writes into `note` what is to be known of its results; it is given back with them. What it refers to counts as a
    constant: that it is differentiated with respect to that is an error, unless it `closes` over it knowingly.
    """
    outer = traces()[-1]
    kinds = _together([kind_of(leaf) for leaf in leaves], ())
    floats = _floats(kinds)
    shared: list[Array] = []
    closed: set[Hashable] = set()
    for _ in range(ROUNDS):
        bases = [as_kind(leaf, kind) for leaf, kind in zip(leaves, kinds, strict=True)]
        again = _called_again(key, kinds, bases)
        if again is not None:
            return again
        types = [type_of(base) for base in bases]
        function = _function(name, kinds, types, _taking(primal, shared), sources=bases)
        if not shared and not closes:
            closed = {_identity(array) for array in function.trace.captured}
        with _opened(key, kinds, function, note):
            rule = _function(
                f"{name}_rule",
                [*kinds, *(kinds[i] for i in floats)],
                [*types, *(types[i] for i in floats)],
                jvp,
                RULE,
                bases,
            )
        found, count = function.kinds, len(function.kinds)
        varied = _floats(found)
        levels = _levels([*found, *rule.kinds])
        missing = _missing(function, [rule])
        if not missing and (levels <= _levels(kinds[i] for i in floats) or not floats):
            break
        function.discard()
        rule.discard()
        shared, kinds = [*shared, *missing], _together(kinds, levels)
    else:
        raise NotImplementedError(UNSETTLED.format(name))
    found = _joined(found, rule.kinds[:count], dict(zip(varied, rule.kinds[count:], strict=True)))
    inner = rule.finish([*found, *(found[i] for i in varied)])
    own = function.finish(found)
    captured = function.trace.captured

    def body(b: Builder, values: Sequence[Value]) -> Sequence[Value]:
        primals, tangents = values[: len(types)], values[len(types) + len(captured) :]
        lifted = _same(captured, values[len(types) :], rule.trace.captured)
        return _call(b, inner, [*primals, *tangents[: len(floats)], *lifted])

    inputs = own.signature.inputs
    wrapper = _wrapper(f"{name}_jvp", [*inputs, *ad.float_types(inputs)], inner.signature.results, body)
    _say(
        ad.CustomJVP(_symbol(own), _symbol(wrapper), _constants(captured, closed, len(types)), location=user_location())
    )
    return note, _results(outer, _symbol(own), bases, captured, found)


def call_with_vjp(
    name: str,
    key: Any,
    note: list[Any],
    leaves: Sequence[Array],
    primal: Body,
    forward: Body,
    backward: Callable[[list[Array], list[Array]], Any],
    closes: bool = False,
) -> tuple[list[Any], list[Array]]:
    """`primal` of some arrays. `forward` of them gives the results and then residuals, `backward` of the residuals and the
    cotangents of the floats among the results gives those of the floats among the arrays. `closes` as in `call_with_jvp`."""
    outer = traces()[-1]
    kinds = _together([kind_of(leaf) for leaf in leaves], ())
    floats = _floats(kinds)
    shared: list[Array] = []
    closed: set[Hashable] = set()
    for _ in range(ROUNDS):
        bases = [as_kind(leaf, kind) for leaf, kind in zip(leaves, kinds, strict=True)]
        again = _called_again(key, kinds, bases)
        if again is not None:
            return again
        types = [type_of(base) for base in bases]
        function = _function(name, kinds, types, _taking(primal, shared), sources=bases)
        if not shared and not closes:
            closed = {_identity(array) for array in function.trace.captured}
        count = len(function.kinds)
        with _opened(key, kinds, function, note):
            ahead = _function(f"{name}_fwd_rule", kinds, types, forward, RULE, bases)
            found = _joined(function.kinds, ahead.kinds[:count], {})
            residuals = ahead.kinds[count:]
            inner = ahead.finish([*found, *residuals])
            varied = _floats(found)
            ct_types = [inner.signature.results[i] for i in varied]
            behind = _function(
                f"{name}_bwd_rule",
                [*residuals, *(found[i] for i in varied)],
                [*inner.signature.results[count:], *ct_types],
                _split(backward, len(residuals)),
                RULE,
                [peel(each)[0] for each in ahead.results[count:]],
            )
        levels = _levels([*found, *behind.kinds])
        missing = _missing(function, [ahead, behind])
        if not missing and (levels <= _levels(kinds[i] for i in floats) or not floats):
            break
        for each in (function, ahead, behind):
            each.discard()
        shared, kinds = [*shared, *missing], _together(kinds, levels)
    else:
        raise NotImplementedError(UNSETTLED.format(name))
    inner_back = behind.finish([kinds[i] for i in floats])
    own = function.finish(found)
    captured = function.trace.captured

    def forward_body(b: Builder, values: Sequence[Value]) -> Sequence[Value]:
        given = values[len(types) :]
        lifted = _same(captured, given, ahead.trace.captured)
        return [*_call(b, inner, [*values[: len(types)], *lifted]), *given]

    def backward_body(b: Builder, values: Sequence[Value]) -> Sequence[Value]:
        kept, rest = values[: len(residuals)], values[len(residuals) :]
        given, cts = rest[: len(captured)], rest[len(captured) :]
        found = _call(b, inner_back, [*kept, *cts, *_same(captured, given, behind.trace.captured)])
        # What is used from outside has no derivative here, as in JAX.
        zeros = [Expr.of(b, value).like(0).value for value in given if ad.float_types([value.type])]
        return [*found, *zeros]

    inputs = own.signature.inputs
    given = inputs[len(types) :]
    fwd = _wrapper(f"{name}_fwd", inputs, [*inner.signature.results, *given], forward_body)
    taken = [*inner.signature.results[count:], *given, *ct_types]
    bwd = _wrapper(f"{name}_bwd", taken, ad.float_types(inputs), backward_body)
    _say(
        ad.CustomVJP(
            _symbol(own), _symbol(fwd), _symbol(bwd), _constants(captured, closed, len(types)), location=user_location()
        )
    )
    return note, _results(outer, _symbol(own), bases, captured, found)


def _constants(captured: Sequence[Array], closed: set[Hashable], first: int) -> ArrayAttr:
    """The positions of what a function closes over, among its arguments."""
    places = [first + i for i, array in enumerate(captured) if _identity(array) in closed]
    return ArrayAttr(tuple(i64_attr(place) for place in places))


def _split(backward: Callable[[list[Array], list[Array]], Any], count: int) -> Body:
    return lambda given: backward(given[:count], given[count:])


def _same(captured: Sequence[Array], values: Sequence[Value], wanted: Sequence[Array]) -> list[Value]:
    """The values of those of the captured arrays that are wanted."""
    places = {_identity(array): value for array, value in zip(captured, values, strict=False)}
    return [places[_identity(array)] for array in wanted]


def _levels(kinds: Iterable[Kind]) -> set[int]:
    return {level for kind in kinds for level in kind.levels}


def _joined(found: Sequence[Kind], others: Sequence[Kind], tangents: dict[int, Kind]) -> list[Kind]:
    """Results of a value for each example that they or their tangents differ between."""
    return [
        wider(kind, _levels([other, tangents.get(i, kind)]))
        for i, (kind, other) in enumerate(zip(found, others, strict=True))
    ]


def closed_over(name: str, leaves: Sequence[Array], body: Body) -> list[Array]:
    """The floats being traced that `body` of arrays refers to from outside."""
    around = list(traces())
    kinds = [kind_of(leaf) for leaf in leaves]
    bases = [peel(leaf)[0] for leaf in leaves]
    types = [type_of(base) for base in bases]
    with noted() as used:
        _function(name, kinds, types, body, sources=bases).discard()
    return [array for array in used.values() if is_inexact(array.dtype) and _trace_of(array) in around]


def _trace_of(array: Array) -> FunctionTrace | None:
    base = peel(array)[0]
    return base.trace if isinstance(base, TracedArray) else None


def _together(kinds: Sequence[Kind], levels: Any) -> list[Kind]:
    """The floats with a value for each example that one of the arrays differs between."""
    every = {*levels, *(level for kind in kinds for level in kind.levels)}
    return [wider(kind, every) if is_inexact(kind.dtype) else kind for kind in kinds]


def _floats(kinds: Sequence[Kind]) -> list[int]:
    return [i for i, kind in enumerate(kinds) if is_inexact(kind.dtype)]


def _symbol(function: func.Func) -> SymbolRefAttr:
    return SymbolRefAttr(function.sym_name.value)


def _say(op: Operation) -> None:
    traces()[-1].module.regions[0].entry.append(op)


def _call(b: Builder, function: func.Func, operands: Sequence[Value]) -> Sequence[Value]:
    types = function.signature.results
    return b.insert(func.Call(_symbol(function), operands, result_types=types)).results


def _wrapper(
    name: str,
    inputs: Sequence[Any],
    results: Sequence[Any],
    body: Callable[[Builder, Sequence[Value]], Sequence[Value]],
) -> func.Func:
    module = traces()[-1].module
    block = Block(inputs)
    b = Builder(InsertPoint.at_end(block), user_location())
    b.insert(func.Return(body(b, block.arguments)))
    made = func.Func(
        StringAttr(unused(module, name)),
        TypeAttr(FunctionType(tuple(inputs), tuple(results))),
        Region(block),
        sym_visibility=StringAttr("private"),
        location=user_location(),
    )
    module.regions[0].entry.append(made)
    return made


def _results(
    outer: FunctionTrace,
    symbol: SymbolRefAttr,
    bases: Sequence[Array],
    captured: Sequence[Array],
    kinds: Sequence[Kind],
) -> list[Array]:
    operands = [outer.value_of(array) for array in (*bases, *captured)]
    outer.builder.location = user_location()
    types = [
        TensorType(
            (*map(_static, map(size_of_level, kind.levels)), *map(_static, kind.shape)), element_type_of(kind.dtype)
        )
        for kind in kinds
    ]
    call = outer.builder.insert(func.Call(symbol, operands, result_types=types))
    return arguments(outer, call.results, kinds)


def _static(size: Size) -> int | None:
    return size if isinstance(size, int) else None
