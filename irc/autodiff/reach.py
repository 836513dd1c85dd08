"""Which values a cotangent reaches, before any adjoint is written: the others keep the cotangent zero, and no code."""

from __future__ import annotations

from collections.abc import Sequence

from irc.autodiff.activity import Activity, all_operands
from irc.ir.block import Block
from irc.ir.types import MemRefType
from irc.ir.value import Value


def reach(activity: Activity, block: Block, seeds: set[Value]) -> set[Value]:
    """The active values that get a cotangent in the adjoint of `block` when the `seeds` have one."""
    reached = {value for value in seeds if value in activity}
    for op in reversed(list(block)):
        writes = activity.active_memory and any(isinstance(v.type, MemRefType) for v in all_operands(op))
        if writes or any(result in reached for result in op.results):
            reached.update(value for value in all_operands(op) if value in activity)
    return reached


def carried_reach(
    activity: Activity, block: Block, yielded: Sequence[Value], arguments: Sequence[Value], first: set[int]
) -> tuple[list[int], set[Value]]:
    """The positions of carried values that get a cotangent in some iteration, and all values of the body that do.

    `first` are the positions of the results that have one.
    """
    found = set(first)
    while True:
        reached = reach(activity, block, {yielded[i] for i in found})
        more = found | {i for i, argument in enumerate(arguments) if argument in reached}
        if more == found:
            return sorted(found), reached
        found = more
