"""Functions of sets of elements. Their results have sizes that depend on the elements, which are known, or `size` is."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from irc.ir.rounding import is_of_numpy
from irc.numpy import reductions
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import broadcast_to, concat, moveaxis, ravel
from irc.numpy.rearranging import part_of
from irc.numpy.running import cumsum
from irc.numpy.searching import nonzero
from irc.numpy.taking import take_inside
from irc.numpy.ufuncs.arithmetic import add, subtract  # fmt: skip
from irc.numpy.ufuncs.kinds import isnan  # fmt: skip
from irc.numpy.ufuncs.orders import greater, less  # fmt: skip
from irc.numpy.ufuncs.truth import equal, logical_and, logical_not, logical_or, not_equal, where  # fmt: skip
from irc.numpy.updates import IndexHelper
from irc.tracing import orders
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import DEFAULTS, is_inexact
from irc.tracing.elementwise import cast, promoted
from irc.tracing.errors import size_not_known
from irc.tracing.shaping import iota, reshape


class UniqueAll(NamedTuple):
    """The result of `unique_all`."""

    values: Array
    indices: Array
    inverse_indices: Array
    counts: Array


class UniqueCounts(NamedTuple):
    """The result of `unique_counts`."""

    values: Array
    counts: Array


class UniqueInverse(NamedTuple):
    """The result of `unique_inverse`."""

    values: Array
    inverse_indices: Array


def _places(data: Any) -> Array:
    return ConcreteArray(np.asarray(data, DEFAULTS[int]))


def unique_all(x: Any, /, *, size: int | None = None, fill_value: Any = None) -> UniqueAll:
    """The different elements in order, where each is met first, which one each element is, and how often it occurs."""
    return UniqueAll(*unique(x, True, True, True, equal_nan=False, size=size, fill_value=fill_value))


def unique_counts(x: Any, /, *, size: int | None = None, fill_value: Any = None) -> UniqueCounts:
    """The different elements in order, and how often each occurs."""
    return UniqueCounts(*unique(x, return_counts=True, equal_nan=False, size=size, fill_value=fill_value))


def unique_inverse(x: Any, /, *, size: int | None = None, fill_value: Any = None) -> UniqueInverse:
    """The different elements in order, and which one each element is."""
    return UniqueInverse(*unique(x, return_inverse=True, equal_nan=False, size=size, fill_value=fill_value))


def unique_values(x: Any, /, *, size: int | None = None, fill_value: Any = None) -> Array:
    """The different elements in order; NaN is different from itself."""
    found: Array = unique(x, equal_nan=False, size=size, fill_value=fill_value)
    return found


def unique(
    ar: Any,
    return_index: bool = False,
    return_inverse: bool = False,
    return_counts: bool = False,
    axis: int | None = None,
    *,
    equal_nan: bool = True,
    size: int | None = None,
    fill_value: Any = None,
    sorted: bool = True,
) -> Any:
    """The different elements (or parts along an axis) in order, where each is met first, which one each is, how often.

    With `size` that many, of which surplus ones are `fill_value`, by default the first one; without it the elements
    must be known. They are in order whatever `sorted` says.
    """
    array = as_array(ar)
    if size is None:
        data = _known(array, "unique")
        values, first, inverse, counts = np.unique(data, True, True, True, axis, equal_nan=equal_nan)
        results = (
            as_array(values.astype(array.dtype)),
            _places(first),
            _places(_in_shape(inverse, data.shape, axis)),
            _places(counts),
        )
    else:
        results = _unique_of_size(array, axis, equal_nan, size, fill_value)
    wanted = (True, return_index, return_inverse, return_counts)
    found = [each for each, chosen in zip(results, wanted, strict=True) if chosen]
    return found[0] if len(found) == 1 else tuple(found)


def _in_shape(inverse: Any, shape: Any, axis: int | None) -> Any:
    return inverse.reshape(shape if axis is None else -1)


def _unique_of_size(
    x: Array, axis: int | None, equal_nan: bool, size: int, fill_value: Any
) -> tuple[Array, Array, Array, Array]:
    """The results of `unique`, of parts whose number is stated."""
    parts = ravel(x) if axis is None else moveaxis(x, axis, 0)
    count = parts.shape[0]
    if count == 0 and size and fill_value is None:
        raise ValueError("unique of no elements needs fill_value, which size asks for")
    order, new = _groups(parts, equal_nan)
    (starts,) = nonzero(new, size=size)
    (ends,) = nonzero(new, size=size + 1, fill_value=count)
    real = less(iota((size,), 0, DEFAULTS[int]), reductions.sum(cast(new, DEFAULTS[int])))
    if count == 0:
        values = broadcast_to(cast(as_array(fill_value), x.dtype), (size, *parts.shape[1:]))
        first = counts = broadcast_to(as_array(np.zeros((), DEFAULTS[int])), (size,))
        return values, first, reshape(order, x.shape if axis is None else (0,)), counts
    first = take_inside(order, starts, axis=0)
    values = take_inside(parts, first, axis=0)
    if fill_value is not None:
        filler = cast(as_array(fill_value), x.dtype)
        values = where(reshape(real, (size, *(1,) * (parts.ndim - 1))), values, filler)
    counts = subtract(part_of(ends, 0, 1, size + 1), part_of(ends, 0, 0, size))
    counts = where(real, counts, 0)
    number = subtract(cumsum(cast(new, DEFAULTS[int])), 1)
    inverse = IndexHelper(broadcast_to(as_array(np.zeros((), DEFAULTS[int])), (count,)))[order].set(number)
    values = values if axis is None else moveaxis(values, 0, axis)
    return values, first, reshape(inverse, x.shape) if axis is None else inverse, counts


def _groups(parts: Array, equal_nan: bool) -> tuple[Array, Array]:
    """The order of the parts along the first axis, and which of them in that order differ from the one before."""
    count = parts.shape[0]
    rows = reshape(parts, (count, math.prod(parts.shape[1:])))
    keys = [getitem(rows, (slice(None), i)) for i in range(rows.shape[1])]
    *keys, order = orders.sort([*keys, iota((count,), 0, DEFAULTS[int])], 0, keys=len(keys))
    new = less(iota((count,), 0, DEFAULTS[int]), 1)
    for key in keys:
        now, before = part_of(key, 0, 1, count), part_of(key, 0, 0, max(count - 1, 0))
        differ = not_equal(now, before)
        if equal_nan and is_inexact(key.dtype):
            differ = logical_and(differ, logical_not(logical_and(isnan(now), isnan(before))))
        first = as_array(np.ones(min(count, 1), np.bool_))
        new = logical_or(new, concat([first, differ]))
    return order, new


def _both(x1: Any, x2: Any) -> tuple[Array, Array]:
    (a, b), _ = promoted(x1, x2)
    return ravel(a), ravel(b)


def union1d(ar1: Any, ar2: Any, *, size: int | None = None, fill_value: Any = None) -> Array:
    """The elements of either array; with `size` that many, see `unique`."""
    found: Array = unique(concat(_both(ar1, ar2)), size=size, fill_value=fill_value)
    return found


def intersect1d(
    ar1: Any,
    ar2: Any,
    assume_unique: bool = False,
    return_indices: bool = False,
    *,
    size: int | None = None,
    fill_value: Any = None,
) -> Any:
    """The elements of both arrays, and where each is met first; with `size` that many, see `unique`."""
    a, b = _both(ar1, ar2)
    count = a.shape[0]
    everything = concat([a, b])
    order, new = _groups(everything, False)
    ordered = take_inside(everything, order, axis=0) if everything.size else everything
    from_first = less(order, count)
    # In each group the elements of the first array come first.
    group = cumsum(cast(new, DEFAULTS[int]))
    others = IndexHelper(_zeros(everything.shape[0] + 1))[group].max(where(from_first, 0, add(order, 1)))
    here = logical_and(new, logical_and(from_first, greater(take_inside(others, group, axis=0), 0)))
    places, real = _chosen(here, size)
    if size:
        # By default the first one that was found stands for those that are not there.
        places = where(real, places, getitem(places, 0))
    values = take_inside(ordered, places, axis=0) if everything.size else ordered
    if size is not None and fill_value is not None:
        values = where(real, values, cast(as_array(fill_value), values.dtype))
    if not return_indices:
        return values
    first = where(real, take_inside(order, places, axis=0), count)
    least = IndexHelper(broadcast_to(as_array(np.full((), everything.shape[0], DEFAULTS[int])), others.shape))
    second = least[group].min(where(from_first, everything.shape[0], order))
    second = subtract(take_inside(second, take_inside(group, places, axis=0), axis=0), count)
    return values, first, where(real, second, b.shape[0])


def _zeros(count: int) -> Array:
    return broadcast_to(as_array(np.zeros((), DEFAULTS[int])), (count,))


def _chosen(here: Array, size: int | None) -> tuple[Array, Array]:
    """The places where it holds, as many as `size` says, and which of them are no surplus."""
    (places,) = nonzero(here, size=size)
    count = places.shape[0]
    return places, less(iota((count,), 0, DEFAULTS[int]), reductions.sum(cast(here, DEFAULTS[int])))


def _of_size(x: Array, here: Array, size: int | None, fill_value: Any, otherwise: Any) -> Array:
    """The elements where it holds, in order, with `fill_value` for surplus ones."""
    places, real = _chosen(here, size)
    if size is None:
        return take_inside(x, places, axis=0) if x.size else x
    filler = otherwise if fill_value is None else cast(as_array(fill_value), x.dtype)
    return where(real, take_inside(x, places, axis=0) if x.size else filler, filler)


def setdiff1d(
    ar1: Any, ar2: Any, assume_unique: bool = False, *, size: int | None = None, fill_value: Any = None
) -> Array:
    """The elements of the first array that the second lacks; with `size` that many, zeros by default in surplus ones.

    With `assume_unique` in the order of the first array.
    """
    a, b = _both(ar1, ar2)
    lacking = logical_not(isin(a, b))
    if not assume_unique:
        order, new = _groups(a, True)
        a, lacking = take_inside(a, order, axis=0), logical_and(new, take_inside(lacking, order, axis=0))
    return _of_size(a, lacking, size, fill_value, as_array(np.zeros((), a.dtype)))


def setxor1d(
    ar1: Any, ar2: Any, assume_unique: bool = False, *, size: int | None = None, fill_value: Any = None
) -> Array:
    """The elements of exactly one of the arrays; with `size` that many, see `unique`."""
    a, b = _both(ar1, ar2)
    everything = concat([a, b])
    one = logical_not(concat([isin(a, b), isin(b, a)]))
    order, new = _groups(everything, True)
    here = take_inside(one, order, axis=0)
    here = here if assume_unique else logical_and(here, new)
    ordered = take_inside(everything, order, axis=0)
    places, _ = _chosen(here, size)
    otherwise = getitem(take_inside(ordered, places, axis=0), 0) if size else as_array(np.zeros((), a.dtype))
    return _of_size(ordered, here, size, fill_value, otherwise)


def _known(x: Array, name: str) -> Any:
    if not isinstance(x, ConcreteArray):
        raise size_not_known(name, x, f"pass {name} a size")
    # NumPy orders the numbers of ml_dtypes as if there were no NaN among them.
    return x.data if is_of_numpy(x.dtype) else x.data.astype(np.float32)


def isin(
    element: Any, test_elements: Any, assume_unique: bool = False, invert: bool = False, *, method: str = "auto"
) -> Array:
    """Whether each element is one of `test_elements`; `method` is without effect."""
    (a, b), _ = promoted(element, test_elements)
    if b.size == 0:
        found = broadcast_to(as_array(np.zeros((), np.bool_)), a.shape)
    else:
        found = reductions.any(equal(reshape(a, (*a.shape, 1)), reshape(b, (b.size,))), -1)
    return logical_not(found) if invert else found


def in1d(ar1: Any, ar2: Any, assume_unique: bool = False, invert: bool = False) -> Array:
    """`isin` of the flattened array."""
    return isin(ravel(ar1), ar2, invert=invert)


__all__ = [
    "in1d", "intersect1d", "isin", "setdiff1d", "setxor1d", "union1d", "unique", "unique_all", "unique_counts",
    "unique_inverse", "unique_values",
]  # fmt: skip

composites(globals(), ("unique",))
