"""`scf.while`: values that a loop carries or gives for nothing, and conditions that are known inside it."""

from __future__ import annotations

from collections.abc import Collection

from irc.dialects import arith, scf
from irc.ir.attributes import bool_attr
from irc.ir.region import Region
from irc.ir.value import BlockArgument, Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules.arith_conditions import INVERTED, SWAPPED
from irc.rules.conditionals import is_inside


def _ends(op: scf.While) -> tuple[scf.Condition, scf.Yield]:
    condition, ending = op.before.block.terminator, op.after.block.terminator
    assert isinstance(condition, scf.Condition) and isinstance(ending, scf.Yield)
    return condition, ending


def _without(op: scf.While, arguments: Collection[int], results: Collection[int], rewriter: Rewriter) -> None:
    """Drop carried values and results, none of which is used in the loop or after it any more."""
    condition, ending = _ends(op)
    carried = [i for i in range(len(op.inits)) if i not in arguments]
    given = [i for i in range(len(op.results)) if i not in results]
    rewriter.set_operands(condition, [condition.condition, *(condition.inputs[i] for i in given)])
    rewriter.set_operands(ending, [ending.inputs[i] for i in carried])
    for i in sorted(arguments, reverse=True):
        op.before.block.erase_argument(i)
    for i in sorted(results, reverse=True):
        op.after.block.erase_argument(i)
    before, after = Region(), Region()
    before.take_blocks(op.before)
    after.take_blocks(op.after)
    types = [op.results[i].type for i in given]
    new = scf.While([op.inits[i] for i in carried], before, after, result_types=types, attributes=op.attributes)
    rewriter.insert_around(new)
    for i, result in zip(given, new.results, strict=True):
        rewriter.replace_value(op.results[i], result)
    rewriter.erase(op)


def while_carried(op: scf.While, rewriter: Rewriter) -> bool:
    """What a loop carries and never changes is the value it starts from; what it never looks at is not carried."""
    condition, ending = _ends(op)
    dropped = []
    for i, argument in enumerate(op.before.block.arguments):
        next_value = ending.inputs[i]
        handed_on = isinstance(next_value, BlockArgument) and next_value.owner is op.after.block
        if next_value is op.inits[i] or (handed_on and condition.inputs[next_value.index] is argument):
            rewriter.replace_value(argument, op.inits[i])
        if not argument.users:
            dropped.append(i)
    if not dropped:
        return False
    _without(op, dropped, (), rewriter)
    return True


def while_given(op: scf.While, rewriter: Rewriter) -> bool:
    """A result that comes from outside is that value, one that is given twice is the first; unused ones go."""
    condition, _ = _ends(op)
    dropped = []
    first: dict[Value, int] = {}
    for i, value in enumerate(condition.inputs):
        result, argument = op.results[i], op.after.block.arguments[i]
        if not is_inside(value, op.before):
            rewriter.replace_value(result, value)
            rewriter.replace_value(argument, value)
        elif value in first:
            rewriter.replace_value(result, op.results[first[value]])
            rewriter.replace_value(argument, op.after.block.arguments[first[value]])
        if not result.users and not argument.users:
            dropped.append(i)
        else:
            first[value] = i
    if not dropped:
        return False
    _without(op, (), dropped, rewriter)
    return True


def while_goes_on(op: scf.While, rewriter: Rewriter) -> bool:
    """In the second region the condition holds, also where it is handed on or asked again."""
    condition, _ = _ends(op)
    changed = False
    for argument, value in zip(op.after.block.arguments, condition.inputs, strict=True):
        if value is condition.condition and argument.users:
            rewriter.replace_value(argument, rewriter.insert(arith.Constant(bool_attr(True))).result)
            changed = True
    comparison = condition.condition.defining_op
    if isinstance(comparison, arith.CmpI) and is_inside(comparison.result, op.before):
        changed |= _asked_again(op, comparison, rewriter)
    return changed


def _asked_again(op: scf.While, comparison: arith.CmpI, rewriter: Rewriter) -> bool:
    condition, _ = _ends(op)
    arguments = op.after.block.arguments
    known: dict[Value, Value] = dict(zip(arguments, condition.inputs, strict=True))
    changed = False
    for argument in arguments:
        if known[argument] not in comparison.operands:
            continue
        for user in list(argument.users):
            if not isinstance(user, arith.CmpI) or constant_value(user.result) is not None or not user.result.users:
                continue
            lhs, rhs = (known.get(operand, operand) for operand in user.operands)
            word = user.word
            if (rhs, lhs) == comparison.operands:
                word = SWAPPED[word]
            elif (lhs, rhs) != comparison.operands:
                continue
            if word not in (comparison.word, INVERTED[comparison.word]):
                continue
            holds = rewriter.insert(arith.Constant(bool_attr(word == comparison.word))).result
            rewriter.replace(user, [holds])
            changed = True
    return changed


WHILE_LOOPS: Patterns = {scf.While: [while_carried, while_given, while_goes_on]}
