"""`scf.for` loops from functions that write their bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.analysis.trip_counts import trips_between
from irc.dialects import scf
from irc.dialects._slices import constant_index
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import index
from irc.ir.value import Value

Bounds = tuple[Value, Value, Value]
"""Where a loop begins, ends (before), and its step."""


def for_loop(
    b: Builder,
    bounds: Bounds,
    inits: Sequence[Value],
    body: Callable[[Value, Sequence[Value]], Sequence[Value]],
) -> Sequence[Value]:
    """An `scf.for` from a function of the induction variable and the carried values to their next values. Where it is known
    that there is one step, or none, there is no loop."""
    trips = trips_between([constant_index(bound) for bound in bounds])
    if trips is not None and trips < 2:
        return body(bounds[0], inits) if trips else inits
    block = Block([index, *(init.type for init in inits)])
    with b.at(InsertPoint.at_end(block)):
        induction, *carried = block.arguments
        b.insert(scf.Yield(body(induction, carried)))
    return b.insert(scf.For(*bounds, inits, Region(block))).results


def nested_loops(
    b: Builder,
    bounds: Sequence[Bounds],
    inits: Sequence[Value],
    body: Callable[[Sequence[Value], Sequence[Value]], Sequence[Value]],
    position: tuple[Value, ...] = (),
) -> Sequence[Value]:
    """Loops in each other, the first outermost; `body` gets the position and the carried values."""
    if len(position) == len(bounds):
        return body(position, inits)
    return for_loop(
        b, bounds[len(position)], inits, lambda i, carried: nested_loops(b, bounds, carried, body, (*position, i))
    )
