"""The functions of JAX's `lax` that order elements along an axis, find the largest, or run along it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.lax.loops import while_loop
from irc.lax.selection import candidates
from irc.numpy import searching, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import moveaxis
from irc.numpy.more_ufuncs import logaddexp
from irc.numpy.reductions import normal_axis
from irc.numpy.taking import take_inside
from irc.tracing import orders
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Dim
from irc.tracing.dtypes import as_dtype, is_float, is_inexact, is_integer
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota, reshape, show
from irc.tracing.slicing import concat, slice_ranges
from irc.tracing.trees import flatten, unflatten

_INT = np.dtype(np.int32)


def rev(operand: Any, dimensions: Sequence[int]) -> Array:
    """The elements in the opposite order along these axes."""
    array = as_array(operand)
    return orders.reverse(array, [normal_axis(axis, array.ndim) for axis in dimensions])


def sort(operand: Any, dimension: int = -1, is_stable: bool = True, num_keys: int = 1) -> Any:
    """An array sorted along an axis, NaN last; or several of one shape, sorted together by the first `num_keys`."""
    several = isinstance(operand, Sequence)
    arrays = [as_array(each) for each in (operand if several else [operand])]
    if not arrays:
        raise TypeError("sort needs at least one array")
    if any(each.shape != arrays[0].shape for each in arrays):
        shapes = " and ".join(show(each.shape) for each in arrays)
        raise TypeError(f"sort takes arrays of one shape, got {shapes}")
    if not 1 <= num_keys <= len(arrays):
        raise ValueError(f"num_keys is a number from 1 to {len(arrays)}, got {num_keys}")
    axis = normal_axis(dimension, arrays[0].ndim)
    found = orders.sort(arrays, axis, keys=num_keys, stable=is_stable)
    return tuple(found) if several else found[0]


def sort_key_val(keys: Any, values: Any, dimension: int = -1, is_stable: bool = True) -> tuple[Array, Array]:
    """Keys sorted along an axis, and the values in their order."""
    found = sort((keys, values), dimension, is_stable)
    return found[0], found[1]


def top_k(operand: Any, k: int, *, axis: int = -1) -> tuple[Array, Array]:
    """The `k` largest elements along an axis, the largest first, and their positions; the first of equal ones.

    NaN counts as the largest.
    """
    return _first("top_k", operand, k, axis, descending=True)


def _first(name: str, operand: Any, k: int, axis: int, *, descending: bool) -> tuple[Array, Array]:
    """The first `k` of the sorted elements along an axis, and their positions."""
    array = as_array(operand)
    if not array.ndim:
        raise ValueError(f"{name} needs an array with axes")
    axis = normal_axis(axis, array.ndim)
    size = array.shape[axis]
    if k < 0 or (isinstance(size, int) and k > size):
        raise ValueError(f"{name} cannot take {k} elements of an axis of size {size}")
    few = candidates(array, k, axis) if descending else None
    if few is not None:
        first = _sorted(*few, k, array.ndim - 1, descending)
        return moveaxis(first[0], -1, axis), moveaxis(first[1], -1, axis)
    return _sorted(array, iota(array.shape, axis, _INT), k, axis, descending)


def _sorted(array: Array, places: Array, k: int, axis: int, descending: bool) -> tuple[Array, Array]:
    values, at = orders.sort([array, places], axis, descending=descending)
    ranges = [(0, k, 1) if i == axis else _whole(n) for i, n in enumerate(array.shape)]
    return slice_ranges(values, ranges), slice_ranges(at, ranges)


def approx_max_k(
    operand: Any, k: int, reduction_dimension: int = -1, recall_target: float = 0.95,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True,
) -> tuple[Array, Array]:  # fmt: skip
    """`top_k` of floats: exact, whatever recall is asked for, and always in order."""
    return _approximate("approx_max_k", operand, k, reduction_dimension, descending=True)


def approx_min_k(
    operand: Any, k: int, reduction_dimension: int = -1, recall_target: float = 0.95,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True,
) -> tuple[Array, Array]:  # fmt: skip
    """The `k` smallest floats along an axis, the smallest first, and their positions, exactly; NaN counts as the largest."""
    return _approximate("approx_min_k", operand, k, reduction_dimension, descending=False)


def _approximate(name: str, operand: Any, k: int, axis: int, *, descending: bool) -> tuple[Array, Array]:
    array = as_array(operand)
    if not is_float(array.dtype):
        raise ValueError(f"{name} is a function of floats, got {array.dtype}")
    if k <= 0:
        raise ValueError(f"{name} takes a positive number of elements, got {k}")
    return _first(name, array, k, axis, descending=descending)


def _whole(size: Any) -> tuple[int, int, int]:
    return (0, nd.TO_THE_END, 1) if isinstance(size, Dim) else (0, size, 1)


def argmax(operand: Any, axis: int, index_dtype: Any = np.int32) -> Array:
    """The position of the first largest element along an axis, or of the first NaN."""
    return cast(searching.argmax(operand, axis=axis), _index_dtype(index_dtype))


def argmin(operand: Any, axis: int, index_dtype: Any = np.int32) -> Array:
    """The position of the first smallest element along an axis, or of the first NaN."""
    return cast(searching.argmin(operand, axis=axis), _index_dtype(index_dtype))


def _index_dtype(dtype: Any) -> Any:
    found = as_dtype(dtype)
    if not is_integer(found):
        raise TypeError(f"positions are integers, so index_dtype cannot be {found}")
    return found


# -- running reductions ------------------------------------------------------------------------------------------------


def _running(name: str, op: Any, operand: Any, axis: int, reverse: bool) -> Array:
    array = as_array(operand)
    if array.dtype.kind == "b":
        raise TypeError(f"lax.{name} runs along numbers, got bool")
    return orders.cumulative(op, array, normal_axis(axis, array.ndim), reverse)


def cumsum(operand: Any, axis: int = 0, reverse: bool = False) -> Array:
    """The sum of each element and all before it along an axis."""
    return _running("cumsum", nd.Add, operand, axis, reverse)


def cumprod(operand: Any, axis: int = 0, reverse: bool = False) -> Array:
    """The product of each element and all before it along an axis."""
    return _running("cumprod", nd.Multiply, operand, axis, reverse)


def cummax(operand: Any, axis: int = 0, reverse: bool = False) -> Array:
    """The largest of each element and all before it along an axis."""
    return _running("cummax", nd.Maximum, operand, axis, reverse)


def cummin(operand: Any, axis: int = 0, reverse: bool = False) -> Array:
    """The smallest of each element and all before it along an axis."""
    return _running("cummin", nd.Minimum, operand, axis, reverse)


def cumlogsumexp(operand: Any, axis: int = 0, reverse: bool = False) -> Array:
    """The logarithm of the sum of the exponentials of each element and all before it along an axis."""
    array = as_array(operand)
    if not is_inexact(array.dtype):
        raise TypeError(f"cumlogsumexp is a function of floats, got {array.dtype}")
    found: Array = associative_scan(logaddexp, array, reverse, axis)
    return found


def associative_scan(fn: Callable[[Any, Any], Any], elems: Any, reverse: bool = False, axis: int = 0) -> Any:
    """Each element combined with all before it along an axis by `fn`, an associative function of trees of arrays.

    `fn` gets parts of the arrays along the axis and combines them place by place. It is called a number of times that is
    logarithmic in the size of the axis.
    """
    leaves, structure = flatten(elems)
    arrays = [as_array(leaf) for leaf in leaves]
    if not arrays:
        return elems
    sizes = {array.shape[normal_axis(axis, array.ndim)] for array in arrays}
    if len(sizes) > 1:
        raise ValueError(f"associative_scan runs along axes of one size, got {sorted(map(str, sizes))}")
    (size,) = sizes
    places = [normal_axis(axis, array.ndim) for array in arrays]
    if reverse:
        arrays = [orders.reverse(array, [at]) for array, at in zip(arrays, places, strict=True)]

    def combine(a: Sequence[Array], b: Sequence[Array]) -> list[Array]:
        found = flatten(fn(unflatten(structure, list(a)), unflatten(structure, list(b))))[0]
        return [as_array(each) for each in found]

    found = _doubled(combine, arrays, places, size) if isinstance(size, Dim) else _scanned(combine, arrays, places)
    if reverse:
        found = [orders.reverse(array, [at]) for array, at in zip(found, places, strict=True)]
    return unflatten(structure, found)


def _doubled(
    combine: Callable[[Sequence[Array], Sequence[Array]], list[Array]], xs: Sequence[Array], axes: Sequence[int], size: Dim
) -> list[Array]:  # fmt: skip
    """A loop for an axis of unknown size: each element is combined with that 1, 2, 4, … before it."""
    places, count = iota((size,), 0, _INT), as_array(size)

    def work(state: Any) -> Any:
        distance, arrays = state
        source = ufuncs.maximum(ufuncs.subtract(places, distance), 0)
        before = [take_inside(x, source, at) for x, at in zip(arrays, axes, strict=True)]
        inside = ufuncs.greater_equal(places, distance)
        found = []
        for old, new, at in zip(arrays, combine(before, arrays), axes, strict=True):
            chosen = reshape(inside, [size if i == at else 1 for i in range(old.ndim)])
            found.append(ufuncs.where(chosen, new, old))
        return ufuncs.multiply(distance, 2), found

    start = as_array(np.ones((), _INT)), list(xs)
    found: list[Array] = while_loop(lambda state: ufuncs.less(state[0], count), work, start)[1]
    return found


def _part(x: Array, axis: int, start: int, stop: int, step: int = 1) -> Array:
    index = tuple(slice(start, max(stop, start), step) if i == axis else slice(None) for i in range(x.ndim))
    return getitem(x, index)


def _scanned(
    combine: Callable[[Sequence[Array], Sequence[Array]], list[Array]], xs: Sequence[Array], axes: Sequence[int]
) -> list[Array]:
    """Pairs are combined, their scan gives every second result, and one more step those between."""
    size = xs[0].shape[axes[0]]
    if size < 2:
        return list(xs)
    pairs = list(zip(xs, axes, strict=True))
    firsts = [_part(x, at, 0, size - 1, 2) for x, at in pairs]
    seconds = [_part(x, at, 1, size, 2) for x, at in pairs]
    odd = _scanned(combine, combine(firsts, seconds), axes)
    before = [_part(x, at, 0, (size - 1) // 2) for x, at in zip(odd, axes, strict=True)]
    between = combine(before, [_part(x, at, 2, size, 2) for x, at in pairs]) if size > 2 else [
        _part(x, at, 0, 0) for x, at in pairs
    ]  # fmt: skip
    even = [concat([_part(x, at, 0, 1), each], at) for (x, at), each in zip(pairs, between, strict=True)]
    return [_interleaved(a, b, at) for a, b, at in zip(even, odd, axes, strict=True)]


def _interleaved(even: Array, odd: Array, axis: int) -> Array:
    """The elements of two arrays in turn along an axis, of which the first may have one more."""
    if even.shape[axis] > odd.shape[axis]:
        last = _part(even, axis, even.shape[axis] - 1, even.shape[axis])
        whole = _interleaved(_part(even, axis, 0, odd.shape[axis]), odd, axis)
        return concat([whole, last], axis)
    shape = list(even.shape)
    stacked = [reshape(each, [*shape[: axis + 1], 1, *shape[axis + 1 :]]) for each in (even, odd)]
    joined = concat(stacked, axis + 1)
    return reshape(joined, [*shape[:axis], 2 * shape[axis], *shape[axis + 1 :]])


__all__ = [
    "approx_max_k", "approx_min_k", "argmax", "argmin", "associative_scan", "cumlogsumexp", "cummax", "cummin", "cumprod",
    "cumsum", "rev", "sort", "sort_key_val", "top_k",
]  # fmt: skip
