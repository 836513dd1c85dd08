"""Products of tensors and convolutions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.shapes import reshape
from irc.conversion.from_stablehlo.slices import padded
from irc.conversion.from_stablehlo.traced import traced
from irc.conversion.from_stablehlo.values import (
    Lowering,
    as_type,
    cast_to,
    constant,
    element_of,
    ints,
    listed,
    size,
    typed,
    unsupported,
)
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount, product
from irc.dialects._conv_layouts import Layout
from irc.dialects.stablehlo_attributes import DotDimensionNumbers
from irc.dialects.stablehlo_shapes import constant_integers
from irc.dialects.stablehlo_windows import padding_pairs
from irc.ir.attributes import DenseArrayAttr
from irc.ir.builder import Builder
from irc.ir.types import TensorType, Type
from irc.ir.value import Value


def dot(b: Builder, lhs: Value, rhs: Value, numbers: DotDimensionNumbers, element: Type) -> Value:
    """The product over any dimensions in elements of a type, which operands are converted to before."""
    batch = list(numbers.lhs_batching_dimensions), list(numbers.rhs_batching_dimensions)
    summed = list(numbers.lhs_contracting_dimensions), list(numbers.rhs_contracting_dimensions)
    operands = [cast_to(b, value, element) for value in (lhs, rhs)]
    free = [
        [axis for axis in range(typed(value).rank) if axis not in (*batch[i], *summed[i])]
        for i, value in enumerate(operands)
    ]
    places = [size(b, operands[0], axis) for axis in batch[0]]
    kept = [[size(b, value, axis) for axis in axes] for value, axes in zip(operands, free, strict=True)]
    terms = [size(b, operands[0], axis) for axis in summed[0]]
    left = _permuted(b, operands[0], [*batch[0], *free[0], *summed[0]])
    right = _permuted(b, operands[1], [*batch[1], *summed[1], *free[1]])
    # A vector is a matrix of one row or column where there is no batch.
    rows = [] if not (free[0] or batch[0]) else [product(b, kept[0])]
    columns = [] if not (free[1] or batch[1]) else [product(b, kept[1])]
    inner = [product(b, terms)]
    if len(free[0]) != len(rows) or len(terms) != 1:
        left = _reshaped(b, left, [*places, *rows, *inner])
    if len(free[1]) != len(columns) or len(terms) != 1:
        right = _reshaped(b, right, [*places, *inner, *columns])
    found = b.insert(nd.MatMul(left, right)).result
    if (len(kept[0]), len(kept[1])) == (len(rows), len(columns)):
        return found
    return _reshaped(b, found, [*places, *kept[0], *kept[1]])


def _permuted(b: Builder, x: Value, axes: Sequence[int]) -> Value:
    return x if list(axes) == sorted(axes) else b.insert(nd.PermuteDims(x, ints(axes))).result


def _reshaped(b: Builder, x: Value, found: Sequence[Amount]) -> Value:
    shape = tuple(n if isinstance(n, int) else None for n in found)
    return reshape(b, x, TensorType(shape, element_of(x)), found)


def lower_dot_general(op: hlo.DotGeneral, b: Builder) -> Value:
    found = dot(b, op.lhs, op.rhs, op.dot_dimension_numbers, element_of(op.result))
    return as_type(b, found, op.result.type)


def lower_dot(op: hlo.Dot, b: Builder) -> Value:
    element = element_of(op.result)
    operands = [cast_to(b, value, element) for value in op.operands]
    return as_type(b, b.insert(nd.MatMul(*operands)).result, op.result.type)


def _lower_einsum(op: Any, b: Builder) -> Value:
    config = op.einsum_config.value
    operands = [cast_to(b, value, element_of(op.result)) for value in op.operands]
    found = traced(b, lambda *arrays: jnp.einsum(config, *arrays), operands)[0]
    return as_type(b, found, op.result.type)


# -- convolutions --------------------------------------------------------------------------------------------------------


def _layout(layout: Layout) -> DenseArrayAttr:
    first, second, spatial = layout
    return ints((first, second, *spatial))


def convolution(op: Any, b: Builder, lhs: Value, low: Sequence[int], high: Sequence[int]) -> Value:
    """A convolution of `lhs`, the input or what it is padded to, with this padding."""
    rhs, element = op.rhs, element_of(op.result)
    if element_of(lhs) is not element_of(rhs):
        lhs, rhs = cast_to(b, lhs, element), cast_to(b, rhs, element)
    input_dims, kernel_dims, result_dims = (_layout(layout) for layout in op.dimension_numbers.layouts())
    reversal = op.window_reversal
    made = nd.Conv(
        lhs, rhs, input_dims, kernel_dims, result_dims, strides=op.window_strides, low=ints(low), high=ints(high),
        lhs_dilation=op.lhs_dilation, rhs_dilation=op.rhs_dilation,
        reversed=ints([int(flag) for flag in reversal.values]) if reversal else None,
        feature_groups=op.feature_group_count, batch_groups=op.batch_group_count,
        result_types=[op.result.type],
    )  # fmt: skip
    return b.insert(made).result


def lower_convolution(op: hlo.Convolution, b: Builder) -> Value:
    count = len(op.dimension_numbers.input_spatial_dimensions)
    pairs = padding_pairs(op.padding, count)
    return convolution(op, b, op.lhs, [low for low, _ in pairs], [high for _, high in pairs])


def lower_dynamic_conv(op: hlo.DynamicConv, b: Builder) -> Value:
    """Padding that is known is the convolution's; what is computed is put around the input before."""
    known = constant_integers(op.padding)
    if known is not None:
        return convolution(op, b, op.lhs, known[::2], known[1::2])
    dims = op.dimension_numbers.input_spatial_dimensions
    if op.lhs_dilation is not None and any(n != 1 for n in op.lhs_dilation.values):
        raise unsupported(op, "with a dilated input and a padding that is computed is not supported")
    amounts = listed(b, op.padding)
    x = typed(op.lhs)
    low: list[Amount] = [0] * x.rank
    high: list[Amount] = [0] * x.rank
    for i, dim in enumerate(dims):
        low[dim], high[dim] = amounts[2 * i], amounts[2 * i + 1]
    wide = TensorType(tuple(None if i in dims else n for i, n in enumerate(x.shape)), x.element_type)
    none = [0] * len(dims)
    return convolution(op, b, padded(b, op.lhs, constant(b, 0, x.element_type), low, high, wide), none, none)


LOWERINGS: dict[Any, Lowering] = {
    hlo.Convolution: lower_convolution,
    hlo.Dot: lower_dot,
    hlo.DotGeneral: lower_dot_general,
    hlo.DynamicConv: lower_dynamic_conv,
    hlo.Einsum: _lower_einsum,
    hlo.UnaryEinsum: _lower_einsum,
}
