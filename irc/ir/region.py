"""Regions: lists of blocks held by an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irc.ir.block import Block
from irc.ir.linked import LinkedList

if TYPE_CHECKING:
    from irc.ir.operation import Operation


class Region(LinkedList[Block]):
    """Blocks in order, the entry block first. `parent` is the operation that holds the region."""

    __slots__ = ("parent",)

    parent: Operation | None

    def __init__(self, *blocks: Block) -> None:
        self.first = self.last = None
        self.parent = None
        for block in blocks:
            self.append(block)

    @property
    def is_empty(self) -> bool:
        return self.first is None

    @property
    def entry(self) -> Block:
        """The first block; the region must not be empty."""
        assert self.first is not None
        return self.first

    @property
    def block(self) -> Block:
        """The only block of a region that has one."""
        assert self.first is not None and self.first is self.last
        return self.first

    def take_blocks(self, source: Region) -> None:
        """Move all blocks of `source` to the end of this region."""
        for block in source:
            source.remove(block)
            self.append(block)

    def is_ancestor_of(self, other: Region | None) -> bool:
        """Whether `other` is this region or lies inside it."""
        while other is not None:
            if other is self:
                return True
            op = other.parent
            other = op.parent.parent if op is not None and op.parent is not None else None
        return False
