"""Tensors of buffers and buffers of tensors, one after the other; releases of nothing."""

from __future__ import annotations

from irc.dialects import bufferization
from irc.dialects._layouts import strides_of
from irc.ir.types import MemRefType, Type, compatible_shapes
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import memref_cast, says_more


def tensor_of_buffer(op: bufferization.ToTensor, rewriter: Rewriter) -> bool:
    """The tensor of the buffer of a tensor, where nothing can have written to that in between."""
    inner = op.memref.defining_op
    if not isinstance(inner, bufferization.ToMemref) or inner.tensor.type is not op.result.type:
        return False
    if inner.parent is not op.parent or inner.next is not op:
        return False
    rewriter.replace(op, [inner.tensor])
    return True


def buffer_of_tensor(op: bufferization.ToMemref, rewriter: Rewriter) -> bool:
    """The buffer of the tensor of a buffer is that buffer, perhaps under another type."""
    inner = op.tensor.defining_op
    if not isinstance(inner, bufferization.ToTensor):
        return False
    source, type = inner.memref.type, op.memref.type
    if source is not type and not _only_forgets(source, type):
        return False
    rewriter.replace(op, [memref_cast(inner.memref, type, rewriter)])
    return True


def free_nothing(op: bufferization.Dealloc, rewriter: Rewriter) -> bool:
    """Nothing is released."""
    if op.memrefs or op.results:
        return False
    rewriter.erase(op)
    return True


def _only_forgets(source: Type, type: Type) -> bool:
    """Whether a buffer has the other type without a copy: its layout is one that the type leaves open."""
    if not isinstance(source, MemRefType) or not isinstance(type, MemRefType):
        return False
    if source.shape != type.shape or source.memory_space is not type.memory_space:
        return False
    (strides, offset), (others, other) = strides_of(source), strides_of(type)
    return says_more((*strides, offset), (*others, other)) and compatible_shapes((*strides, offset), (*others, other))


BUFFER_TENSORS: Patterns = {
    bufferization.ToTensor: [tensor_of_buffer],
    bufferization.Dealloc: [free_nothing],
    bufferization.ToMemref: [buffer_of_tensor],
}
