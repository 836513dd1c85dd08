"""Buffers that nobody reads, copies of nothing, and what is known of views from how they were made."""

from __future__ import annotations

from irc.dialects import arith, memref
from irc.dialects._layouts import strides_of
from irc.dialects._slices import constant_index, static_dims
from irc.dialects.memref_views import ranked
from irc.ir.attributes import index_attr
from irc.ir.types import MemRefType
from irc.ir.value import Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import memref_cast


def allocate_unread(op: memref.Alloc | memref.Alloca, rewriter: Rewriter) -> bool:
    """A buffer that is only written to and freed."""
    users = list(op.memref.users)
    for user in users:
        stored = isinstance(user, memref.Store) and user.memref is op.memref and user.value is not op.memref
        if not stored and not isinstance(user, memref.Dealloc):
            return False
    for user in users:
        rewriter.erase(user)
    rewriter.erase(op)
    return True


def copy_nothing(op: memref.Copy, rewriter: Rewriter) -> bool:
    """A copy without elements."""
    types = op.source.type, op.target.type
    if not any(isinstance(type, MemRefType) and 0 in type.shape for type in types):
        return False
    rewriter.erase(op)
    return True


def dim_of_view(op: memref.Dim, rewriter: Rewriter) -> bool:
    """The size of a part is one of those it is taken with."""
    part, at = op.source.defining_op, op.constant_index
    if at is None or not isinstance(part, memref.SubView | memref.View | memref.ReinterpretCast):
        return False
    type = ranked(part.result)
    if not 0 <= at < type.rank or type.shape[at] is not None:
        return False
    if isinstance(part, memref.View):
        size: Value | int = part.sizes[type.shape[:at].count(None)]
    elif static_dims(part.static_sizes) == type.shape:
        size = part.mixed_sizes[at]
    else:
        return False
    if not isinstance(size, Value):
        return False
    rewriter.replace(op, [size])
    return True


def metadata_known(op: memref.ExtractStridedMetadata, rewriter: Rewriter) -> bool:
    """Offset, sizes and strides that the type states."""
    type = ranked(op.source)
    strides, offset = strides_of(type)
    changed = False
    for result, number in zip(op.results[1:], (offset, *type.shape, *strides), strict=True):
        if number is not None and result.users:
            rewriter.replace_value(result, rewriter.insert(arith.Constant(index_attr(number))).result)
            changed = True
    return changed


def reassembled(op: memref.ReinterpretCast, rewriter: Rewriter) -> bool:
    """A view that is taken to pieces and put together again from just these."""
    pieces = op.source.defining_op
    if not isinstance(pieces, memref.ExtractStridedMetadata) or op.source is not pieces.results[0]:
        return False
    type = ranked(pieces.source)
    strides, offset = strides_of(type)
    given = (*op.mixed_offsets, *op.mixed_sizes, *op.mixed_strides)
    wanted = (offset, *type.shape, *strides)
    if len(given) != len(wanted):
        return False
    for entry, known, result in zip(given, wanted, pieces.results[1:], strict=True):
        if entry is not result and (known is None or constant_index(entry) != known):
            return False
    rewriter.replace(op, [memref_cast(pieces.source, op.result.type, rewriter)])
    return True


def view_of_view(op: memref.ReinterpretCast, rewriter: Rewriter) -> bool:
    """What is given anew does not depend on the view that it is taken of."""
    inner = op.source.defining_op
    if not isinstance(inner, memref.Cast | memref.ReinterpretCast | memref.SubView):
        return False
    if isinstance(inner, memref.SubView) and any(constant_index(offset) != 0 for offset in inner.mixed_offsets):
        return False
    rewriter.set_operands(op, [inner.source, *op.operands[1:]])
    return True


MEMREF_BUFFERS: Patterns = {
    memref.Alloc: [allocate_unread],
    memref.Alloca: [allocate_unread],
    memref.Copy: [copy_nothing],
    memref.Dim: [dim_of_view],
    memref.ExtractStridedMetadata: [metadata_known],
    memref.ReinterpretCast: [reassembled, view_of_view],
}
