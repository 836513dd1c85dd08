"""Loops that LLVM would write out whole, but that are too long for it to pay.

LLVM unrolls a loop of a known number of iterations up to several hundred instructions, tens of kilobytes where such loops are
nested, and optimises all of it. Short loops gain from that; of the longer ones only the time to compile is seen. These get
`#llvm.loop_annotation<unroll = <disable = true>>`, which `scf-to-cf` hands to the branch at the end of the loop.
"""

from __future__ import annotations

from irc.analysis.trip_counts import known_trip_count
from irc.dialects import scf
from irc.ir.attributes import OpaqueAttr
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike
from irc.lowering.scf_to_cf import LOOP_ANNOTATION
from irc.passes.base import Pass, PassContext, option, statistic

NO_UNROLLING = OpaqueAttr("llvm.loop_annotation<unroll = <disable = true>>")

LONGEST = 1500
"""Operations beyond which LLVM writes no loop out by itself; it then repeats the body a few times, if that is short."""


class LimitUnrolling(Pass):
    """Keep loops of a known number of iterations from being written out where that gives many instructions."""

    limited: str = statistic("loops that stay loops")
    most: int = option(60, "operations that a loop may become", at_least=0)

    def run(self, op: Operation, context: PassContext) -> None:
        for region in op.regions:
            for block in region:
                self._limit(block, context)

    def _limit(self, block: Block, context: PassContext) -> int:
        """Look at the loops in a block; the operations that it becomes."""
        total = 0
        for op in block:
            if ConstantLike in op.traits:
                continue
            inside = sum(self._limit(inner, context) for region in op.regions for inner in region)
            count = known_trip_count(op) if isinstance(op, scf.For) else None
            if count is not None:
                if self.most < count * inside <= LONGEST and LOOP_ANNOTATION not in op.attributes:
                    op.set_attribute(LOOP_ANNOTATION, NO_UNROLLING)
                    context.count("limited")
                elif count * inside <= self.most:
                    inside *= count
            total += 1 + inside
        return total
