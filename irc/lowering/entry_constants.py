"""Constants once per function, where it starts: code that is written with many loops needs the same few numbers everywhere."""

from __future__ import annotations

from typing import cast

from irc.dialects import arith
from irc.ir.attributes import Attribute
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import Location
from irc.ir.operation import Operation, OpT
from irc.ir.traits import IsolatedFromAbove
from irc.ir.types import Type


class EntryConstants:
    """The constants that were put at the start of functions, or of whatever sees nothing outside of itself."""

    __slots__ = ("_known", "_last")

    def __init__(self) -> None:
        self._known: dict[tuple[Block, Attribute, Type], arith.Constant] = {}
        self._last: dict[Block, Operation] = {}

    def builder(self, op: Operation, location: Location) -> Builder:
        """A builder that inserts constants here, and all else before `op`. What inserting a constant returns may be another
        one, which stands for it."""
        inner = op
        for outer in op.ancestors():
            if IsolatedFromAbove in outer.traits:
                break
            inner = outer
        assert inner.parent is not None
        assert inner.parent.parent is not None
        return _Builder(InsertPoint.before(op), location, self, inner.parent.parent.entry)

    def share(self, op: arith.Constant, entry: Block) -> arith.Constant:
        """The constant that says what `op` does, which may be `op` itself."""
        key = entry, op.value, op.result.type
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = op
            last = self._last.get(entry)
            entry.insert_before(op, entry.first if last is None else last.next)
            self._last[entry] = op
        return found


class _Builder(Builder):
    __slots__ = ("constants", "entry")

    def __init__(self, point: InsertPoint, location: Location, constants: EntryConstants, entry: Block) -> None:
        super().__init__(point, location)
        self.constants, self.entry = constants, entry

    def insert(self, op: OpT) -> OpT:
        if not isinstance(op, arith.Constant):
            return super().insert(op)
        op.location = self.location
        return cast(OpT, self.constants.share(op, self.entry))
