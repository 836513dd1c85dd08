"""Buffers and views of known sizes have them in their types; a cast gives users the type they know."""

from __future__ import annotations

from irc.dialects import memref
from irc.ir.types import MemRefType
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._sizes import known_sizes, replace_by_known, slice_known


def allocate_known(op: memref.Alloc | memref.Alloca, rewriter: Rewriter) -> bool:
    """A buffer whose size is known has it in its type."""
    type = op.memref.type
    assert isinstance(type, MemRefType)
    known = known_sizes(type.shape, op.dynamic_sizes)
    if known is None:
        return False
    shape, sizes = known
    static = MemRefType(shape, type.element_type, type.layout, type.memory_space)
    cls = memref.Alloc if isinstance(op, memref.Alloc) else memref.Alloca
    new = cls(sizes, op.symbol_operands, op.alignment, result_types=[static], attributes=op.attributes)
    return replace_by_known(op, rewriter.insert(new), rewriter)


def view_known(op: memref.View, rewriter: Rewriter) -> bool:
    """A view of known sizes has them in its type."""
    type = op.result.type
    assert isinstance(type, MemRefType)
    known = known_sizes(type.shape, op.sizes)
    if known is None:
        return False
    shape, sizes = known
    static = MemRefType(shape, type.element_type, None, type.memory_space)
    new = memref.View(op.source, op.byte_shift, sizes, result_types=[static], attributes=op.attributes)
    return replace_by_known(op, rewriter.insert(new), rewriter)


MEMREF_SIZES: Patterns = {
    memref.Alloc: [allocate_known],
    memref.Alloca: [allocate_known],
    memref.SubView: [slice_known],
    memref.View: [view_known],
}
