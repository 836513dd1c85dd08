"""Loops whose course is decided when the compiled function runs (JAX's `lax` of the same names)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import arith, nd, scf, tensor
from irc.dialects._amounts import index_constant
from irc.ir.block import Block
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType, TensorType, i32
from irc.ir.value import Value
from irc.lax.bodies import Flat, boolean, cast_yielded, check_structure, selected, truth_of
from irc.tracing.array import Array, ConcreteArray, as_array, is_array_like
from irc.tracing.batched import peel
from irc.tracing.carries import Kind, arguments, settled, values_of
from irc.tracing.current import traces, user_location
from irc.tracing.dtypes import DType
from irc.tracing.elementwise import apply, broadcast, cast, reduce
from irc.tracing.staging import staged
from irc.tracing.trace import TracedArray
from irc.tracing.trees import flatten, unflatten


def while_loop(cond_fun: Callable[[Any], Any], body_fun: Callable[[Any], Any], init_val: Any) -> Any:
    """`body_fun` applied again and again, starting with `init_val`, as long as `cond_fun` of its value holds.

    Under a `vmap` over which the condition differs, the loop runs as long as one example goes on; the others keep their
    values. The body gives the structure, shapes and dtypes that it gets. Raises `TypeError` otherwise.
    """
    return staged(lambda tree: _while(cond_fun, body_fun, tree), init_val)


def _while(cond_fun: Callable[[Any], Any], body_fun: Callable[[Any], Any], init_val: Any) -> Any:
    leaves, structure = flatten(init_val)
    starts = [as_array(leaf) for leaf in leaves]
    decide, work = Flat(cond_fun, structure), Flat(body_fun, structure)

    def condition(*values: Array) -> Array:
        found = decide(values)
        if len(found) != 1:
            raise TypeError("the condition of while_loop must be one boolean")
        return boolean(found[0], "the condition of while_loop", strict=True)

    def body(*values: Array) -> list[Array]:
        found = work(values)
        check_structure("what the body of while_loop gives", work.structure, structure)
        going = condition(*values)
        if not peel(going)[1]:
            return found
        return [selected(going, new, old) for new, old in zip(found, values, strict=True)]

    kinds, bases, _ = settled(body, starts, lambda i: f"value {i} before and after the body of while_loop")
    trace = traces()[-1]
    inits = [trace.value_of(base) for base in bases]
    types = [value.type for value in inits]
    before, after = Block(types), Block(types)
    with trace.inside(before):
        going, levels = peel(condition(*arguments(trace, before.arguments, kinds)))
        going = reduce(nd.Any, going, tuple(range(len(levels))))
        trace.builder.insert(scf.Condition(truth_of(going), before.arguments))
    with trace.inside(after):
        trace.builder.insert(scf.Yield(values_of(body(*arguments(trace, after.arguments, kinds)), kinds)))
    cast_yielded(after, types)
    trace.builder.location = user_location()
    op = trace.builder.insert(scf.While(inits, Region(before), Region(after), result_types=types))
    return unflatten(structure, arguments(trace, op.results, kinds))


def counted(
    start: Value, stop: Value, body: Callable[..., Sequence[Array]], starts: Sequence[Array], what: str
) -> tuple[list[Array], list[Kind]]:
    """An `scf.for` with step one: `body(i, *values)` gives the values of the next turn; `i` is an index value."""
    trace = traces()[-1]

    def shapes_only(*values: Array) -> Sequence[Array]:
        return body(index_constant(trace.builder, 0), *values)

    kinds, bases, _ = settled(shapes_only, starts, lambda i: f"value {i} before and after the body of {what}")
    inits = [trace.value_of(base) for base in bases]
    types = [value.type for value in inits]
    step = index_constant(trace.builder, 1)
    block = Block([IndexType(), *types])
    with trace.inside(block):
        results = body(block.arguments[0], *arguments(trace, block.arguments[1:], kinds))
        trace.builder.insert(scf.Yield(values_of(results, kinds)))
    cast_yielded(block, types)
    trace.builder.location = user_location()
    op = trace.builder.insert(scf.For(start, stop, step, inits, Region(block)))
    return arguments(trace, op.results, kinds), kinds


def position_of(i: Value, dtype: Any = np.int32, weak_type: bool = False) -> Array:
    """An index value as an integer array without axes."""
    trace = traces()[-1]
    wanted = np.dtype(dtype)
    wide = wanted.itemsize == 8
    element = IntegerType(64) if wide else i32
    number = trace.builder.insert(arith.IndexCast(i, result_types=[element])).result
    made = trace.builder.insert(tensor.FromElements([number], result_types=[TensorType((), element)])).result
    return cast(TracedArray(trace, made, weak_type), wanted, weak_type)


def fori_loop(lower: Any, upper: Any, body_fun: Callable[[Any, Any], Any], init_val: Any, *, unroll: Any = None) -> Any:
    """`body_fun(i, value)` for each `i` from `lower` up to but without `upper`, starting with `init_val`.

    The bounds have one dtype. Where both are numbers, or `lower` is one of Python's, `i` is weakly typed. `unroll` is
    without effect.
    """

    # Bounds that are known are no arguments of the program, so that the compiler knows them, too.
    known = [int(bound) if isinstance(bound, int | np.integer) else None for bound in (lower, upper)]
    numbers = all(isinstance(bound, int | np.integer | ConcreteArray) for bound in (lower, upper))
    weak = numbers or (is_array_like(lower) and as_array(lower).weak_type)

    def run(tree: Any) -> Any:
        first, last, init = tree
        leaves, structure = flatten(init)
        bounds = [
            as_array(bound if n is None else stated)
            for bound, n, stated in zip((first, last), known, (lower, upper), strict=True)
        ]
        if any(bound.dtype.kind not in "iu" or bound.shape for bound in bounds):
            got = " and ".join(f"{bound.dtype}{list(bound.shape)}" for bound in bounds)
            raise TypeError(f"the bounds of fori_loop must be integers without axes, got {got}")
        if any(peel(bound)[1] for bound in bounds):
            first = cast(bounds[0], _counter_dtype(bounds, numbers), weak)
            return _fori_as_while(first, bounds[1], body_fun, init)
        dtype = _counter_dtype(bounds, numbers)
        work = Flat(lambda i, value: body_fun(i, value), flatten(0)[1], structure)

        def body(i: Value, *values: Array) -> list[Array]:
            found = work([position_of(i, dtype, weak)], values)
            check_structure("what the body of fori_loop gives", work.structure, structure)
            return found

        start, stop = (
            index_constant(traces()[-1].builder, n) if n is not None else index_value(bound)
            for n, bound in zip(known, bounds, strict=True)
        )
        found, _ = counted(start, stop, body, [as_array(leaf) for leaf in leaves], "fori_loop")
        return unflatten(structure, found)

    bounds = [bound if n is None else None for bound, n in zip((lower, upper), known, strict=True)]
    return staged(run, (*bounds, init_val))


def _counter_dtype(bounds: Sequence[Array], numbers: bool) -> DType:
    """The dtype of what counts from one bound to the other. Raises `TypeError` where those of the bounds differ in more
    than having 64 bits."""
    wide = any(bound.dtype.itemsize == 8 for bound in bounds)
    if numbers:
        return np.dtype(np.int64 if wide else np.int32)
    lower, upper = bounds
    if lower.dtype != upper.dtype and not {lower.dtype.name, upper.dtype.name} <= {"int32", "int64"}:
        raise TypeError(f"the bounds of fori_loop must have one dtype, got {lower.dtype} and {upper.dtype}")
    return np.promote_types(lower.dtype, upper.dtype)


def _fori_as_while(lower: Array, upper: Array, body_fun: Callable[[Any, Any], Any], init: Any) -> Any:
    """Bounds that differ between the examples of a `vmap`."""
    one = ConcreteArray(np.ones((), lower.dtype))
    _, found = _while(
        lambda state: apply(nd.Less, *broadcast(state[0], cast(upper, lower.dtype))),
        lambda state: (
            apply(nd.Add, state[0], one),
            body_fun(cast(state[0], lower.dtype, lower.weak_type), state[1]),
        ),
        (lower, init),
    )
    return found


def index_value(array: Array) -> Value:
    """An integer array without axes as an index value."""
    trace = traces()[-1]
    element = trace.builder.insert(tensor.Extract(trace.value_of(array), [])).result
    widened = arith.IndexCastUI if array.dtype.kind == "u" else arith.IndexCast
    return trace.builder.insert(widened(element, result_types=[IndexType()])).result


__all__ = ["fori_loop", "while_loop"]
