"""Algebraic simplification by the rules of `irc.rules.algebra`."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, option
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import STATISTICS, GreedyDriver, Merged
from irc.rules.algebra import SCALAR, TENSOR
from irc.rules.canonical import CANONICAL
from irc.rules.fast_math import FAST_MATH


class Algebra(Pass):
    """Simplify by algebraic identities that hold for all operands, together with the canonical form."""

    statistics = STATISTICS
    fast_math: bool = option(False, "also apply identities of real numbers that change rounding and special cases")

    def run(self, op: Operation, context: PassContext) -> None:
        tables = [CANONICAL, TENSOR.patterns, SCALAR.patterns]
        if self.fast_math:
            tables.append(FAST_MATH.patterns)
        driver = GreedyDriver(op, Merged(*tables), materialize, self.name)
        driver.run()
        for what, count in driver.counts.items():
            context.count(what, count)
