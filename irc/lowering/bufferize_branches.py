"""Bufferization of graphs of basic blocks: what tensors that branches pass to blocks become.

An argument of static shape has one buffer, made where the region starts; whoever branches to the block copies the value
there. Such a branch ends all earlier lives of the argument, since whatever lies in its buffer is dominated by the block.
An argument whose size is only known at run time is passed as a memref, which the block owns. Before that, a branch that
chooses between blocks gets a block of its own on each edge that passes tensors, so that only the edge taken copies.
"""

from __future__ import annotations

from irc.analysis.aliasing import Storage
from irc.analysis.buffer_lifetimes import takes_over, uses_of
from irc.dialects import cf, memref
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.interfaces import BranchOp
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value
from irc.lowering.bufferize_control import is_static
from irc.lowering.buffers import Buffers, is_tensor
from irc.lowering.locations import derived


def has_branches(region: Region) -> bool:
    """Whether the region is a graph of several blocks."""
    return region.first is not region.last


def split_edges(region: Region) -> None:
    """Put a block on each edge of a choice that passes tensors."""
    for block in list(region):
        branch = block.terminator
        if isinstance(branch, BranchOp) and not isinstance(branch, cf.Br):
            for i in range(len(branch.successors)):
                if any(is_tensor(value) for value in branch.successor_operands(i)):
                    split_edge(branch, i)


def split_edge(branch: Operation, index: int) -> Block:
    """A new block on one edge of a branch, which passes on what the branch did."""
    source = branch.parent
    assert isinstance(branch, BranchOp) and source is not None and source.parent is not None
    target, values = branch.successors[index], tuple(branch.successor_operands(index))
    between = Block()
    source.parent.insert_before(between, source.next)
    Builder(InsertPoint.at_end(between), derived(branch.location, "bufferize")).insert(cf.Br(values, target))
    branch.set_successor_operands(index, ())
    branch.successors = tuple(between if i == index else block for i, block in enumerate(branch.successors))
    return between


def static_places(buffers: Buffers, region: Region, block: Block) -> list[Storage | None]:
    """The buffers in which `block` finds its static tensors, made at the start of the region."""
    b = Builder(InsertPoint.at_start(region.entry), derived(region.entry.terminator.location, "bufferize"))
    return [buffers.allocate(b, each.type, ()) if is_static(each) else None for each in block.arguments]


def free_on_all_paths(region: Region, buffer: Value) -> None:
    """Free a buffer that a block of `region` owns where it is needed no longer, on each path.

    It is needed until its last use, and on edges that lead to none. What takes it over frees it: a branch, a return, a loop.
    """
    home = buffer.parent_block
    assert home is not None
    last: dict[Block, Operation] = {}
    users = uses_of(buffer).users
    for user in users:
        if user.name != "memref.dim":  # its sizes are known even when it is gone
            place = _in_region(user, region)
            assert place is not None and place.parent is not None
            known = last.get(place.parent)
            last[place.parent] = place if known is None or known.is_before_in_block(place) else known
    entered = _blocks_entered_alive(home, list(last))
    for block in (home, *entered):
        if not any(successor in entered for successor in block.terminator.successors):
            end = last.get(block, buffer.defining_op if block is home else None)
            if end is None or end not in users or not takes_over(end):
                point = InsertPoint.after(end) if end is not None else InsertPoint.at_start(block)
                _free(point, buffer)
            continue
        for i, successor in enumerate(block.terminator.successors):
            if successor not in entered:
                alone = sum(successor.predecessors.values()) == 1
                _free(InsertPoint.at_start(successor if alone else split_edge(block.terminator, i)), buffer)


def _free(point: InsertPoint, buffer: Value) -> None:
    maker = buffer.defining_op or point.block.terminator
    Builder(point, maker.location).insert(memref.Dealloc(buffer))


def _blocks_entered_alive(home: Block, users: list[Block]) -> dict[Block, None]:
    """The blocks at whose start a buffer made in `home` is still to be used, given the blocks that use it."""
    entered: dict[Block, None] = {}
    pending = [block for block in users if block is not home]
    while pending:
        block = pending.pop()
        if block not in entered:
            entered[block] = None
            sources = [branch.parent for branch in block.predecessors]
            pending += [source for source in sources if source is not None and source is not home]
    return entered


def _in_region(op: Operation, region: Region) -> Operation | None:
    """`op` or the op around it that stands in a block of `region`."""
    for place in (op, *op.ancestors()):
        if place.parent is not None and place.parent.parent is region:
            return place
    return None
