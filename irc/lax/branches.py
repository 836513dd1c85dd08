"""Branches that are chosen when the compiled function runs (JAX's `lax` of the same names)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from irc.dialects import nd, scf
from irc.ir.block import Block
from irc.ir.region import Region
from irc.ir.types import Type
from irc.lax.bodies import Flat, boolean, cast_yielded, check_structure, common_type, leaves_of, selected, truth_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import peel
from irc.tracing.carries import Kind, arguments, discover, joined, values_of
from irc.tracing.current import traces, user_location
from irc.tracing.dims import Size
from irc.tracing.elementwise import apply, cast
from irc.tracing.shaping import show
from irc.tracing.staging import staged
from irc.tracing.trees import flatten, unflatten

_NONE: Any = object()


def cond(
    pred: Any, true_fun: Callable[..., Any], false_fun: Callable[..., Any], *operands: Any, operand: Any = _NONE
) -> Any:
    """`true_fun(*operands)` where `pred`, a boolean without axes, holds, else `false_fun(*operands)`.

    Only one of the branches runs, except under a `vmap` over which `pred` differs: then both do, and the results are
    selected. Both give the same structure, shapes and dtypes. Raises `TypeError` otherwise. `operand` is another way to
    give one operand.
    """
    if operand is not _NONE:
        operands = (operand,)
    if not (callable(true_fun) and callable(false_fun)):
        raise TypeError("cond takes two functions after the condition")
    return staged(lambda tree: _cond(tree[0], true_fun, false_fun, tree[1]), (pred, operands))


def _cond(pred: Any, true_fun: Callable[..., Any], false_fun: Callable[..., Any], operands: Sequence[Any]) -> Any:
    condition = boolean(pred, "the condition of cond")
    branches = [Flat(lambda args, f=f: f(*args), flatten(tuple(operands))[1]) for f in (true_fun, false_fun)]
    leaves = leaves_of(tuple(operands))
    if peel(condition)[1]:
        found = [branch(leaves) for branch in branches]
        check_structure("the second branch of cond", branches[1].structure, branches[0].structure)
        pairs = zip(*found, strict=True)
        return unflatten(branches[0].structure, [selected(condition, a, b, same_dtype=True) for a, b in pairs])
    kinds = [discover(functools.partial(branch, leaves), [], []) for branch in branches]
    check_structure("the second branch of cond", branches[1].structure, branches[0].structure)
    common = [
        replace(
            joined(a, b, f"result {i} of the branches of cond", same_dtype=True), shape=_common_shape(a.shape, b.shape)
        )
        for i, (a, b) in enumerate(zip(*kinds, strict=True))
    ]
    bodies = [functools.partial(branch, leaves) for branch in branches]
    return unflatten(branches[0].structure, _if(condition, bodies, common))


def _common_shape(a: Sequence[Size | None], b: Sequence[Size | None]) -> tuple[Size | None, ...]:
    """The sizes that both branches give; `None` where that is only known when they have run."""
    return tuple(m if m == n else None for m, n in zip(a, b, strict=True))


def _if(condition: Array, branches: Sequence[Callable[[], Sequence[Array]]], kinds: Sequence[Kind]) -> list[Array]:
    """An `scf.if` of functions that give arrays of these kinds."""
    trace = traces()[-1]
    decided = truth_of(condition)
    blocks = [Block(), Block()]
    types: list[Type] = []
    for block, branch in zip(blocks, branches, strict=True):
        with trace.inside(block):
            values = values_of(branch(), kinds)
            types = [
                common_type(a, value.type) for a, value in zip(types or [v.type for v in values], values, strict=True)
            ]
            trace.builder.insert(scf.Yield(values))
    for block in blocks:
        cast_yielded(block, types)
    trace.builder.location = user_location()
    op = trace.builder.insert(scf.If(decided, *(Region(block) for block in blocks), result_types=types))
    return arguments(trace, op.results, kinds)


def switch(index: Any, branches: Sequence[Callable[..., Any]], *operands: Any, operand: Any = _NONE) -> Any:
    """`branches[index](*operands)`; an index out of range is moved to the nearest branch."""
    if operand is not _NONE:
        operands = (operand,)
    if not branches:
        raise ValueError("switch needs at least one branch")
    if len(branches) == 1:
        return branches[0](*operands)
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


__all__ = ["cond", "switch"]
