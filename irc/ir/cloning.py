"""Copies of operations and regions under a mapping of values and blocks."""

from __future__ import annotations

from irc.ir.block import Block
from irc.ir.operation import Operation, OpT, UnregisteredOp
from irc.ir.region import Region
from irc.ir.value import Value


class IRMapping:
    """From the values and blocks of an original to those of its copy; anything not in it maps to itself."""

    __slots__ = ("blocks", "values")

    def __init__(self, values: dict[Value, Value] | None = None) -> None:
        self.values: dict[Value, Value] = values if values is not None else {}
        self.blocks: dict[Block, Block] = {}

    def __getitem__(self, value: Value) -> Value:
        return self.values.get(value, value)

    def __setitem__(self, value: Value, new: Value) -> None:
        self.values[value] = new


def clone(op: OpT, mapping: IRMapping | None = None) -> OpT:
    """A detached copy of `op` with everything inside it; operands are mapped, results recorded in `mapping`."""
    mapping = mapping if mapping is not None else IRMapping()
    copy = clone_without_regions(op, mapping)
    _clone_regions(op, copy, mapping)
    return copy


def clone_without_regions(op: OpT, mapping: IRMapping) -> OpT:
    """As `clone`, but the copy has no regions: the caller fills them."""
    copy = type(op).create(
        operands=[mapping[operand] for operand in op.operands],
        result_types=[result.type for result in op.results],
        properties=op.properties,
        attributes=op.attributes,
        successors=[mapping.blocks.get(block, block) for block in op.successors],
        location=op.location,
    )
    if isinstance(op, UnregisteredOp) and isinstance(copy, UnregisteredOp):
        copy.name, copy.property_names = op.name, op.property_names
    mapping.values.update(zip(op.results, copy.results, strict=True))
    return copy


def clone_region_into(region: Region, target: Region, mapping: IRMapping) -> None:
    """Append copies of the blocks of `region` to `target`."""
    for block in region:
        new = Block()
        for argument in block.arguments:
            new.add_argument(argument.type, argument.location)
        mapping.blocks[block] = new
        mapping.values.update(zip(block.arguments, new.arguments, strict=True))
        target.append(new)
    copies: list[tuple[Operation, Operation]] = []
    for block in region:
        new = mapping.blocks[block]
        for op in block:
            copy = clone_without_regions(op, mapping)
            copies.append((op, copy))
            new.append(copy)
    # In a graph of blocks a use may stand before its definition: map once more when all are known, then look inside.
    for op, copy in copies:
        if any(copied is not mapping[operand] for operand, copied in zip(op.operands, copy.operands, strict=True)):
            copy.operands = [mapping[operand] for operand in op.operands]
        if op.regions:
            _clone_regions(op, copy, mapping)


def _clone_regions(op: Operation, copy: Operation, mapping: IRMapping) -> None:
    copy.regions = tuple(Region() for _ in op.regions)
    for region, new in zip(op.regions, copy.regions, strict=True):
        new.parent = copy
        clone_region_into(region, new, mapping)
