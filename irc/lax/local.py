"""Convolutions taken apart: the windows themselves, and kernels that differ from place to place; products of groups of rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.lax.convolution import ConvDimensionNumbers, conv_dimension_numbers, conv_general_dilated
from irc.lax.loops import fori_loop
from irc.numpy import ufuncs
from irc.numpy.contractions import einsum
from irc.numpy.products import matmul
from irc.numpy.running import cumsum
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_to, iota, permute_dims, show


def _inverse(order: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(range(len(order)), key=order.__getitem__))


def _plain(lhs: Array, dimension_numbers: Any) -> tuple[Array, ConvDimensionNumbers]:
    """The input with batch and features in front, and the numbers that were given."""
    dims = conv_dimension_numbers(lhs.shape, lhs.shape, dimension_numbers)
    return permute_dims(lhs, dims.lhs_spec), dims


def conv_general_dilated_patches(
    lhs: Any,
    filter_shape: Sequence[int],
    window_strides: Sequence[int],
    padding: Any,
    lhs_dilation: Sequence[int] | None = None,
    rhs_dilation: Sequence[int] | None = None,
    dimension_numbers: Any = None,
    precision: Any = None,
    preferred_element_type: Any = None,
) -> Array:
    """The windows that a convolution of a kernel of this spatial shape sees: the features of the result are those of the
    input, each with all places of the window. `precision` is without effect."""
    x, dims = _plain(as_array(lhs), dimension_numbers)
    features, places = x.shape[1], math.prod(filter_shape)
    if not isinstance(features, int):
        raise TypeError("conv_general_dilated_patches needs to know the number of features")
    one = np.eye(places).reshape(places, 1, *filter_shape).astype(x.dtype)
    kernel = ConcreteArray(np.tile(one, (features, *(1,) * (len(filter_shape) + 1))))
    found = conv_general_dilated(
        x, kernel, window_strides, padding, lhs_dilation, rhs_dilation, None, features, 1, None, preferred_element_type
    )  # fmt: skip
    return permute_dims(found, _inverse(dims.out_spec))


def conv_general_dilated_local(
    lhs: Any,
    rhs: Any,
    window_strides: Sequence[int],
    padding: Any,
    filter_shape: Sequence[int],
    lhs_dilation: Sequence[int] | None = None,
    rhs_dilation: Sequence[int] | None = None,
    dimension_numbers: Any = None,
    precision: Any = None,
) -> Array:
    """A convolution with a kernel for each place of the result: the input features of `rhs` are those of the windows, and
    its spatial axes those of the result. `precision` is without effect."""
    (x, kernel), _ = promoted(lhs, rhs)
    x, dims = _plain(x, dimension_numbers)
    patches = conv_general_dilated_patches(x, filter_shape, window_strides, padding, lhs_dilation, rhs_dilation)
    kernel = permute_dims(kernel, dims.rhs_spec)
    if kernel.shape[1:] != patches.shape[1:]:
        raise ValueError(
            f"conv_general_dilated_local needs kernels for windows of shape {show(patches.shape[1:])}, got "
            f"{show(kernel.shape[1:])}"
        )
    return permute_dims(einsum("np...,op...->no...", patches, kernel), _inverse(dims.out_spec))


def ragged_dot(
    lhs: Any,
    rhs: Any,
    group_sizes: Any,
    precision: Any = None,
    preferred_element_type: Any = None,
    group_offset: Any = None,
    out_sharding: Any = None,
) -> Array:
    """The products of groups of rows of `lhs`, as long as `group_sizes` says one after the other, with the matrices `rhs`,
    one for each group; rows of no group give zeros. `precision` and `out_sharding` are without effect."""
    if group_offset is not None:
        raise NotImplementedError("ragged_dot has no group_offset")
    (rows, matrices), _ = promoted(lhs, rhs)
    sizes = as_array(group_sizes)
    if rows.ndim != 2 or matrices.ndim != 3 or sizes.ndim != 1 or matrices.shape[0] != sizes.shape[0]:
        shapes = ", ".join(show(each.shape) for each in (rows, matrices, sizes))
        raise TypeError(f"ragged_dot is of m×k rows, g×k×n matrices and g sizes, got shapes {shapes}")
    dtype = rows.dtype if preferred_element_type is None else as_dtype(preferred_element_type)
    rows, matrices = cast(rows, dtype), cast(matrices, dtype)
    ends = cumsum(sizes)
    place = iota((rows.shape[0], 1), 0, np.dtype(np.int32))

    def add(group: Array, total: Array) -> Array:
        end = ends[group]
        mine = ufuncs.logical_and(ufuncs.greater_equal(place, end - sizes[group]), ufuncs.less(place, end))
        return total + matmul(ufuncs.where(mine, rows, ufuncs.filled(rows, 0)), matrices[group])

    zero = broadcast_to(ConcreteArray(np.zeros((), dtype)), (rows.shape[0], matrices.shape[2]))
    found: Array = fori_loop(0, sizes.shape[0], add, zero)
    return found


def composite(decomposition: Callable[..., Any], name: str, version: int = 0) -> Callable[..., Any]:
    """`decomposition`, a function of arrays and of attributes by name; the name and the version are not kept."""

    def decorated(*args: Any, **attributes: Any) -> Any:
        return decomposition(*args, **attributes)

    decorated.__name__ = name
    return decorated


__all__ = ["composite", "conv_general_dilated_local", "conv_general_dilated_patches", "ragged_dot"]
