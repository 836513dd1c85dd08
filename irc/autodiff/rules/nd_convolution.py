"""The derivative of `nd.conv`, which is linear in each operand: both adjoints are convolutions.

That of the input is a convolution of the cotangent, spread by the strides, with the kernel reversed; that of the kernel is one
of the input with the cotangent, where batch and features change places. Groups of features and of the batch do, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import bilinear
from irc.autodiff.shaping import axes_attr, dynamic_slice, index_constant, permute, reshape
from irc.dialects import arith, nd
from irc.dialects._amounts import Amount, amounts, product
from irc.dialects._conv_layouts import Layout
from irc.ir.attributes import i64_attr
from irc.ir.types import TensorType
from irc.ir.value import Value


def _conv(lhs: Expr, rhs: Expr, layouts: Sequence[Layout], groups: tuple[int, int], **windows: Sequence[int]) -> Expr:
    """A convolution; `groups` are those of features and of the batch."""
    names = ("lhs_dims", "rhs_dims", "result_dims")
    dims = {name: axes_attr([a, b, *spatial]) for name, (a, b, spatial) in zip(names, layouts, strict=True)}
    given = {name: axes_attr(values) for name, values in windows.items()}
    counts = {"feature_groups": i64_attr(groups[0]), "batch_groups": i64_attr(groups[1])}
    return functions("nd").conv(lhs, rhs, **dims, **given, **counts)


def _converted(x: Expr, like: Expr) -> Expr:
    """`x` with the elements of `like`."""
    assert isinstance(x.type, TensorType) and isinstance(like.type, TensorType)
    if x.type.element_type is like.type.element_type:
        return x
    type = TensorType(x.shape, like.type.element_type)
    return Expr.of(x.builder, x.builder.insert(nd.Cast(x.value, result_types=[type])).result)


def _sizes(x: Expr) -> list[Amount]:
    return amounts(x.shape, x.dims)


def _shaped(x: Expr, sizes: Sequence[Amount]) -> Expr:
    """`x` with the given sizes."""
    shape = tuple(size if isinstance(size, int) else None for size in sizes)
    return reshape(x, shape, [size for size in sizes if isinstance(size, Value)])


def _fit(found: Expr, like: Expr) -> Expr:
    """What was found, with the elements of `like`, cut to its sizes."""
    found = _converted(found, like)
    if found.shape == like.shape and None not in like.shape:
        return found
    return dynamic_slice(found, [index_constant(found, 0)] * found.rank, like)


def _has_no_windows(op: nd.Conv, ct: Expr) -> bool:
    _, _, (_, _, spatial) = op.layouts
    return any(ct.shape[dim] == 0 for dim in spatial)


def _taken(op: nd.Conv) -> list[int]:
    """The sizes of the kernel with the gaps in it. Raises `DiagnosedError` where one is not known."""
    found = []
    for window in op.windows:
        if window.size is None:
            raise undifferentiable(op, "has a derivative only where the spatial sizes of the kernel are known")
        found.append((window.size - 1) * window.dilation + 1)
    return found


def _left_over(op: nd.Conv, x: Expr) -> list[int | None]:
    """How many elements the last window leaves at the end of each dimension; `None` if that is only known at run time."""
    (_, _, spatial), _, _ = op.layouts
    found: list[int | None] = []
    for dim, window, taken in zip(spatial, op.windows, _taken(op), strict=True):
        size = x.shape[dim]
        padded = None if size is None else window.low + window.high + max(0, (size - 1) * window.base_dilation + 1)
        found.append(0 if window.stride == 1 else None if padded is None else (padded - taken) % window.stride)
    return found


def _per_group(op: nd.Conv, kernel: Expr, groups: int) -> Expr:
    """The kernel as [output features of a group, input features of all groups, space]."""
    _, (inputs, outputs, spatial), _ = op.layouts
    moved = permute(kernel, [outputs, inputs, *spatial])
    if groups == 1:
        return moved
    count, depth, *space = _sizes(moved)
    split = _divided(moved, count, groups)
    parts = permute(_shaped(moved, [groups, split, depth, *space]), [1, 0, 2, *range(3, 3 + len(space))])
    return _shaped(parts, [split, product(parts.builder, [groups, depth]), *space])


def _divided(x: Expr, size: Amount, groups: int) -> Amount:
    if isinstance(size, int):
        return size // groups
    return x.builder.insert(arith.DivSI(size, index_constant(x, groups))).result


def _lhs(ct: Expr, x: Expr, kernel: Expr, op: Any) -> Expr:
    """The adjoint with respect to the input."""
    if _has_no_windows(op, ct):
        return x.like(0)
    windows, taken = op.windows, _taken(op)
    layout, _, to_layout = op.layouts
    features, batches = op.feature_groups.value, op.batch_groups.value
    rest = _left_over(op, x)
    # What is left over is at most a stride; where it is not known, the rest of the result is cut off.
    low = [size - window.low - 1 for window, size in zip(windows, taken, strict=True)]
    high = [size - 1 - window.high + (window.stride - 1 if left is None else left)
            for window, size, left in zip(windows, taken, rest, strict=True)]  # fmt: skip
    space = tuple(range(2, 2 + len(windows)))
    weights = _per_group(op, _converted(kernel, ct), features * batches)
    found = _conv(
        ct,
        weights,
        [to_layout, (0, 1, space), (0, 1, space)],
        (features * batches, 1),
        strides=[window.base_dilation for window in windows],
        low=low,
        high=high,
        lhs_dilation=[window.stride for window in windows],
        rhs_dilation=[window.dilation for window in windows],
        reversed=[int(not flipped) for flipped in op.is_reversed],
    )
    if batches > 1:
        # The groups are those of the features: they go back to the batch.
        images, channels, *sizes = _sizes(found)
        each = _divided(found, channels, batches)
        split = permute(_shaped(found, [images, batches, each, *sizes]), [1, 0, 2, *range(3, 3 + len(sizes))])
        found = _shaped(split, [product(split.builder, [batches, images]), each, *sizes])
    batch, feature, spatial = layout
    places = [batch, feature, *spatial]
    return _fit(permute(found, sorted(range(len(places)), key=lambda i: places[i])), x)


def _rhs(ct: Expr, x: Expr, kernel: Expr, op: Any) -> Expr:
    """The adjoint with respect to the kernel."""
    if _has_no_windows(op, ct):
        return kernel.like(0)
    windows = op.windows
    (batch, feature, spatial), (inputs, outputs, places), (to_batch, to_feature, to_spatial) = op.layouts
    rest = _left_over(op, x)
    found = _conv(
        _converted(x, ct),
        ct,
        [(feature, batch, spatial), (to_batch, to_feature, to_spatial), (inputs, outputs, places)],
        (op.batch_groups.value, op.feature_groups.value),
        strides=[window.dilation for window in windows],
        low=[window.low for window in windows],
        high=[window.high - (left or 0) for window, left in zip(windows, rest, strict=True)],
        lhs_dilation=[window.base_dilation for window in windows],
        rhs_dilation=[window.stride for window in windows],
    )
    found = _fit(found, kernel)
    flipped = [dim for dim, reverse in zip(places, op.is_reversed, strict=True) if reverse]
    if not flipped:
        return found
    return Expr.of(found.builder, found.builder.insert(nd.Reverse(found.value, axes=axes_attr(sorted(flipped)))).result)


bilinear(nd.Conv, lhs=_lhs, rhs=_rhs)
