"""Casts of memrefs: memory is accessed in the same way under any type."""

from __future__ import annotations

from irc.dialects import memref
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import access_uncast, known_better, memref_cast, source_uncast, uncast
from irc.rules._sizes import dropped_by, without


def copy_uncast(op: memref.Copy, rewriter: Rewriter) -> bool:
    """A copy of what was cast; one of a buffer to itself is none."""
    if op.source is op.target:
        rewriter.erase(op)
        return True
    operands = [uncast(operand) for operand in op.operands]
    if all(new is old for new, old in zip(operands, op.operands, strict=True)):
        return False
    rewriter.set_operands(op, operands)
    return True


def memref_cast_once(op: memref.Cast, rewriter: Rewriter) -> bool:
    """A cast of a cast is one."""
    source = uncast(op.source)
    if source is op.source:
        return False
    if source.type is op.dest.type:
        rewriter.replace(op, [source])
    else:
        rewriter.set_operands(op, [source])
    return True


def subview_of_cast(op: memref.SubView, rewriter: Rewriter) -> bool:
    """A part of a cast buffer is the part of the buffer, under the type that follows."""
    source, dropped = known_better(op.source), dropped_by(op)
    if source is op.source or dropped is None:
        return False
    types = [result.type for result in op.results]
    new: memref.SubView = memref.SubView.create([source, *op.operands[1:]], types, op.properties, op.attributes)
    new.results[0].type = without(new.infer()[0], dropped)
    rewriter.insert(new)
    rewriter.replace(op, [memref_cast(new.result, types[0], rewriter)])
    return True


_ACCESSES = (
    memref.Load, memref.Store, memref.Dealloc, memref.Prefetch, memref.AtomicRMW, memref.GenericAtomicRMW,
    memref.AssumeAlignment, memref.ExtractAlignedPointerAsIndex,
)  # fmt: skip

MEMREF_CASTS: Patterns = {
    **{cls: [access_uncast] for cls in _ACCESSES},
    memref.Copy: [copy_uncast],
    memref.Cast: [memref_cast_once],
    memref.Dim: [source_uncast],
    memref.SubView: [subview_of_cast],
    memref.View: [source_uncast],
}
