"""The functions of JAX's `lax` that move elements."""

from __future__ import annotations

import builtins
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.lax.strict import same_dtypes
from irc.numpy import manipulation, ufuncs
from irc.numpy.creation import asarray
from irc.numpy.reductions import normal_axis
from irc.tracing import dynamic_slices, shaping, slicing
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, matmul, promoted


def reshape(operand: Any, new_sizes: Sequence[Size], dimensions: Sequence[int] | None = None) -> Array:
    """The elements in row-major order, of the axes in the order of `dimensions`, with another shape."""
    array = as_array(operand)
    return manipulation.reshape(
        manipulation.permute_dims(array, dimensions) if dimensions is not None else array, new_sizes
    )


def transpose(operand: Any, permutation: Sequence[int]) -> Array:
    """Axis `i` of the result is axis `permutation[i]`."""
    return manipulation.permute_dims(operand, permutation)


def broadcast(operand: Any, sizes: Sequence[Size]) -> Array:
    """The array repeated along new leading axes."""
    array = as_array(operand)
    return shaping.broadcast_to(array, (*sizes, *array.shape))


def broadcast_in_dim(operand: Any, shape: Sequence[Size], broadcast_dimensions: Sequence[int]) -> Array:
    """The array repeated to `shape`, with its axes at the places `broadcast_dimensions`."""
    array = as_array(operand)
    if len(broadcast_dimensions) != array.ndim:
        raise ValueError(f"broadcast_in_dim needs a place for each of {array.ndim} axes, got {broadcast_dimensions}")
    order = sorted(range(array.ndim), key=lambda i: broadcast_dimensions[i])
    array = shaping.permute_dims(array, order)
    places = sorted(broadcast_dimensions)
    sizes = dict(zip(places, array.shape, strict=True))
    return shaping.broadcast_to(shaping.reshape(array, [sizes.get(i, 1) for i in range(len(shape))]), shape)


def concatenate(operands: Sequence[Any], dimension: int) -> Array:
    """The arrays one after the other along an axis."""
    if not operands:
        raise ValueError("lax.concatenate needs at least one array, got none")
    return manipulation.concat(same_dtypes("concatenate", *operands), axis=dimension)


def pad(operand: Any, padding_value: Any, padding_config: Sequence[tuple[int, int, int]]) -> Array:
    """A value before, after and between the elements of each axis; negative amounts at the ends remove elements."""
    array, value = same_dtypes("pad", operand, padding_value)
    low, high, interior = zip(*padding_config, strict=True) if padding_config else ((), (), ())
    return slicing.pad(array, value, low, high, interior)


def slice(
    operand: Any, start_indices: Sequence[int], limit_indices: Sequence[int], strides: Sequence[int] | None = None
) -> Array:
    """The elements from start up to limit in steps, along each axis."""
    array = as_array(operand)
    steps = strides if strides is not None else [1] * array.ndim
    return slicing.slice_ranges(array, list(zip(start_indices, limit_indices, steps, strict=True)))


def slice_in_dim(
    operand: Any, start_index: int | None, limit_index: int | None, stride: int = 1, axis: int = 0
) -> Array:
    """A slice along one axis; indices may be negative, or `None` for the ends."""
    array = as_array(operand)
    axis = normal_axis(axis, array.ndim)
    size = array.shape[axis]
    start, limit, _ = _range(start_index, limit_index, size)
    ranges = [slicing.WHOLE] * array.ndim
    ranges[axis] = (start, limit, stride)
    return slicing.slice_ranges(array, ranges)


def _range(start: int | None, limit: int | None, size: Size) -> tuple[int, int, int]:
    if isinstance(size, Dim):
        return start or 0, slicing.WHOLE[1] if limit is None else limit, 1
    return builtins.slice(start, limit).indices(size)


def index_in_dim(operand: Any, index: int, axis: int = 0, keepdims: bool = True) -> Array:
    """The part at one place of an axis."""
    array = as_array(operand)
    axis = normal_axis(axis, array.ndim)
    if not -array.shape[axis] <= index < array.shape[axis]:
        raise IndexError(f"index {index} is out of bounds for axis {axis} of size {array.shape[axis]}")
    index %= array.shape[axis]
    found = slice_in_dim(array, index, index + 1, 1, axis)
    return found if keepdims else manipulation.squeeze(found, axis)


def _starts(array: Array, indices: Sequence[Any], from_end: Any = True) -> list[Array]:
    """Positions as integer arrays without axes; negative ones count from the end."""
    if len(indices) != array.ndim:
        raise TypeError(f"expected {array.ndim} positions, got {len(indices)}")
    found: list[Array] = []
    wrapped = [from_end] * array.ndim if isinstance(from_end, bool) else list(from_end)
    for index, size, wrap in zip(indices, array.shape, wrapped, strict=True):
        if not wrap:
            found.append(as_array(index))
            continue
        if isinstance(index, int | np.integer) and isinstance(size, int):
            found.append(ConcreteArray(np.asarray(index + size if index < 0 else index, np.int32)))
            continue
        position = as_array(index)
        if position.dtype.kind not in "iu" or position.shape:
            raise TypeError(f"positions are integers without axes, got {position.dtype}{list(position.shape)}")
        if position.dtype.kind == "i" and not isinstance(position, ConcreteArray):
            position = _from_the_end(position, size)
        found.append(position)
    return found


def _from_the_end(position: Array, size: Size) -> Array:
    return cast(ufuncs.where(ufuncs.less(position, 0), ufuncs.add(position, size), position), position.dtype)


def dynamic_slice(
    operand: Any, start_indices: Sequence[Any], slice_sizes: Sequence[Size], *, allow_negative_indices: Any = True
) -> Array:
    """The part of these sizes at positions that may be traced, moved so that it lies inside.

    Negative positions count from the end, unless `allow_negative_indices` is false.
    """
    array = as_array(operand)
    for n, size in zip(slice_sizes, array.shape, strict=True):
        if isinstance(n, int) and isinstance(size, int) and n > size:
            raise TypeError(
                f"a part of shape {shaping.show(slice_sizes)} does not fit into {shaping.show(array.shape)}"
            )
    return dynamic_slices.dynamic_slice(array, _starts(array, start_indices, allow_negative_indices), slice_sizes)


def dynamic_slice_in_dim(
    operand: Any, start_index: Any, slice_size: Size, axis: int = 0, *, allow_negative_indices: Any = True
) -> Array:
    """A part along one axis, at a position that may be traced."""
    array = as_array(operand)
    axis = normal_axis(axis, array.ndim)
    starts: list[Any] = [0] * array.ndim
    starts[axis] = start_index
    return dynamic_slice(
        array,
        starts,
        [slice_size if i == axis else n for i, n in enumerate(array.shape)],
        allow_negative_indices=allow_negative_indices,
    )


def dynamic_index_in_dim(
    operand: Any, index: Any, axis: int = 0, keepdims: bool = True, *, allow_negative_indices: Any = True
) -> Array:
    """The part at one place of an axis, which may be traced."""
    found = dynamic_slice_in_dim(operand, index, 1, axis, allow_negative_indices=allow_negative_indices)
    return found if keepdims else manipulation.squeeze(found, axis)


def dynamic_update_slice(
    operand: Any, update: Any, start_indices: Sequence[Any], *, allow_negative_indices: Any = True
) -> Array:
    """The array with a part replaced, at positions that may be traced, moved so that it lies inside."""
    array, new = same_dtypes("dynamic_update_slice", operand, update)
    return dynamic_slices.dynamic_update_slice(array, new, _starts(array, start_indices, allow_negative_indices))


def dynamic_update_slice_in_dim(
    operand: Any, update: Any, start_index: Any, axis: int, *, allow_negative_indices: Any = True
) -> Array:
    """The array with a part along one axis replaced."""
    array = as_array(operand)
    starts: list[Any] = [0] * array.ndim
    starts[normal_axis(axis, array.ndim)] = start_index
    return dynamic_update_slice(array, update, starts, allow_negative_indices=allow_negative_indices)


def dynamic_update_index_in_dim(
    operand: Any, update: Any, index: Any, axis: int, *, allow_negative_indices: Any = True
) -> Array:
    """The array with the part at one place of an axis replaced."""
    array, new = as_array(operand), as_array(update)
    axis = normal_axis(axis, array.ndim)
    if new.ndim != array.ndim:
        new = manipulation.expand_dims(new, axis)
    return dynamic_update_slice_in_dim(array, new, index, axis, allow_negative_indices=allow_negative_indices)


def expand_dims(array: Any, dimensions: Sequence[int]) -> Array:
    """The array with new axes of size one at these places."""
    return manipulation.expand_dims(array, list(dimensions))


def squeeze(array: Any, dimensions: Sequence[int]) -> Array:
    """The array without these axes, which have size one."""
    return manipulation.squeeze(array, list(dimensions))


def collapse(operand: Any, start_dimension: int, stop_dimension: int | None = None) -> Array:
    """The array with neighbouring axes made one."""
    array = as_array(operand)
    start = normal_axis(start_dimension, array.ndim)
    stop = array.ndim if stop_dimension is None else stop_dimension % (array.ndim + 1)
    middle: Size = 1
    for size in array.shape[start:stop]:
        middle = middle * size
    return shaping.reshape(array, (*array.shape[:start], middle, *array.shape[stop:]))


def full(shape: Sequence[Size], fill_value: Any, dtype: Any = None) -> Array:
    """An array of one number."""
    return shaping.broadcast_to(asarray(fill_value, dtype), tuple(shape))


def full_like(x: Any, fill_value: Any, dtype: Any = None, shape: Sequence[Size] | None = None) -> Array:
    """An array of one number with the shape and dtype of `x`."""
    like = as_array(x)
    return full(like.shape if shape is None else shape, fill_value, like.dtype if dtype is None else dtype)


def iota(dtype: Any, size: Size) -> Array:
    """The numbers from 0 up to `size`."""
    return shaping.iota((size,), 0, as_dtype(dtype))


def broadcasted_iota(dtype: Any, shape: Sequence[Size], dimension: int) -> Array:
    """Each element is its position along an axis."""
    return shaping.iota(tuple(shape), normal_axis(dimension, len(shape)), as_dtype(dtype))


# -- products --------------------------------------------------------------------------------------------------------

DotDimensionNumbers = tuple[tuple[Sequence[int], Sequence[int]], tuple[Sequence[int], Sequence[int]]]


def dot_general(
    lhs: Any,
    rhs: Any,
    dimension_numbers: DotDimensionNumbers,
    precision: Any = None,
    preferred_element_type: Any = None,
) -> Array:
    """Products summed over the contracted axes, for each place of the batch axes: ((lhs, rhs) contracted, (lhs, rhs) batch).

    The result has the batch axes, then the other axes of `lhs`, then those of `rhs`. `precision` is without effect.
    """
    (a, b), _ = promoted(lhs, rhs)
    if preferred_element_type is not None:
        a, b = cast(a, as_dtype(preferred_element_type)), cast(b, as_dtype(preferred_element_type))
    (left, right), (left_batch, right_batch) = dimension_numbers
    if [a.shape[i] for i in left] != [b.shape[i] for i in right] or [a.shape[i] for i in left_batch] != [
        b.shape[i] for i in right_batch
    ]:
        raise TypeError(
            f"dot_general: {shaping.show(a.shape)} and {shaping.show(b.shape)} do not fit along {dimension_numbers}"
        )
    rows = [i for i in range(a.ndim) if i not in (*left, *left_batch)]
    columns = [i for i in range(b.ndim) if i not in (*right, *right_batch)]
    batch = [a.shape[i] for i in left_batch]
    m, n, k = [a.shape[i] for i in rows], [b.shape[i] for i in columns], [a.shape[i] for i in left]
    x = shaping.reshape(shaping.permute_dims(a, [*left_batch, *rows, *left]), [*batch, _product(m), _product(k)])
    y = shaping.reshape(shaping.permute_dims(b, [*right_batch, *right, *columns]), [*batch, _product(k), _product(n)])
    return shaping.reshape(matmul(x, y), [*batch, *m, *n])


def _product(sizes: Sequence[Size]) -> Size:
    return math.prod(sizes)


def dot(
    lhs: Any,
    rhs: Any,
    *,
    dimension_numbers: DotDimensionNumbers | None = None,
    precision: Any = None,
    preferred_element_type: Any = None,
) -> Array:
    """The product of vectors and matrices, or with `dimension_numbers` that of `dot_general`."""
    a, b = as_array(lhs), as_array(rhs)
    if dimension_numbers is not None:
        return dot_general(a, b, dimension_numbers, precision, preferred_element_type)
    return dot_general(a, b, (((a.ndim - 1,), (0,)), ((), ())), preferred_element_type=preferred_element_type)


def batch_matmul(lhs: Any, rhs: Any, precision: Any = None) -> Array:
    """Matrix products, one for each place of the leading axes."""
    a, b = as_array(lhs), as_array(rhs)
    batch = tuple(range(a.ndim - 2))
    return dot_general(a, b, (((a.ndim - 1,), (b.ndim - 2,)), (batch, batch)))


__all__ = [
    "batch_matmul", "broadcast", "broadcast_in_dim", "broadcasted_iota", "collapse", "concatenate", "dot",
    "dot_general", "dynamic_index_in_dim", "dynamic_slice", "dynamic_slice_in_dim",
    "dynamic_update_index_in_dim", "dynamic_update_slice", "dynamic_update_slice_in_dim", "expand_dims", "full",
    "full_like", "index_in_dim", "iota", "pad", "reshape", "slice", "slice_in_dim", "squeeze", "transpose",
]  # fmt: skip
