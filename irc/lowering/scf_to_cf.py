"""Structured control flow becomes branches between blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import arith, cf, scf
from irc.ir.attributes import IntegerAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import Type, index
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.passes.base import Pass, PassContext

NAME = "scf-to-cf"


class ScfToCf(Pass):
    """Replace scf.for, scf.if, scf.while, scf.index_switch, scf.execute_region and scf.parallel by blocks and branches."""

    def run(self, op: Operation, context: PassContext) -> None:
        # Inner ops first: an op that is lowered has flat regions, whose blocks are moved out.
        for inner in reversed([each for each in op.walk() if type(each) in LOWERINGS]):
            block = inner.parent
            assert block is not None
            LOWERINGS[type(inner)](inner, _Edit(inner))
            context.count("lowered")


class _Edit:
    """The block of a structured op, cut in two around it. Branches get the op's location."""

    def __init__(self, op: Operation) -> None:
        block = op.parent
        assert block is not None
        assert block.parent is not None
        self.op, self.before = op, block
        self.region: Region = block.parent
        self.location = derived(op.location, NAME)
        self.after = block.split_before(op)
        following = op.next
        del following

    def builder(self, block: Block) -> Builder:
        """Appends to `block`."""
        return Builder(InsertPoint.at_end(block), self.location)

    def block(self, types: Sequence[Type]) -> Block:
        """A new block before the one that follows the op."""
        block = Block(types)
        self.region.insert_before(block, self.after)
        return block

    def move(self, region: Region) -> tuple[Block, list[Block]]:
        """Move the blocks of a region of the op to before `after`: the entry, and all of them."""
        entry = region.entry
        blocks = list(region)
        for block in blocks:
            region.remove(block)
            self.region.insert_before(block, self.after)
        return entry, blocks

    def finish(self) -> None:
        """The results become arguments of `after`; the op goes."""
        arguments = [self.after.add_argument(result.type) for result in self.op.results]
        self.op.replace_all_uses_with(arguments)
        self.op.drop_uses_and_erase()

    def jump(self, block: Block, target: Block, values: Sequence[Value]) -> None:
        self.builder(block).insert(cf.Br(values, target))


def _take_terminator(blocks: Sequence[Block], cls: type[Operation]) -> tuple[Block, tuple[Value, ...]]:
    """Remove the op that ends a region: its block and its operands."""
    for block in blocks:
        last = block.last
        if isinstance(last, cls):
            values = last.operands
            last.drop_uses_and_erase()
            return block, values
    raise AssertionError("the verifier wants a terminator")


def _for(op: scf.For, edit: _Edit) -> None:
    """`before` jumps to a header that compares, the body jumps back to it."""
    lower, upper, step = op.lower_bound, op.upper_bound, op.step
    header = edit.block([lower.type, *[value.type for value in op.inits]])
    edit.jump(edit.before, header, [lower, *op.inits])
    entry, blocks = edit.move(op.body)
    last, values = _take_terminator(blocks, scf.Yield)
    counter, *carried = header.arguments
    for argument, new in zip(list(entry.arguments), header.arguments, strict=True):
        argument.replace_all_uses_with(new)
    for _ in header.arguments:
        entry.erase_argument(0)
    b = edit.builder(last)
    stepped = b.insert(arith.AddI(header.arguments[0], step)).result
    edit.jump(last, header, [stepped, *values])
    b = edit.builder(header)
    inside = b.insert(arith.CmpI(counter, upper, IntegerAttr(arith.CMPI["slt"], _i64()))).result
    edit.finish()
    b.insert(cf.CondBr(inside, [], carried, entry, edit.after))
