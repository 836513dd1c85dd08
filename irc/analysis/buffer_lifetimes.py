"""Where buffers are used: their views, whether they leave the place that made them, and from when to when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from irc.analysis.liveness import LOOPS
from irc.ir.operation import Operation
from irc.ir.traits import Terminator
from irc.ir.types import MemRefType
from irc.ir.value import Value

VIEWS = frozenset({
    "memref.subview", "memref.cast", "memref.collapse_shape", "memref.expand_shape", "memref.view",
    "memref.reinterpret_cast", "memref.reshape", "memref.transpose", "memref.memory_space_cast", "arith.select",
})  # fmt: skip
"""Ops whose result is part of the buffer that they are given."""

LENDING = frozenset({"func.call"})
"""Ops that give a buffer away for their own time only, and whose results are other buffers."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first to the last operation that needs a buffer, by the numbers of `number_operations`."""

    first: int
    last: int

    def overlaps(self, other: Interval) -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Uses:
    """All operations that use a buffer or a view of it; `escapes` if it may be needed beyond them."""

    users: tuple[Operation, ...]
    escapes: bool


def uses_of(buffer: Value) -> Uses:
    """The uses of a buffer through all views."""
    users: dict[Operation, None] = {}
    escapes = False
    pending = [buffer]
    seen = {buffer}
    while pending:
        value = pending.pop()
        for user in value.users:
            users[user] = None
            if user.name in VIEWS:
                fresh = [result for result in user.results if result not in seen]
                seen.update(fresh)
                pending += fresh
            else:
                escapes |= takes_over(user)
    return Uses(tuple(users), escapes)


def takes_over(user: Operation) -> bool:
    """Whether what `user` is given belongs to it, or to whoever it hands it on to: terminators, loops, ops with buffers."""
    if user.name in VIEWS or user.name in LENDING:
        return False
    hands_on = any(isinstance(result.type, MemRefType) for result in user.results)
    return hands_on or Terminator in user.traits or user.name in LOOPS


def number_operations(function: Operation) -> dict[Operation, Interval]:
    """For each operation its number and that of the last one inside it, in program order."""
    spans: dict[Operation, Interval] = {}
    counter = iter(range(1 << 62))

    def visit(op: Operation) -> None:
        first = next(counter)
        for inner in op.nested_ops():
            visit(inner)
        spans[op] = Interval(first, next(counter) if op.regions else first)

    visit(function)
    return spans


def lifetime(buffer: Value, uses: Uses, spans: dict[Operation, Interval]) -> Interval:
    """From where the buffer is made to its last use; a use in a loop around which the buffer persists lasts to its end."""
    maker = buffer.defining_op
    assert maker is not None
    first = spans[maker].first
    last = first
    for user in uses.users:
        end = spans[user].last
        for loop in loops_between(user, maker):
            # Blocks need not stand in the order in which they run.
            first = min(first, spans[loop].first)
            end = max(end, spans[loop].last)
        last = max(last, end)
    return Interval(first, last)


def loops_between(user: Operation, maker: Operation) -> Iterator[Operation]:
    """The ops that may run `user` again without running `maker` again."""
    for ancestor in user.ancestors():
        if ancestor.is_ancestor_of(maker):
            region = maker.parent.parent if maker.parent is not None else None
            # In a graph of blocks a branch may go back.
            if region is not None and region.parent is ancestor and region.first is not region.last:
                yield ancestor
            return
        if ancestor.name in LOOPS:
            yield ancestor
