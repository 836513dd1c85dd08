"""Blocks become `scf.if`, `scf.index_switch` and `scf.while`.

First each cycle of blocks becomes a loop that is entered at one place and left at one (`loops`), which leaves a graph
without cycles. In it a branch opens arms: the blocks that are reached through it alone. All arms go on to one block (a
multiplexer where there were several), which then has no other way in and continues the block of the branch.

H. Bahmann, N. Reissmann, M. Jahre, J. C. Meyer, "Perfect Reconstructability of Control Flow from Demand Dependence Graphs"
(2015). Nothing is copied, and graphs that are not reducible are no exception: a cycle with several entries gets a
multiplexer before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, cf, scf
from irc.dialects.llvm_control import Unreachable
from irc.ir.attributes import DenseArrayAttr, StringAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.dominance import reverse_post_order
from irc.ir.interfaces import BranchOp
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import IntegerType, Type, i1, index
from irc.ir.value import Value
from irc.structuring.counted import make_counted
from irc.structuring.edges import Constants, Edge, derived, edges_into, edges_of, jump, multiplex
from irc.structuring.loops import Structuring

BRANCHES = (cf.Br, cf.CondBr, cf.Switch)


def is_flat(region: Region) -> bool:
    """Whether a region has several blocks with branches of `cf` between them."""
    return region.first is not region.last and any(isinstance(block.last, BRANCHES) for block in region)


def lift_all(root: Operation) -> int:
    """Lift all flat regions in an operation; how many there were."""
    regions = [region for op in root.walk() for region in op.regions if is_flat(region)]
    given = {op for op in root.walk() if isinstance(op, scf.While)} if regions else set()
    for region in reversed(regions):
        lift(region)
    if regions:
        make_counted(op for op in root.walk() if isinstance(op, scf.While) and op not in given)
    return len(regions)


def lift(region: Region) -> None:
    """Make the blocks of a region one. Raises `DiagnosedError` at what has no structured form."""
    _prune(region)
    constants = Constants(region.entry, derived([region.entry.terminator]))
    _check(region)
    _unify_exits(region, constants)
    _skip_empty(region)
    _merge_chains(region)
    _Lifting(constants).structure(region.entry, list(region), None)
    assert region.first is region.last


# -- before ----------------------------------------------------------------------------------------------------------


def _prune(region: Region) -> None:
    """Remove the blocks that nothing reaches."""
    reached = set(reverse_post_order(region))
    dead = [block for block in region if block not in reached]
    for block in dead:
        for op in block:
            for inner in op.walk():
                inner.operands = ()
                inner.successors = ()
    for block in dead:
        block.erase()


def _check(region: Region) -> None:
    """Every terminator is understood, and from everywhere there is a way out."""
    pending = []
    for block in region:
        last = block.terminator
        if last.successors and not isinstance(last, BRANCHES):
            raise error(last.location, f"'{last.name}' op has no structured form: only the branches of 'cf' have one")
        if isinstance(last, cf.Switch) and isinstance(last.flag.type, IntegerType) and last.flag.type.width > 64:
            raise error(last.location, f"'cf.switch' op on '{last.flag.type}' does not fit an 'scf.index_switch'")
        if not last.successors:
            pending.append(block)
    leaving = set(pending)
    while pending:
        for edge in edges_into(pending.pop()):
            if edge.source not in leaving:
                leaving.add(edge.source)
                pending.append(edge.source)
    order = {block: i for i, block in enumerate(reverse_post_order(region))}
    for block in order:
        if block not in leaving and any(order[edge.target] <= order[block] for edge in edges_of(block)):
            message = f"'{block.terminator.name}' op is part of a loop that is never left: it has no structured form"
            raise error(block.terminator.location, message)


def _unify_exits(region: Region, constants: Constants) -> None:
    """Make all blocks that leave the region one. Where one must not be reached, that is asserted."""
    exits = [block for block in region if not block.terminator.successors]
    returns = [block for block in exits if not isinstance(block.terminator, Unreachable)] or exits
    first = returns[0].terminator
    for block in returns[1:]:
        other = block.terminator
        same = type(other) is type(first) and other.name == first.name and other.properties == first.properties
        if not same or other.regions or [v.type for v in other.operands] != [v.type for v in first.operands]:
            raise error(
                other.location, f"'{other.name}' op leaves the region in another way than '{first.name}' op does"
            )
    if len(exits) == 1:
        return
    values = [block.terminator.operands for block in exits]
    unified = Block([value.type for value in first.operands])
    region.append(unified)
    location = derived(block.terminator for block in returns)
    for block, given in zip(exits, values, strict=True):
        last = block.terminator
        if block not in returns:
            b = Builder(InsertPoint.before(last), derived([last]))
            b.insert(cf.Assert(constants.number(0, i1), StringAttr("unreachable code was reached")))
            given = tuple(constants.poison(argument.type) for argument in unified.arguments)
        if last is first:
            last.operands = ()
            last.detach()
        else:
            last.drop_uses_and_erase()
        jump(block, unified, given, derived([last]))
    first.operands = unified.arguments
    first.location = location
    unified.append(first)


def _skip_empty(region: Region) -> None:
    """What leads to a block that only goes on leads on at once."""
    for block in reversed(reverse_post_order(region)):
        last = block.last
        if block.is_entry or last is not block.first or not isinstance(last, cf.Br):
            continue
        if any(user is not last for argument in block.arguments for user in argument.users):
            continue
        for edge in edges_into(block):
            given = dict(zip(block.arguments, edge.values, strict=True))
            edge.redirect(last.dest, [given.get(value, value) for value in last.operands])  # type: ignore[call-overload]
        block.erase()


def _merge_chains(region: Region) -> None:
    """Join each block to the only one that goes to it and nowhere else."""
    for block in list(region):
        if block.parent is region:
            while isinstance(block.last, cf.Br) and (target := block.last.dest) is not block:
                if len(target.predecessors) > 1 or target.is_entry:
                    break
                absorb(block)


def absorb(block: Block) -> None:
    """Continue a block by the one that it alone branches to."""
    last = block.last
    assert isinstance(last, cf.Br)
    target, values = last.dest, last.operands
    last.drop_uses_and_erase()
    replace_arguments(target, values)
    for op in list(target):
        op.detach()
        block.append(op)
    target.erase()


def replace_arguments(block: Block, values: Sequence[Value]) -> None:
    """Use `values` for the arguments of a block."""
    for argument, value in zip(list(block.arguments), values, strict=True):
        argument.replace_all_uses_with(value)


# -- branches --------------------------------------------------------------------------------------------------------


class _Lifting(Structuring):
    """Makes a graph of blocks one block, loops first."""

    def straighten(self, block: Block, stop: Block | None) -> None:
        while isinstance(block.last, BranchOp):
            if len(block.last.successors) == 1:
                (edge,) = edges_of(block)
                if edge.target is stop:
                    return
                if not isinstance(edge.op, cf.Br):
                    _as_jump(edge)
                absorb(block)
            else:
                self._branch(block, block.last, stop)

    def _branch(self, block: Block, op: BranchOp, stop: Block | None) -> None:
        """Replace a branch by an op with regions, and a jump to the block in which its arms meet."""
        location = derived([op])
        arms = [_arm(edge, location) for edge in list(edges_of(block))]
        leaving = [edge for arm in arms for edge in self._edges_out(arm, stop)]
        met = multiplex(leaving, self.constants, location)
        given: list[Sequence[Value]] = []
        for arm in arms:
            self.straighten(arm, met)
            assert isinstance(arm.last, cf.Br) and arm.last.dest is met
            given.append(arm.last.operands)
        op.detach()
        values = [self._common([row[i] for row in given], arms) for i in range(len(met.arguments))]
        kept = [i for i, value in enumerate(values) if value is None]
        for arm, row in zip(arms, given, strict=True):
            arm.terminator.drop_uses_and_erase()
            Builder(InsertPoint.at_end(arm), location).insert(scf.Yield([row[i] for i in kept]))
        made = _structured(op, [_region(arm) for arm in arms], [met.arguments[i].type for i in kept], block, location)
        for i, result in zip(kept, made.results, strict=True):
            values[i] = result
        op.drop_uses_and_erase()
        jump(block, met, [value for value in values if value is not None], location)

    def _edges_out(self, arm: Block, stop: Block | None) -> list[Edge]:
        """The edges from the blocks that are reached through `arm` alone to others."""
        missing: dict[Block, int] = {}
        inside = {arm}
        pending, found = [arm], []
        while pending:
            for edge in edges_of(pending.pop()):
                found.append(edge)
                target = edge.target
                if target is stop:
                    continue
                count = missing.get(target)
                if count is None:
                    count = sum(target.predecessors.values())
                missing[target] = count - 1
                if count == 1:
                    inside.add(target)
                    pending.append(target)
        return [edge for edge in found if edge.target not in inside]

    def _common(self, row: Sequence[Value], arms: Sequence[Block]) -> Value | None:
        """The value from outside that all arms give, poison aside."""
        others = list(dict.fromkeys(value for value in row if not self.constants.is_poison(value)))
        if not others:
            return row[0]
        only = others[0]
        return only if len(others) == 1 and only.parent_block not in arms else None


def _as_jump(edge: Edge) -> None:
    """A branch that has only one way to go."""
    values, target, block, op = edge.values, edge.target, edge.source, edge.op
    op.drop_uses_and_erase()
    jump(block, target, values, op.location)


def _arm(edge: Edge, location: Location) -> Block:
    """A new block on an edge."""
    arm, target = Block(), edge.target
    region = edge.source.parent
    assert region is not None
    region.insert_before(arm, edge.source.next)
    jump(arm, target, edge.values, location)
    edge.redirect(arm, ())
    return arm


def _region(block: Block) -> Region:
    assert block.parent is not None
    block.parent.remove(block)
    return Region(block)


def _structured(
    op: BranchOp, regions: Sequence[Region], types: Sequence[Type], block: Block, location: Location
) -> Operation:
    """The op with regions for a branch, at the end of `block`."""
    b = Builder(InsertPoint.at_end(block), location)
    if isinstance(op, cf.CondBr):
        if not types and _is_idle(regions[1]):
            regions = [regions[0], Region()]
        return b.insert(scf.If(op.condition, *regions, result_types=types))
    assert isinstance(op, cf.Switch)
    default, *cases = regions
    number = b.insert(arith.IndexCast(op.flag, result_types=[index])).result
    return b.insert(
        scf.IndexSwitch(number, DenseArrayAttr.i64(tuple(op.case_numbers)), default, cases, result_types=types)
    )


def _is_idle(region: Region) -> bool:
    return region.entry.first is region.entry.last
