"""Dominance between blocks and between values and their uses.

The tree of immediate dominators is computed with the algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
Algorithm" (2001).
"""

from __future__ import annotations

from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import GraphRegion
from irc.ir.value import Value


class Dominance:
    """Dominance inside one tree of regions, computed per region on first use; invalid once blocks or branches change."""

    __slots__ = ("_trees",)

    def __init__(self) -> None:
        self._trees: dict[Region, dict[Block, Block]] = {}

    def is_reachable(self, block: Block) -> bool:
        """Whether control can reach `block` from the entry of its region."""
        return block.is_entry or block in self._tree(block.parent)

    def block_dominates(self, a: Block, b: Block) -> bool:
        """Whether every path from the entry of their region to `b` passes `a`. An unreachable `b` is dominated by all."""
        if a is b or a.is_entry:
            return True
        tree = self._tree(a.parent)
        if b not in tree:
            return True
        while not b.is_entry:
            b = tree[b]
            if b is a:
                return True
        return False

    def properly_dominates(self, value: Value, user: Operation) -> bool:
        """Whether `value` is there whenever `user` runs."""
        definition = value.defining_op
        block = value.parent_block
        if block is None or block.parent is None:
            return False
        # Lift the user to the operation in the region where the value is defined.
        place: Operation | None = user
        while place is not None and (place.parent is None or place.parent.parent is not block.parent):
            place = place.parent_op
        if place is None or place.parent is None:
            return False
        if block.parent_op is not None and GraphRegion in block.parent_op.traits:
            return definition is not place or user is place
        if place.parent is not block:
            return self.block_dominates(block, place.parent)
        return definition is None or (definition is not place and definition.is_before_in_block(place))

    def _tree(self, region: Region | None) -> dict[Block, Block]:
        assert region is not None
        tree = self._trees.get(region)
        if tree is None:
            tree = self._trees[region] = immediate_dominators(region)
        return tree


def reverse_post_order(region: Region) -> list[Block]:
    """The reachable blocks, each before its successors except along back edges."""
    order: list[Block] = []
    seen = {region.entry}
    stack = [(region.entry, iter(_successors(region.entry)))]
    while stack:
        block, successors = stack[-1]
        for successor in successors:
            if successor not in seen:
                seen.add(successor)
                stack.append((successor, iter(_successors(successor))))
                break
        else:
            order.append(block)
            stack.pop()
    order.reverse()
    return order


def _successors(block: Block) -> tuple[Block, ...]:
    return block.last.successors if block.last is not None else ()


def immediate_dominators(region: Region) -> dict[Block, Block]:
    """The immediate dominator of each reachable block; the entry's is itself."""
    if region.first is None:
        return {}
    order = reverse_post_order(region)
    number = {block: i for i, block in enumerate(order)}
    entry = region.entry
    tree = {entry: entry}
    changed = True
    while changed:
        changed = False
        for block in order[1:]:
            best: Block | None = None
            for terminator in block.predecessors:
                candidate = terminator.parent
                if candidate is None or candidate not in tree:
                    continue
                best = candidate if best is None else _common(candidate, best, tree, number)
            if best is not None and tree.get(block) is not best:
                tree[block] = best
                changed = True
    return tree


def _common(a: Block, b: Block, tree: dict[Block, Block], number: dict[Block, int]) -> Block:
    while a is not b:
        while number[a] > number[b]:
            a = tree[a]
        while number[b] > number[a]:
            b = tree[b]
    return a
