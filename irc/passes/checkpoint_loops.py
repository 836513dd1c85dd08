"""Chooses loops of which few states are kept for their derivatives."""

from __future__ import annotations

from math import inf

from irc.autodiff.budget import Budget, Loop, loops_of
from irc.autodiff.revolve import SNAPSHOTS
from irc.dialects import func, scf
from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, option, statistic


class CheckpointLoops(Pass):
    """Bound what derivatives in reverse mode store of loops: run parts of them again instead.

    Loops whose storage would exceed the budget are given `ad.snapshots`, the number of states that `differentiate` keeps of
    them, those with the largest storage first. The adjoint reaches the other states by running the body again, with the
    fewest evaluations that there can be (binomial checkpointing). What a loop stores is estimated from the sizes of what it
    computes; one of which the number of iterations is not known exceeds any budget. A loop that works on buffers, or
    carries tensors of sizes that are not known, is left as it is. Where a single state of each loop is more than the budget,
    that is what is kept. Without options nothing changes.
    """

    marked: str = statistic("loops of which few states are kept")
    memory: int = option(0, "bytes for all loops of a function together; 0 for any number", at_least=0)
    snapshots: int = option(0, "states of a loop at most; 0 for any number", at_least=0)

    def run(self, op: Operation, context: PassContext) -> None:
        if not self.memory and not self.snapshots:
            return
        budget = Budget(self.memory or inf, self.snapshots or inf)
        for function in op.walk():
            if isinstance(function, func.Func) and not function.is_declaration:
                before = _marked(function)
                loops: list[Loop] = [loop for block in function.body for loop in loops_of(block)]
                budget.spend(loops)
                context.count(self.marked, _marked(function) - before)


def _marked(function: func.Func) -> int:
    return sum(isinstance(op, scf.For) and SNAPSHOTS in op.attributes for op in function.walk())
