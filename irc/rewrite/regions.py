"""Simplification of regions: blocks that control never reaches go away."""

from __future__ import annotations

from irc.ir.dominance import reverse_post_order
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.rewrite.rewriter import Rewriter


def erase_unreachable_blocks(root: Operation, rewriter: Rewriter) -> int:
    """Erase the blocks inside `root` that cannot be reached from the entry of their region; how many these were."""
    erased = 0
    for op in root.walk():
        for region in op.regions:
            if region.first is not region.last:
                erased += _erase_unreachable(region, rewriter)
    return erased


def _erase_unreachable(region: Region, rewriter: Rewriter) -> int:
    reachable = set(reverse_post_order(region))
    dead = [block for block in region if block not in reachable]
    rewriter.erase_blocks(dead)
    return len(dead)
