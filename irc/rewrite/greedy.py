"""The greedy driver: folds, erases what is dead and applies patterns until nothing changes.

A worklist holds the operations that may have become simpler; an operation is visited again when one of its operands or
users changed, so the work is proportional to the changes and not to the size times the number of sweeps. What is asked of
every operation depends on its class, and is found out once per class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from irc.ir import traits as t
from irc.ir.attributes import Attribute
from irc.ir.diagnostic import TooManyDimensionsError
from irc.ir.effects import is_trivially_dead
from irc.ir.operation import Operation
from irc.ir.types import Type
from irc.ir.value import Value
from irc.rewrite.constant_pool import ConstantPool
from irc.rewrite.constants import constant_value, is_constant
from irc.rewrite.regions import simplify_regions
from irc.rewrite.rewriter import Rewriter

Pattern = Callable[[Any, Rewriter], "bool | str | None"]
"""Called with an op and a rewriter set before it; whether it changed something, or the name of the rule that did."""

Patterns = Mapping[type[Operation], Sequence[Pattern]]

Materialize = Callable[[Operation, Attribute, Type], Operation | None]
"""The constant op that has a value, for a result of the given op; `None` if there is none."""


_USERS = attrgetter("users")


class Merged(Mapping[type[Operation], Sequence[Pattern]]):
    """The patterns of several tables, in order."""

    def __init__(self, *tables: Patterns) -> None:
        self._tables = tables

    def __getitem__(self, cls: type[Operation]) -> Sequence[Pattern]:
        found = [pattern for table in self._tables for pattern in table.get(cls, ())]
        if not found:
            raise KeyError(cls)
        return found

    def __iter__(self) -> Iterator[type[Operation]]:
        return iter(dict.fromkeys(cls for table in self._tables for cls in table))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Kind(NamedTuple):
    """What the driver has to know of the operations of a class."""

    is_constant: bool
    commutes: bool
    folds: bool
    without_effects: bool
    """Whether an operation without users is dead, whatever it contains."""
    may_die: bool
    is_terminator: bool
    is_left_alone: bool
    """Whether nothing is done to an operation but to erase it when it is dead."""
    patterns: Sequence[Pattern]


class Kinds(dict[type[Operation], _Kind]):
    """What the driver has to know of the classes of operations under some patterns, found out when it is asked for. Whoever
    runs the driver often with the same patterns keeps it."""

    def __init__(self, patterns: Patterns) -> None:
        super().__init__()
        self.patterns = patterns

    def __missing__(self, cls: type[Operation]) -> _Kind:
        traits = cls.traits
        may_die = t.Terminator not in traits and t.Symbol not in traits
        commutes, folds = t.Commutative in traits, getattr(cls, "fold", None) is not None
        patterns = tuple(self.patterns.get(cls, ()))
        kind = self[cls] = _Kind(
            is_constant=t.ConstantLike in traits,
            commutes=commutes,
            folds=folds,
            without_effects=may_die and t.Pure in traits,
            may_die=may_die,
            is_terminator=t.Terminator in traits,
            is_left_alone=not (commutes or folds or patterns),
            patterns=patterns,
        )
        return kind


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
        self,
        root: Operation,
        patterns: Patterns | Kinds,
        materialize: Materialize,
        pass_name: str,
        max_visits: int = 100,
    ) -> None:
        self.root, self.materialize = root, materialize
        self.kinds = patterns if isinstance(patterns, Kinds) else Kinds(patterns)
        self.max_visits = max_visits
        self.counts: dict[str, int] = {}
        self.worklist: dict[Operation, None] = {}
        # Operations whose regions have changed. They come when everything else is done, or a long region would be looked
        # through for each change in it.
        self.around: dict[Operation, None] = {}
        self.pool = ConstantPool()
        self.rewriter = Rewriter(pass_name, self.pool, self._add, self._forget, self._touch)

    def run(self) -> bool:
        """Whether something changed."""
        count, changed = self._start()
        budget = self.max_visits * (count + 1)
        while True:
            while budget > 0 and (self.worklist or self.around):
                op, _ = (self.worklist or self.around).popitem()
                budget -= 1
                if op.parent is not None and self._visit(op):
                    changed = True
            erased = simplify_regions(self.root, self.rewriter)
            if not erased:
                return changed
            for what, count in erased.items():
                self._count(what, count)
            changed = True

    def _start(self) -> tuple[int, bool]:
        """Share the constants there are and put what may be rewritten on the worklist: the number of operations other than
        constants, and whether something changed."""
        changed = False
        count = 0
        ops: list[Operation] = []
        for op in self.root.walk():
            if op is self.root:
                continue
            kind = self.kinds[type(op)]
            if not kind.is_constant or not op.results[0].users:
                count += 1
                if not kind.is_left_alone or (kind.may_die and not any(map(_USERS, op.results))):
                    ops.append(op)
                continue
            # Its users are on the list in any case: nobody has to be told.
            known = self.pool.share(op)
            if known is not None:
                self._count("shared-constant")
                op.replace_with(known.results)
                changed = True
        # The last operation is taken first, so the list is reversed: definitions come before their uses.
        self.worklist = dict.fromkeys(reversed(ops))
        return count, changed

    def _visit(self, op: Operation) -> bool:
        kind = self.kinds[type(op)]
        if not any(map(_USERS, op.results)) and (kind.without_effects or (kind.may_die and is_trivially_dead(op))):
            self._count("dead")
            self.rewriter.erase(op)
            return True
        if kind.is_constant:
            return self._share(op)
        if kind.commutes:
            _move_constant_right(op)
        if kind.folds and op.results and self._fold(op):
            self._count("folded")
            return True
        if not kind.patterns:
            return False
        # A pattern that declines has inserted nothing, so place and location serve all of them.
        self.rewriter.rewrite(op)
        for pattern in kind.patterns:
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
        try:
            outcome = op.fold(*map(constant_value, op.operands))  # type: ignore[attr-defined]  # only asked where it is
        except TooManyDimensionsError:
            return False
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
                if not self.kinds[type(user)].is_left_alone:
                    self.worklist.setdefault(user)

    def _touch(self, op: Operation) -> None:
        if op is self.root:
            return
        self.worklist.pop(op, None)
        self.worklist[op] = None
        if self.kinds[type(op)].is_terminator:
            self._touch_around(op)

    def _touch_around(self, op: Operation) -> None:
        """The operation around `op` may have patterns that look inside, and branches to its block some that look there
        for nothing but another branch."""
        outer = op.parent_op
        if outer is not None and outer is not self.root and outer not in self.worklist:
            self.around[outer] = None
        block = op.parent
        if block is not None and block.first is op and block.last in (op, op.next):
            for branch in block.predecessors:
                self.around[branch] = None

    def _forget(self, op: Operation) -> None:
        self._touch_around(op)
        self.worklist.pop(op, None)
        self.around.pop(op, None)
        self.pool.forget(op)

    def _count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by


def _move_constant_right(op: Operation) -> None:
    """Constants stand on the right, so that rules need one form only."""
    operands = op.operands
    if len(operands) > 1 and is_constant(operands[0]) and not is_constant(operands[1]):
        op.operands = (operands[1], operands[0], *operands[2:])
