"""Convolutions of JAX's `lax`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from irc.dialects import nd
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lax.folding import padding_of
from irc.lax.scans import map as one_by_one
from irc.numpy import rearranging, ufuncs
from irc.numpy.complexes import complex_of, part_dtype, parts
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import DType, as_dtype, element_type_of
from irc.tracing.elementwise import cast, promoted
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import expanded, permute_dims, reshape, show

Spec = tuple[int, ...]


class ConvDimensionNumbers(NamedTuple):
    """What the axes are: batch and features first for the input and the result, output and input features for the kernel,
    then the spatial ones."""

    lhs_spec: Spec
    rhs_spec: Spec
    out_spec: Spec


class _Form(NamedTuple):
    """A convolution but for its arrays: layouts in the order of `ConvDimensionNumbers`, and a number for each spatial axis."""

    dims: ConvDimensionNumbers
    strides: Spec
    low: Spec
    high: Spec
    lhs_dilation: Spec
    rhs_dilation: Spec
    feature_groups: int
    batch_groups: int
    dtype: DType


def _emit_conv(b: Builder, x: Value, kernel: Value, *, form: _Form) -> Value:
    lhs, (o, i, *spatial), out = form.dims
    x_dims, kernel_dims, out_dims = (DenseArrayAttr.i64(each) for each in (lhs, (i, o, *spatial), out))
    names = ("strides", "low", "high", "lhs_dilation", "rhs_dilation")
    how: dict[str, Any] = {name: DenseArrayAttr.i64(getattr(form, name)) for name in names}
    how |= {name: i64_attr(getattr(form, name)) for name in ("feature_groups", "batch_groups")}
    op = nd.Conv(x, kernel, x_dims, kernel_dims, out_dims, **how)
    (inferred,) = op.infer()
    assert isinstance(inferred, TensorType)
    type = TensorType(inferred.shape, element_type_of(form.dtype))
    if type is inferred:
        return b.insert(op).result
    op.drop_uses_and_erase()
    return b.insert(nd.Conv(x, kernel, x_dims, kernel_dims, out_dims, **how, result_types=[type])).result


def _merged(x: Array, axis: int, groups: int, size: Size) -> Array:
    """Axis 0 of `x`, the examples, made part of the axis that is number `axis` behind it, below its `groups`."""
    rest = x.shape[1:]
    inner = rest[axis] // groups
    split = reshape(x, (size, *rest[:axis], groups, inner, *rest[axis + 1 :]))
    order = [*range(1, axis + 2), 0, *range(axis + 2, split.ndim)]
    moved = permute_dims(split, order)
    return reshape(moved, (*rest[:axis], groups * size * inner, *rest[axis + 1 :]))


def _parted(x: Array, axis: int, groups: int, size: Size) -> Array:
    """The opposite of `_merged`."""
    inner = x.shape[axis] // (size * groups)
    split = reshape(x, (*x.shape[:axis], groups, size, inner, *x.shape[axis + 1 :]))
    order = [axis + 1, *range(axis + 1), *range(axis + 2, split.ndim)]
    moved = permute_dims(split, order)
    return reshape(moved, (size, *x.shape[:axis], groups * inner, *x.shape[axis + 1 :]))


def _batch_conv(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, form: _Form
) -> Array:
    """Examples become further batches, further features of the result, or, where both differ, groups of features."""
    x, kernel = inputs
    dims = form.dims
    if not flags[1]:
        wide = _merged(x, dims.lhs_spec[0], form.batch_groups, size)
        return _parted(convolved(wide, kernel, form), dims.out_spec[0], 1, size)
    if not flags[0]:
        groups = max(form.feature_groups, form.batch_groups)
        wide = _merged(kernel, dims.rhs_spec[0], groups, size)
        return _parted(convolved(x, wide, form), dims.out_spec[1], groups, size)
    if form.batch_groups > 1 or isinstance(size, Dim):
        found: Array = one_by_one(lambda each: convolved(each[0], each[1], form), tuple(expanded(inputs, flags, size)))
        return found
    wide_x = _merged(x, dims.lhs_spec[1], 1, size)
    wide_kernel = _merged(kernel, dims.rhs_spec[0], 1, size)
    grouped = form._replace(feature_groups=form.feature_groups * size)
    return _parted(convolved(wide_x, wide_kernel, grouped), dims.out_spec[1], 1, size)


CONV = Primitive("conv_general_dilated", _emit_conv, _batch_conv)


def convolved(x: Array, kernel: Array, form: _Form) -> Array:
    """The convolution of a form; that of complex numbers is made of four of their parts."""
    if x.dtype.kind == "c":
        of_parts = form._replace(dtype=part_dtype(form.dtype))
        pairs = [[convolved(each, other, of_parts) for other in parts(kernel)] for each in parts(x)]
        (re, mixed), (other, square) = pairs
        return complex_of(ufuncs.subtract(re, square), ufuncs.add(mixed, other))
    sizes: list[Size] = [0] * x.ndim
    (batch, _, *spatial), (features, _, *kernel_spatial), out = form.dims
    sizes[out[0]] = x.shape[batch] // form.batch_groups
    sizes[out[1]] = kernel.shape[features]
    numbers = zip(
        out[2:], spatial, kernel_spatial, form.strides, form.low, form.high, form.lhs_dilation, form.rhs_dilation,
        strict=True,
    )  # fmt: skip
    for to, at, kernel_at, stride, low, high, spread, dilation in numbers:
        whole = _spread(x.shape[at], spread) + (low + high)
        span = whole - _spread(kernel.shape[kernel_at], dilation)
        steps = span + 1 if stride == 1 else span // stride + 1
        sizes[to] = max(steps, 0) if isinstance(steps, int) else steps
    found: Array = bind(CONV, x, kernel, sizes=sizes, form=form)
    return found


def _spread(size: Size, dilation: int) -> Size:
    return size if dilation == 1 else 0 if size == 0 else (size - 1) * dilation + 1


def conv_dimension_numbers(lhs_shape: Sequence[Size], rhs_shape: Sequence[Size], dimension_numbers: Any) -> Any:
    """The numbers of the axes, from three strings such as "NHWC", "HWIO" and "NHWC", numbers, or `None` for JAX's order."""
    rank = len(lhs_shape)
    if isinstance(dimension_numbers, ConvDimensionNumbers):
        return dimension_numbers
    if len(rhs_shape) != rank:
        raise TypeError(f"an input and a kernel have as many axes, got {show(lhs_shape)} and {show(rhs_shape)}")
    if dimension_numbers is None:
        same = tuple(range(rank))
        return ConvDimensionNumbers(same, same, same)
    specs = tuple(dimension_numbers)
    if len(specs) != 3:
        raise TypeError(f"dimension_numbers are those of the input, the kernel and the result, got {dimension_numbers}")
    if not all(isinstance(spec, str) for spec in specs):
        return ConvDimensionNumbers(*(tuple(spec) for spec in specs))
    for spec, names in zip(specs, ("NC", "OI", "NC"), strict=True):
        if len(spec) != rank or len(set(spec)) != rank or not set(names) <= set(spec):
            raise ValueError(f"{spec!r} must name {rank} axes, {names[0]!r} and {names[1]!r} among them, each once")
    lhs, rhs, out = specs
    letters = [each for each in rhs if each not in "OI"]
    if any(set(spec) - set("NC") != set(letters) for spec in (lhs, out)):
        raise ValueError(f"the spatial axes of {lhs!r}, {rhs!r} and {out!r} must have the same letters")
    return ConvDimensionNumbers(
        (lhs.index("N"), lhs.index("C"), *map(lhs.index, letters)),
        (rhs.index("O"), rhs.index("I"), *map(rhs.index, letters)),
        (out.index("N"), out.index("C"), *map(out.index, letters)),
    )


def conv_general_dilated(
    lhs: Any,
    rhs: Any,
    window_strides: Sequence[int],
    padding: Any,
    lhs_dilation: Sequence[int] | None = None,
    rhs_dilation: Sequence[int] | None = None,
    dimension_numbers: Any = None,
    feature_group_count: int = 1,
    batch_group_count: int = 1,
    precision: Any = None,
    preferred_element_type: Any = None,
) -> Array:
    """The products of the kernel `rhs` with the windows of the input `lhs`, without flipping the kernel.

    `padding` is "SAME", "VALID", "SAME_LOWER" or a pair of amounts for each spatial axis. `precision` is without effect.
    """
    (x, kernel), _ = promoted(lhs, rhs)
    dims = conv_dimension_numbers(x.shape, kernel.shape, dimension_numbers)
    if x.ndim != kernel.ndim or x.ndim < 2:
        raise TypeError(
            f"a convolution is of two arrays of two axes at least, got {show(x.shape)} and {show(kernel.shape)}"
        )
    spatial = x.ndim - 2
    strides, spread, dilation = (
        tuple(map(int, each)) if each is not None else (1,) * spatial
        for each in (window_strides, lhs_dilation, rhs_dilation)
    )
    if any(len(each) != spatial for each in (strides, spread, dilation)):
        raise TypeError(f"a convolution needs strides and dilations for {spatial} spatial axes")
    for name, numbers in (("window_strides", strides), ("lhs_dilation", spread), ("rhs_dilation", dilation)):
        if any(number < 1 for number in numbers):
            raise ValueError(f"{name} of a convolution are positive, got {numbers}")
    features, given = x.shape[dims.lhs_spec[1]], kernel.shape[dims.rhs_spec[1]]
    if isinstance(features, int) and isinstance(given, int) and features != given * feature_group_count:
        raise TypeError(
            f"a kernel of shape {show(kernel.shape)} takes {given} features in each of {feature_group_count} groups, but "
            f"the input of shape {show(x.shape)} has {features}"
        )
    sizes = [_spread(x.shape[at], d) for at, d in zip(dims.lhs_spec[2:], spread, strict=True)]
    extents = [_spread(kernel.shape[at], d) for at, d in zip(dims.rhs_spec[2:], dilation, strict=True)]
    pairs = padding_of(padding, sizes, extents, strides)
    low, high = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    dtype = as_dtype(preferred_element_type) if preferred_element_type is not None else x.dtype
    if dtype != x.dtype and dtype.itemsize <= x.dtype.itemsize:
        # Combined in the wider type, and rounded at the end.
        form = _Form(dims, strides, low, high, spread, dilation, feature_group_count, batch_group_count, x.dtype)
        return cast(convolved(x, kernel, form), dtype)
    if dtype.kind != x.dtype.kind:
        x, kernel = cast(x, dtype), cast(kernel, dtype)
    return convolved(
        x, kernel, _Form(dims, strides, low, high, spread, dilation, feature_group_count, batch_group_count, dtype)
    )


def conv(lhs: Any, rhs: Any, window_strides: Sequence[int], padding: str, precision: Any = None,
          preferred_element_type: Any = None) -> Array:  # fmt: skip
    """The convolution of an input (batch, features, spatial axes) and a kernel (output, input features, spatial axes)."""
    return conv_general_dilated(lhs, rhs, window_strides, padding, preferred_element_type=preferred_element_type)


def conv_with_general_padding(
    lhs: Any,
    rhs: Any,
    window_strides: Sequence[int],
    padding: Any,
    lhs_dilation: Sequence[int] | None,
    rhs_dilation: Sequence[int] | None,
    precision: Any = None,
    preferred_element_type: Any = None,
) -> Array:
    """`conv` with dilations, and any padding."""
    return conv_general_dilated(
        lhs, rhs, window_strides, padding, lhs_dilation, rhs_dilation, preferred_element_type=preferred_element_type
    )


def conv_transpose(
    lhs: Any,
    rhs: Any,
    strides: Sequence[int],
    padding: Any,
    rhs_dilation: Sequence[int] | None = None,
    dimension_numbers: Any = None,
    transpose_kernel: bool = False,
    precision: Any = None,
    preferred_element_type: Any = None,
    use_consistent_padding: bool = False,
) -> Array:
    """A convolution of an input that is spread by `strides`: the derivative of a strided convolution, or the like of it.

    With "SAME" the result is `strides` times as large, with "VALID" large enough for all windows. `transpose_kernel` flips
    the kernel and exchanges its features, as the derivative does.
    """
    x, kernel = as_array(lhs), as_array(rhs)
    spatial = x.ndim - 2
    if dimension_numbers is None:
        names = "".join("HWDEFG"[:spatial]) if spatial != 3 else "DHW"
        dimension_numbers = (f"N{names}C", f"{names}IO", f"N{names}C")
    dims = conv_dimension_numbers(x.shape, kernel.shape, dimension_numbers)
    dilation = tuple(rhs_dilation) if rhs_dilation is not None else (1,) * spatial
    extents = [_spread(kernel.shape[at], d) for at, d in zip(dims.rhs_spec[2:], dilation, strict=True)]
    if isinstance(padding, str):
        pairs = [_transposed_padding(k, s, padding) for k, s in zip(extents, strides, strict=True)]
    elif use_consistent_padding:
        pairs = [(k - 1 - low, k - 1 - high) for k, (low, high) in zip(extents, padding, strict=True)]
    else:
        pairs = [(int(low), int(high)) for low, high in padding]
    if transpose_kernel:
        kernel = rearranging.flip(kernel, axis=tuple(dims.rhs_spec[2:]))
        swapped = list(range(kernel.ndim))
        o, i = dims.rhs_spec[:2]
        swapped[o], swapped[i] = i, o
        kernel = permute_dims(kernel, swapped)
    return conv_general_dilated(
        x, kernel, (1,) * spatial, pairs, tuple(strides), dilation, dims, preferred_element_type=preferred_element_type
    )


def _transposed_padding(extent: int, stride: int, padding: str) -> tuple[int, int]:
    if padding.upper() == "SAME":
        total = extent + stride - 2
        low = extent - 1 if stride > extent - 1 else math.ceil(total / 2)
    elif padding.upper() == "VALID":
        total = extent + stride - 2 + max(extent - stride, 0)
        low = extent - 1
    else:
        raise ValueError(f"the padding of conv_transpose is 'SAME', 'VALID' or pairs of amounts, got {padding!r}")
    return low, total - low


__all__ = [
    "ConvDimensionNumbers", "conv", "conv_dimension_numbers", "conv_general_dilated", "conv_transpose",
    "conv_with_general_padding",
]  # fmt: skip
