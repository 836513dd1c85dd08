"""Functions that derivatives run again rather than store what they compute (JAX's `checkpoint`, also called `remat`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from math import inf
from typing import Any

from irc.autodiff.budget import Budget, loops_of
from irc.dialects import ad
from irc.ir.attributes import ArrayAttr, StringAttr
from irc.ir.block import Block
from irc.ir.region import Region
from irc.lax.bodies import Flat, leaves_of
from irc.tracing.carries import arguments, discover, values_of
from irc.tracing.current import is_tracing, traces, user_location
from irc.tracing.staging import staged
from irc.tracing.trees import flatten, unflatten

Policy = frozenset[str] | None
"""The operations of `nd` whose results are stored; `None` for all."""


class checkpoint_policies:
    """What a function that is run again stores all the same."""

    nothing_saveable: Policy = frozenset()
    everything_saveable: Policy = None
    dots_saveable: Policy = frozenset({"nd.matmul", "nd.conv"})
    checkpoint_dots: Policy = dots_saveable
    dots_with_no_batch_dims_saveable: Policy = dots_saveable
    checkpoint_dots_with_no_batch_dims: Policy = dots_saveable


def checkpoint(
    fun: Callable[..., Any] | None = None,
    *,
    prevent_cse: bool = True,
    policy: Policy = checkpoint_policies.nothing_saveable,
    static_argnums: int | Sequence[int] = (),
) -> Callable[..., Any]:
    """`fun`, of whose values a derivative in reverse mode stores only those that `policy` names, and computes the others again.

    `static_argnums` are arguments that are no arrays. The results of a derivative are the same as without; it takes less
    memory and more time. `prevent_cse` is there for JAX's sake: what is computed again is never taken for what was before.
    """
    if fun is None:
        return functools.partial(checkpoint, prevent_cse=prevent_cse, policy=policy, static_argnums=static_argnums)
    if not callable(fun):
        raise TypeError(f"checkpoint takes a function, got {type(fun).__name__}")
    static = {static_argnums} if isinstance(static_argnums, int) else set(static_argnums)
    function = fun

    @functools.wraps(function)
    def again(*args: Any, **kwargs: Any) -> Any:
        if policy is None:
            return function(*args, **kwargs)
        kept = {number % len(args) for number in static}
        varying = [i for i in range(len(args)) if i not in kept]

        def filled(given: Sequence[Any], named: dict[str, Any]) -> Any:
            full = list(args)
            for i, value in zip(varying, given, strict=True):
                full[i] = value
            return function(*full, **named)

        return staged(lambda tree: _region(filled, tree, policy), ([args[i] for i in varying], kwargs))

    return again


def checkpoint_loops(
    fun: Callable[..., Any] | None = None, *, snapshots: int | None = None, memory: int | None = None
) -> Callable[..., Any]:
    """`fun`, of whose loops a derivative in reverse mode keeps few states; it reaches the others by running the loops again.

    These are `scan`, `fori_loop` and what is made of them. At most `snapshots` states of each loop are kept, and of all loops
    that `fun` runs together no more than `memory` bytes are stored, as far as that is possible. Their places are those with
    which the fewest turns run again. The results of a derivative are the same as without.
    """
    if fun is None:
        return functools.partial(checkpoint_loops, snapshots=snapshots, memory=memory)
    if not callable(fun):
        raise TypeError(f"checkpoint_loops takes a function, got {type(fun).__name__}")
    for name, value in (("snapshots", snapshots), ("memory", memory)):
        if value is not None and value < 1:
            raise ValueError(f"{name} must be positive, got {value}")
    if snapshots is None and memory is None:
        raise TypeError("checkpoint_loops needs snapshots, memory or both")
    function, budget = fun, Budget(memory or inf, snapshots or inf)

    @functools.wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        if not is_tracing():
            return function(*args, **kwargs)  # of which no derivative is taken
        block = traces()[-1].builder.point.block
        last = block.last
        result = function(*args, **kwargs)
        op, written = block.first if last is None else last.next, []
        while op is not None:
            written.append(op)
            op = op.next
        budget.spend(loops_of(written))
        return result

    return bounded


def _region(function: Callable[..., Any], tree: Any, saved: frozenset[str]) -> Any:
    """The function in an `ad.checkpoint`."""
    leaves = leaves_of(tree)
    flat = Flat(lambda given: function(*given), flatten(tree)[1])
    body = functools.partial(flat, leaves)
    kinds = discover(body, [], [])
    trace, block = traces()[-1], Block()
    with trace.inside(block):
        values = values_of(body(), kinds)
        trace.builder.insert(ad.Yield(values))
    trace.builder.location = user_location()
    names = ArrayAttr(tuple(StringAttr(name) for name in sorted(saved)))
    op = trace.builder.insert(ad.Checkpoint(Region(block), names, result_types=[value.type for value in values]))
    return unflatten(flat.structure, arguments(trace, op.results, kinds))


__all__ = ["checkpoint", "checkpoint_loops", "checkpoint_policies"]
