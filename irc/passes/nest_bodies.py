"""The bodies of structured ops, put together into one: what the fusing passes share."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, linalg
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr
from irc.ir.attributes import i64_attr, index_attr
from irc.ir.block import Block
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.value import Value


def move_body(op: linalg.LinalgOp, block: Block, elements: Sequence[Value], loops: Sequence[AffineExpr]) -> list[Value]:
    """Move the body of `op`, which is about to go, to the end of `block`: what it yields there.

    `elements` stand for its arguments, and `loops` for its loops, where it asks for a position in them.
    """
    body = op.body
    for argument, element in zip(body.arguments, elements, strict=False):
        argument.replace_all_uses_with(element)
    for inner in list(body):
        if inner is body.last:
            break
        body.remove(inner)
        position = _position(inner, loops)
        block.append(position if position is not None else inner)
        if position is not None:
            inner.replace_all_uses_with(position.results)
            inner.drop_uses_and_erase()
    return list(body.terminator.operands)


def copy_body(op: linalg.LinalgOp, block: Block, elements: Sequence[Value], loops: Sequence[AffineExpr]) -> list[Value]:
    """As `move_body`, but `op` keeps its body."""
    mapping = IRMapping(dict(zip(op.body.arguments, elements, strict=False)))
    for inner in op.body:
        if inner is op.body.last:
            break
        position = _position(inner, loops)
        if position is not None:
            mapping[inner.results[0]] = position.results[0]
        block.append(position if position is not None else clone(inner, mapping))
    return [mapping[value] for value in op.body.terminator.operands]


def _position(op: Operation, loops: Sequence[AffineExpr]) -> Operation | None:
    """What gives the position that `op` asks for, where that is not what `op` says already."""
    if not isinstance(op, linalg.Index):
        return None
    expr = loops[op.dim.value]
    if isinstance(expr, AffineConstant):
        return arith.Constant(index_attr(expr.value), location=op.location)
    assert isinstance(expr, AffineDim)
    return linalg.Index(i64_attr(expr.position), location=op.location) if expr.position != op.dim.value else None
