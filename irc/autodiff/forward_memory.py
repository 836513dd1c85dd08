"""Tangents in memory: every buffer of floats has a shadow of its type, where the tangents of its elements stand.

What is done to a buffer is done to its shadow. So views alias as theirs do, and nothing has to be known about aliasing. A
buffer whose tangents nobody gives, as an argument that is not differentiated, gets a shadow of zeros.
"""

from __future__ import annotations

from irc.autodiff.activity import is_differentiable
from irc.autodiff.forward import TANGENTS, Forward
from irc.autodiff.frames import copied
from irc.autodiff.shadows import check_constant, sizes_of_buffer, zeros
from irc.dialects import linalg, memref, vector
from irc.ir.operation import Operation
from irc.ir.types import MemRefType
from irc.ir.value import Value


def zero_shadow(forward: Forward, buffer: Value) -> Value:
    """A buffer of zeros of the sizes of `buffer`, which is one of this function's."""
    type, b = buffer.type, forward.builder
    assert isinstance(type, MemRefType)
    return zeros(b, type, sizes_of_buffer(b, buffer))


def _on_shadow(forward: Forward, op: Operation, buffers: int = 1) -> Operation:
    """A copy of `op` with the shadows of its first operands."""
    copy = copied(op, forward.mapping)
    shadows = [forward.tangent_or_zero(value) for value in op.operands[:buffers]]
    copy.operands = [*shadows, *copy.operands[buffers:]]
    copy.location = forward.builder.location
    return copy


def _derived(forward: Forward, op: Operation, buffers: int) -> None:
    """The operation, and another one on shadows, whose results are the shadows or tangents of its results."""
    carries = [result for result in op.results if is_differentiable(result.type)]
    if op.results and not carries:
        forward.plain(op)
        return
    shadow = _on_shadow(forward, op, buffers)
    forward.builder.insert(copied(op, forward.mapping))
    forward.builder.insert(shadow)
    for result, tangent in zip(op.results, shadow.results, strict=True):
        if result in carries:
            forward.set_tangent(result, tangent)


def _allocated(forward: Forward, op: memref.Alloc | memref.Alloca) -> None:
    _derived(forward, op, 0)


def _view(forward: Forward, op: Operation) -> None:
    _derived(forward, op, 1)


def _dealloc(forward: Forward, op: memref.Dealloc) -> None:
    if is_differentiable(op.operands[0].type):
        forward.builder.insert(_on_shadow(forward, op))
    forward.builder.insert(copied(op, forward.mapping))


def _written(forward: Forward, op: Operation) -> None:
    """What writes values or elements of buffers to a buffer writes their tangents to its shadow."""
    if op.results:
        forward.plain(op)  # of tensors
        return
    forward.builder.insert(copied(op, forward.mapping))
    if any(isinstance(value.type, MemRefType) and is_differentiable(value.type) for value in op.operands):
        copy = copied(op, forward.mapping)
        copy.operands = [
            forward.tangent_or_zero(value) if is_differentiable(value.type) else forward.mapping[value]
            for value in op.operands
        ]
        copy.location = forward.builder.location
        forward.builder.insert(copy)


def _global(forward: Forward, op: memref.GetGlobal) -> None:
    forward.builder.insert(copied(op, forward.mapping))
    if not is_differentiable(op.result.type):
        return
    check_constant(op, forward.symbols)
    forward.set_tangent(op.result, zero_shadow(forward, forward.mapping[op.result]))


TANGENTS[memref.Alloc] = _allocated
TANGENTS[memref.Alloca] = _allocated
for _class in (
    memref.Load, vector.Load, memref.SubView, memref.Cast, memref.MemorySpaceCast, memref.ReinterpretCast, memref.Transpose,
    memref.ExpandShape, memref.CollapseShape, memref.Reshape, memref.Realloc,
):  # fmt: skip
    TANGENTS[_class] = _view
for _writing in (memref.Store, vector.Store, memref.Copy, linalg.Fill, linalg.Copy, linalg.Add):
    TANGENTS[_writing] = _written
TANGENTS[memref.Dealloc] = _dealloc
TANGENTS[memref.GetGlobal] = _global
