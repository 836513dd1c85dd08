"""Brings the IR to its canonical form: folds, erases what is dead, applies the rules that are always right."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, option
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import STATISTICS, GreedyDriver, Kinds
from irc.rules.canonical import CANONICAL

_KINDS = Kinds(CANONICAL)


class Canonicalize(Pass):
    """Fold constants, erase dead operations and simplify to a fixed point."""

    statistics = STATISTICS
    max_visits: int = option(100, "visits per operation before giving up", at_least=1)

    def run(self, op: Operation, context: PassContext) -> None:
        driver = GreedyDriver(op, _KINDS, materialize, self.name, self.max_visits)
        driver.run()
        for what, count in driver.counts.items():
            context.count(what, count)
