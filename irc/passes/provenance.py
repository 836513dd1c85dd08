"""Every operation tells what line of a program it comes from: a check that a pass has not lost that."""

from __future__ import annotations

from irc.ir.diagnostic import Diagnostic
from irc.ir.location import UNKNOWN, Location
from irc.ir.operation import Operation


def without_location(op: Operation) -> set[Operation]:
    """The operations inside of `op`, and itself, of which nothing is known."""
    return {inner for inner in op.walk() if inner.location == UNKNOWN}


def lost_locations(op: Operation, known: set[Operation], step: str) -> list[Diagnostic]:
    """An error for each operation without location that was not among `known` before the pass `step`."""
    return [
        Diagnostic(
            _nearest(inner),
            f"'{inner.name}' op has no location: the pass '{step}' does not say what it derived it from",
        )
        for inner in op.walk()
        if inner.location == UNKNOWN and inner not in known
    ]


def _nearest(op: Operation) -> Location:
    """The location of the first operation around `op` that has one."""
    return next((outer.location for outer in op.ancestors() if outer.location != UNKNOWN), UNKNOWN)
