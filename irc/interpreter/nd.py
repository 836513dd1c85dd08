"""The rules of `nd`: those of `irc.dialects.nd_numpy`, and ops whose result has sizes or positions given at run time.

A destination has no effect here: its storage is dead afterwards, so a new array serves as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects.nd_base import integers, tensor_type
from irc.dialects.nd_numpy import BINARY, FIXED_SHAPE, REDUCTIONS, UNARY, Array, cast, function_of, pad, slices
from irc.interpreter import (
    nd_combining,
    nd_convolution,
    nd_custom_call,
    nd_indexing,
    nd_ordering,
    nd_random,
    nd_regions,
    nd_windows,
)
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.nd_results import checked
from irc.interpreter.values import sizes_of, unspecified
from irc.ir.dense import check_rank, to_numpy
from irc.ir.operation import Operation
from irc.ir.traits import Elementwise
from irc.ir.types import FloatType

RULES = [nd_combining, nd_convolution, nd_custom_call, nd_indexing, nd_ordering, nd_random, nd_regions, nd_windows]
"""The modules whose rules are registered when they are loaded."""


def _computed(cls: type[Operation]) -> None:
    """Register the rule of an op class that `nd_numpy` computes."""
    function = function_of(cls)
    assert function is not None

    def rule(frame: Frame, op: Any, *operands: Any) -> Array:
        inputs = operands[: len(operands) - len(op.destinations)]
        if not _agree(op, inputs):
            fail(op, f"the sizes of the operands do not agree: {' and '.join(str(x.shape) for x in inputs)}")
        return checked(op, function(op, *inputs))

    interpret(cls)(rule)


def _agree(op: Operation, inputs: Sequence[Array]) -> bool:
    """Whether the sizes of the operands fit together; NumPy would broadcast in more places than `nd` does."""
    shapes = [x.shape for x in inputs]
    if isinstance(op, nd.Concat):
        axis = op.axis.value
        return len({(*shape[:axis], *shape[axis + 1 :]) for shape in shapes}) == 1
    if isinstance(op, nd.MatMul):
        a, b = shapes
        # An axis is repeated where its type says that it has size 1.
        stated = zip(tensor_type(op.lhs).shape[-3::-1], tensor_type(op.rhs).shape[-3::-1], strict=False)
        batches = zip(a[-3::-1], b[-3::-1], stated, strict=False)
        return a[-1] == b[-2:][0] and all(m == n or 1 in known for m, n, known in batches)
    return Elementwise not in op.traits or len(set(shapes)) == 1


for _cls in (*UNARY, *BINARY, *REDUCTIONS, *FIXED_SHAPE):
    if _cls not in (nd.Slice, nd.Pad, nd.Bitcast):
        _computed(_cls)


def _sizes(op: Operation, dims: Sequence[Any]) -> tuple[int, ...]:
    """The sizes of the result, of which `dims` are those that its type does not state."""
    type = tensor_type(op.results[0])
    check_rank(type)
    sizes = sizes_of(type.shape, dims)
    if any(size < 0 for size in sizes):
        fail(op, f"a size of the result is negative: {sizes}")
    return sizes


@interpret(nd.Slice)
def _slice(frame: Frame, op: nd.Slice, x: Array, *destination: Any) -> Array:
    for axis, (limit, size) in enumerate(zip(integers(op.limits), x.shape, strict=True)):
        if limit > size:
            fail(op, f"axis {axis} of the operand has size {size}, which is shorter than {limit}")
    return checked(op, x[slices(op, x.shape)])


@interpret(nd.Pad)
def _pad(frame: Frame, op: nd.Pad, x: Array, value: Array, *destination: Any) -> Array:
    for axis, (size, low, high) in enumerate(zip(x.shape, integers(op.low), integers(op.high), strict=True)):
        if low + high + size + integers(op.interior)[axis] * max(0, size - 1) < 0:
            fail(op, f"padding by {low} and {high} removes more than there is of axis {axis}")
    return checked(op, pad(op, x, value))


@interpret(nd.Bitcast)
def _bitcast(frame: Frame, op: nd.Bitcast, x: Array, *destination: Any) -> Array:
    if op.gathers and x.shape[-1] != op.ratio:
        fail(op, f"the last axis of the operand has size {x.shape[-1]}, expected {op.ratio}")
    return checked(op, FIXED_SHAPE[nd.Bitcast](op, x))


@interpret(nd.Constant)
def _constant(frame: Frame, op: nd.Constant) -> Array:
    return to_numpy(op.value)


@interpret(nd.Allocate)
def _allocate(frame: Frame, op: nd.Allocate, *dims: Any) -> Array:
    return unspecified(_sizes(op, dims), tensor_type(op.result).element_type)


@interpret(nd.Iota)
def _iota(frame: Frame, op: nd.Iota, *operands: Any) -> Array:
    shape = _sizes(op, operands[: len(op.dims)])
    axis = op.axis.value
    column = np.arange(shape[axis]).reshape([-1 if i == axis else 1 for i in range(len(shape))])
    return checked(op, cast(np.broadcast_to(column, shape), tensor_type(op.result).element_type))


@interpret(nd.BroadcastTo)
def _broadcast_to(frame: Frame, op: nd.BroadcastTo, x: Array, *operands: Any) -> Array:
    sizes = _sizes(op, operands[: len(op.dims)])
    for axis, (known, size) in enumerate(zip(tensor_type(op.x).shape, sizes[len(sizes) - x.ndim :], strict=True)):
        if known != 1 and x.shape[axis] != size:
            fail(op, f"axis {axis} of the operand has size {x.shape[axis]}, that of the result {size}")
    return np.broadcast_to(x, sizes)


@interpret(nd.Reshape)
def _reshape(frame: Frame, op: nd.Reshape, x: Array, *dims: Any) -> Array:
    sizes = _sizes(op, dims)
    if math.prod(sizes) != x.size:
        fail(op, f"cannot give {x.size} elements the shape {sizes}")
    return x.reshape(sizes)


def _region(starts: Sequence[Any], whole: Sequence[int], part: Sequence[int]) -> tuple[slice, ...]:
    """Where a part lies in the whole, with the positions clamped so that it fits."""
    places = [max(0, min(int(i), n - size)) for i, n, size in zip(starts, whole, part, strict=True)]
    return tuple(slice(i, i + size) for i, size in zip(places, part, strict=True))


@interpret(nd.DynamicSlice)
def _dynamic_slice(frame: Frame, op: nd.DynamicSlice, x: Array, *operands: Any) -> Array:
    rank = x.ndim
    sizes = _sizes(op, operands[rank : rank + len(op.dims)])
    if any(size > n for size, n in zip(sizes, x.shape, strict=True)):
        fail(op, f"takes a part of shape {sizes} from a tensor of shape {x.shape}")
    return x[_region(operands[:rank], x.shape, sizes)]


@interpret(nd.DynamicUpdateSlice)
def _dynamic_update_slice(frame: Frame, op: nd.DynamicUpdateSlice, x: Array, update: Array, *operands: Any) -> Array:
    if any(size > n for size, n in zip(update.shape, x.shape, strict=True)):
        fail(op, f"puts a part of shape {update.shape} into a tensor of shape {x.shape}")
    out = np.array(x)
    out[_region(operands[: x.ndim], x.shape, update.shape)] = update
    return out


@interpret(nd.Print)
def _print(frame: Frame, op: nd.Print, *operands: Any) -> None:
    parts = op.format.value.split("{}")
    text = parts[0]
    for value, operand, part in zip(operands, op.inputs, parts[1:], strict=True):
        text += (f"{float(value):g}" if isinstance(operand.type, FloatType) else str(int(value))) + part
    print(text)
