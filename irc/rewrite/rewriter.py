"""Changing the IR while a driver is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import UNKNOWN, Location, fuse
from irc.ir.operation import Operation, OpT
from irc.ir.region import Region
from irc.ir.types import Type
from irc.ir.value import Value
from irc.rewrite.constant_pool import ConstantPool
from irc.rewrite.constants import CONSTANT_CLASSES


class Rewriter(Builder):
    """A builder for patterns. `pass_name` goes into the locations of new operations; the callbacks tell the driver.

    `on_insert` is called for an operation that was put somewhere (nested ones included), `on_modify` for one whose
    operands or whose users have changed, `on_erase` for one that is about to go. Constants go to the pool: what `insert`
    returns is then the one that is known already, if there is one.
    """

    __slots__ = ("_location", "_origin", "_point", "on_erase", "on_insert", "on_modify", "pass_name", "pool")

    def __init__(
        self,
        pass_name: str,
        pool: ConstantPool,
        on_insert: Callable[[Operation], None],
        on_erase: Callable[[Operation], None],
        on_modify: Callable[[Operation], None],
    ) -> None:
        self._origin: Operation | None = None
        self._point: InsertPoint | None = None
        self._location: Location | None = None
        self.pass_name, self.pool = pass_name, pool
        self.on_insert, self.on_erase, self.on_modify = on_insert, on_erase, on_modify

    # Place and location are found when they are first needed: most patterns that are asked decline.

    def rewrite(self, op: Operation) -> None:
        """Insert before `op` from now on, what is derived from it."""
        self._origin = op
        self._point = self._location = None

    @property
    def point(self) -> InsertPoint:
        """Where new operations go."""
        if self._point is None:
            assert self._origin is not None
            self._point = InsertPoint.before(self._origin)
        return self._point

    @point.setter
    def point(self, point: InsertPoint) -> None:
        self._point = point

    @property
    def location(self) -> Location:
        """The location of new operations."""
        if self._location is None:
            assert self._origin is not None
            self._location = self.derived(self._origin)
        return self._location

    @location.setter
    def location(self, location: Location) -> None:
        self._location = location

    def derived(self, *ops: Operation) -> Location:
        """The location of what is derived from `ops`."""
        return fuse(tuple(op.location for op in ops), self.pass_name)

    def insert(self, op: OpT) -> OpT:
        if CONSTANT_CLASSES[type(op)]:
            return self._constant(op)
        inserted = super().insert(op)
        for inner in inserted.walk() if inserted.regions else (inserted,):
            self.on_insert(inner)
        return inserted

    def insert_around(self, op: OpT) -> OpT:
        """Insert `op`, whose regions were those of another: what is in them stays as it is."""
        inserted = super().insert(op)
        self.on_insert(inserted)
        return inserted

    def rebuild(self, op: OpT, operands: Sequence[Value], types: Sequence[Type]) -> OpT:
        """Insert an operation that differs from `op` by its operands and the types of its results, with its regions."""
        regions = []
        for region in op.regions:
            regions.append(Region())
            regions[-1].take_blocks(region)
        new = type(op).create(operands, types, op.properties, op.attributes, op.successors, regions)
        return self.insert_around(new)

    def set_operands(self, op: Operation, operands: Sequence[Value]) -> None:
        """Give `op` other operands; what defined the old ones may be dead now."""
        old = op.operands
        op.operands = tuple(operands)
        self.on_modify(op)
        for value in old:
            self._used_less(value)

    def _used_less(self, value: Value) -> None:
        """What defines `value` may be dead now; so may the argument of a region be that it is."""
        origin = value.defining_op
        if origin is None and value.parent_block is not None:
            origin = value.parent_block.parent_op
        if origin is not None:
            self.on_modify(origin)

    def substitute(self, op: Operation, old: Value, new: Value) -> None:
        """Make `op` use `new` in place of `old`."""
        self.set_operands(op, [new if operand is old else operand for operand in op.operands])

    def _constant(self, op: OpT) -> OpT:
        known = self.pool.find(op, self.point.block)
        if known is not None:
            assert isinstance(known, type(op))
            return known
        if op.location is UNKNOWN:
            op.location = self.location
        if not self.pool.place(op, self.point.block):
            super().insert(op)
        # Should nobody use it after all, it has to go.
        self.on_modify(op)
        return op

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

    def erase_dead(self, ops: Sequence[Operation]) -> None:
        """Erase operations that use only each other's results."""
        self._forget([inner for op in ops for inner in op.walk()])
        for op in ops:
            op.operands = ()
        for op in ops:
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
                # With more than one user left, it is neither dead nor any user's own. Several may go at once.
                if len(operand.users) <= 2 or len(erased) > 1:
                    self._used_less(operand)
            for block in op.successors:
                # The others that branch there may be the only ones now.
                for terminator in block.predecessors:
                    self.on_modify(terminator)
        # Forgotten last, and what is inside first: what an operation uses or stands in may be among them as well.
        for op in reversed(erased):
            self.on_erase(op)
