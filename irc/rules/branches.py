"""Branches between blocks that are decided at compile time, and blocks that only one branch leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, cf
from irc.ir.attributes import IntegerAttr, bool_attr
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def branch_decided(op: cf.CondBr, rewriter: Rewriter) -> bool:
    """A branch on a constant, or to one place either way, is unconditional; what it passes may depend on the condition."""
    condition = constant_value(op.condition)
    if isinstance(condition, IntegerAttr):
        index = 0 if condition.value else 1
    elif op.true_dest is op.false_dest and op.true_operands == op.false_operands:
        index = 0
    elif op.true_dest is op.false_dest and sum(op.true_dest.predecessors.values()) == 2:
        arms = zip(op.true_operands, op.false_operands, strict=True)
        values = [a if a is b else rewriter.insert(arith.Select(op.condition, a, b)).result for a, b in arms]
        rewriter.insert(cf.Br(values, op.true_dest))
        rewriter.erase(op)
        return True
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


Case = tuple[int, Block, Sequence[Value]]
"""The number, the block and the operands of a case of a switch."""

Target = tuple[Block, Sequence[Value]]
"""A block and the values that its arguments get."""


def _forwarded(op: Operation, target: Block, operands: Sequence[Value]) -> Target | None:
    """Where a branch of `op` to `target` ends up if that block only branches on."""
    forward = target.first
    if not isinstance(forward, cf.Br) or forward.dest is target or target is op.parent:
        return None
    if any(user is not forward for argument in target.arguments for user in argument.users):
        return None
    passed: dict[Value, Value] = dict(zip(target.arguments, operands, strict=True))
    return forward.dest, [passed.get(value, value) for value in forward.operands]


def _targets(op: Any) -> tuple[list[Target], bool]:
    """Where each successor of a branch ends up, and whether that is elsewhere for one of them."""
    targets = [(block, op.successor_operands(i)) for i, block in enumerate(op.successors)]
    forwarded = [_forwarded(op, *target) for target in targets]
    return [new or old for new, old in zip(forwarded, targets, strict=True)], any(forwarded)


def skip_forwarding(op: cf.Br, rewriter: Rewriter) -> bool:
    """A branch to a block that only branches on goes where that goes."""
    ((block, operands),), changed = _targets(op)
    if changed:
        rewriter.insert(cf.Br(operands, block))
        rewriter.erase(op)
    return changed


def skip_forwarding_either_way(op: cf.CondBr, rewriter: Rewriter) -> bool:
    """The same for a conditional branch."""
    ((then, then_operands), (otherwise, other_operands)), changed = _targets(op)
    if changed:
        rewriter.insert(cf.CondBr(op.condition, then_operands, other_operands, then, otherwise))
        rewriter.erase(op)
    return changed


def condition_known_behind(op: cf.CondBr, rewriter: Rewriter) -> bool:
    """Where a block is entered only if the condition holds, or only if not, its uses of the condition are constants."""
    if op.true_dest is op.false_dest or constant_value(op.condition) is not None:
        return False
    changed = False
    for block, value in ((op.true_dest, True), (op.false_dest, False)):
        if sum(block.predecessors.values()) != 1:
            continue
        users = [user for user in op.condition.users if user is not op and user.parent is block]
        for user in users:
            rewriter.point = InsertPoint.before(user)
            constant = rewriter.insert(arith.Constant(bool_attr(value))).result
            rewriter.substitute(user, op.condition, constant)
            changed = True
    return changed


def assertion_holds(op: cf.Assert, rewriter: Rewriter) -> bool:
    """What is known to be true need not be asserted."""
    condition = constant_value(op.arg)
    if not isinstance(condition, IntegerAttr) or not condition.value:
        return False
    rewriter.erase(op)
    return True


# -- switches --------------------------------------------------------------------------------------------------------


def _case_of(op: cf.Switch, number: int) -> int:
    """The successor that a number is sent to."""
    return next((i for i, case in enumerate(op.case_numbers, 1) if case == number), 0)


def _go_to(op: cf.Switch, index: int, rewriter: Rewriter) -> bool:
    rewriter.insert(cf.Br(op.successor_operands(index), op.successors[index]))
    rewriter.erase(op)
    return True


def _replace_switch(op: cf.Switch, default: Target, cases: list[Case], rewriter: Rewriter) -> bool:
    rewriter.insert(cf.Switch.of(op.flag, default, cases))
    rewriter.erase(op)
    return True


def switch_decided(op: cf.Switch, rewriter: Rewriter) -> bool:
    """A switch on a constant, or without cases, is a branch; cases that do what the default does are none."""
    flag = constant_value(op.flag)
    if isinstance(flag, IntegerAttr):
        return _go_to(op, _case_of(op, flag.value), rewriter)
    default = op.defaultDestination, op.defaultOperands
    kept = [case for case in op.cases if case[1] is not default[0] or tuple(case[2]) != tuple(default[1])]
    if not kept:
        return _go_to(op, 0, rewriter)
    return len(kept) < len(op.cases) and _replace_switch(op, default, kept, rewriter)


def switch_forwarding(op: cf.Switch, rewriter: Rewriter) -> bool:
    """A case whose block only branches on goes where that goes."""
    (default, *targets), changed = _targets(op)
    cases = [(number, *target) for number, target in zip(op.case_numbers, targets, strict=True)]
    return changed and _replace_switch(op, default, cases, rewriter)


def switch_on_known_flag(op: cf.Switch, rewriter: Rewriter) -> bool:
    """Where only one way of an earlier switch on the same number leads to this block, something of it is known here."""
    block = op.parent
    assert block is not None
    if sum(block.predecessors.values()) != 1:
        return False
    (before,) = block.predecessors
    if not isinstance(before, cf.Switch) or before.flag is not op.flag:
        return False
    way = before.successors.index(block)
    if way:
        return _go_to(op, _case_of(op, before.case_numbers[way - 1]), rewriter)
    # None of the numbers that the earlier switch knows.
    kept = [case for case in op.cases if case[0] not in before.case_numbers]
    default = op.defaultDestination, op.defaultOperands
    return len(kept) < len(op.cases) and _replace_switch(op, default, kept, rewriter)


BRANCHES: Patterns = {
    cf.CondBr: [branch_decided, branch_on_known_condition, skip_forwarding_either_way, condition_known_behind],
    cf.Br: [merge_blocks, skip_forwarding],
    cf.Switch: [switch_decided, switch_forwarding, switch_on_known_flag],
    cf.Assert: [assertion_holds],
}
