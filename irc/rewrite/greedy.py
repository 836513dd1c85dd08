"""The greedy driver: folds, erases what is dead and applies patterns until nothing changes.

A worklist holds the operations that may have become simpler; an operation is visited again when one of its operands or
users changed, so the work is proportional to the changes and not to the size times the number of sweeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from irc.ir import traits as t
from irc.ir.attributes import Attribute
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.effects import is_trivially_dead
from irc.ir.operation import Operation
from irc.ir.types import Type
from irc.ir.value import Value
from irc.rewrite.constant_pool import ConstantPool
from irc.rewrite.constants import constant_value
from irc.rewrite.regions import erase_unreachable_blocks
from irc.rewrite.rewriter import Rewriter

Pattern = Callable[[Any, Rewriter], "bool | str | None"]
"""Called with an op and a rewriter set before it; whether it changed something, or the name of the rule that did."""

Patterns = Mapping[type[Operation], Sequence[Pattern]]

Materialize = Callable[[Operation, Attribute, Type], Operation | None]
"""The constant op that has a value, for a result of the given op; `None` if there is none."""


def merge(*tables: Patterns) -> dict[type[Operation], list[Pattern]]:
    """The patterns of several tables, in order."""
    merged: dict[type[Operation], list[Pattern]] = {}
    for table in tables:
        for cls, patterns in table.items():
            merged.setdefault(cls, []).extend(patterns)
    return merged


STATISTICS: Mapping[str, str] = {
    "folded": "operations whose result was found by folding",
    "dead": "operations erased because nothing uses them",
    "shared-constant": "constants for which an equal one stands",
    "unreachable-block": "blocks erased because nothing leads to them",
    "<rule>": "how often the rule was applied",
}
"""What the driver counts."""


class GreedyDriver:
    """Applies patterns to everything inside an operation.

    `counts` says how often each kind of change was made. `max_visits` bounds the visits to `max_visits` times the number
    of operations, so that patterns that undo each other end.
    """

    def __init__(
        self, root: Operation, patterns: Patterns, materialize: Materialize, pass_name: str, max_visits: int = 100
    ) -> None:
        self.root, self.patterns, self.materialize = root, patterns, materialize
        self.max_visits = max_visits
        self.counts: dict[str, int] = {}
        self.worklist: dict[Operation, None] = {}
        self.pool = ConstantPool()
        # Every pattern gets the rewriter set before the op that it is asked about; until then it points nowhere.
        self.rewriter = Rewriter(InsertPoint(Block()), pass_name, self._add, self._forget, self._touch)

    def run(self) -> bool:
        """Whether something changed."""
        # The last operation is taken first, so the list starts reversed: definitions come before their uses.
        for op in reversed(list(self.root.walk())):
            if op is not self.root:
                self.worklist[op] = None
        budget = self.max_visits * (len(self.worklist) + 1)
        changed = False
        while True:
            while self.worklist and budget > 0:
                op, _ = self.worklist.popitem()
                budget -= 1
                if op.parent is not None and self._visit(op):
                    changed = True
            blocks = erase_unreachable_blocks(self.root, self.rewriter)
            if not blocks:
                return changed
            self._count("unreachable-block", blocks)
            changed = True

    def _visit(self, op: Operation) -> bool:
        if is_trivially_dead(op):
            self._count("dead")
            self.rewriter.erase(op)
            return True
        if t.ConstantLike in op.traits:
            return self._share(op)
        if t.Commutative in op.traits:
            _move_constant_right(op)
        if self._fold(op):
            self._count("folded")
            return True
        patterns = self.patterns.get(type(op), ())
        if not patterns:
            return False
        # A pattern that declines has inserted nothing, so place and location serve all of them.
        self.rewriter.rewrite(op)
        for pattern in patterns:
            done = pattern(op, self.rewriter)
            if done:
                self._count(done if isinstance(done, str) else pattern.__name__)
                if op.parent is not None:
                    self._add(op)
                return True
        return False

    def _share(self, op: Operation) -> bool:
        known = self.pool.share(op)
        if known is not None:
            self._count("shared-constant")
            self.rewriter.replace(op, known.results)
        return known is not None

    def _fold(self, op: Operation) -> bool:
        fold = getattr(op, "fold", None)
        if fold is None or not op.results:
            return False
        outcome = fold(*[constant_value(operand) for operand in op.operands])
        if outcome is None:
            return False
        outcomes = outcome if isinstance(outcome, list | tuple) else [outcome]
        values: list[Value] = []
        for result, found in zip(op.results, outcomes, strict=True):
            value = found if isinstance(found, Value) else self._constant(op, found, result.type)
            if value is None or value.type is not result.type:
                return False
            values.append(value)
        self.rewriter.replace(op, values)
        return True

    def _constant(self, op: Operation, attribute: Attribute, type: Type) -> Value | None:
        constant = self.materialize(op, attribute, type)
        if constant is None:
            return None
        self.rewriter.rewrite(op)
        return self.rewriter.insert(constant).results[0]

    # -- what the rewriter says --------------------------------------------------------------------------------------

    def _add(self, op: Operation) -> None:
        self._touch(op)
        for result in op.results:
            for user in result.users:
                self.worklist.setdefault(user)

    def _touch(self, op: Operation) -> None:
        self.worklist.pop(op, None)
        self.worklist[op] = None

    def _forget(self, op: Operation) -> None:
        self.worklist.pop(op, None)
        self.pool.forget(op)

    def _count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by


def _move_constant_right(op: Operation) -> None:
    """Constants stand on the right, so that rules need one form only."""
    if len(op.operands) < 2:
        return
    first, second, *rest = op.operands
    if constant_value(first) is not None and constant_value(second) is None:
        op.operands = (second, first, *rest)
