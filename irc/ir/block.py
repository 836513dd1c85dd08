"""Basic blocks: arguments and a list of operations, the last of which may be a terminator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from irc.ir.linked import LinkedList
from irc.ir.location import UNKNOWN, Location
from irc.ir.types import Type
from irc.ir.value import BlockArgument

if TYPE_CHECKING:
    from irc.ir.operation import Operation
    from irc.ir.region import Region


ORDER_GAP = 1 << 40
"""Between the numbers of neighbouring operations."""


class Block(LinkedList["Operation"]):
    """Operations in order. `predecessors` maps each terminator that branches here to how often it does."""

    __slots__ = ("arguments", "next", "ordered", "parent", "predecessors", "prev")

    arguments: list[BlockArgument]
    parent: Region | None
    prev: Block | None
    next: Block | None

    def __init__(self, argument_types: Sequence[Type] = ()) -> None:
        self.first = self.last = None
        self.parent = self.prev = self.next = None
        self.arguments = [BlockArgument(type, self, i) for i, type in enumerate(argument_types)]
        self.predecessors: dict[Operation, int] = {}
        self.ordered = False

    def append(self, node: Operation) -> None:
        if self.ordered:
            node.order = self.last.order + ORDER_GAP if self.last is not None else 0
        super().append(node)

    def insert_before(self, node: Operation, anchor: Operation | None) -> None:
        super().insert_before(node, anchor)
        if self.ordered and anchor is not None:
            below = node.prev.order if node.prev is not None else anchor.order - ORDER_GAP
            # Close to what stands before it, for more will mostly follow.
            node.order = below + ((anchor.order - below) >> 5)
            self.ordered = node.order != below

    @property
    def parent_op(self) -> Operation | None:
        """The operation that holds this block's region."""
        return self.parent.parent if self.parent is not None else None

    @property
    def is_entry(self) -> bool:
        return self.parent is not None and self.parent.first is self

    @property
    def terminator(self) -> Operation:
        """The last operation; the block must not be empty."""
        assert self.last is not None
        return self.last

    def add_argument(self, type: Type, location: Location = UNKNOWN) -> BlockArgument:
        argument = BlockArgument(type, self, len(self.arguments), location)
        self.arguments.append(argument)
        return argument

    def insert_argument(self, index: int, type: Type) -> BlockArgument:
        return self.insert_arguments(index, [type])[0]

    def insert_arguments(self, index: int, types: Iterable[Type]) -> list[BlockArgument]:
        """New arguments from a position on."""
        new = [BlockArgument(type, self, index) for type in types]
        self.arguments[index:index] = new
        self._renumber()
        return new

    def erase_argument(self, index: int) -> None:
        """Remove an argument that has no users."""
        assert not self.arguments[index].users, "the block argument still has users"
        del self.arguments[index]
        self._renumber()

    def _renumber(self) -> None:
        for i, argument in enumerate(self.arguments):
            argument.index = i

    def number_ops(self) -> None:
        """Make `order` of the operations ascend. From then on an insertion finds a number in the gap that it fills; where
        there is none left, all are numbered again when they are asked for."""
        if not self.ordered:
            for i, op in enumerate(self):
                op.order = i * ORDER_GAP
            self.ordered = True

    def split_before(self, op: Operation) -> Block:
        """Move `op` and what follows it to a new block, placed after this one and returned."""
        assert self.parent is not None
        tail = Block()
        self.parent.insert_before(tail, self.next)
        moving: Operation | None = op
        while moving is not None:
            following = moving.next
            self.remove(moving)
            tail.append(moving)
            moving = following
        return tail

    def erase(self) -> None:
        """Remove the block, which nothing branches to, and its operations."""
        for op in reversed(self):
            op.drop_uses_and_erase()
        if self.parent is not None:
            self.parent.remove(self)
