"""Functions that derivatives run again rather than store what they compute (JAX's `checkpoint`, also called `remat`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from irc.autodiff.budget import Budget, loops_of
from irc.dialects import ad
from irc.ir.attributes import ArrayAttr, StringAttr, UnitAttr
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.region import Region
from irc.ir.value import Value
from irc.lax.bodies import Flat, leaves_of
from irc.tracing.array import Array, as_array
from irc.tracing.carries import arguments, discover, values_of
from irc.tracing.current import is_tracing, traces, user_location
from irc.tracing.primitive import Primitive, bind
from irc.tracing.staging import staged
from irc.tracing.trees import flatten, unflatten


@dataclass(frozen=True, slots=True)
class Policy:
    """What is stored of a function that is run again: the results of operations of `nd`, values with names, "*" for all."""

    operations: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    recomputed: frozenset[str] = frozenset()
    """Names of values that are never stored."""
    unbatched: bool = False
    """Whether products of matrices with axes before theirs on both sides are not."""


def _all_but(*names: str) -> Policy:
    """Every value but those of these names."""
    return Policy(operations=frozenset({"*"}), recomputed=frozenset(names))


class checkpoint_policies:
    """What a function that is run again stores all the same."""

    nothing_saveable = Policy()
    everything_saveable = Policy(operations=frozenset({"*"}))
    dots_saveable = Policy(operations=frozenset({"nd.matmul", "nd.conv"}))
    checkpoint_dots = dots_saveable
    dots_with_no_batch_dims_saveable = Policy(operations=frozenset({"nd.matmul"}), unbatched=True)
    checkpoint_dots_with_no_batch_dims = dots_with_no_batch_dims_saveable

    @staticmethod
    def save_only_these_names(*names: str) -> Policy:
        """Values that `checkpoint_name` has given one of these names."""
        return Policy(named=frozenset(names))

    @staticmethod
    def save_any_names_but_these(*names: str) -> Policy:
        """Values that `checkpoint_name` has given another name."""
        return Policy(named=frozenset({"*"}), recomputed=frozenset(names))

    save_anything_except_these_names = staticmethod(_all_but)

    @staticmethod
    def save_from_both_policies(one: Policy, other: Policy) -> Policy:
        """What one of them stores. Raises `NotImplementedError` where it cannot be told by names."""
        if one.recomputed or other.recomputed or one.unbatched != other.unbatched:
            raise NotImplementedError("save_from_both_policies of policies with exceptions: name what is to be stored")
        return Policy(one.operations | other.operations, one.named | other.named, unbatched=one.unbatched)


def _emit(b: Builder, value: Value, tag: str) -> Value:
    found: Value = b.insert(ad.CheckpointName(StringAttr(tag), value)).output
    return found


def _batch(primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Any, tag: str) -> Any:
    return bind(primitive, *inputs, sizes=inputs[0].shape, tag=tag)


_NAME = Primitive("checkpoint_name", _emit, _batch, view=lambda x, tag: x)


def checkpoint_name(x: Any, name: str) -> Any:
    """`x`, a container of arrays, with a name by which policies of `checkpoint` know it."""
    leaves, structure = flatten(x)
    arrays = [as_array(leaf) for leaf in leaves]
    named = [bind(_NAME, each, weak_type=each.weak_type, sizes=each.shape, tag=name) for each in arrays]
    return unflatten(structure, named)


def checkpoint(
    fun: Callable[..., Any] | None = None,
    *,
    prevent_cse: bool = True,
    policy: Policy | None = checkpoint_policies.nothing_saveable,
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
    stored = checkpoint_policies.nothing_saveable if policy is None else policy
    if not isinstance(stored, Policy):
        raise TypeError(f"policy must be one of irc.checkpoint_policies, got {policy!r}")
    static = {static_argnums} if isinstance(static_argnums, int) else set(static_argnums)
    function = fun

    @functools.wraps(function)
    def again(*args: Any, **kwargs: Any) -> Any:
        if stored == checkpoint_policies.everything_saveable:
            return function(*args, **kwargs)
        kept = {number % len(args) for number in static}
        varying = [i for i in range(len(args)) if i not in kept]

        def filled(given: Sequence[Any], named: dict[str, Any]) -> Any:
            full = list(args)
            for i, value in zip(varying, given, strict=True):
                full[i] = value
            return function(*full, **named)

        return staged(lambda tree: _region(filled, tree, stored), ([args[i] for i in varying], kwargs))

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


def _region(function: Callable[..., Any], tree: Any, policy: Policy) -> Any:
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
    made = ad.Checkpoint(
        Region(block),
        save=_names(policy.operations),
        save_named=_names(policy.named),
        recompute_named=_names(policy.recomputed),
        unbatched=UnitAttr() if policy.unbatched else None,
        result_types=[value.type for value in values],
    )
    op = trace.builder.insert(made)
    return unflatten(flat.structure, arguments(trace, op.results, kinds))


def _names(names: frozenset[str]) -> ArrayAttr:
    return ArrayAttr(tuple(StringAttr(name) for name in sorted(names)))


__all__ = ["checkpoint", "checkpoint_loops", "checkpoint_name", "checkpoint_policies"]
