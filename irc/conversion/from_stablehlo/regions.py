"""Regions that combine single elements: those of `nd` stand for themselves, so what they use from outside is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irc.conversion.from_stablehlo.values import cast_to, element_of, filled, typed, unsupported
from irc.dialects import nd
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import clone
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import ConstantLike
from irc.ir.types import TensorType, Type
from irc.ir.value import Value


def captured(region: Region) -> list[Value]:
    """The values from outside that a region uses. Constants are copied into it instead."""
    block = region.entry
    found: dict[Value, None] = {}
    for op in list(block):
        if op.regions:
            raise unsupported(op, "cannot stand in a region that combines elements")
        for operand in op.operands:
            if operand.parent_block is not block:
                found[operand] = None
    for value in list(found):
        made = value.defining_op
        if made is not None and ConstantLike in made.traits:
            copy = clone(made)
            block.insert_before(copy, block.first)
            _replace_inside(block, value, copy.results[0])
            del found[value]
        elif typed(value).rank:
            raise unsupported(
                block.parent_op or block.terminator, "uses a tensor with dimensions from outside its region"
            )
    return list(found)


def _replace_inside(block: Block, old: Value, new: Value) -> None:
    for op in list(block):
        for i, operand in enumerate(op.operands):
            if operand is old:
                op.set_operand(i, new)


@dataclass(slots=True)
class Combined:
    """Operands of a combiner in the types that it computes in, with what it uses from outside as further ones."""

    inputs: list[Value]
    inits: list[Value]
    region: Region


def accumulating(b: Builder, region: Region, inputs: Sequence[Value], inits: Sequence[Value]) -> Combined:
    """A reduction's region that takes `(so far…, element…)`, made one of `nd`."""
    outside = captured(region)
    block = region.entry
    count = len(inputs)
    elements = [element_of(value) for value in block.terminator.operands]
    _with_types(b, block, [*elements, *elements])
    wide = [cast_to(b, value, element) for value, element in zip(inputs, elements, strict=True)]
    starts = [cast_to(b, value, element) for value, element in zip(inits, elements, strict=True)]
    for i, value in enumerate(outside):
        wide.append(filled(b, value, inputs[0]))
        starts.append(value)
        so_far = block.insert_argument(count + i, value.type)
        block.add_argument(value.type)
        _replace_inside(block, value, so_far)
    ends = [*block.terminator.operands, *(block.arguments[count + i] for i in range(len(outside)))]
    yield_instead(block, ends)
    return Combined(wide, starts, region)


def _with_types(b: Builder, block: Block, elements: Sequence[Type]) -> None:
    """Give the arguments of a block these types of elements; where it expects others, they are converted."""
    inner = Builder(InsertPoint.at_start(block), b.location)
    for argument, element in zip(block.arguments, elements, strict=True):
        stated = typed(argument)
        if stated.element_type is element:
            continue
        users = list(argument.users)
        argument.type = TensorType((), element)
        converted = inner.insert(nd.Cast(argument, result_types=[stated])).result
        for user in users:
            user.operands = [converted if operand is argument else operand for operand in user.operands]


def yield_instead(block: Block, values: Sequence[Value]) -> None:
    """End a block with `nd.yield` of the values."""
    last: Operation = block.terminator
    location = last.location
    last.erase()
    block.append(nd.Yield(list(values), location=location))


def taken(region: Region) -> Region:
    """The blocks of a region as a region of another op."""
    new = Region()
    new.take_blocks(region)
    return new
