"""The adjoints of `scf.if` and `scf.index_switch`: a choice by the same value, whose arms are the adjoints of the arms.

What the adjoint of an arm needs of the values inside, the forward operation yields; the other arms then yield something
that nobody looks at. Arms share these results where the types are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, full
from irc.autodiff.frames import Deferred, Frame, append_operands, derived
from irc.autodiff.reach import reach
from irc.autodiff.reverse import BACKWARD, Sweep, captured
from irc.dialects import ad, nd, scf
from irc.dialects._amounts import index_constant
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import TensorType, Type
from irc.ir.value import Value


class Exports:
    """The results that a choice was given to hold values of its arms: for each the value of each arm."""

    __slots__ = ("_taken", "op")

    def __init__(self, op: scf.If | scf.IndexSwitch | ad.Checkpoint) -> None:
        self.op = op
        for region in op.regions:
            if region.is_empty:
                region.append(_nothing(op))
        self._taken: list[tuple[Value, dict[Block, Value]]] = []

    def result(self, block: Block, value: Value) -> Value:
        """The result that holds `value` of the arm `block`."""
        for result, taken in self._taken:
            if taken.get(block) is value:
                return result
        for result, taken in self._taken:
            if result.type is value.type and block not in taken:
                terminator = block.terminator
                terminator.set_operand(result.index, value)
                taken[block] = value
                return result
        (result,) = self.op.add_results([value.type])
        for region in self.op.regions:
            b = Builder(InsertPoint.before(region.block.terminator), derived(self.op.location))
            append_operands(region.block.terminator, [value if region.block is block else _anything(b, value.type)])
        self._taken.append((result, {block: value}))
        return result


def _nothing(op: Operation) -> Block:
    """The block of an arm that does nothing."""
    block = Block()
    Builder(InsertPoint.at_end(block), op.location).insert(scf.Yield([]))
    return block


def _anything(b: Builder, type: Type) -> Value:
    """A value that is never looked at."""
    if not isinstance(type, TensorType):
        return full(b, type, 0, list)
    dims = [index_constant(b, 0)] * type.num_dynamic_dims
    return b.insert(nd.Allocate(dims, result_types=[type])).result


class _Arm(Deferred):
    """The frame of the adjoint of an arm."""

    __slots__ = ("exports",)

    parent: Frame

    def __init__(self, builder: Builder, parent: Frame, exports: Exports, block: Block) -> None:
        super().__init__(builder, parent, block)
        self.exports = exports

    def save(self, values: Sequence[Value]) -> list[Value]:
        return [self.parent.fetch(self.exports.result(self.block, value)) for value in values]


def backward(sweep: Sweep, op: Any) -> None:
    """Give what the arms use from outside its cotangents."""
    cts = [None if ct is None else ct.value for ct in sweep.cotangents.take_all(op.results)]
    writes = sweep.writes_memory(op)
    if all(ct is None for ct in cts) and not writes:
        return
    activity = sweep.context.activity
    reached: set[Value] = set()
    exports = sweep.context.tape(op, Exports)
    for region in op.regions:
        yielded = region.block.terminator.operands
        reached |= reach(activity, region.block, {v for v, ct in zip(yielded, cts, strict=False) if ct is not None})
    outside = [value for value in captured(op, activity) if value in reached]
    if not outside and not writes:
        return
    chosen = sweep.frame.fetch(op.operands[0])
    arms = [_arm(sweep, region, cts, outside, exports) for region in op.regions]
    types = [value.type for value in outside]
    adjoint = type(op).create([chosen], types, op.properties, regions=arms)
    sweep.builder.insert(adjoint)
    for value, result in zip(outside, adjoint.results, strict=True):
        sweep.cotangents.add(value, Expr.of(sweep.builder, result))


def _arm(
    sweep: Sweep, region: Region, cts: Sequence[Value | None], outside: Sequence[Value], exports: Exports
) -> Region:
    block, source = Block(), region.block
    builder = sweep.builder
    frame = _Arm(builder, sweep.frame, exports, source)
    ops = list(source)[:-1]
    with builder.at(InsertPoint.at_end(block)):
        inner = Sweep(sweep.context, builder, frame)
        for value, ct in zip(source.terminator.operands, cts, strict=False):
            if ct is not None:
                inner.seed([value], [ct])
        inner.backward(ops)
        builder.insert(scf.Yield([inner.cotangent_or_zero(value) for value in outside]))
        frame.resolve(InsertPoint.at_start(block))
    return Region(block)


BACKWARD[scf.If] = backward
BACKWARD[scf.IndexSwitch] = backward
