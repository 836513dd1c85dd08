"""The greedy driver: folds, erases what is dead and applies patterns until nothing changes.

A worklist holds the operations that may have become simpler; an operation is visited again when one of its operands or
users changed, so the work is proportional to the changes and not to the size times the number of sweeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from irc.ir import traits as t
from irc.ir.attributes import Attribute
from irc.ir.builder import InsertPoint
from irc.ir.effects import is_trivially_dead
from irc.ir.operation import Operation
from irc.ir.types import Type
from irc.ir.value import Value
from irc.rewrite.rewriter import Rewriter

Pattern = Callable[[Any, Rewriter], bool]
"""Called with an op and a rewriter set before it; whether it changed something."""

Patterns = Mapping[type[Operation], Sequence[Pattern]]

Materialize = Callable[[Operation, Attribute, Type], Operation | None]
"""The constant op that has a value, for a result of the given op; `None` if there is none."""


class GreedyDriver:
    """Applies patterns to everything inside an operation. `counts` says how often each kind of change was made."""

    def __init__(
        self, root: Operation, patterns: Patterns, materialize: Materialize, pass_name: str, max_visits: int = 100
    ) -> None:
        self.root, self.patterns, self.materialize = root, patterns, materialize
        self.max_visits = max_visits
        self.counts: dict[str, int] = {}
        self.worklist: dict[Operation, None] = {}
        self.rewriter = Rewriter(InsertPoint(_somewhere(root)), pass_name, self._add, self._forget, self._touch)
        self._constants: dict[tuple[Any, Attribute, Type], Operation] = {}
        # The constants that stand at the start of their region's entry, so that they dominate everything.
        self._owned: set[Operation | None] = set()

    def run(self) -> bool:
        """Whether something changed."""
        # The last operation is taken first, so the list starts reversed: definitions come before their uses.
        for op in reversed(list(self.root.walk())):
            if op is not self.root:
                self.worklist[op] = None
        budget = self.max_visits * (len(self.worklist) + 1)
        changed = False
        while self.worklist and budget > 0:
            op, _ = self.worklist.popitem()
            budget -= 1
            if op.parent is not None and self._visit(op):
                changed = True
        return changed

    def _visit(self, op: Operation) -> bool:
        if is_trivially_dead(op):
            self._count("dead")
            self.rewriter.erase(op)
            return True
        if self._fold(op):
            self._count("folded")
            return True
        for pattern in self.patterns.get(type(op), ()):
            self.rewriter.point = InsertPoint.before(op)
            self.rewriter.location = self.rewriter.derived(op)
            if pattern(op, self.rewriter):
                self._count(getattr(pattern, "rule_name", pattern.__name__))
                if op.parent is not None:
                    self._add(op)
                return True
        return False

    def _fold(self, op: Operation) -> bool:
        fold = getattr(op, "fold", None)
        if fold is None or not op.results:
            return False
        constants = [constant_value(operand) for operand in op.operands]
        if t.ConstantLike in op.traits:
            return self._unique_constant(op)
        if t.Commutative in op.traits and constants[0] is not None and constants[1] is None:
            # Constants stand on the right, so that rules need one form only.
            first, second, *rest = op.operands
            op.operands = (second, first, *rest)
            constants[:2] = reversed(constants[:2])
        outcome = fold(*constants)
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
        self.rewriter.point = InsertPoint.before(op)
        self.rewriter.location = self.rewriter.derived(op)
        return self.rewriter.insert(constant).results[0]

    def _unique_constant(self, op: Operation) -> bool:
        """Keep one constant of a value per isolated region, at its entry."""
        block = op.parent
        assert block is not None
        while block.parent_op is not None and t.IsolatedFromAbove not in block.parent_op.traits:
            outer = block.parent_op.parent
            if outer is None:
                break
            block = outer
        if block.parent is None:
            return False
        entry = block.parent.entry
        value = op.properties[0]
        assert value is not None
        if op in self._owned:
            return False
        key = (entry, value, op.results[0].type)
        known = self._constants.get(key)
        if known is not None and known is not op and known.parent is entry and type(known) is type(op):
            self.rewriter.replace(op, known.results)
            return True
        self._constants[key] = op
        self._owned.add(op)
        if entry.first is op or (op.parent is entry and op.prev in self._owned):
            return False
        op.detach()
        anchor = entry.first
        while anchor in self._owned and anchor is not None:
            anchor = anchor.next
        entry.insert_before(op, anchor)
        return True

    # -- what the rewriter says --------------------------------------------------------------------------------------

    def _add(self, op: Operation) -> None:
        self.worklist.pop(op, None)
        self.worklist[op] = None
        for result in op.results:
            for user in result.users:
                self.worklist.setdefault(user)

    def _touch(self, op: Operation) -> None:
        self.worklist.pop(op, None)
        self.worklist[op] = None

    def _forget(self, op: Operation) -> None:
        self.worklist.pop(op, None)
        self._owned.discard(op)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def constant_value(value: Value) -> Attribute | None:
    """The value of a constant."""
    op = value.defining_op
    if op is not None and t.ConstantLike in op.traits:
        return op.properties[0]
    return None


def _somewhere(root: Operation) -> Any:
    for region in root.regions:
        if region.first is not None:
            return region.first
    return None
