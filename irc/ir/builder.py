"""Inserting operations at a point of the IR, with a current location."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from irc.ir.block import Block
from irc.ir.location import UNKNOWN, Location
from irc.ir.operation import Operation, OpT


@dataclass(slots=True)
class InsertPoint:
    """Before `anchor` in `block`, or at its end if that is `None`."""

    block: Block
    anchor: Operation | None = None

    @staticmethod
    def before(op: Operation) -> InsertPoint:
        assert op.parent is not None
        return InsertPoint(op.parent, op)

    @staticmethod
    def after(op: Operation) -> InsertPoint:
        assert op.parent is not None
        return InsertPoint(op.parent, op.next)

    @staticmethod
    def at_start(block: Block) -> InsertPoint:
        return InsertPoint(block, block.first)

    @staticmethod
    def at_end(block: Block) -> InsertPoint:
        return InsertPoint(block)


class Builder:
    """Inserts operations at `point`; an operation without a location gets the builder's.

    `b.insert(arith.AddF(x, y)).result` is the idiom.
    """

    __slots__ = ("location", "point")

    def __init__(self, point: InsertPoint, location: Location = UNKNOWN) -> None:
        self.point, self.location = point, location

    def insert(self, op: OpT) -> OpT:
        """Put `op` at the insertion point and return it."""
        if op.location is UNKNOWN:
            op.location = self.location
        if op.regions:
            self._locate_bodies(op)
        self.point.block.insert_before(op, self.point.anchor)
        return op

    def _locate_bodies(self, op: Operation) -> None:
        """What an operation has been made with, as the body of a named structured one, is from where the operation is."""
        for region in op.regions:
            for block in region:
                for inner in block:
                    if inner.location is UNKNOWN:
                        inner.location = op.location

    @contextmanager
    def at(self, point: InsertPoint) -> Iterator[Builder]:
        """Insert elsewhere for a while."""
        saved, self.point = self.point, point
        try:
            yield self
        finally:
            self.point = saved

    @contextmanager
    def located(self, location: Location) -> Iterator[Builder]:
        """Give new operations this location for a while."""
        saved, self.location = self.location, location
        try:
            yield self
        finally:
            self.location = saved
