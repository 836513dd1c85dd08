"""What two operations have in common that print as the same text."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from irc.ir.block import Block
from irc.ir.operation import Operation, UnregisteredOp


def structure_of(op: Operation) -> Hashable:
    """A key that is the same for operations that are, with everything inside them and the locations of it.

    It is found many times faster than text is written.
    """
    parts: list[Any] = []
    _add(op, parts, {}, {})
    return tuple(parts)


def _add(op: Operation, parts: list[Any], values: dict[Any, int], blocks: dict[Block, int]) -> None:
    """Append what makes up an operation. Values and blocks are numbered in the order in which they are met."""
    number = values.setdefault
    parts += (
        op.__class__,
        op.location,
        op.properties,
        tuple(op.attributes.items()) if op.attributes else None,
        tuple([number(value, len(values)) for value in op.operands]),
        tuple([result.type for result in op.results]),
    )
    for result in op.results:
        number(result, len(values))
    if isinstance(op, UnregisteredOp):
        parts += op.name, tuple(op.property_names)
    if op.successors:
        parts.append(tuple([blocks.setdefault(block, len(blocks)) for block in op.successors]))
    for region in op.regions:
        parts.append("region")
        for block in region:
            parts += "block", blocks.setdefault(block, len(blocks))
            for argument in block.arguments:
                parts += argument.type, argument.location
                number(argument, len(values))
            for inner in block:
                _add(inner, parts, values, blocks)
        parts.append("end")
