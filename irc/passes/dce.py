"""Dead code elimination."""

from __future__ import annotations

from irc.ir.effects import is_trivially_dead
from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext, statistic


class Dce(Pass):
    """Erase operations without effect whose results are not used."""

    erased: str = statistic("operations")

    def run(self, op: Operation, context: PassContext) -> None:
        # Users come after definitions, so one sweep from the end finds chains; nested code goes first.
        for inner in reversed(list(op.walk())):
            if inner is not op and inner.parent is not None and is_trivially_dead(inner):
                inner.erase()
                context.count("erased")
