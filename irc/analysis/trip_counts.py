"""How often counted loops run, where that is known."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import func, scf
from irc.dialects._slices import constant_index
from irc.ir.attributes import IntegerAttr
from irc.ir.operation import Operation
from irc.ir.symbols import is_private

CALLS = "irc.calls"
"""The attribute of a private function that says how often a call of its module from outside calls it."""


def known_bounds(op: scf.For) -> list[int | None]:
    """The lower and the upper bound and the step of a loop, where they are known."""
    return [constant_index(value) for value in (op.lower_bound, op.upper_bound, op.step)]


def trips_between(bounds: Sequence[int | None]) -> int | None:
    """The number of iterations for these known bounds and step, `None` where it is not known."""
    low, high, by = bounds
    return None if low is None or high is None or not by or by < 0 else max(0, -((low - high) // by))


def known_trip_count(op: scf.For) -> int | None:
    """The number of iterations, `None` where it is not known."""
    return trips_between(known_bounds(op))


def repeats(op: Operation) -> int | None:
    """How often the regions of an op run each time that it does, `None` where that is not known."""
    match op:
        case scf.For():
            return known_trip_count(op)
        case scf.While():
            return None
        case func.Func() if is_private(op):
            calls = op.attributes.get(CALLS)
            return calls.value if isinstance(calls, IntegerAttr) else None
    return 1


def runs_of(op: Operation) -> int | None:
    """How often an op runs in a call of its module from outside, at most; `None` where that is not known."""
    total = 1
    for outer in op.ancestors():
        times = repeats(outer)
        if times is None:
            return None
        total *= times
    return total
