"""Branches between blocks that are decided at compile time, and blocks that only one branch leads to."""

from __future__ import annotations

from irc.dialects import cf
from irc.ir.attributes import IntegerAttr
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def branch_decided(op: cf.CondBr, rewriter: Rewriter) -> bool:
    """A branch on a constant, or to one place either way, is unconditional."""
    condition = constant_value(op.condition)
    if isinstance(condition, IntegerAttr):
        index = 0 if condition.value else 1
    elif op.true_dest is op.false_dest and op.true_operands == op.false_operands:
        index = 0
    else:
        return False
    rewriter.insert(cf.Br(op.successor_operands(index), op.successors[index]))
    rewriter.erase(op)
    return True


def branch_on_known_condition(op: cf.CondBr, rewriter: Rewriter) -> bool:
    """Where only one way of an earlier branch leads to this block, its condition is known here."""
    block = op.parent
    assert block is not None
    if len(block.predecessors) != 1:
        return False
    (before,) = block.predecessors
    if not isinstance(before, cf.CondBr) or before.true_dest is before.false_dest:
        return False
    if before.condition is not op.condition:
        return False
    index = 0 if before.true_dest is block else 1
    rewriter.insert(cf.Br(op.successor_operands(index), op.successors[index]))
    rewriter.erase(op)
    return True


def merge_blocks(op: cf.Br, rewriter: Rewriter) -> bool:
    """A block that only this branch leads to continues the block that it comes from."""
    block, target = op.parent, op.dest
    if block is None or target is block or target.is_entry or sum(target.predecessors.values()) != 1:
        return False
    arguments = op.operands
    rewriter.erase(op)
    rewriter.inline_block(target, arguments, None, block)
    target.erase()
    return True


def skip_forwarding(op: cf.Br, rewriter: Rewriter) -> bool:
    """A branch to a block that only branches on goes where that goes."""
    target = op.dest
    forward = target.first
    if not isinstance(forward, cf.Br) or forward.dest is target or target is op.parent:
        return False
    if any(user is not forward for argument in target.arguments for user in argument.users):
        return False
    passed: dict[Value, Value] = dict(zip(target.arguments, op.operands, strict=True))
    rewriter.insert(cf.Br([passed.get(value, value) for value in forward.operands], forward.dest))
    rewriter.erase(op)
    return True


BRANCHES: Patterns = {
    cf.CondBr: [branch_decided, branch_on_known_condition],
    cf.Br: [merge_blocks, skip_forwarding],
}
