"""Brings the IR to its canonical form: folds, erases what is dead, applies the rules that are always right."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, option
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import STATISTICS, GreedyDriver, Patterns, merge
from irc.rules.arith_casts import ARITH_CASTS
from irc.rules.arith_conditions import ARITH_CONDITIONS
from irc.rules.arith_integers import ARITH_INTEGERS
from irc.rules.branches import BRANCHES
from irc.rules.calls import CALLS
from irc.rules.complex_parts import COMPLEX_PARTS
from irc.rules.control_flow import CONTROL_FLOW
from irc.rules.index_comparisons import INDEX_COMPARISONS
from irc.rules.shapes import SHAPES


class Canonicalize(Pass):
    """Fold constants, erase dead operations and simplify to a fixed point."""

    statistics = STATISTICS
    max_visits: int = option(100, "visits per operation before giving up", at_least=1)

    def run(self, op: Operation, context: PassContext) -> None:
        driver = GreedyDriver(op, canonical_patterns(), materialize, self.name, self.max_visits)
        driver.run()
        for what, count in driver.counts.items():
            context.count(what, count)


def canonical_patterns() -> Patterns:
    """The patterns of the canonical form."""
    return merge(
        SHAPES.patterns, CONTROL_FLOW, BRANCHES, ARITH_INTEGERS, ARITH_CASTS, ARITH_CONDITIONS, CALLS, COMPLEX_PARTS,
        INDEX_COMPARISONS,
    )  # fmt: skip
