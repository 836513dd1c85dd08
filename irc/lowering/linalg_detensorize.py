"""Numbers instead of tensors of rank 0 where loops compute them: counters, conditions, step sizes, keys of random numbers.

A tensor becomes memory, which is written and read in every iteration; a number stays in a register. Upstream's pass of this
name does so for what decides about control flow, in graphs of blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from irc.dialects import linalg, scf, tensor
from irc.dialects._scalar_constants import scalar_constant
from irc.ir.attributes import DenseElementsAttr
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import splat_value
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import FloatType, IntegerType, TensorType, Type
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.move_ops import move_ops
from irc.lowering.structured import empty, fill
from irc.passes.base import Pass, PassContext, statistic
from irc.passes.fuse import erase_if_dead
from irc.rewrite.constants import constant_value

LOOPS = scf.For | scf.While
CARRYING = LOOPS | scf.If | scf.IndexSwitch
"""Ops that hand values to their blocks, or from these to what follows."""


class LinalgDetensorize(Pass):
    """Compute with numbers what loops compute with tensors of rank 0, and carry numbers through them and their branches."""

    carried: str = statistic("loops and branches that carry numbers now")
    computed: str = statistic("ops on tensors of rank 0 that became scalar ops")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in [inner for inner in op.walk() if isinstance(inner, CARRYING | linalg.Generic)]:
            if not any(isinstance(outer, LOOPS) for outer in (inner, *inner.ancestors())):
                continue
            if isinstance(inner, CARRYING) and _carry_numbers(inner, self.name):
                context.count(self.carried)
            elif isinstance(inner, linalg.Generic) and _compute_with_numbers(inner, self.name):
                context.count(self.computed)


def _number(type: Type) -> Type | None:
    """The type of the number that a tensor of rank 0 holds; `None` for other types."""
    if not isinstance(type, TensorType) or type.rank or type.encoding is not None:
        return None
    return type.element_type if isinstance(type.element_type, FloatType | IntegerType) else None


def _taken(b: Builder, value: Value) -> Value:
    """The number in a tensor of rank 0."""
    match value.defining_op:
        case tensor.FromElements() as made:
            return made.elements[0]
        case linalg.Fill() as filled:
            return filled.inputs[0]
    constant = constant_value(value)
    if isinstance(constant, DenseElementsAttr):
        number = splat_value(constant)
        if number is not None:
            return b.insert(scalar_constant(number, constant.type.element_type)).results[0]
    return b.insert(tensor.Extract(value)).result


def _put(b: Builder, number: Value) -> Value:
    """A tensor of rank 0 with a number: a fill, of which reductions that add to it need no memory."""
    return fill(b, number, empty(b, TensorType((), number.type)))


def _replace(b: Builder, value: Value, number: Value, point: Callable[[], InsertPoint]) -> None:
    """Use a number instead of the tensor that a value is, which is made from it at `point` where something needs one."""
    for user in list(value.users):
        if isinstance(user, tensor.Extract):
            user.replace_with([number])
    if value.users:
        with b.at(point()):
            value.replace_all_uses_with(_put(b, number))


def _compute_with_numbers(op: linalg.Generic, name: str) -> bool:
    """Put the body of an op without loops where the op is; whether it has none."""
    if op.num_loops or not op.has_tensor_semantics or any(_number(value.type) is None for value in op.operands):
        return False
    b = Builder(InsertPoint.before(op), derived(op.location, name))
    used = zip(op.operands, op.body.arguments, strict=True)
    # What is only written to is not read.
    numbers = [_taken(b, value) if argument.users else value for value, argument in used]
    yielded = move_ops(op.body, numbers, b).operands
    for result, number in zip(op.results, yielded, strict=True):
        _replace(b, result, number, lambda: InsertPoint.before(op))
    erase_if_dead(op)
    return True


def _carry_numbers(op: Operation, name: str) -> bool:
    """Have a loop or a branch carry numbers; whether it carried tensors of rank 0."""
    ends = [end for region in op.regions if region.first is not None for end in [region.first.terminator]]
    carried = [*op.operands, *op.results, *(value for end in ends for value in end.operands)]
    if all(_number(value.type) is None for value in carried):
        return False
    b = Builder(InsertPoint.before(op), derived(op.location, name))
    for end in (op, *ends):
        with b.at(InsertPoint.before(end)):
            end.operands = [value if _number(value.type) is None else _taken(b, value) for value in end.operands]
    for region in op.regions:
        for block in region:
            for argument in block.arguments:
                number = _number(argument.type)
                if number is not None:
                    fresh = block.insert_argument(argument.index, number)
                    _replace(b, argument, fresh, partial(InsertPoint.at_start, block))
                    block.erase_argument(argument.index)
    regions = [Region() for _ in op.regions]
    for region, taken in zip(regions, op.regions, strict=True):
        region.take_blocks(taken)
    types = [_number(result.type) or result.type for result in op.results]
    loop = b.insert(type(op).create(op.operands, types, op.properties, op.attributes, (), regions, op.location))
    for old, value in zip(op.results, loop.results, strict=True):
        if old.type is value.type:
            old.replace_all_uses_with(value)
        else:
            _replace(b, old, value, lambda: InsertPoint.after(loop))
    op.erase()
    return True
