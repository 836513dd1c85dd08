"""New arrays: of given numbers, of one number, of positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.tracing.array import Array, ConcreteArray, as_array, as_lent, checked
from irc.tracing.dims import Dim, Size, max_dim, sizes_of
from irc.tracing.dtypes import DEFAULTS, as_dtype, promote
from irc.tracing.elementwise import apply, broadcast, cast, promoted
from irc.tracing.errors import not_known
from irc.tracing.known import if_known
from irc.tracing.shaping import broadcast_to, iota, reshape
from irc.tracing.slicing import concat


def asarray(a: Any, dtype: Any = None, order: Any = None, *, copy: bool | None = None, device: Any = None) -> Array:
    """`a` as an array: an array of any library, a number, or nested lists of these. Raises `TypeError`.

    A number of Python's is weakly typed, as it is itself, unless `dtype` is given.

    Arrays have no `order` in memory that programs see. One of NumPy's that may be written to is copied unless `copy` is false;
    then nobody may write to it any more.
    """
    if isinstance(a, int) and not isinstance(a, bool) and dtype is not None:
        check_in_bounds(a, as_dtype(dtype))
    convert = as_lent if copy is False else as_array
    found = _of_lists(a, dtype) if isinstance(a, list | tuple) else convert(a)
    if dtype is not None:
        found = cast(found, as_dtype(dtype))
    if copy and isinstance(found, ConcreteArray) and not (isinstance(a, np.ndarray) and a.flags.writeable):
        found = ConcreteArray(found.data.copy(), found.weak_type)
    return found


def array(
    object: Any, dtype: Any = None, copy: bool = True, order: Any = "K", ndmin: int = 0, *, device: Any = None
) -> Array:
    """A copy of `object` as an array, with axes of size one in front up to a number of `ndmin`."""
    found = asarray(object, dtype, copy=copy)
    return found if found.ndim >= ndmin else reshape(found, (*(1,) * (ndmin - found.ndim), *found.shape))


def check_in_bounds(number: int, dtype: Any) -> None:
    """Raise `OverflowError` for an integer of Python's that a dtype of integers does not hold."""
    if dtype.kind in "iu" and not np.iinfo(dtype).min <= number <= np.iinfo(dtype).max:
        raise OverflowError(f"the Python integer {number} is out of bounds for {dtype}")


def _of_lists(lists: Any, dtype: Any = None) -> Array:
    """Numbers in nested lists have JAX's defaults of their kind; with arrays among them the lists are stacked."""
    if any(isinstance(leaf, Array | Dim) for leaf in _leaves(lists)):
        parts, _ = promoted(*(_of_lists(part, dtype) if isinstance(part, list | tuple) else part for part in lists))
        joined = concat([reshape(part, (1, *part.shape)) for part in parts], 0)
        return cast(joined, joined.dtype)
    if dtype is not None:
        for leaf in _leaves(lists):
            if isinstance(leaf, int) and not isinstance(leaf, bool | np.generic):
                check_in_bounds(leaf, as_dtype(dtype))
    data = np.asarray(lists)
    if data.dtype.kind == "O":
        raise TypeError("nested lists must hold numbers, and be of the same length")
    leaves = _leaves(lists)
    if dtype is None and any(isinstance(leaf, np.generic | np.ndarray) for leaf in leaves):
        # Numbers of Python give way to the others.
        pairs = {(each.dtype, each.weak_type) for each in map(as_array, leaves)}
        data = data.astype(promote(pairs)[0])
    elif dtype is None:
        # Python's numbers; one that does not fit the default keeps 64 bits.
        default = {"b": bool, "i": int, "f": float, "c": complex}.get(data.dtype.kind)
        if default is not None:
            narrow = data.astype(DEFAULTS[default])
            if data.dtype.kind != "i" or np.array_equal(narrow, data):
                data = narrow
    return ConcreteArray(checked(data))


def _leaves(lists: Any) -> list[Any]:
    if not isinstance(lists, list | tuple):
        return [lists]
    return [leaf for part in lists for leaf in _leaves(part)]


def full(shape: Any, fill_value: Any, dtype: Any = None, *, device: Any = None) -> Array:
    """An array of one number."""
    value = asarray(fill_value) if dtype is None else cast(asarray(as_array(fill_value)), as_dtype(dtype))
    return broadcast_to(value, sizes_of(shape))


def zeros(shape: Any, dtype: Any = None, *, device: Any = None) -> Array:
    """An array of zeros, of the default float unless `dtype` is given."""
    return full(shape, 0, dtype if dtype is not None else float)


def ones(shape: Any, dtype: Any = None, *, device: Any = None) -> Array:
    """An array of ones, of the default float unless `dtype` is given."""
    return full(shape, 1, dtype if dtype is not None else float)


def empty(shape: Any, dtype: Any = None, *, device: Any = None) -> Array:
    """An array whose elements are unspecified: zeros."""
    return zeros(shape, dtype)


def full_like(a: Any, fill_value: Any, dtype: Any = None, shape: Any = None, *, device: Any = None) -> Array:
    """An array of one number, with the shape and dtype of `x`."""
    like = as_array(a)
    found = full(like.shape if shape is None else shape, fill_value, like.dtype if dtype is None else dtype)
    return cast(found, found.dtype, like.weak_type and dtype is None)


def zeros_like(a: Any, dtype: Any = None, shape: Any = None, *, device: Any = None) -> Array:
    """Zeros with the shape and dtype of `x`."""
    return full_like(a, 0, dtype, shape=shape)


def ones_like(a: Any, dtype: Any = None, shape: Any = None, *, device: Any = None) -> Array:
    """Ones with the shape and dtype of `x`."""
    return full_like(a, 1, dtype, shape=shape)


def empty_like(prototype: Any, dtype: Any = None, shape: Any = None, *, device: Any = None) -> Array:
    """Zeros with the shape and dtype of `x`."""
    return zeros_like(prototype, dtype, shape=shape)


def arange(start: Any, stop: Any = None, step: Any = None, dtype: Any = None, *, device: Any = None) -> Array:
    """The numbers from `start` in steps, up to but without `stop`; with one argument those from 0."""
    step = 1 if step is None else step
    start, stop, step = (if_known(each) if isinstance(each, Array) else each for each in (start, stop, step))
    for each in (start, stop, step):
        if isinstance(each, Array) and not isinstance(each, ConcreteArray):
            raise not_known("shape", repr(each))
    if any(isinstance(each, Dim) for each in (start, stop, step)):
        return _unknown_range(0 if stop is None else start, start if stop is None else stop, step, dtype)
    numbers = [each for each in (start, stop, step) if each is not None]
    for each in numbers:
        if as_array(each).dtype.kind == "c":
            raise ValueError(f"arange takes real numbers, got {each!r}")
    if dtype is None:
        dtype = promote([(each.dtype, each.weak_type) for each in map(as_array, numbers)])[0]
    # The positions are computed with the digits of Python's numbers.
    start, stop, step = (each.item() if isinstance(each, Array | np.generic) else each for each in (start, stop, step))
    data = np.arange(start, stop, step) if stop is not None else np.arange(0, start, step)
    return ConcreteArray(data.astype(as_dtype(dtype)))


def _unknown_range(start: Any, stop: Any, step: Any, dtype: Any) -> Array:
    """`arange` of sizes that are not known while the function is traced."""
    if not all(isinstance(each, int | np.integer | Dim) for each in (start, stop, step)):
        raise TypeError(f"arange with a dynamic size takes integers and sizes, got {start!r}, {stop!r} and {step!r}")
    count = max_dim(-((start - stop) // step), 0)
    wanted = as_dtype(dtype if dtype is not None else int)
    row = iota((count,), 0, wanted)
    for op, number, neutral in ((nd.Multiply, step, 1), (nd.Add, start, 0)):
        if number is not neutral:
            row = apply(op, *broadcast(row, cast(as_array(number), wanted)))
    return row


def eye(N: Size, M: Size | None = None, k: int = 0, dtype: Any = None, *, device: Any = None) -> Array:
    """Ones on the diagonal number `k`, zeros elsewhere."""
    wanted = as_dtype(dtype if dtype is not None else float)
    if isinstance(N, Dim) or isinstance(M, Dim):
        shape = (N, N if M is None else M)
        row, column = (iota(shape, axis, DEFAULTS[int]) for axis in (0, 1))
        moved = apply(nd.Add, *broadcast(row, cast(as_array(k), DEFAULTS[int])))
        return cast(apply(nd.Equal, moved, column), wanted)
    return ConcreteArray(np.eye(N, M, k, wanted))


def stack_of(arrays: Sequence[Array], axis: int) -> Array:
    """Arrays of one shape and dtype along a new axis."""
    shape = arrays[0].shape
    axis %= len(shape) + 1
    return concat([reshape(each, (*shape[:axis], 1, *shape[axis:])) for each in arrays], axis)


__all__ = [
    "arange", "array", "asarray", "empty", "empty_like", "eye", "full", "full_like", "ones", "ones_like", "zeros",
    "zeros_like",
]  # fmt: skip
