"""The regions of `nd` ops that combine elements: reading, writing and applying them to whole tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.dialects import nd
from irc.dialects.nd_regions import IDENTITIES, steps
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import ConstantLike
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.rewrite.constants import number_of


def element_of(type: Type) -> TensorType:
    """The tensor of rank 0 that stands for one element."""
    assert isinstance(type, TensorType)
    return TensorType((), type.element_type)


def combiner(op: Any, element: TensorType) -> Region:
    """A region that applies an op of two operands to its arguments."""
    block = Block([element, element])
    inner = Builder(InsertPoint.at_end(block))
    inner.insert(nd.Yield([inner.insert(op(*block.arguments)).result]))
    return Region(block)


def overwriting(element: TensorType) -> Region:
    """A combiner that takes the second element."""
    block = Block([element, element])
    Builder(InsertPoint.at_end(block)).insert(nd.Yield([block.arguments[1]]))
    return Region(block)


def single(region: Region) -> Operation | None:
    """The op of a combiner of two arguments that applies it to both and does nothing else."""
    block = region.entry
    last = block.terminator
    first = last.operands[0].defining_op if len(last.operands) == 1 else None
    if first is None or len(list(block)) != 2 or len(block.arguments) != 2:
        return None
    return first if set(first.operands) == set(block.arguments) and len(first.operands) == 2 else None


def overwrites(region: Region) -> bool:
    """Whether a combiner of two arguments takes the second."""
    block = region.entry
    return len(block.arguments) == 2 and block.terminator.operands == (block.arguments[1],)


_NEUTRAL: dict[Any, float] = {
    nd.Add: 0, nd.Multiply: 1, nd.Maximum: float("-inf"), nd.Minimum: float("inf")
}  # fmt: skip


def is_neutral(region: Region, init: Value) -> bool:
    """Whether a combiner of floats is known not to change anything by an initial value."""
    op = single(region)
    return op is not None and type(op) in _NEUTRAL and number_of(init) == _NEUTRAL[type(op)]


def applied(region: Region, arguments: Sequence[Expr]) -> list[Expr]:
    """What a region gives for each element of tensors of one shape."""
    like = arguments[0]
    b, block = like.builder, region.entry
    found: dict[Value, Value] = {
        argument: given.value for argument, given in zip(block.arguments, arguments, strict=True)
    }
    for op in steps(block):
        if isinstance(op, IDENTITIES):
            found[op.results[0]] = found[op.operands[0]]
            continue
        shape = () if ConstantLike in op.traits else like.shape
        types = [TensorType(shape, element_of(result.type).element_type) for result in op.results]
        made = type(op).create(
            [found[x] for x in op.operands], types, op.properties, op.attributes, location=b.location
        )
        value: Value = b.insert(made).results[0]
        if shape != like.shape:
            value = broadcast(Expr.of(b, value), like).value
        found[op.results[0]] = value
    return [Expr.of(b, found[value]) for value in block.terminator.operands]


def broadcast(x: Expr, like: Expr) -> Expr:
    """A tensor of rank 0 everywhere in one of the shape of `like`."""
    if not like.shape:
        return x
    type = TensorType(like.shape, element_of(x.type).element_type)
    return Expr.of(x.builder, x.builder.insert(nd.BroadcastTo(x.value, like.dims, result_types=[type])).result)
