"""Ops that move elements, products of tensors, and those of the `tensor` dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.conversion.to_stablehlo.values import (
    Export,
    Rule,
    as_vector,
    broadcast,
    element,
    ints,
    like,
    no_counterpart,
    number,
    result_type,
    scalar,
    shape_vector,
    size_of,
    typed,
)
from irc.dialects import nd, tensor
from irc.dialects import stablehlo as hlo
from irc.dialects.nd_base import integers
from irc.dialects.stablehlo_attributes import DotDimensionNumbers, GatherDimensionNumbers
from irc.dialects.stablehlo_shapes import constant_integers
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.dense import from_numpy
from irc.ir.lazy_numpy import np
from irc.ir.types import TensorType, i1, i64
from irc.ir.value import Value

Operands = Sequence[Value]


def _broadcast(op: nd.BroadcastTo, operands: Operands, to: Export) -> Value:
    x, type = operands[0], result_type(op)
    first = type.rank - typed(x).rank
    return broadcast(to.b, x, type, range(first, type.rank), operands[1 : 1 + len(op.dims)])


def _reshape(op: nd.Reshape, operands: Operands, to: Export) -> Value:
    type = result_type(op)
    if type.has_static_shape:
        return to.b.insert(hlo.Reshape(operands[0], result_types=[type])).result
    made = hlo.DynamicReshape(operands[0], shape_vector(to.b, type, operands[1:]), result_types=[type])
    return to.b.insert(made).result


def _iota(op: nd.Iota, operands: Operands, to: Export) -> Value:
    type = result_type(op)
    if type.has_static_shape:
        return to.b.insert(hlo.Iota(op.axis, result_types=[type])).output
    made = hlo.DynamicIota(shape_vector(to.b, type, operands[: len(op.dims)]), op.axis, result_types=[type])
    return to.b.insert(made).result


def _permute(op: nd.PermuteDims, operands: Operands, to: Export) -> Value:
    return to.b.insert(hlo.Transpose(operands[0], op.axes, result_types=[result_type(op)])).result


def _reverse(op: nd.Reverse, operands: Operands, to: Export) -> Value:
    return to.b.insert(hlo.Reverse(operands[0], op.axes)).result


def _concat(op: nd.Concat, operands: Operands, to: Export) -> Value:
    made = hlo.Concatenate(operands[: len(op.inputs)], op.axis, result_types=[result_type(op)])
    return to.b.insert(made).result


def _slice(op: nd.Slice, operands: Operands, to: Export) -> Value:
    x = operands[0]
    limits = [
        limit if limit != nd.TO_THE_END else size_of(to.b, x, axis) for axis, limit in enumerate(integers(op.limits))
    ]
    if all(isinstance(limit, int) for limit in limits):
        made = hlo.Slice(x, op.starts, ints(limits), op.strides, result_types=[result_type(op)])  # type: ignore[arg-type]
        return to.b.insert(made).result
    groups = [as_vector(to.b, group) for group in (integers(op.starts), limits, integers(op.strides))]
    return to.b.insert(hlo.RealDynamicSlice(x, *groups, result_types=[result_type(op)])).result


def _dynamic_slice(op: nd.DynamicSlice, operands: Operands, to: Export) -> Value:
    b, type, x = to.b, result_type(op), operands[0]
    starts, rest = operands[1 : 1 + len(op.starts)], iter(operands[1 + len(op.starts) :])
    if type.has_static_shape:
        return b.insert(hlo.DynamicSlice(x, starts, ints(type.static_shape))).result
    # The positions are clamped here, as those of the other slice are where it runs.
    sizes = [number(b, known if known is not None else next(rest)) for known in type.shape]
    zero = number(b, 0)
    fits = [
        b.insert(hlo.Clamp(zero, start, b.insert(hlo.Subtract(number(b, size_of(b, x, axis)), size)).result)).result
        for axis, (start, size) in enumerate(zip(starts, sizes, strict=True))
    ]
    ends = [b.insert(hlo.Add(start, size)).result for start, size in zip(fits, sizes, strict=True)]
    groups = [as_vector(b, group) for group in (fits, ends, [1] * type.rank)]
    return b.insert(hlo.RealDynamicSlice(x, *groups, result_types=[type])).result


def _dynamic_update_slice(op: nd.DynamicUpdateSlice, operands: Operands, to: Export) -> Value:
    starts = operands[2 : 2 + len(op.starts)]
    return to.b.insert(hlo.DynamicUpdateSlice(operands[0], operands[1], starts)).result


def _pad(op: nd.Pad, operands: Operands, to: Export) -> Value:
    made = hlo.Pad(operands[0], operands[1], op.low, op.high, op.interior, result_types=[result_type(op)])
    return to.b.insert(made).result


def _bitcast(op: nd.Bitcast, operands: Operands, to: Export) -> Value:
    return to.b.insert(hlo.BitcastConvert(operands[0], result_types=[result_type(op)])).result


def _gather(op: nd.Gather, operands: Operands, to: Export) -> Value:
    (x, indices), numbers, types = operands[:2], GatherDimensionNumbers(*op.dims), [result_type(op)]
    sizes = [size for size in op.slice_shape if size is not None]
    if len(sizes) == len(op.slice_shape):
        return to.b.insert(hlo.Gather(x, indices, numbers, ints(sizes), result_types=types)).result
    # A slice as long as the operand.
    whole = [size_of(to.b, x, axis) if size is None else size for axis, size in enumerate(op.slice_shape)]
    return to.b.insert(hlo.DynamicGather(x, indices, as_vector(to.b, whole), numbers, result_types=types)).result


# -- products ------------------------------------------------------------------------------------------------------------


def _matmul(op: nd.MatMul, operands: Operands, to: Export) -> Value:
    """The batch dimensions of both are made the same first."""
    lhs, rhs = operands[:2]
    batch = typed(op.result).shape[: max(0, max(typed(x).rank for x in (lhs, rhs)) - 2)]
    sizes = [_batch_size(to, (lhs, rhs), len(batch) - axis) for axis in range(len(batch))]
    lhs, rhs = (_batched(to, x, batch, sizes) for x in (lhs, rhs))
    count = len(batch)
    dims = tuple(range(count))
    inner = typed(rhs).rank - 2 if typed(rhs).rank > 1 else 0
    left_dims = dims if typed(lhs).rank > 1 else ()
    numbers = DotDimensionNumbers(left_dims, dims, (typed(lhs).rank - 1,), (inner,))
    return to.b.insert(hlo.DotGeneral(lhs, rhs, numbers, result_types=[result_type(op)])).result


def _batch_size(to: Export, factors: Sequence[Value], place: int) -> Value | int:
    """The size of the batch dimension at a `place` from the right, of which a factor may have one, and repeat it."""
    axes = [(x, typed(x).rank - 2 - place) for x in factors if typed(x).rank >= 2 + place]
    x, axis = next((pair for pair in axes if typed(pair[0]).shape[pair[1]] != 1), axes[0])
    return size_of(to.b, x, axis)


def _batched(to: Export, x: Value, batch: Sequence[int | None], sizes: Sequence[Value | int]) -> Value:
    type = typed(x)
    if not batch or type.rank < 2 or type.shape[:-2] == tuple(batch):
        return x
    # A vector is one row or column, which the product leaves out.
    tail = type.shape[-2:]
    wanted = TensorType((*batch, *tail), type.element_type)
    own = [size_of(to.b, x, axis) for axis in (-2 % type.rank, -1 % type.rank)]
    dims = [size for size in (*sizes, *own) if not isinstance(size, int)]
    return broadcast(to.b, x, wanted, range(len(batch) + 2 - type.rank, len(batch) + 2), dims)


def _conv(op: nd.Conv, operands: Operands, to: Export) -> Value:
    (a, b, spatial), (c, d, kernel), (e, f, out) = op.layouts
    numbers = hlo.ConvDimensionNumbers(a, b, spatial, c, d, kernel, e, f, out)
    pairs = np.stack([op.listed("low", 0), op.listed("high", 0)], axis=-1).astype(np.int64).reshape(len(spatial), 2)
    reversal = op.reversed
    made = hlo.Convolution(
        operands[0], operands[1], numbers, op.feature_groups, op.batch_groups, window_strides=op.strides,
        padding=from_numpy(pairs, TensorType((len(spatial), 2), i64)), lhs_dilation=op.lhs_dilation,
        rhs_dilation=op.rhs_dilation,
        window_reversal=DenseArrayAttr(i1, tuple(map(int, reversal.values))) if reversal is not None else None,
        result_types=[result_type(op)],
    )  # fmt: skip
    return to.b.insert(made).result


def _cholesky(op: nd.Cholesky, operands: Operands, to: Export) -> Value:
    """The triangle that StableHLO leaves open is made zero."""
    b, x = to.b, operands[0]
    found = b.insert(hlo.Cholesky(x, op.lower)).result
    type = typed(x)
    sizes = [size_of(b, x, axis) for axis in range(type.rank)]
    rows, columns = (_positions(b, TensorType(type.shape, i64), sizes, type.rank - n) for n in (2, 1))
    direction = hlo.ComparisonDirection("GE" if op.lower.value else "LE")
    inside = b.insert(hlo.Compare(rows, columns, direction, hlo.ComparisonType("SIGNED"))).result
    return b.insert(hlo.Select(inside, found, like(b, 0, found))).result


def _positions(b: Builder, type: TensorType, sizes: Sequence[Value | int], axis: int) -> Value:
    """The position along an axis, in each place of a tensor."""
    if type.has_static_shape:
        return b.insert(hlo.Iota(i64_attr(axis), result_types=[type])).output
    return b.insert(hlo.DynamicIota(as_vector(b, sizes), i64_attr(axis), result_types=[type])).result


def _triangular(op: nd.TriangularSolve, operands: Operands, to: Export) -> Value:
    made = hlo.TriangularSolve(
        operands[0], operands[1], op.left_side, op.lower, op.unit_diagonal, hlo.TransposeMode(op.transpose_a.value)
    )  # fmt: skip
    return to.b.insert(made).result


def _fft(op: nd.Fft, operands: Operands, to: Export) -> Value:
    made = hlo.Fft(operands[0], hlo.FftType(op.kind.value), op.length, result_types=[result_type(op)])
    return to.b.insert(made).result


# -- the tensor dialect --------------------------------------------------------------------------------------------------


def _extract(op: tensor.Extract, operands: Operands, to: Export) -> Value:
    x, places = operands[0], operands[1:]
    if not places:
        return x
    part = to.b.insert(hlo.DynamicSlice(x, places, ints([1] * len(places)))).result
    return to.b.insert(hlo.Reshape(part, result_types=[TensorType((), element(x))])).result


def _from_elements(op: tensor.FromElements, operands: Operands, to: Export) -> Value:
    type = result_type(op)
    if not type.rank:
        return operands[0]
    one = TensorType((1,), type.element_type)
    parts = [to.b.insert(hlo.Reshape(x, result_types=[one])).result for x in operands]
    row = to.b.insert(hlo.Concatenate(parts, i64_attr(0))).result if len(parts) > 1 else parts[0]
    return row if typed(row) is type else to.b.insert(hlo.Reshape(row, result_types=[type])).result


def _dim(op: tensor.Dim, operands: Operands, to: Export) -> Value:
    axis = constant_integers(operands[1])
    if axis is None:
        raise no_counterpart(op, "of a dimension that is computed has no counterpart in stablehlo")
    found = size_of(to.b, operands[0], axis[0])
    return scalar(to.b, found, i64) if isinstance(found, int) else found


def _retyped(op: tensor.Cast, operands: Operands, to: Export) -> Value:
    """A tensor under another type: StableHLO takes what types leave open for what it is."""
    x, type = operands[0], result_type(op)
    if typed(x) is type:
        return x
    if type.has_static_shape:
        return to.b.insert(hlo.Reshape(x, result_types=[type])).result
    shape = as_vector(to.b, [size_of(to.b, x, axis) for axis in range(type.rank)])
    return to.b.insert(hlo.DynamicReshape(x, shape, result_types=[type])).result


RULES: dict[Any, Rule] = {
    nd.Bitcast: _bitcast,
    nd.BroadcastTo: _broadcast,
    nd.Cholesky: _cholesky,
    nd.Concat: _concat,
    nd.Conv: _conv,
    nd.DynamicSlice: _dynamic_slice,
    nd.DynamicUpdateSlice: _dynamic_update_slice,
    nd.Fft: _fft,
    nd.Gather: _gather,
    nd.Iota: _iota,
    nd.MatMul: _matmul,
    nd.Pad: _pad,
    nd.PermuteDims: _permute,
    nd.Reshape: _reshape,
    nd.Reverse: _reverse,
    nd.Slice: _slice,
    nd.TriangularSolve: _triangular,
    tensor.Cast: _retyped,
    tensor.Dim: _dim,
    tensor.Extract: _extract,
    tensor.FromElements: _from_elements,
}
