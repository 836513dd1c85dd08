"""How `bufferization` is executed: a tensor is a value, so what crosses to a buffer or from one is copied."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import bufferization
from irc.interpreter.buffers import base_of, free, live
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.slices import checked
from irc.interpreter.values import sizes_of, unspecified
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, ShapedType, TensorType


@interpret(bufferization.AllocTensor)
def allocate(frame: Frame, op: bufferization.AllocTensor, *operands: Any) -> Any:
    if op.copy is not None:
        return frame.values[op.copy]
    type = op.result.type
    assert isinstance(type, TensorType)
    return unspecified(sizes_of(type.shape, operands[: len(op.dynamic_sizes)]), type.element_type)


@interpret(bufferization.Clone)
def clone(frame: Frame, op: bufferization.Clone, source: Any) -> Any:
    copy = live(frame, op, source).copy()
    return checked(op, copy, op.output.type) if isinstance(op.output.type, ShapedType) else copy


@interpret(bufferization.ToTensor)
def to_tensor(frame: Frame, op: bufferization.ToTensor, buffer: Any) -> Any:
    return live(frame, op, buffer).copy()


@interpret(bufferization.ToMemref)
def to_memref(frame: Frame, op: bufferization.ToMemref, tensor: Any) -> Any:
    return tensor.copy()


@interpret(bufferization.MaterializeInDestination)
def materialize(frame: Frame, op: bufferization.MaterializeInDestination, source: Any, dest: Any) -> Any:
    if source.shape != dest.shape:
        fail(op, f"puts an array of shape {source.shape} in one of shape {dest.shape}")
    if not isinstance(op.dest.type, MemRefType):
        return source
    live(frame, op, dest)[...] = source
    return None


@interpret(bufferization.DeallocTensor)
def deallocate_tensor(frame: Frame, op: Operation, tensor: Any) -> None:
    """No other value shares memory with a tensor."""


@interpret(bufferization.Dealloc)
def deallocate(frame: Frame, op: bufferization.Dealloc, *operands: Any) -> Any:
    """A buffer is freed once, where a condition of one of its aliases holds and no retained buffer is an alias; a
    retained one is owned where a condition of one of its aliases holds."""
    values = frame.values
    owned = {
        id(base_of(values[view])): live(frame, op, values[view])
        for view, condition in zip(op.memrefs, op.conditions, strict=True)
        if values[condition]
    }
    retained = [id(base_of(values[view])) for view in op.retained]
    for base, view in owned.items():
        if base not in retained:
            free(frame, view)
    results = tuple(np.bool_(base in owned) for base in retained)
    return results[0] if len(results) == 1 else results
