"""Structured ops that only hand on what they are given."""

from __future__ import annotations

from irc.dialects import linalg
from irc.dialects.linalg_interface import LinalgOp
from irc.ir.types import MemRefType, TensorType
from irc.ir.value import BlockArgument, Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import tensor_cast


def copies_nothing(op: linalg.Generic, rewriter: Rewriter) -> bool:
    """A body that yields its arguments, each at the place it was read from."""
    block = op.body
    ending = block.terminator
    if ending is not block.first or len(set(op.maps)) != 1 or not op.maps[0].is_permutation:
        return False
    if not op.results:
        # Only a buffer that is copied to itself stays as it is.
        value = ending.operands[0] if len(ending.operands) == 1 else None
        itself = isinstance(value, BlockArgument) and value.owner is block and op.operands[value.index] is op.outputs[0]
        if not itself or not isinstance(op.outputs[0].type, MemRefType):
            return False
        rewriter.erase(op)
        return True
    values: list[Value] = []
    for result, yielded in zip(op.results, ending.operands, strict=True):
        if not isinstance(yielded, BlockArgument) or yielded.owner is not block:
            return False
        value = op.operands[yielded.index]
        if not isinstance(value.type, TensorType) or not isinstance(result.type, TensorType):
            return False
        if value.type is not result.type and value.type.encoding is not result.type.encoding:
            return False
        values.append(value)
    cast = [tensor_cast(value, old.type, rewriter) for value, old in zip(values, op.results, strict=True)]
    rewriter.replace(op, cast)
    return True


def touches_nothing(op: LinalgOp, rewriter: Rewriter) -> bool:
    """An op on buffers without elements."""
    if op.results or not any(isinstance(value.type, MemRefType) and 0 in value.type.shape for value in op.operands):
        return False
    rewriter.erase(op)
    return True


LINALG_COPIES: Patterns = {linalg.Generic: [copies_nothing], LinalgOp: [touches_nothing]}
