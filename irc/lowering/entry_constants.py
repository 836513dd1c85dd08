"""Constants once per function, where it starts: code that is written with many loops needs the same few numbers everywhere."""

from __future__ import annotations

from typing import cast

from irc.dialects import arith
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import Location
from irc.ir.operation import Operation, OpT
from irc.rewrite.constant_pool import ConstantPool


class PoolingBuilder(Builder):
    """Inserts constants where the function starts, and all else before an op. What inserting a constant returns may be
    another one, which stands for it."""

    __slots__ = ("home", "pool")

    def __init__(self, op: Operation, location: Location, pool: ConstantPool) -> None:
        super().__init__(InsertPoint.before(op), location)
        # Blocks that are being written are in no function yet; this one is.
        self.pool, self.home = pool, self.point.block

    def insert(self, op: OpT) -> OpT:
        if not isinstance(op, arith.Constant):
            return super().insert(op)
        known = self.pool.find(op, self.home)
        if known is not None:
            return cast(OpT, known)
        op.location = self.location
        return op if self.pool.place(op, self.home) else super().insert(op)
