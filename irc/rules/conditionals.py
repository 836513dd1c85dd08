"""`scf.if` and the other ops that run a region at most once: decided ones, and what they choose or compute for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, cf, func, scf
from irc.ir.attributes import IntegerAttr, bool_attr
from irc.ir.builder import InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules.arith_conditions import negated


def inlined(region: Region, rewriter: Rewriter, arguments: Sequence[Value], op: Operation) -> list[Value]:
    """Move the operations of a region to before `op`; the values that it yields."""
    if region.is_empty:
        return []
    block = region.block
    assert op.parent is not None
    terminator = block.terminator
    values: dict[Value, Value] = dict(zip(block.arguments, arguments, strict=True))
    yielded = [values.get(value, value) for value in terminator.operands]
    rewriter.erase(terminator)
    rewriter.inline_block(block, arguments, op, op.parent)
    return yielded


def is_inside(value: Value, region: Region) -> bool:
    """Whether a value comes into being in a region or in one nested in it."""
    block = value.parent_block
    return block is not None and region.is_ancestor_of(block.parent)


def users_inside(value: Value, region: Region) -> list[Operation]:
    """The users of a value that stand in a region, or in one nested in it."""
    if len(value.users) <= FEW_USERS:
        return [user for user in value.users if user.parent is not None and region.is_ancestor_of(user.parent.parent)]
    return [inner for block in region for op in block for inner in op.walk() if inner in value.users]


FEW_USERS = 16
"""With more users than that it is the region that is searched, so that many regions beside each other cost no more."""


def _rebuilt(op: scf.If, condition: Value, kept: Sequence[int], rewriter: Rewriter) -> scf.If:
    """A conditional that takes the regions of `op` and has its results `kept`, which its arms are made to yield."""
    arms = []
    for region in op.regions:
        arms.append(Region())
        if not region.is_empty:
            ending = region.block.terminator
            rewriter.set_operands(ending, [ending.operands[i] for i in kept])
            arms[-1].take_blocks(region)
    types = [op.results[i].type for i in kept]
    new = scf.If(condition, *arms, result_types=types, attributes=op.attributes)
    return rewriter.insert_around(new)


def if_constant(op: scf.If, rewriter: Rewriter) -> bool:
    """A branch on a constant is the arm that it takes."""
    condition = constant_value(op.condition)
    if not isinstance(condition, IntegerAttr):
        return False
    region = op.then_region if condition.value else op.else_region
    rewriter.replace(op, inlined(region, rewriter, (), op))
    return True


def if_negated(op: scf.If, rewriter: Rewriter) -> bool:
    """A branch on a negation has its arms exchanged."""
    plain = negated(op.condition)
    if plain is None or op.else_region.is_empty:
        return False
    then, otherwise = Region(), Region()
    then.take_blocks(op.else_region)
    otherwise.take_blocks(op.then_region)
    types = [result.type for result in op.results]
    new = rewriter.insert_around(scf.If(plain, then, otherwise, result_types=types, attributes=op.attributes))
    rewriter.replace(op, new.results)
    return True


def if_chooses(op: scf.If, rewriter: Rewriter) -> bool:
    """A result that both arms take from outside is a selection; what nobody uses is no result at all."""
    if not op.results:
        return False
    arms = [region.block.terminator.operands for region in op.regions]
    values: dict[int, Value] = {}
    kept: list[int] = []
    for i, (result, then, otherwise) in enumerate(zip(op.results, *arms, strict=True)):
        if not result.users:
            continue
        if is_inside(then, op.then_region) or is_inside(otherwise, op.else_region):
            kept.append(i)
        elif then is otherwise:
            values[i] = then
        else:
            values[i] = rewriter.insert(arith.Select(op.condition, then, otherwise)).result
    if len(kept) == len(op.results):
        return False
    for i, value in values.items():
        rewriter.replace_value(op.results[i], value)
    new = _rebuilt(op, op.condition, kept, rewriter)
    for i, result in zip(kept, new.results, strict=True):
        rewriter.replace_value(op.results[i], result)
    rewriter.erase(op)
    return True


def if_knows_condition(op: scf.If, rewriter: Rewriter) -> bool:
    """Inside an arm the condition is known."""
    changed = False
    for region, holds in zip(op.regions, (True, False), strict=True):
        inside = users_inside(op.condition, region)
        if not inside:
            continue
        known = rewriter.insert(arith.Constant(bool_attr(holds))).result
        for user in inside:
            rewriter.substitute(user, op.condition, known)
        changed = True
    return changed


def else_empty(op: scf.If, rewriter: Rewriter) -> bool:
    """An `else` that does nothing goes away."""
    return erase_if_idle(op, op.else_region, rewriter)


def erase_if_idle(op: Operation, region: Region, rewriter: Rewriter) -> bool:
    """Empty a region of `op` whose block only ends, where `op` has no results."""
    if op.results or region.is_empty or region.block.first is not region.block.last:
        return False
    block = region.block
    rewriter.erase(block.terminator)
    block.erase()
    return True


def if_in_if(op: scf.If, rewriter: Rewriter) -> bool:
    """A conditional that does nothing but ask another is one that asks both."""
    inner = op.then_region.block.first
    if not isinstance(inner, scf.If) or inner.next is not op.then_region.block.last:
        return False
    if not all(_only_yields(region) for region in (op.else_region, inner.else_region)):
        return False
    then = list(op.then_region.block.terminator.operands)
    for i, value in enumerate(then):
        if value.defining_op is not inner:
            return False
        if inner.else_region.block.terminator.operands[value.index] is not op.else_region.block.terminator.operands[i]:
            return False
        then[i] = inner.then_region.block.terminator.operands[value.index]
    both = rewriter.insert(arith.AndI(op.condition, inner.condition)).result
    body, otherwise = Region(), Region()
    otherwise.take_blocks(op.else_region)
    rewriter.set_operands(inner.then_region.block.terminator, then)
    body.take_blocks(inner.then_region)
    types = [result.type for result in op.results]
    new = rewriter.insert_around(scf.If(both, body, otherwise, result_types=types, attributes=op.attributes))
    rewriter.replace(op, new.results)
    return True


def _only_yields(region: Region) -> bool:
    return region.is_empty or region.block.first is region.block.last


def if_after_if(op: scf.If, rewriter: Rewriter) -> bool:
    """Two conditionals in a row that ask the same are one."""
    before = op.prev
    if not isinstance(before, scf.If):
        return False
    if op.condition is before.condition:
        arms = [op.then_region, op.else_region]
    elif op.condition is negated(before.condition) or before.condition is negated(op.condition):
        arms = [op.else_region, op.then_region]
    else:
        return False
    merged: list[Region] = []
    for first, second in zip(before.regions, arms, strict=True):
        merged.append(_one_after_another(first, second, before, rewriter))
    types = [result.type for result in (*before.results, *op.results)]
    new = rewriter.insert_around(scf.If(before.condition, *merged, result_types=types, attributes=before.attributes))
    rewriter.replace(op, new.results[len(before.results) :])
    rewriter.replace(before, new.results[: len(before.results)])
    return True


def _one_after_another(first: Region, second: Region, before: scf.If, rewriter: Rewriter) -> Region:
    """A region that does what `first`, an arm of `before`, does and then what `second` does; it yields what both yield."""
    merged = Region()
    if first.is_empty:
        merged.take_blocks(second)
        return merged
    merged.take_blocks(first)
    if second.is_empty:
        return merged
    block = merged.block
    ending = block.terminator
    for result, value in zip(before.results, ending.operands, strict=True):
        for user in users_inside(result, second):
            rewriter.substitute(user, result, value)
    both = second.block.terminator
    both.operands = (*ending.operands, *both.operands)
    rewriter.inline_block(second.block, (), None, block)
    rewriter.erase(ending)
    return merged


def switch_constant(op: scf.IndexSwitch, rewriter: Rewriter) -> bool:
    """A choice by a constant is the region that it chooses."""
    chosen = constant_value(op.arg)
    if not isinstance(chosen, IntegerAttr):
        return False
    regions = dict(zip(op.cases.values, op.case_regions, strict=True))
    rewriter.replace(op, inlined(regions.get(chosen.value, op.default_region), rewriter, (), op))
    return True


def execute_inline(op: scf.ExecuteRegion, rewriter: Rewriter) -> bool:
    """A region of one block stands where it runs."""
    if op.body.first is not op.body.last or not isinstance(op.body.block.last, scf.Yield):
        return False
    rewriter.replace(op, inlined(op.body, rewriter, (), op))
    return True


def execute_blocks(op: scf.ExecuteRegion, rewriter: Rewriter) -> bool:
    """In a function, whose body may have blocks, a region of several becomes blocks of it."""
    block = op.parent
    if not isinstance(op.parent_op, func.Func | scf.ExecuteRegion) or block is None or block.parent is None:
        return False
    outer = block.parent
    tail = block.split_before(op)
    results = [tail.add_argument(result.type, op.location) for result in op.results]
    entry, *others = list(op.body)
    for inner in (entry, *others):
        op.body.remove(inner)
        outer.insert_before(inner, tail)
        last = inner.last
        if isinstance(last, scf.Yield):
            with rewriter.at(InsertPoint.before(last)):
                rewriter.insert(cf.Br(last.operands, tail))
            rewriter.erase(last)
    with rewriter.at(InsertPoint.at_end(block)):
        rewriter.insert(cf.Br((), entry))
    rewriter.replace(op, results)
    return True


CONDITIONALS: Patterns = {
    scf.If: [if_constant, if_negated, if_knows_condition, if_chooses, else_empty, if_in_if, if_after_if],
    scf.IndexSwitch: [switch_constant],
    scf.ExecuteRegion: [execute_inline, execute_blocks],
}
