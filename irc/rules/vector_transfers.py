"""Transfers between vectors and buffers or tensors that are known to stay in bounds, and those of what was cast."""

from __future__ import annotations

from irc.dialects import vector
from irc.dialects._slices import constant_index
from irc.dialects.vector_memory import shaped_type, vector_type
from irc.ir.affine import AffineDim
from irc.ir.attributes import ArrayAttr, bool_attr
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import known_better, tensor_cast, uncast

Transfer = vector.TransferRead | vector.TransferWrite


def transfer_in_bounds(op: Transfer, rewriter: Rewriter) -> bool:
    """A dimension whose first position is known to leave room for the vector is in bounds."""
    source, found = shaped_type(op.source), vector_type(op.vector)
    bounds = list(op.bounds)
    for i, (expr, inside) in enumerate(zip(op.map.results, bounds, strict=True)):
        if inside or not isinstance(expr, AffineDim) or found.scalable[i]:
            continue
        first, size = constant_index(op.indices[expr.position]), source.shape[expr.position]
        length = found.shape[i]
        bounds[i] = first is not None and size is not None and length is not None and 0 <= first <= size - length
    if tuple(bounds) == op.bounds:
        return False
    op.in_bounds = ArrayAttr(tuple(bool_attr(inside) for inside in bounds))
    return True


def transfer_uncast(op: Transfer, rewriter: Rewriter) -> bool:
    """The transfer from or to what was cast, where bounds that are checked stay the same."""
    source = uncast(op.source)
    if source is op.source:
        source = known_better(op.source)
    if source is op.source:
        return False
    operands = [source if operand is op.source else operand for operand in op.operands]
    if op.results and isinstance(op, vector.TransferWrite):
        new = rewriter.rebuild(op, operands, [source.type])
        rewriter.replace(op, [tensor_cast(new.results[0], op.results[0].type, rewriter)])
    else:
        rewriter.set_operands(op, operands)
    return True


def write_unchanged(op: vector.TransferWrite, rewriter: Rewriter) -> bool:
    """A tensor into which just that is written which stands there."""
    read = op.vector.defining_op
    if not isinstance(read, vector.TransferRead) or read.source is not op.source or not op.results:
        return False
    if read.mask is not None or op.mask is not None or read.map is not op.map:
        return False
    if any(a is not b for a, b in zip(read.indices, op.indices, strict=True)):
        return False
    rewriter.replace(op, [op.source])
    return True


VECTOR_TRANSFERS: Patterns = {
    vector.TransferRead: [transfer_in_bounds, transfer_uncast],
    vector.TransferWrite: [transfer_in_bounds, transfer_uncast, write_unchanged],
}
