"""Changing the IR while a driver is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import Location, fuse
from irc.ir.operation import Operation, OpT
from irc.ir.value import Value


class Rewriter(Builder):
    """A builder for patterns. `pass_name` goes into the locations of new operations; the callbacks tell the driver."""

    __slots__ = ("on_erase", "on_insert", "on_modify", "pass_name")

    def __init__(
        self,
        point: InsertPoint,
        pass_name: str,
        on_insert: Callable[[Operation], None],
        on_erase: Callable[[Operation], None],
        on_modify: Callable[[Operation], None],
    ) -> None:
        super().__init__(point)
        self.pass_name = pass_name
        self.on_insert, self.on_erase, self.on_modify = on_insert, on_erase, on_modify

    def derived(self, *ops: Operation) -> Location:
        """The location of what is derived from `ops`."""
        return fuse(tuple(op.location for op in ops), self.pass_name)

    def insert(self, op: OpT) -> OpT:
        inserted = super().insert(op)
        self.on_insert(inserted)
        return inserted

    def replace(self, op: Operation, values: Sequence[Value]) -> None:
        """Replace the results of `op` by `values` and erase it."""
        for result in op.results:
            for user in result.users:
                self.on_modify(user)
        op.replace_all_uses_with(values)
        self.erase(op)

    def erase(self, op: Operation) -> None:
        """Erase `op`, whose results have no users; what defined its operands may be dead now."""
        erased = list(op.walk())
        for inner in erased:
            for operand in inner.operands:
                if operand.defining_op is not None:
                    self.on_modify(operand.defining_op)
        # Forgotten last: what an inner operation uses may be inside as well.
        for inner in erased:
            self.on_erase(inner)
        op.erase()
