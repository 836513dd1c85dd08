"""Algebraic simplification by the rules of `irc.rules.algebra`."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext
from irc.passes.canonicalize import canonical_patterns
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import GreedyDriver
from irc.rewrite.rules import merge
from irc.rules.algebra import SCALAR, TENSOR


class Algebra(Pass):
    """Simplify by algebraic identities that hold for all operands, together with the canonical form."""

    def run(self, op: Operation, context: PassContext) -> None:
        patterns = {**canonical_patterns(), **merge(TENSOR, SCALAR)}
        driver = GreedyDriver(op, patterns, materialize, self.name)
        driver.run()
        for what, count in driver.counts.items():
            context.count(what, count)
