"""Structured control flow that is decided at compile time, and values that loops carry for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import scf
from irc.ir.attributes import IntegerAttr
from irc.ir.effects import is_pure
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def if_constant(op: scf.If, rewriter: Rewriter) -> bool:
    """A branch on a constant is the arm that it takes."""
    condition = constant_value(op.condition)
    if not isinstance(condition, IntegerAttr):
        return False
    region = op.then_region if condition.value else op.else_region
    rewriter.replace(op, _inlined(region, rewriter, (), op))
    return True


def if_same(op: scf.If, rewriter: Rewriter) -> bool:
    """Results that both arms take from outside are that value."""
    if not op.results or op.else_region.is_empty:
        return False
    arms = [region.block.terminator.operands for region in op.regions]
    changed = False
    for result, then, otherwise in zip(op.results, *arms, strict=True):
        inside = any(region.is_ancestor_of(then.parent_block.parent) for region in op.regions if then.parent_block)
        if then is otherwise and not inside and result.users:
            rewriter.replace_value(result, then)
            changed = True
    return changed


def _inlined(region: Region, rewriter: Rewriter, arguments: Sequence[Value], op: Operation) -> list[Value]:
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


def for_trips(op: scf.For, rewriter: Rewriter) -> bool:
    """A loop of no iteration is its initial values, one of a single iteration is its body."""
    bounds = [constant_value(value) for value in (op.lower_bound, op.upper_bound, op.step)]
    numbers = [bound.value for bound in bounds if isinstance(bound, IntegerAttr)]
    if op.lower_bound is op.upper_bound:
        rewriter.replace(op, op.inits)
        return True
    if len(numbers) != 3 or numbers[2] <= 0:
        return False
    lower, upper, step = numbers
    if lower >= upper:
        rewriter.replace(op, op.inits)
        return True
    if lower + step >= upper:
        rewriter.replace(op, _inlined(op.body, rewriter, (op.lower_bound, *op.inits), op))
        return True
    return False


def for_unused(op: scf.For, rewriter: Rewriter) -> bool:
    """Drop carried values that are never used, or that are the same in every iteration."""
    block = op.body.block
    yielded = block.terminator.operands
    keep: list[int] = []
    replaced = False
    for i, (result, argument, init) in enumerate(zip(op.results, op.carried, op.inits, strict=True)):
        if yielded[i] is argument or yielded[i] is init:
            if result.users or argument.users:
                replaced = True
            result.replace_all_uses_with(init)
            argument.replace_all_uses_with(init)
        elif result.users or not _only_feeds_itself(op, i):
            keep.append(i)
    if len(keep) == len(op.inits):
        return replaced
    dropped = [i for i in range(len(op.inits)) if i not in keep]
    terminator = block.terminator
    terminator.operands = [yielded[i] for i in keep]
    for i in reversed(dropped):
        argument = block.arguments[1 + i]
        # What is left of its users only computes the value that was yielded, which is dead now.
        argument.replace_all_uses_with(op.inits[i])
        block.erase_argument(1 + i)
    body = Region()
    body.take_blocks(op.body)
    new = scf.For(op.lower_bound, op.upper_bound, op.step, [op.inits[i] for i in keep], body, location=op.location)
    new.attributes = op.attributes
    rewriter.insert(new)
    results = iter(new.results)
    values = [next(results) if i in keep else op.inits[i] for i in range(len(op.inits))]
    rewriter.replace(op, values)
    for inner in new.walk():
        rewriter.on_modify(inner)
    return True


def _only_feeds_itself(op: scf.For, i: int) -> bool:
    """Whether the carried value `i` is used only to compute its own next value, without effects."""
    block = op.body.block
    seen: set[Value] = set()
    pending: list[Value] = [op.carried[i]]
    while pending:
        value = pending.pop()
        if value in seen:
            continue
        seen.add(value)
        for user in value.users:
            if user is block.last:
                if any(v is value and j != i for j, v in enumerate(user.operands)):
                    return False
                continue
            if user.parent is not block or not is_pure(user):
                return False
            pending.extend(user.results)
    return True


CONTROL_FLOW: Patterns = {
    scf.If: [if_constant, if_same],
    scf.For: [for_trips, for_unused],
}
