"""Moving the ops of a region out of it."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.operation import Operation
from irc.ir.value import Value


def move_ops(block: Block, values: Sequence[Value], b: Builder) -> Operation:
    """Move the ops of a block to the insertion point, with `values` for its arguments; the terminator, which stays."""
    for argument, value in zip(block.arguments, values, strict=True):
        argument.replace_all_uses_with(value)
    terminator = block.terminator
    for op in list(block):
        if op is not terminator:
            block.remove(op)
            b.insert(op)
    return terminator
