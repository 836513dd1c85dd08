"""Changing the IR while a driver is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import Location, fuse
from irc.ir.operation import Operation, OpT
from irc.ir.value import Value


class Rewriter(Builder):
    """A builder for patterns. `pass_name` goes into the locations of new operations; the callbacks tell the driver.

    `on_insert` is called for an operation that was put somewhere (nested ones included), `on_modify` for one whose
    operands or whose users have changed, `on_erase` for one that is about to go.
    """

    __slots__ = ("_location", "_origin", "on_erase", "on_insert", "on_modify", "pass_name")

    def __init__(
        self,
        point: InsertPoint,
        pass_name: str,
        on_insert: Callable[[Operation], None],
        on_erase: Callable[[Operation], None],
        on_modify: Callable[[Operation], None],
    ) -> None:
        self._origin: Operation | None = None
        super().__init__(point)
        self.pass_name = pass_name
        self.on_insert, self.on_erase, self.on_modify = on_insert, on_erase, on_modify

    @property
    def location(self) -> Location:
        """The location of new operations. Fused when it is first needed: most patterns that are asked decline."""
        if self._origin is not None:
            self._location, self._origin = self.derived(self._origin), None
        return self._location

    @location.setter
    def location(self, location: Location) -> None:
        self._location, self._origin = location, None

    def rewrite(self, op: Operation) -> None:
        """Insert before `op` from now on, what is derived from it."""
        self.point = InsertPoint.before(op)
        self._origin = op

    def derived(self, *ops: Operation) -> Location:
        """The location of what is derived from `ops`."""
        return fuse(tuple(op.location for op in ops), self.pass_name)

    def insert(self, op: OpT) -> OpT:
        inserted = super().insert(op)
        for inner in inserted.walk() if inserted.regions else (inserted,):
            self.on_insert(inner)
        return inserted

    def replace_value(self, value: Value, new: Value) -> None:
        """Make the users of `value` use `new`."""
        for user in value.users:
            self.on_modify(user)
        value.replace_all_uses_with(new)

    def replace(self, op: Operation, values: Sequence[Value]) -> None:
        """Replace the results of `op` by `values` and erase it."""
        for result, value in zip(op.results, values, strict=True):
            self.replace_value(result, value)
        self.erase(op)

    def erase(self, op: Operation) -> None:
        """Erase `op`, whose results have no users; what defined its operands may be dead now."""
        self._forget(list(op.walk()) if op.regions else [op])
        op.erase()

    def erase_blocks(self, blocks: Sequence[Block]) -> None:
        """Erase blocks that only they themselves branch to, and whose values are used nowhere else."""
        ops = [inner for block in blocks for op in block for inner in op.walk()]
        self._forget(ops)
        # They may branch to each other in cycles: all references go first.
        for op in ops:
            op.operands = ()
            op.successors = ()
        for block in blocks:
            block.erase()

    def inline_block(self, block: Block, arguments: Sequence[Value], anchor: Operation | None, target: Block) -> None:
        """Move the operations of `block` to before `anchor` in `target` (its end if that is `None`); the block is left
        empty, and its arguments are replaced by `arguments`."""
        for argument, value in zip(block.arguments, arguments, strict=True):
            self.replace_value(argument, value)
        for op in block:
            block.remove(op)
            target.insert_before(op, anchor)
            self.on_modify(op)

    def _forget(self, erased: Sequence[Operation]) -> None:
        for op in erased:
            for operand in op.operands:
                if operand.defining_op is not None:
                    self.on_modify(operand.defining_op)
            for block in op.successors:
                # The others that branch there may be the only ones now.
                for terminator in block.predecessors:
                    self.on_modify(terminator)
        # Forgotten last: what an operation uses may be among them as well.
        for op in erased:
            self.on_erase(op)
