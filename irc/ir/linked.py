"""Intrusive doubly linked lists: the operations of a block and the blocks of a region.

Insertion and removal are O(1); a node is in at most one list, and knows it as `parent`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

Node = TypeVar("Node", bound=Any)


class LinkedList(Generic[Node]):
    """Nodes have the slots `prev`, `next` and `parent`."""

    __slots__ = ("first", "last")

    first: Node | None
    last: Node | None

    def __iter__(self) -> Iterator[Node]:
        """From first to last. The node just yielded may be removed while iterating."""
        node = self.first
        while node is not None:
            following = node.next
            yield node
            node = following

    def __reversed__(self) -> Iterator[Node]:
        node = self.last
        while node is not None:
            following = node.prev
            yield node
            node = following

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True

    def append(self, node: Node) -> None:
        """Put `node`, which is in no list, at the end."""
        assert node.parent is None, "already in a list"
        last = self.last
        node.parent, node.prev, node.next = self, last, None
        if last is None:
            self.first = node
        else:
            last.next = node
        self.last = node

    def insert_before(self, node: Node, anchor: Node | None) -> None:
        """Put `node` before `anchor`, at the end if that is `None`."""
        if anchor is None:
            self.append(node)
            return
        assert node.parent is None, "already in a list"
        prev = anchor.prev
        node.parent, node.prev, node.next = self, prev, anchor
        anchor.prev = node
        if prev is None:
            self.first = node
        else:
            prev.next = node

    def remove(self, node: Node) -> None:
        """Take `node` out of this list."""
        assert node.parent is self, "in another list"
        prev, following = node.prev, node.next
        if prev is None:
            self.first = following
        else:
            prev.next = following
        if following is None:
            self.last = prev
        else:
            following.prev = prev
        node.parent = node.prev = node.next = None
