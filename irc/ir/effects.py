"""What operations do to memory, and what may be done with them for it."""

from __future__ import annotations

from collections.abc import Callable

from irc.ir import traits as t
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.operation import Operation


def has_only_effects(op: Operation, allowed: Callable[[Effect], bool]) -> bool:
    """Whether all effects of an op, those of its regions included, are known and allowed. Ends at the first that is not."""
    if t.Pure in op.traits:
        return True
    is_recursive = t.RecursiveMemoryEffects in op.traits
    if isinstance(op, MemoryEffects):
        if not all(map(allowed, op.effects())):
            return False
    elif not is_recursive:
        return False
    if is_recursive:
        for inner in op.nested_ops():
            if not has_only_effects(inner, allowed):
                return False
    return True


def is_pure(op: Operation) -> bool:
    """Whether the op, with everything in it, has no effect at all."""
    return has_only_effects(op, _nothing)


def is_trivially_dead(op: Operation) -> bool:
    """Whether the op may be erased: no result is used, and it only reads memory or allocates what nobody sees."""
    if t.Terminator in op.traits or t.Symbol in op.traits or any(result.users for result in op.results):
        return False
    return goes_unnoticed(op)


def goes_unnoticed(op: Operation) -> bool:
    """Whether nobody can tell that the op was there if nobody uses its results."""
    return has_only_effects(op, _leaves_no_trace)


def _nothing(_: Effect) -> bool:
    return False


def _leaves_no_trace(effect: Effect) -> bool:
    return effect.kind == "read" or (effect.kind == "allocate" and effect.value is not None and not effect.value.users)
