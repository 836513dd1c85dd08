"""An `scf.while` that only counts up to a bound is an `scf.for`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from irc.dialects import arith, scf
from irc.ir.attributes import IntegerAttr, index_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import fuse
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import Pure
from irc.ir.types import IndexType, IntegerType
from irc.ir.value import BlockArgument, Value
from irc.rewrite.constants import constant_value
from irc.rules.arith_conditions import INVERTED, SWAPPED
from irc.structuring.edges import PASS_NAME


@dataclass(frozen=True, slots=True)
class _Counter:
    """What a loop counts with: a carried value, the bound that it stays below, or at where `reaches`, and its step."""

    argument: BlockArgument
    bound: Value
    reaches: bool
    step: IntegerAttr


def make_counted(loops: Iterable[scf.While]) -> None:
    """Replace each loop that counts up by a constant to a bound from outside. Outer ones come first among `loops`."""
    for op in reversed(list(loops)):
        _hoist(op)
        counter = _counter(op)
        if counter is not None:
            _replace(op, counter)


def _inside(value: Value, op: Operation) -> bool:
    block = value.parent_block
    return block is not None and block.parent_op is not None and op.is_ancestor_of(block.parent_op)


def _hoist(op: scf.While) -> None:
    """Move what does not change out of the first region."""
    for inner in list(op.before.block):
        movable = Pure in inner.traits and not inner.regions and inner is not op.before.block.last
        if movable and not any(_inside(operand, op) for operand in inner.operands):
            inner.move_before(op)


def _counter(op: scf.While) -> _Counter | None:
    before, after = op.before.block, op.after.block
    condition, ending = before.terminator, after.terminator
    assert isinstance(condition, scf.Condition) and isinstance(ending, scf.Yield)
    compared, predicate = _comparison(condition.condition)
    if compared is None or {*before} - {compared, condition, condition.condition.defining_op}:
        return None
    sides: tuple[Value, Value] = (compared.lhs, compared.rhs)
    if predicate in ("sgt", "sge"):
        sides, predicate = (sides[1], sides[0]), SWAPPED[predicate]
    argument, bound = sides
    if predicate not in ("slt", "sle") or not isinstance(argument, BlockArgument) or argument.owner is not before:
        return None
    if _inside(bound, op):
        return None
    if any(not isinstance(value, BlockArgument) and _inside(value, op) for value in condition.inputs):
        return None
    step = _step(ending.inputs[argument.index], argument, condition, after)
    return None if step is None else _Counter(argument, bound, predicate == "sle", step)


def _comparison(value: Value) -> tuple[arith.CmpI | None, str]:
    """The comparison that a condition is or negates, and its predicate as it holds."""
    op = value.defining_op
    if isinstance(op, arith.CmpI):
        return op, op.word
    if isinstance(op, arith.XOrI):
        one, inner = constant_value(op.rhs), op.lhs.defining_op
        if isinstance(one, IntegerAttr) and one.value and isinstance(inner, arith.CmpI) and inner.parent is op.parent:
            return inner, INVERTED[inner.word]
    return None, ""


def _step(next_value: Value, argument: BlockArgument, condition: scf.Condition, after: Block) -> IntegerAttr | None:
    """By how much the counter grows, if that is a positive constant."""
    added = next_value.defining_op
    if not isinstance(added, arith.AddI) or not isinstance(argument.type, IndexType | IntegerType):
        return None
    for counted, by in ((added.lhs, added.rhs), (added.rhs, added.lhs)):
        step = constant_value(by)
        if (
            isinstance(step, IntegerAttr)
            and step.value > 0
            and isinstance(counted, BlockArgument)
            and counted.owner is after
            and condition.inputs[counted.index] is argument
        ):
            return step
    return None


def _replace(op: scf.While, counter: _Counter) -> None:
    before, after = op.before.block, op.after.block
    condition, ending = before.terminator, after.terminator
    assert isinstance(condition, scf.Condition) and isinstance(ending, scf.Yield)
    b = Builder(InsertPoint.before(op), fuse((op.location,), PASS_NAME))
    type = counter.argument.type
    number = index_attr if isinstance(type, IndexType) else lambda value: IntegerAttr(value, type)
    bound = counter.bound
    if counter.reaches:
        bound = b.insert(arith.AddI(bound, b.insert(arith.Constant(number(1))).result)).result
    step = b.insert(arith.Constant(counter.step)).result
    # The counter is carried as well where it is used behind the loop.
    counts = [k for k, value in enumerate(condition.inputs) if value is counter.argument]
    used = any(op.results[k].users for k in counts)
    carried = [a for a in before.arguments if used or a is not counter.argument]
    places = {argument: i for i, argument in enumerate(carried)}
    body = Block([type, *(argument.type for argument in carried)])

    def at(value: Value, of: Sequence[Value]) -> Value:
        """What is handed on as `value`, where the loop carries `of`."""
        return of[places[value]] if isinstance(value, BlockArgument) and value in places else value

    for k, argument in enumerate(list(after.arguments)):
        value = condition.inputs[k]
        argument.replace_all_uses_with(
            body.arguments[0] if value is counter.argument else at(value, body.arguments[1:])
        )
    yielded = [ending.inputs[argument.index] for argument in carried]
    ending.drop_uses_and_erase()
    for inner in list(after):
        inner.detach()
        body.append(inner)
    Builder(InsertPoint.at_end(body), b.location).insert(scf.Yield(yielded))
    inits = [op.inits[argument.index] for argument in carried]
    lower = op.inits[counter.argument.index]
    loop = b.insert(scf.For(lower, bound, step, inits, Region(body)))
    results = [at(value, loop.results) for value in condition.inputs]
    for result, value in zip(op.results, results, strict=True):
        if result.users:
            result.replace_all_uses_with(value)
    op.drop_uses_and_erase()
