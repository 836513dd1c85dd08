"""How often counted loops run, where that is known."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import scf
from irc.dialects._slices import constant_index


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
