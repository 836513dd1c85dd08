"""Counted loops whose number of iterations is known, and values that they carry for nothing."""

from __future__ import annotations

from irc.dialects import scf
from irc.ir.attributes import IntegerAttr
from irc.ir.effects import is_pure
from irc.ir.region import Region
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules.conditionals import inlined, is_inside


def for_trips(op: scf.For, rewriter: Rewriter) -> bool:
    """A loop of no iteration is its initial values, one of a single iteration is its body."""
    distance, step = _distance(op.lower_bound, op.upper_bound), constant_value(op.step)
    if distance is None:
        return False
    if distance <= 0:
        rewriter.replace(op, op.inits)
        return True
    if not isinstance(step, IntegerAttr) or not 0 < distance <= step.value:
        return False
    rewriter.replace(op, inlined(op.body, rewriter, (op.lower_bound, *op.inits), op))
    return True


def _distance(lower: Value, upper: Value) -> int | None:
    """How far a loop goes, where that is known: its bounds are constants, or the same."""
    if lower is upper:
        return 0
    ends = constant_value(lower), constant_value(upper)
    if isinstance(ends[0], IntegerAttr) and isinstance(ends[1], IntegerAttr):
        return ends[1].value - ends[0].value
    return None


def for_empty(op: scf.For, rewriter: Rewriter) -> bool:
    """A loop that runs at least once and only hands on values from outside is these values."""
    distance = _distance(op.lower_bound, op.upper_bound)
    block = op.body.block
    if distance is None or distance <= 0 or block.first is not block.last:
        return False
    yielded = block.terminator.operands
    if any(is_inside(value, op.body) for value in yielded):
        return False
    rewriter.replace(op, yielded)
    return True


def for_unused(op: scf.For, rewriter: Rewriter) -> bool:
    """Drop carried values that are never used, or that are the same in every iteration."""
    block = op.body.block
    yielded = block.terminator.operands
    keep: list[int] = []
    for i, (result, argument, init) in enumerate(zip(op.results, op.carried, op.inits, strict=True)):
        if yielded[i] is argument or yielded[i] is init:
            rewriter.replace_value(result, init)
            rewriter.replace_value(argument, init)
        elif result.users or not _only_feeds_itself(op, i):
            keep.append(i)
    if len(keep) == len(op.inits):
        return False
    rewriter.set_operands(block.terminator, [yielded[i] for i in keep])
    for i in reversed(range(len(op.inits))):
        if i not in keep:
            # What is left of its users only computes the value that was yielded, which is dead now.
            rewriter.replace_value(block.arguments[1 + i], op.inits[i])
            block.erase_argument(1 + i)
    body = Region()
    body.take_blocks(op.body)
    inits = [op.inits[i] for i in keep]
    new = scf.For(op.lower_bound, op.upper_bound, op.step, inits, body, attributes=op.attributes, location=op.location)
    rewriter.insert_around(new)
    results = iter(new.results)
    rewriter.replace(op, [next(results) if i in keep else init for i, init in enumerate(op.inits)])
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


COUNTED_LOOPS: Patterns = {
    scf.For: [for_trips, for_empty, for_unused],
}
