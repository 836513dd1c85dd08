"""Branches and loops whose course is decided when the compiled function runs (JAX's `lax` of the same names)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from irc.dialects import arith, nd, scf, tensor
from irc.dialects._amounts import index_constant
from irc.ir.block import Block
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType, TensorType, Type, i32
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import peel
from irc.tracing.carries import Kind, arguments, discover, joined, kind_of, settled, values_of
from irc.tracing.current import traces, user_location
from irc.tracing.dims import Size, index_of
from irc.tracing.elementwise import apply, broadcast, cast, reduce, select
from irc.tracing.shaping import (
    broadcast_to,
    dynamic_slice,
    dynamic_update_slice,
    reshape,
    show,
)
from irc.tracing.staging import staged
from irc.tracing.trace import TracedArray
from irc.tracing.trees import flatten, unflatten


def _leaves(tree: Any) -> list[Array]:
    return [as_array(leaf) for leaf in flatten(tree)[0]]


class _Flat:
    """A function of trees as one of flat lists; `structure` is that of what it gave last."""

    def __init__(self, function: Callable[..., Any], *structures: Any) -> None:
        self.function, self.structures = function, structures
        self.structure: Any = None

    def __call__(self, *groups: Sequence[Array]) -> list[Array]:
        trees = [unflatten(each, list(group)) for each, group in zip(self.structures, groups, strict=True)]
        leaves, self.structure = flatten(self.function(*trees))
        return [as_array(leaf) for leaf in leaves]


def _check_structure(what: str, found: Any, expected: Any) -> None:
    if found != expected:
        raise TypeError(f"{what} must have the structure {expected}, got {found}")


def _boolean(condition: Any, what: str) -> Array:
    """A condition without axes. Raises `TypeError`."""
    array = as_array(condition)
    if array.shape:
        raise TypeError(f"{what} must have no axes, got shape {show(array.shape)}")
    if array.dtype.kind == "b":
        return array
    zero = ConcreteArray(np.zeros((), array.dtype))
    return apply(nd.NotEqual, array, zero)


def _scalar(condition: Array) -> Value:
    """A boolean array as an `i1`."""
    trace = traces()[-1]
    return trace.builder.insert(tensor.Extract(trace.value_of(condition), [])).result


# -- branches --------------------------------------------------------------------------------------------------------


def cond(pred: Any, true_fun: Callable[..., Any], false_fun: Callable[..., Any], *operands: Any) -> Any:
    """`true_fun(*operands)` where `pred`, a boolean without axes, holds, else `false_fun(*operands)`.

    Only one of the branches runs, except under a `vmap` over which `pred` differs: then both do, and the results are
    selected. Both give the same structure, shapes and dtypes. Raises `TypeError` otherwise.
    """
    if isinstance(pred, bool | np.bool_):
        return true_fun(*operands) if pred else false_fun(*operands)
    return staged(lambda tree: _cond(tree[0], true_fun, false_fun, tree[1]), (pred, operands))


def _cond(pred: Any, true_fun: Callable[..., Any], false_fun: Callable[..., Any], operands: Sequence[Any]) -> Any:
    condition = _boolean(pred, "the condition of cond")
    branches = [_Flat(lambda args, f=f: f(*args), flatten(tuple(operands))[1]) for f in (true_fun, false_fun)]
    leaves = _leaves(tuple(operands))
    if peel(condition)[1]:
        found = [branch(leaves) for branch in branches]
        _check_structure("the second branch of cond", branches[1].structure, branches[0].structure)
        return unflatten(branches[0].structure, [_selected(condition, a, b) for a, b in zip(*found, strict=True)])
    kinds = [discover(functools.partial(branch, leaves), [], []) for branch in branches]
    _check_structure("the second branch of cond", branches[1].structure, branches[0].structure)
    common = [
        replace(joined(a, b, f"result {i} of the branches of cond"), shape=_common_shape(a.shape, b.shape))
        for i, (a, b) in enumerate(zip(*kinds, strict=True))
    ]
    bodies = [functools.partial(branch, leaves) for branch in branches]
    return unflatten(branches[0].structure, _if(condition, bodies, common))


def _common_shape(a: Sequence[Size | None], b: Sequence[Size | None]) -> tuple[Size | None, ...]:
    """The sizes that both branches give; `None` where that is only known when they have run."""
    return tuple(m if m == n else None for m, n in zip(a, b, strict=True))


def _selected(condition: Array, a: Array, b: Array) -> Array:
    kind = joined(kind_of(a), kind_of(b), "the results of the branches")
    x, y = cast(a, kind.dtype, kind.weak_type), cast(b, kind.dtype, kind.weak_type)
    chosen, x, y = broadcast(condition, x, y)
    return select(chosen, x, y, kind.weak_type)


def _if(condition: Array, branches: Sequence[Callable[[], Sequence[Array]]], kinds: Sequence[Kind]) -> list[Array]:
    """An `scf.if` of functions that give arrays of these kinds."""
    trace = traces()[-1]
    decided = _scalar(condition)
    blocks = [Block(), Block()]
    types: list[Type] = []
    for block, branch in zip(blocks, branches, strict=True):
        with trace.inside(block):
            values = values_of(branch(), kinds)
            types = [_common(a, value.type) for a, value in zip(types or [v.type for v in values], values, strict=True)]
            trace.builder.insert(scf.Yield(values))
    for block in blocks:
        _cast_yielded(block, types)
    trace.builder.location = user_location()
    op = trace.builder.insert(scf.If(decided, *(Region(block) for block in blocks), result_types=types))
    return arguments(trace, op.results, kinds)


def _common(a: Type, b: Type) -> Type:
    """The type of tensors of which one may leave more sizes open."""
    assert isinstance(a, TensorType) and isinstance(b, TensorType)
    return TensorType(tuple(m if m == n else None for m, n in zip(a.shape, b.shape, strict=True)), a.element_type)


def _cast_yielded(block: Block, types: Sequence[Type]) -> None:
    """Let what the terminator of `block` gives have these types."""
    last = block.last
    assert last is not None
    trace = traces()[-1]
    with trace.builder.at(type(trace.builder.point).before(last)):
        last.operands = tuple(
            value if value.type is wanted else trace.builder.insert(tensor.Cast(value, result_types=[wanted])).result
            for value, wanted in zip(last.operands, types, strict=True)
        )


def switch(index: Any, branches: Sequence[Callable[..., Any]], *operands: Any) -> Any:
    """`branches[index](*operands)`; an index out of range is moved to the nearest branch."""
    if not branches:
        raise ValueError("switch needs at least one branch")
    if len(branches) == 1:
        return branches[0](*operands)
    if isinstance(index, int | np.integer):
        return branches[max(0, min(int(index), len(branches) - 1))](*operands)
    middle = len(branches) // 2

    def choose(tree: Any) -> Any:
        position, rest = tree
        below = apply(nd.Less, position, ConcreteArray(np.asarray(middle, position.dtype)))
        shifted = apply(nd.Subtract, position, ConcreteArray(np.asarray(middle, position.dtype)))
        return cond(
            below,
            lambda i, _, args: switch(i, branches[:middle], *args),
            lambda _, i, args: switch(i, branches[middle:], *args),
            position,
            shifted,
            rest,
        )

    position = as_array(index)
    if position.dtype.kind not in "iu" or position.shape:
        raise TypeError(
            f"the index of switch must be an integer without axes, got {position.dtype}{show(position.shape)}"
        )
    return staged(choose, (cast(position, np.dtype(np.int32)), operands))


# -- loops -----------------------------------------------------------------------------------------------------------


def while_loop(cond_fun: Callable[[Any], Any], body_fun: Callable[[Any], Any], init_val: Any) -> Any:
    """`body_fun` applied again and again, starting with `init_val`, as long as `cond_fun` of its value holds.

    Under a `vmap` over which the condition differs, the loop runs as long as one example goes on; the others keep their
    values. The body gives the structure, shapes and dtypes that it gets. Raises `TypeError` otherwise.
    """
    return staged(lambda tree: _while(cond_fun, body_fun, tree), init_val)


def _while(cond_fun: Callable[[Any], Any], body_fun: Callable[[Any], Any], init_val: Any) -> Any:
    leaves, structure = flatten(init_val)
    starts = [as_array(leaf) for leaf in leaves]
    decide, work = _Flat(cond_fun, structure), _Flat(body_fun, structure)

    def condition(*values: Array) -> Array:
        found = decide(values)
        if len(found) != 1:
            raise TypeError("the condition of while_loop must be one boolean")
        return _boolean(found[0], "the condition of while_loop")

    def body(*values: Array) -> list[Array]:
        found = work(values)
        _check_structure("what the body of while_loop gives", work.structure, structure)
        going = condition(*values)
        if not peel(going)[1]:
            return found
        return [_selected(going, new, old) for new, old in zip(found, values, strict=True)]

    kinds, bases, _ = settled(body, starts, lambda i: f"value {i} before and after the body of while_loop")
    trace = traces()[-1]
    inits = [trace.value_of(base) for base in bases]
    types = [value.type for value in inits]
    before, after = Block(types), Block(types)
    with trace.inside(before):
        going, levels = peel(condition(*arguments(trace, before.arguments, kinds)))
        going = reduce(nd.Any, going, tuple(range(len(levels))))
        trace.builder.insert(scf.Condition(_scalar(going), before.arguments))
    with trace.inside(after):
        trace.builder.insert(scf.Yield(values_of(body(*arguments(trace, after.arguments, kinds)), kinds)))
    _cast_yielded(after, types)
    trace.builder.location = user_location()
    op = trace.builder.insert(scf.While(inits, Region(before), Region(after), result_types=types))
    return unflatten(structure, arguments(trace, op.results, kinds))


def _counted(
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
    _cast_yielded(block, types)
    trace.builder.location = user_location()
    op = trace.builder.insert(scf.For(start, stop, step, inits, Region(block)))
    return arguments(trace, op.results, kinds), kinds


def _position(i: Value, dtype: Any = None) -> Array:
    """An index value as an integer array without axes."""
    trace = traces()[-1]
    wide = np.dtype(dtype or np.int32).itemsize == 8
    element = IntegerType(64) if wide else i32
    number = trace.builder.insert(arith.IndexCast(i, result_types=[element])).result
    made = trace.builder.insert(tensor.FromElements([number], result_types=[TensorType((), element)])).result
    return TracedArray(trace, made)


def fori_loop(lower: Any, upper: Any, body_fun: Callable[[Any, Any], Any], init_val: Any) -> Any:
    """`body_fun(i, value)` for each `i` from `lower` up to but without `upper`, starting with `init_val`."""

    # Bounds that are known are no arguments of the program, so that the compiler knows them, too.
    known = [int(bound) if isinstance(bound, int | np.integer) else None for bound in (lower, upper)]

    def run(tree: Any) -> Any:
        first, last, init = tree
        leaves, structure = flatten(init)
        given = [bound if n is None else n for bound, n in zip((first, last), known, strict=True)]
        bounds = [as_array(bound) for bound in given]
        if any(bound.dtype.kind not in "iu" or bound.shape for bound in bounds):
            raise TypeError("the bounds of fori_loop must be integers without axes")
        if any(peel(bound)[1] for bound in bounds):
            return _fori_as_while(bounds[0], bounds[1], body_fun, init)
        dtype = np.int64 if any(bound.dtype.itemsize == 8 for bound in bounds) else np.int32
        work = _Flat(lambda i, value: body_fun(i, value), flatten(0)[1], structure)

        def body(i: Value, *values: Array) -> list[Array]:
            found = work([_position(i, dtype)], values)
            _check_structure("what the body of fori_loop gives", work.structure, structure)
            return found

        start, stop = (
            index_constant(traces()[-1].builder, n) if n is not None else _index(bound)
            for n, bound in zip(known, bounds, strict=True)
        )
        found, _ = _counted(start, stop, body, [as_array(leaf) for leaf in leaves], "fori_loop")
        return unflatten(structure, found)

    bounds = [bound if n is None else None for bound, n in zip((lower, upper), known, strict=True)]
    return staged(run, (*bounds, init_val))


def _fori_as_while(lower: Array, upper: Array, body_fun: Callable[[Any, Any], Any], init: Any) -> Any:
    """Bounds that differ between the examples of a `vmap`."""
    one = ConcreteArray(np.ones((), lower.dtype))
    _, found = _while(
        lambda state: apply(nd.Less, *broadcast(state[0], cast(upper, lower.dtype))),
        lambda state: (apply(nd.Add, state[0], one), body_fun(state[0], state[1])),
        (cast(lower, lower.dtype), init),
    )
    return found


def _index(array: Array) -> Value:
    """An integer array without axes as an index value."""
    trace = traces()[-1]
    element = trace.builder.insert(tensor.Extract(trace.value_of(array), [])).result
    return trace.builder.insert(arith.IndexCast(element, result_types=[IndexType()])).result


def scan(
    f: Callable[[Any, Any], Any],
    init: Any,
    xs: Any = None,
    length: Size | None = None,
    reverse: bool = False,
    unroll: int | bool = 1,
) -> tuple[Any, Any]:
    """`carry, y = f(carry, x)` for each `x` along the first axis of `xs`: the last carry, and the `y` stacked.

    `length` is needed where `xs` is `None`; `reverse` goes from the last to the first, and `y` stand where their `x` do.
    `unroll` is without effect. Raises `ValueError` where lengths differ, `TypeError` where the carry changes its kind.
    """
    found: tuple[Any, Any] = staged(lambda tree: _scan(f, tree[0], tree[1], length, reverse), (init, xs))
    return found


def _scan(f: Callable[[Any, Any], Any], init: Any, xs: Any, length: Size | None, reverse: bool) -> tuple[Any, Any]:
    leaves, structure = flatten(init)
    starts = [as_array(leaf) for leaf in leaves]
    x_leaves, x_structure = flatten(xs)
    inputs = [as_array(leaf) for leaf in x_leaves]
    count = _length(inputs, length)
    work = _Flat(f, structure, x_structure)
    y_structure: Any = None

    def step(i: Value, carry: Sequence[Array]) -> tuple[list[Array], list[Array], Array]:
        nonlocal y_structure
        place = _position(i, np.int64)
        if reverse:
            last = (
                ConcreteArray(np.asarray(count - 1))
                if isinstance(count, int)
                else _position(index_of(count - 1), np.int64)
            )
            place = apply(nd.Subtract, last, place)
        parts = [_row(x, place) for x in inputs]
        found = work(carry, parts)
        pair = unflatten(work.structure, found)
        if not (isinstance(pair, tuple) and len(pair) == 2):
            raise TypeError("the function of scan must give a pair: the carry and an output")
        new, carry_structure = flatten(pair[0])
        _check_structure("the carry that the function of scan gives", carry_structure, structure)
        ys, y_structure = flatten(pair[1])
        return [as_array(x) for x in new], [as_array(y) for y in ys], place

    trace = traces()[-1]

    def both(*carry: Array) -> list[Array]:
        new, ys, _ = step(index_constant(trace.builder, 0), carry)
        return [*new, *ys]

    _, __, y_kinds = settled(both, starts, lambda i: f"value {i} of the carry before and after the function of scan")
    rows = [_rows(kind, count) for kind in y_kinds]

    def body(i: Value, *values: Array) -> list[Array]:
        carry, stacks = values[: len(starts)], values[len(starts) :]
        new, ys, place = step(i, carry)
        return [*new, *(_with_row(stack, y, place) for stack, y in zip(stacks, ys, strict=True))]

    zero = index_constant(trace.builder, 0)
    found, _ = _counted(zero, index_of(count), body, [*starts, *rows], "scan")
    return unflatten(structure, found[: len(starts)]), unflatten(y_structure, found[len(starts) :])


def _length(inputs: Sequence[Array], stated: Size | None) -> Size:
    sizes: list[Size] = [] if stated is None else [stated]
    for x in inputs:
        if not x.ndim:
            raise ValueError("scan goes along the first axis of arrays, but one has no axes")
        if x.shape[0] not in sizes:
            sizes.append(x.shape[0])
    if len(sizes) != 1:
        problem = (
            f"arrays of different lengths: {', '.join(str(size) for size in sizes)}" if sizes else "xs or a length"
        )
        raise ValueError(f"scan {'got' if sizes else 'needs'} {problem}")
    return sizes[0]


def _row(x: Array, place: Array) -> Array:
    """The part of `x` at `place` of its first axis."""
    zeros = [ConcreteArray(np.zeros((), place.dtype)) for _ in x.shape[1:]]
    return reshape(dynamic_slice(x, [place, *zeros], (1, *x.shape[1:])), x.shape[1:])


def _rows(kind: Kind, count: Size) -> Array:
    """Room for `count` arrays of a kind. Raises `TypeError`."""
    if None in kind.shape:
        raise TypeError("an output of scan has a size that only its function knows")
    zero = ConcreteArray(np.zeros((), kind.dtype), kind.weak_type)
    return broadcast_to(zero, (count, *kind.shape))


def _with_row(stack: Array, y: Array, place: Array) -> Array:
    zeros = [ConcreteArray(np.zeros((), place.dtype)) for _ in y.shape]
    y = cast(y, stack.dtype, stack.weak_type)
    return dynamic_update_slice(stack, reshape(y, (1, *y.shape)), [place, *zeros])


def map(f: Callable[[Any], Any], xs: Any) -> Any:
    """`f` of each part along the first axis of `xs`, one after the other."""
    return scan(lambda _, x: (None, f(x)), None, xs)[1]


__all__ = ["cond", "fori_loop", "map", "scan", "switch", "while_loop"]
