"""Helpers of formulas that move data: broadcasts, sums and slices with the sizes of another expression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, Part
from irc.dialects import arith, nd, tensor
from irc.ir.attributes import DenseArrayAttr, index_attr
from irc.ir.dense import splat
from irc.ir.types import Shape, TensorType, Type
from irc.ir.value import Value


def axes_attr(axes: Sequence[int]) -> DenseArrayAttr:
    return DenseArrayAttr.i64(tuple(axes))


def reshape_like(x: Expr, like: Expr) -> Expr:
    """`x` with the shape of `like`."""
    return reshape(x, like.shape, like.dims)


def reshape(x: Expr, shape: Shape, dims: Sequence[Value]) -> Expr:
    if x.shape == shape and None not in shape:
        return x
    assert isinstance(x.type, TensorType)
    type = TensorType(shape, x.type.element_type)
    return Expr.of(x.builder, x.builder.insert(nd.Reshape(x.value, dims, result_types=[type])).result)


def cast(x: Expr, type: Type) -> Expr:
    """`x` with a type that knows more or fewer of its sizes."""
    if x.type is type:
        return x
    return Expr.of(x.builder, x.builder.insert(tensor.Cast(x.value, result_types=[type])).result)


def sum_axes(x: Expr, axes: Sequence[int]) -> Expr:
    """The sum over `axes`, which are dropped."""
    return Expr.of(x.builder, x.builder.insert(nd.Sum(x.value, axes=axes_attr(axes))).result) if axes else x


def broadcast_along(x: Expr, axes: Sequence[int], like: Expr) -> Expr:
    """The adjoint of a sum over `axes` of something of the shape of `like`: `x` repeated along them."""
    kept: Shape = tuple(1 if i in axes else size for i, size in enumerate(like.shape))
    kept_dims = [dim for dim, i in zip(like.dims, _dynamic(like.shape), strict=True) if i not in axes]
    return broadcast_like(reshape(x, kept, kept_dims), like)


def broadcast_like(x: Expr, like: Expr) -> Expr:
    """`x` broadcast to the shape of `like`, by NumPy's rule."""
    if x.shape == like.shape and None not in x.shape:
        return x
    assert isinstance(x.type, TensorType)
    type = TensorType(like.shape, x.type.element_type)
    return Expr.of(x.builder, x.builder.insert(nd.BroadcastTo(x.value, like.dims, result_types=[type])).result)


def _dynamic(shape: Shape) -> list[int]:
    return [i for i, size in enumerate(shape) if size is None]


def unbroadcast(ct: Expr, like: Expr) -> Expr:
    """The adjoint of a broadcast of `like` to the shape of `ct`: sums over new and stretched axes."""
    extra = ct.rank - like.rank
    stretched = [i for i in range(ct.rank) if i < extra or (like.shape[i - extra] == 1 and ct.shape[i] != 1)]
    return reshape_like(sum_axes(ct, stretched), like)


def transpose_matrix(x: Expr) -> Expr:
    """`x` with its last two axes swapped (Array API `matrix_transpose`)."""
    order = [*range(x.rank - 2), x.rank - 1, x.rank - 2]
    return permute(x, order)


def permute(x: Expr, order: Sequence[int]) -> Expr:
    return Expr.of(x.builder, x.builder.insert(nd.PermuteDims(x.value, axes=axes_attr(order))).result)


def reverse(x: Expr, axes: Sequence[int]) -> Expr:
    return Expr.of(x.builder, x.builder.insert(nd.Reverse(x.value, axes=axes_attr(axes))).result)


def index_constant(x: Expr, value: int) -> Value:
    return x.builder.insert(arith.Constant(index_attr(value))).result


def pad(x: Expr, low: Sequence[int], high: Sequence[int], interior: Sequence[int], number: float = 0) -> Expr:
    """`x` with `number` around it and between its elements; negative amounts remove."""
    assert isinstance(x.type, TensorType)
    value = x.builder.insert(nd.Constant(splat(number, TensorType((), x.type.element_type)))).result
    made = nd.Pad(x.value, value, axes_attr(low), axes_attr(high), axes_attr(interior))
    return Expr.of(x.builder, x.builder.insert(made).result)


def dynamic_slice(x: Expr, starts: Sequence[Value], like: Expr) -> Expr:
    """The part of `x` at `starts` with the shape of `like`."""
    assert isinstance(x.type, TensorType)
    type = TensorType(like.shape, x.type.element_type)
    made = nd.DynamicSlice(x.value, starts, like.dims, result_types=[type])
    return Expr.of(x.builder, x.builder.insert(made).result)


def update_slice(x: Expr, update: Expr, starts: Sequence[Value]) -> Expr:
    """`x` with the part at `starts` replaced by `update`."""
    return Expr.of(x.builder, x.builder.insert(nd.DynamicUpdateSlice(x.value, update.value, starts)).result)


def slice_placed(like: Expr, part: Expr, starts: Sequence[Value]) -> Part:
    """Zeros of the type of `like`, with `part` at `starts`."""

    def placed(total: Expr, add: bool) -> Expr:
        if not add:
            return update_slice(like.like(0), part, starts)
        return update_slice(total, dynamic_slice(total, starts, part) + part, starts)

    return Part(like, placed)


def attribute_values(attribute: Any) -> list[int]:
    return [int(value) for value in attribute.values]
