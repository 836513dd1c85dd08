"""Simplification of regions of several blocks: blocks that control never reaches, and values that only serve themselves.

A block argument that is used only to compute what is handed to it again is never dead for the driver, which asks about one
operation at a time; here what is live is found for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from irc.ir import traits as t
from irc.ir.block import Block
from irc.ir.dominance import reverse_post_order
from irc.ir.effects import goes_unnoticed
from irc.ir.interfaces import BranchOp
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import BlockArgument, Result, Value
from irc.rewrite.rewriter import Rewriter


def simplify_regions(root: Operation, rewriter: Rewriter) -> dict[str, int]:
    """Erase what is unreachable or dead in the regions inside `root` that have several blocks; how much of what it was."""
    regions = [region for op in root.walk() for region in op.regions if region.first is not region.last]
    if not regions:
        return {}
    blocks = sum(_erase_unreachable(region, rewriter) for region in regions)
    arguments = _erase_dead(root, [region for region in regions if region.parent is not None], rewriter)
    return {name: count for name, count in (("unreachable-block", blocks), ("dead-argument", arguments)) if count}


def _erase_unreachable(region: Region, rewriter: Rewriter) -> int:
    reachable = set(reverse_post_order(region))
    dead = [block for block in region if block not in reachable]
    rewriter.erase_blocks(dead)
    return len(dead)


def _erase_dead(root: Operation, regions: list[Region], rewriter: Rewriter) -> int:
    """Erase the block arguments that are not live, and the operations that compute them; how many arguments these were."""
    blocks = [block for region in regions for block in list(region)[1:] if all(map(_is_known, block.predecessors))]
    arguments = [each for block in blocks for each in block.arguments]
    if not arguments:
        return 0
    live = _live_values(root)
    dead = [argument for argument in arguments if argument not in live]
    if not dead:
        return 0
    for block in dict.fromkeys(argument.owner for argument in dead):
        kept = [i for i, argument in enumerate(block.arguments) if argument in live]
        for branch, successor in _edges(block):
            given = branch.successor_operands(successor)
            branch.set_successor_operands(successor, [given[i] for i in kept])
            rewriter.on_modify(branch)
            for value in given:
                if value.defining_op is not None:
                    rewriter.on_modify(value.defining_op)
    ops = dict.fromkeys(user for argument in dead for user in _users(argument))
    rewriter.erase_dead(list(ops))
    for argument in reversed(dead):
        argument.owner.erase_argument(argument.index)
    return len(dead)


def _is_known(branch: Operation) -> bool:
    """Whether it is known what a terminator hands to its successors."""
    return isinstance(branch, BranchOp)


def _users(value: Value) -> Iterator[Operation]:
    """The users of a dead value, those of their results included."""
    seen: dict[Operation, None] = {}
    pending = list(value.users)
    while pending:
        user = pending.pop()
        if user not in seen:
            seen[user] = None
            pending += [other for result in user.results for other in result.users]
    return iter(seen)


def _live_values(root: Operation) -> set[Value]:
    """The values that something with an effect, or that leaves a region, depends on."""
    live: set[Value] = set()
    pending: list[Value] = []
    for op in root.walk():
        if isinstance(op, BranchOp):
            pending += _decided_by(op)
        elif t.Terminator in op.traits or t.Symbol in op.traits or op.regions or not goes_unnoticed(op):
            pending += op.operands
    while pending:
        value = pending.pop()
        if value in live:
            continue
        live.add(value)
        if isinstance(value, Result):
            pending += value.owner.operands
        elif isinstance(value, BlockArgument) and not value.owner.is_entry:
            pending += [branch.successor_operands(i)[value.index] for branch, i in _edges(value.owner)]
    return live


def _decided_by(branch: BranchOp) -> Iterable[Value]:
    """The operands of a branch that no successor gets."""
    operands = branch.operands
    handed_on = tuple([value for i in range(len(branch.successors)) for value in branch.successor_operands(i)])
    count = len(operands) - len(handed_on)
    # They mostly stand first.
    return operands[:count] if operands[count:] == handed_on else Counter(operands) - Counter(handed_on)


def _edges(block: Block) -> Iterator[tuple[BranchOp, int]]:
    """The branches to a block, each with the number of its successor that this is."""
    for branch in block.predecessors:
        if isinstance(branch, BranchOp):
            yield from ((branch, i) for i, successor in enumerate(branch.successors) if successor is block)
