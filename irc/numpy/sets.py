"""Functions of sets of elements. Their results have sizes that depend on the elements, so the arrays must be known."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import is_of_numpy
from irc.tracing.elementwise import promoted
from irc.tracing.errors import ConcretizationTypeError


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


def _known(x: Any, name: str) -> Any:
    array = as_array(x)
    if not isinstance(array, ConcreteArray):
        raise ConcretizationTypeError(
            f"the size of the result of {name} depends on the elements of {array!r}, which are not known while the "
            "function is traced"
        )
    # NumPy orders the numbers of ml_dtypes as if there were no NaN among them.
    return array.data if is_of_numpy(array.dtype) else array.data.astype(np.float32)


def _array(data: Any, *like: Any) -> Array:
    """Elements of arrays or numbers, of which `_known` may have widened some, in their common dtype."""
    dtype = promoted(*like)[0][0].dtype
    return ConcreteArray(np.asarray(data) if is_of_numpy(dtype) else np.asarray(data).astype(dtype))


def _places(data: Any) -> Array:
    return ConcreteArray(np.asarray(data, np.int32))


def unique_all(x: Any, /) -> UniqueAll:
    """The different elements in order, where each is met first, which one each element is, and how often it occurs."""
    data = _known(x, "unique_all")
    values, first, inverse, counts = np.unique(data, True, True, True, equal_nan=False)
    return UniqueAll(_array(values, x), _places(first), _places(inverse.reshape(data.shape)), _places(counts))


def unique_counts(x: Any, /) -> UniqueCounts:
    """The different elements in order, and how often each occurs."""
    found = unique_all(x)
    return UniqueCounts(found.values, found.counts)


def unique_inverse(x: Any, /) -> UniqueInverse:
    """The different elements in order, and which one each element is."""
    found = unique_all(x)
    return UniqueInverse(found.values, found.inverse_indices)


def unique_values(x: Any, /) -> Array:
    """The different elements in order; NaN is different from itself."""
    return unique_all(x).values


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
) -> Any:
    """NumPy's `unique`; with `size` that many, of which surplus ones are `fill_value`, by default the first one."""
    data = _known(ar, "unique")
    values, first, inverse, counts = np.unique(data, True, True, True, axis, equal_nan=equal_nan)
    if size is not None:
        along = axis if axis is not None else 0
        values = np.take(values, range(min(size, values.shape[along])), along)
        missing = size - values.shape[along]
        shape = list(values.shape)
        shape[along] = missing
        filler = fill_value if fill_value is not None else values.take([0], along) if values.size else 0
        values = np.concatenate([values, np.broadcast_to(np.asarray(filler, values.dtype), shape)], along)
        first = np.concatenate([first[:size], np.full(missing, first[:1].sum())])
        counts = np.concatenate([counts[:size], np.zeros(missing, counts.dtype)])
    found = [_array(values, ar)]
    for wanted, each in ((return_index, first), (return_inverse, inverse), (return_counts, counts)):
        if wanted:
            found.append(_places(each))
    return found[0] if len(found) == 1 else tuple(found)


def _both(x1: Any, x2: Any, name: str) -> tuple[Any, Any]:
    (a, b), _ = promoted(x1, x2)
    return _known(a, name), _known(b, name)


def union1d(ar1: Any, ar2: Any) -> Array:
    """The elements of either array."""
    return _array(np.union1d(*_both(ar1, ar2, "union1d")), ar1, ar2)


def intersect1d(ar1: Any, ar2: Any, assume_unique: bool = False, return_indices: bool = False) -> Any:
    """The elements of both arrays."""
    function: Any = np.intersect1d
    found = function(*_both(ar1, ar2, "intersect1d"), assume_unique, return_indices)
    if not return_indices:
        return _array(found, ar1, ar2)
    return _array(found[0], ar1, ar2), _places(found[1]), _places(found[2])


def setdiff1d(ar1: Any, ar2: Any, assume_unique: bool = False) -> Array:
    """The elements of the first array that the second lacks."""
    return _array(np.setdiff1d(*_both(ar1, ar2, "setdiff1d"), assume_unique), ar1, ar2)


def setxor1d(ar1: Any, ar2: Any, assume_unique: bool = False) -> Array:
    """The elements of exactly one of the arrays."""
    return _array(np.setxor1d(*_both(ar1, ar2, "setxor1d"), assume_unique), ar1, ar2)


def isin(element: Any, test_elements: Any, assume_unique: bool = False, invert: bool = False) -> Array:
    """Whether each element is one of `test_elements`."""
    from irc.numpy import reductions, ufuncs  # noqa: PLC0415
    from irc.tracing.shaping import reshape  # noqa: PLC0415

    (a, b), _ = promoted(element, test_elements)
    if b.size == 0:
        found = ufuncs.not_equal(a, a) if a.dtype.kind not in "fc" else ufuncs.less(ufuncs.abs(a), 0)
    else:
        found = reductions.any(ufuncs.equal(reshape(a, (*a.shape, 1)), reshape(b, (b.size,))), -1)
    return ufuncs.logical_not(found) if invert else found


def in1d(ar1: Any, ar2: Any, assume_unique: bool = False, invert: bool = False) -> Array:
    """`isin` of the flattened array."""
    from irc.numpy.manipulation import ravel  # noqa: PLC0415

    return isin(ravel(ar1), ar2, invert=invert)


__all__ = [
    "in1d", "intersect1d", "isin", "setdiff1d", "setxor1d", "union1d", "unique", "unique_all", "unique_counts",
    "unique_inverse", "unique_values",
]  # fmt: skip
