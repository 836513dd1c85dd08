"""Control flow: branches, loops, barriers. A loop that counts becomes an `scf.for`, which has a derivative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from irc.conversion.from_stablehlo.regions import taken
from irc.conversion.from_stablehlo.values import Lowering, as_index, as_type, from_index, typed
from irc.dialects import arith, nd, scf, tensor
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import compare, index_constant
from irc.ir.attributes import DenseElementsAttr, bool_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone_region_into
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType, Type, i1
from irc.ir.value import Value
from irc.rewrite.constants import constant_value, number_of


def _truth(b: Builder, value: Value) -> Value:
    """A truth value as a tensor of rank 0, as a number."""
    return b.insert(tensor.Extract(value, [])).result


def _end(block: Block, types: Sequence[Type], make: Any) -> None:
    """End a block with `make` of what it returns, under these types."""
    last = block.terminator
    values, location = list(last.operands), last.location
    last.erase()
    b = Builder(InsertPoint.at_end(block), location)
    b.insert(make([as_type(b, value, type) for value, type in zip(values, types, strict=True)]))


def _branch(region: Region, types: Sequence[Type]) -> Region:
    _end(region.entry, types, scf.Yield)
    return taken(region)


def lower_if(op: hlo.If, b: Builder) -> Sequence[Value]:
    types = [result.type for result in op.results]
    branches = [_branch(region, types) for region in (op.true_branch, op.false_branch)]
    return b.insert(scf.If(_truth(b, op.pred), *branches, result_types=types)).results


def lower_case(op: hlo.Case, b: Builder) -> Sequence[Value]:
    """The first branch if the number is 0, else the second if it is 1, and so on; the last one for any other number."""
    types = [result.type for result in op.results]
    branches = [_branch(region, types) for region in op.branches]
    if len(branches) == 1:
        always = b.insert(arith.Constant(bool_attr(True))).result
        return b.insert(scf.If(always, branches[0], _copy(branches[0]), result_types=types)).results
    return _chain(b, as_index(b, op.index), branches, 0, types)


def _copy(region: Region) -> Region:
    new = Region()
    clone_region_into(region, new, IRMapping())
    return new


def _chain(b: Builder, index: Value, branches: Sequence[Region], i: int, types: Sequence[Type]) -> Sequence[Value]:
    rest = branches[i + 1]
    if i + 2 < len(branches):
        block = Block()
        inner = Builder(InsertPoint.at_end(block), b.location)
        inner.insert(scf.Yield(list(_chain(inner, index, branches, i + 1, types))))
        rest = Region(block)
    return b.insert(scf.If(compare(b, "eq", index, i), branches[i], rest, result_types=types)).results


# -- loops ---------------------------------------------------------------------------------------------------------------


def lower_while(op: hlo.While, b: Builder) -> Sequence[Value]:
    kept = _without_invariants(op)
    count = _counter(op, kept)
    if count is not None:
        return _for(op, b, kept, count)
    values = [op.operand[i] for i in kept]
    types = [op.body.entry.arguments[i].type for i in kept]
    inits = [as_type(b, value, type) for value, type in zip(values, types, strict=True)]
    condition, body = op.cond.entry, op.body.entry
    _keep(body, kept)
    _keep_arguments(condition, kept)
    _retype(condition, types, b)
    _decide(condition)
    _end(body, types, scf.Yield)
    made = b.insert(scf.While(inits, taken(op.cond), taken(op.body), result_types=types))
    return _all_results(op, b, kept, made.results)


def _without_invariants(op: hlo.While) -> list[int]:
    """The carried values that change. What the others are is used in their place."""
    condition, body = op.cond.entry, op.body.entry
    last = body.terminator
    kept: list[int] = []
    for i, init in enumerate(op.operand):
        arguments = condition.arguments[i], body.arguments[i]
        same_type = all(value.type is init.type for value in (*arguments, op.results[i]))
        if same_type and last.operands[i] is body.arguments[i]:
            for argument in arguments:
                argument.replace_all_uses_with(init)
        else:
            kept.append(i)
    return kept


def _keep(block: Block, kept: Sequence[int]) -> None:
    """Carry these values only."""
    last = block.terminator
    last.operands = [last.operands[i] for i in kept]
    _keep_arguments(block, kept)


def _keep_arguments(block: Block, kept: Sequence[int]) -> None:
    for i in reversed(range(len(block.arguments))):
        if i not in kept:
            block.erase_argument(i)


def _retype(block: Block, types: Sequence[Type], b: Builder) -> None:
    inner = Builder(InsertPoint.at_start(block), b.location)
    for argument, type in zip(block.arguments, types, strict=True):
        stated = argument.type
        if stated is type:
            continue
        users = list(argument.users)
        argument.type = type
        seen = as_type(inner, argument, stated)
        for user in users:
            user.operands = [seen if operand is argument else operand for operand in user.operands]


def _decide(block: Block) -> None:
    last = block.terminator
    (decided,) = last.operands
    location = last.location
    last.erase()
    b = Builder(InsertPoint.at_end(block), location)
    b.insert(scf.Condition(_truth(b, decided), list(block.arguments)))


def _all_results(op: hlo.While, b: Builder, kept: Sequence[int], results: Sequence[Value]) -> list[Value]:
    """The results of all carried values, of which those that do not change are what they were."""
    found = list(op.operand)
    for i, value in zip(kept, results, strict=True):
        found[i] = as_type(b, value, op.results[i].type)
    return found


@dataclass(frozen=True, slots=True)
class Counter:
    """The carried value that grows by one in each turn, and what it stays below."""

    index: int
    limit: Value


def _counter(op: hlo.While, kept: Sequence[int]) -> Counter | None:
    """The counter of a loop that goes on as long as it is less than a value that does not change."""
    condition, body = op.cond.entry, op.body.entry
    (decided,) = condition.terminator.operands
    test = decided.defining_op
    if not isinstance(test, hlo.Compare):
        return None
    direction = test.comparison_direction.value
    if direction not in ("LT", "GT"):
        return None
    counter, limit = (test.lhs, test.rhs) if direction == "LT" else (test.rhs, test.lhs)
    places = [i for i in kept if condition.arguments[i] is counter]
    if not places or not _is_outside(limit, condition):
        return None
    (i,) = places
    element = typed(counter).element_type
    if typed(counter).rank or not isinstance(element, IntegerType) or element is i1 or element.signedness == "unsigned":
        return None
    step = body.terminator.operands[i].defining_op
    if not isinstance(step, hlo.Add) or step.parent is not body:
        return None
    argument = body.arguments[i]
    operands = list(step.operands)
    if argument not in operands or op.operand[i].type is not argument.type:
        return None
    other = operands[1 - operands.index(argument)]
    return Counter(i, limit) if number_of(other) == 1 else None


def _is_outside(value: Value, block: Block) -> bool:
    """Whether a value does not change in the loop whose condition is `block`: a constant may stand in it."""
    return value.parent_block is not block or number_of(value) is not None


def _for(op: hlo.While, b: Builder, kept: Sequence[int], count: Counter) -> Sequence[Value]:
    start, limit = op.operand[count.index], count.limit
    made = limit.defining_op
    if made is not None and made.parent is op.cond.entry:
        value = constant_value(limit)
        assert isinstance(value, DenseElementsAttr)
        limit = b.insert(nd.Constant(value)).result
    carried = [i for i in kept if i != count.index]
    body = op.body.entry
    types = [body.arguments[i].type for i in carried]
    inits = [as_type(b, op.operand[i], type) for i, type in zip(carried, types, strict=True)]
    counter = body.arguments[count.index]
    place = body.insert_argument(0, IndexType())
    inner = Builder(InsertPoint.at_start(body), b.location)
    counter.replace_all_uses_with(from_index(inner, place, typed(counter).element_type))
    last = body.terminator
    last.operands = [last.operands[i] for i in carried]
    for i in reversed(range(len(op.operand))):
        if i not in carried:
            body.erase_argument(i + 1)
    _end(body, types, scf.Yield)
    first, last_ = as_index(b, start), as_index(b, limit)
    loop = b.insert(scf.For(first, last_, index_constant(b, 1), inits, taken(op.body)))
    found = _all_results(op, b, carried, loop.results)
    found[count.index] = b.insert(nd.Maximum(start, limit)).result
    return found


def lower_barrier(op: hlo.OptimizationBarrier, b: Builder) -> Sequence[Value]:
    return [as_type(b, value, result.type) for value, result in zip(op.operand, op.results, strict=True)]


LOWERINGS: dict[Any, Lowering] = {
    hlo.Case: lower_case,
    hlo.If: lower_if,
    hlo.OptimizationBarrier: lower_barrier,
    hlo.While: lower_while,
}
