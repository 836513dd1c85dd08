"""Products of tensors and convolutions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import lax
from irc import numpy as jnp
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
    typed,
    unsupported,
)
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount
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
    dimensions = (
        (numbers.lhs_contracting_dimensions, numbers.rhs_contracting_dimensions),
        (numbers.lhs_batching_dimensions, numbers.rhs_batching_dimensions),
    )
    operands = [cast_to(b, value, element) for value in (lhs, rhs)]
    return traced(b, lambda x, y: lax.dot_general(x, y, dimensions), operands)[0]


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
    row = TensorType((2 * len(dims),), element_of(op.padding))
    amounts = listed(b, b.insert(nd.Reshape(op.padding, (), result_types=[row])).result)
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
