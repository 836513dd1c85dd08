"""Exports that are written with functions of arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.conversion.from_stablehlo.traced import traced
from irc.conversion.to_stablehlo.values import Export
from irc.dialects import nd
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.value import Value


def composed(to: Export, function: Callable[..., Any], operands: Sequence[Value]) -> list[Value]:
    """The results of a function of arrays, whose ops are exported in turn."""
    block = Block([value.type for value in operands])
    values = traced(Builder(InsertPoint.at_end(block), to.b.location), function, block.arguments)
    block.append(nd.Yield(values))
    return to.block(block, operands)
