"""Structured control flow becomes branches between blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.analysis.trip_counts import known_trip_count
from irc.dialects import arith, cf, scf
from irc.dialects._amounts import compare
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import Type
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.passes.base import Pass, PassContext, statistic

NAME = "scf-to-cf"

LOOP_ANNOTATION = "llvm.loop_annotation"
"""What a loop says to LLVM, for the branch that goes back to its start."""


class ScfToCf(Pass):
    """Replace scf.for, scf.if, scf.while, scf.index_switch and scf.execute_region by blocks and branches."""

    lowered: str = statistic("operations with regions that became blocks")

    def run(self, op: Operation, context: PassContext) -> None:
        # Inner ops first: an op that is lowered has flat regions, whose blocks are moved out.
        for inner in reversed([each for each in op.walk() if type(each) in LOWERINGS]):
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

    def finish(self, results: Sequence[Value] | None = None) -> None:
        """The results are what `after` sees anyway, or become arguments of it, one for each way there; the op goes."""
        if results is None:
            results = [self.after.add_argument(result.type) for result in self.op.results]
        self.op.replace_all_uses_with(results)
        self.op.drop_uses_and_erase()

    def jump(self, block: Block, target: Block, values: Sequence[Value]) -> cf.Br:
        return self.builder(block).insert(cf.Br(values, target))

    def jump_back(self, block: Block, start: Block, values: Sequence[Value]) -> None:
        """Jump to the start of the loop."""
        self.ends_loop(self.jump(block, start, values))

    def ends_loop(self, branch: cf.Br | cf.CondBr) -> None:
        """Have the branch that goes back to the start of the loop say what the op says."""
        if (annotation := self.op.attributes.get(LOOP_ANNOTATION)) is not None:
            branch.set_attribute(LOOP_ANNOTATION, annotation)


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
    """The body steps the counter. What is known to run compares it there, and goes round in one block if the body is one;
    any other loop has a header that does so first, and what the header has in the end are the results."""
    lower, upper, step = op.lower_bound, op.upper_bound, op.step
    if known_trip_count(op):
        entry, blocks = edit.move(op.body)
        edit.jump(edit.before, entry, [lower, *op.inits])
        last, values = _take_terminator(blocks, scf.Yield)
        b = edit.builder(last)
        stepped = b.insert(arith.AddI(entry.arguments[0], step)).result
        again = compare(b, "slt", stepped, upper)
        edit.ends_loop(b.insert(cf.CondBr(again, [stepped, *values], [], entry, edit.after)))
        edit.finish(values)
        return
    header = edit.block([lower.type, *[value.type for value in op.inits]])
    edit.jump(edit.before, header, [lower, *op.inits])
    entry, blocks = edit.move(op.body)
    # First, since the body may yield its own arguments.
    _give_arguments(entry, header.arguments)
    last, values = _take_terminator(blocks, scf.Yield)
    counter, *carried = header.arguments
    stepped = edit.builder(last).insert(arith.AddI(counter, step)).result
    edit.jump_back(last, header, [stepped, *values])
    b = edit.builder(header)
    b.insert(cf.CondBr(compare(b, "slt", counter, upper), [], [], entry, edit.after))
    edit.finish(carried)


def _give_arguments(entry: Block, values: Sequence[Value]) -> None:
    """Use `values` in place of the arguments of a block, and drop these."""
    for argument, value in zip(list(entry.arguments), values, strict=True):
        argument.replace_all_uses_with(value)
    for _ in values:
        entry.erase_argument(0)


def _if(op: scf.If, edit: _Edit) -> None:
    condition = op.condition
    targets: list[Block] = []
    for region in (op.then_region, op.else_region):
        if region.is_empty:
            targets.append(edit.after)
            continue
        entry, blocks = edit.move(region)
        last, values = _take_terminator(blocks, scf.Yield)
        edit.jump(last, edit.after, values)
        targets.append(entry)
    edit.builder(edit.before).insert(cf.CondBr(condition, [], [], *targets))
    edit.finish()


def _while(op: scf.While, edit: _Edit) -> None:
    """The first region decides whether to go on to the second or to what follows."""
    before, before_blocks = edit.move(op.before)
    after, after_blocks = edit.move(op.after)
    edit.jump(edit.before, before, op.inits)
    last, (condition, *values) = _take_terminator(before_blocks, scf.Condition)
    _give_arguments(after, values)
    edit.builder(last).insert(cf.CondBr(condition, [], [], after, edit.after))
    last, yielded = _take_terminator(after_blocks, scf.Yield)
    edit.jump_back(last, before, yielded)
    edit.finish(values)


def _index_switch(op: scf.IndexSwitch, edit: _Edit) -> None:
    """A chain of comparisons; the last jumps to the default region."""
    entries: list[Block] = []
    for region in (*op.case_regions, op.default_region):
        entry, blocks = edit.move(region)
        last, values = _take_terminator(blocks, scf.Yield)
        edit.jump(last, edit.after, values)
        entries.append(entry)
    block = edit.before
    *cases, default = entries
    for number, entry in zip(op.cases.values, cases, strict=True):
        b = edit.builder(block)
        chosen = compare(b, "eq", op.arg, int(number))
        block = edit.block([])
        b.insert(cf.CondBr(chosen, [], [], entry, block))
    edit.jump(block, default, [])
    edit.finish()


def _execute_region(op: scf.ExecuteRegion, edit: _Edit) -> None:
    entry, blocks = edit.move(op.body)
    for block in blocks:
        last = block.last
        if isinstance(last, scf.Yield):
            values = last.operands
            last.drop_uses_and_erase()
            edit.jump(block, edit.after, values)
    edit.jump(edit.before, entry, [])
    edit.finish()


LOWERINGS: dict[type[Operation], Callable[[Any, _Edit], None]] = {
    scf.For: _for,
    scf.If: _if,
    scf.While: _while,
    scf.IndexSwitch: _index_switch,
    scf.ExecuteRegion: _execute_region,
}
