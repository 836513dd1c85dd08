"""What operations do to memory, and what may be done with them for it."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir import traits as t
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.operation import Operation


def effects_of(op: Operation) -> Sequence[Effect] | None:
    """The effects of an op, those of its regions included; `None` if they are not known."""
    if t.Pure in op.traits:
        return ()
    found: list[Effect] = []
    if isinstance(op, MemoryEffects):
        found += op.effects()
        if t.RecursiveMemoryEffects not in op.traits:
            return found
    elif t.RecursiveMemoryEffects not in op.traits:
        return None
    for inner in op.nested_ops():
        inner_effects = effects_of(inner)
        if inner_effects is None:
            return None
        found += inner_effects
    return found


def is_pure(op: Operation) -> bool:
    """Whether the op, with everything in it, has no effect at all."""
    effects = effects_of(op)
    return effects is not None and not effects


def is_trivially_dead(op: Operation) -> bool:
    """Whether the op may be erased: no result is used, and it only reads memory or allocates what nobody sees."""
    if t.Terminator in op.traits or any(result.users for result in op.results):
        return False
    effects = effects_of(op)
    if effects is None or t.Symbol in op.traits:
        return False
    return all(
        effect.kind == "read" or (effect.kind == "allocate" and effect.value is not None and not effect.value.users)
        for effect in effects
    )
