"""Algebraic simplification by the rules of `irc.rules.algebra`."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, option
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import STATISTICS, GreedyDriver, Kinds, Merged
from irc.rules.algebra import SCALAR, TENSOR
from irc.rules.canonical import CANONICAL
from irc.rules.fast_math import FAST_MATH

_EXACT = Kinds(Merged(CANONICAL, TENSOR.patterns, SCALAR.patterns))
_FAST = Kinds(Merged(CANONICAL, TENSOR.patterns, SCALAR.patterns, FAST_MATH.patterns))


class Algebra(Pass):
    """Simplify by algebraic identities that hold for all operands, together with the canonical form."""

    statistics = STATISTICS
    fast_math: bool = option(False, "also apply identities of real numbers that change rounding and special cases")

    def run(self, op: Operation, context: PassContext) -> None:
        driver = GreedyDriver(op, _FAST if self.fast_math else _EXACT, materialize, self.name)
        driver.run()
        for what, count in driver.counts.items():
            context.count(what, count)
