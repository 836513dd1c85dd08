"""Graphs of basic blocks become structured control flow."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, statistic
from irc.structuring.lifting import lift_all


class LiftCfToScf(Pass):
    """Replace blocks and the branches of `cf` between them by scf.if, scf.index_switch and scf.while.

    Nothing is copied: a block that is entered in several ways stands once, behind a choice by a number. That holds for cycles
    with several entries, too. A loop that is never left is an error.
    """

    lifted: str = statistic("regions of several blocks that became one block")

    def run(self, op: Operation, context: PassContext) -> None:
        context.count("lifted", lift_all(op))
