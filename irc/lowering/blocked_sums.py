"""Loops that add up in blocks, whose sums are added up in turn.

The error of a sum of floats grows with the number of additions that an element goes through: in blocks that is the length of a
block and their number, not the number of all elements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.dialects import arith
from irc.ir.builder import Builder
from irc.ir.types import Dimension
from irc.ir.value import Value
from irc.lowering.for_loops import Bounds, for_loop
from irc.lowering.structured import index_constant

Values = Sequence[Value]


def blocked_loop(
    b: Builder,
    count: Dimension,
    bounds: Bounds,
    totals: Values,
    body: Callable[[Value, Values], Values],
    nothing: Callable[[Values], Values],
    combine: Callable[[Values, Values], Values],
    block: int,
    levels: int = 1,
) -> Values:
    """A loop of `count` steps (or fewer) that `body` adds to sums in, in blocks of `block` steps where it is long.

    `nothing` gives what sums of a block start from, `combine` adds them to the totals. There are up to `levels` blocks in
    each other.
    """
    while levels and count is not None and count <= block**levels:
        levels -= 1
    if not (totals and levels):
        return for_loop(b, bounds, totals, body)
    begin, end, step = bounds
    length = b.insert(arith.MulI(step, index_constant(b, block**levels))).result

    def whole_block(position: Value, totals: Values) -> Values:
        after = b.insert(arith.AddI(position, length)).result
        inner = position, b.insert(arith.MinSI(after, end)).result, step
        starts = nothing(totals)
        return combine(totals, blocked_loop(b, block**levels, inner, starts, body, nothing, combine, block, levels - 1))

    return for_loop(b, (begin, end, length), totals, whole_block)
