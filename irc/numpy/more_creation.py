"""New arrays that follow a formula: ranges, grids, triangles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.creation import asarray, eye, stack_of
from irc.numpy.data_types import check_device
from irc.numpy.manipulation import broadcast_to as spread
from irc.numpy.manipulation import moveaxis
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size, max_dim
from irc.tracing.dtypes import DEFAULTS, as_dtype, is_inexact, is_integer, to_inexact
from irc.tracing.elementwise import cast, promoted
from irc.tracing.known import if_known
from irc.tracing.shaping import broadcast_shapes, iota, reshape, show
from irc.tracing.slicing import concat


def from_dlpack(x: Any, /, *, device: Any = None, copy: bool | None = None) -> Array:
    """The memory of another library's array, without a copy unless one is asked for."""
    check_device(device)
    if isinstance(x, Array):
        return asarray(x, copy=copy)
    return ConcreteArray(np.from_dlpack(x, copy=copy) if copy is not None else np.from_dlpack(x))


def linspace(
    start: Any,
    stop: Any,
    num: Size = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: Any = None,
    axis: int = 0,
    *,
    device: Any = None,
) -> Any:
    """`num` numbers at equal distances from `start` to `stop`, which is the last one unless `endpoint` is false."""
    check_device(device)
    if not isinstance(num, Dim) and num < 0:
        raise ValueError(f"linspace makes a number of samples, got {num}")
    if not isinstance(num, Dim) and all(isinstance(each, int | float | complex) for each in (start, stop)):
        # Numbers of Python are spread with the precision that they have.
        numbers, step = np.linspace(start, stop, num, endpoint, retstep=True)
        default = DEFAULTS[complex if numbers.dtype.kind == "c" else float]
        wanted = as_dtype(dtype) if dtype is not None else default
        if is_integer(wanted):
            numbers = np.floor(numbers)
        row = ConcreteArray(numbers.astype(wanted))
        inexact = wanted if is_inexact(wanted) else default
        return (row, ConcreteArray(np.asarray(step, inexact))) if retstep else row
    (a, b), _ = promoted(start, stop)
    working = to_inexact(a.dtype)
    shape = broadcast_shapes(a.shape, b.shape)
    a, b = cast(a, working), cast(b, working)
    count = num - 1 if endpoint else num
    at = reshape(iota((num,), 0, np.dtype(np.int32)), (num, *(1,) * len(shape)))
    part = ufuncs.divide(cast(at, working), max_dim(count, 1))
    step_array = ufuncs.divide(ufuncs.subtract(b, a), max_dim(count, 1))
    found = ufuncs.add(ufuncs.multiply(a, ufuncs.subtract(1, part)), ufuncs.multiply(b, part))
    if endpoint and (isinstance(num, Dim) or num > 1):
        last = ufuncs.equal(at, num - 1)
        if isinstance(num, Dim):
            last = ufuncs.logical_and(last, ufuncs.greater(num, 1))
        found = ufuncs.where(last, b, found)
    found = spread(found, (num, *shape))
    if dtype is not None and is_integer(as_dtype(dtype)):
        found = ufuncs.floor(found)
    found = cast(found, as_dtype(dtype) if dtype is not None else working)
    found = moveaxis(found, 0, axis)
    if dtype is not None and is_inexact(as_dtype(dtype)):
        step_array = cast(step_array, as_dtype(dtype))
    return (found, step_array) if retstep else found


def logspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, base: Any = 10.0, dtype: Any = None, axis: int = 0
) -> Array:
    """Powers of `base` whose exponents are those of `linspace`."""
    found = ufuncs.power(base, linspace(start, stop, num, endpoint=endpoint, axis=axis))
    return found if dtype is None else cast(found, as_dtype(dtype))


def geomspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, dtype: Any = None, axis: int = 0) -> Array:
    """`num` numbers of equal ratios from `start` to `stop`."""
    a, b = (ufuncs.inexact(each) for each in (start, stop))
    sign = ufuncs.sign(a)
    exponents = linspace(ufuncs.log(ufuncs.abs(a)), ufuncs.log(ufuncs.abs(b)), num, endpoint=endpoint, axis=axis)
    found = ufuncs.multiply(ufuncs.exp(exponents), sign)
    return found if dtype is None else cast(found, as_dtype(dtype))


def meshgrid(*arrays: Any, indexing: str = "xy", sparse: bool = False, copy: bool = True) -> list[Array]:
    """The coordinates of a grid: array `i` varies along axis `i`; with "xy" the first two axes are exchanged."""
    if indexing not in ("xy", "ij"):
        raise ValueError(f"indexing is 'xy' or 'ij', got {indexing!r}")
    rows = [as_array(array) for array in arrays]
    if any(row.ndim > 1 for row in rows):
        raise ValueError("meshgrid takes arrays with one axis")
    rows = [reshape(row, (row.size,)) for row in rows]
    rank = len(rows)
    places = list(range(rank))
    if indexing == "xy" and rank > 1:
        places[:2] = 1, 0
    grids = [
        reshape(row, tuple(row.shape[0] if axis == place else 1 for axis in range(rank)))
        for row, place in zip(rows, places, strict=True)
    ]
    if sparse:
        return grids
    shape = broadcast_shapes(*(grid.shape for grid in grids))
    return [spread(grid, shape) for grid in grids]


def identity(n: int, dtype: Any = None) -> Array:
    """The square matrix with ones on the diagonal."""
    return eye(n, dtype=dtype)


def diagonal_distance(rows: Size, columns: Size) -> Array:
    """For each element of a matrix how far right of the main diagonal it is."""
    integer = np.dtype(np.int32)
    return ufuncs.subtract(iota((rows, columns), 1, integer), iota((rows, columns), 0, integer))


def tri(N: int, M: int | None = None, k: int = 0, dtype: Any = None) -> Array:
    """Ones on and below the diagonal number `k`."""
    below = ufuncs.less_equal(diagonal_distance(N, N if M is None else M), k)
    return cast(below, as_dtype(dtype if dtype is not None else np.float32))


def _triangle(x: Any, name: str, compare: Any, k: int) -> Array:
    array = as_array(x)
    if array.ndim < 2:
        raise ValueError(f"{name} needs two axes, got an array of shape {show(array.shape)}")
    chosen = compare(diagonal_distance(*array.shape[-2:]), k)
    return ufuncs.where(chosen, array, ufuncs.filled(array, 0))


def tril(m: Any, k: int = 0) -> Array:
    """The lower triangles of matrices: zeros above the diagonal number `k`."""
    return _triangle(m, "tril", ufuncs.less_equal, k)


def triu(m: Any, k: int = 0) -> Array:
    """The upper triangles of matrices: zeros below the diagonal number `k`."""
    return _triangle(m, "triu", ufuncs.greater_equal, k)


def _positions(found: Sequence[Any]) -> tuple[Array, ...]:
    return tuple(ConcreteArray(each.astype(DEFAULTS[int])) for each in found)


def tril_indices(n: int, k: int = 0, m: int | None = None) -> tuple[Array, ...]:
    """The positions on and below the diagonal number `k`."""
    return _positions(np.tril_indices(n, k, m))


def triu_indices(n: int, k: int = 0, m: int | None = None) -> tuple[Array, ...]:
    """The positions on and above the diagonal number `k`."""
    return _positions(np.triu_indices(n, k, m))


def tril_indices_from(arr: Any, k: int = 0) -> tuple[Array, ...]:
    """`tril_indices` for the shape of a matrix."""
    rows, columns = as_array(arr).shape
    return tril_indices(rows, k, columns)


def triu_indices_from(arr: Any, k: int = 0) -> tuple[Array, ...]:
    """`triu_indices` for the shape of a matrix."""
    rows, columns = as_array(arr).shape
    return triu_indices(rows, k, columns)


def diag_indices(n: int, ndim: int = 2) -> tuple[Array, ...]:
    """The positions on the main diagonal."""
    return _positions(np.diag_indices(n, ndim))


def diag_indices_from(arr: Any) -> tuple[Array, ...]:
    """`diag_indices` for the shape of an array of equal sizes."""
    shape = as_array(arr).shape
    if len(shape) < 2 or len(set(shape)) != 1:
        raise ValueError(f"diag_indices_from needs axes of one size, got an array of shape {show(shape)}")
    return diag_indices(shape[0], len(shape))


def mask_indices(n: int, mask_func: Any, k: Any = 0, *, size: int | None = None) -> tuple[Array, ...]:
    """The positions that `mask_func` leaves of a matrix of ones."""
    from irc.numpy.searching import nonzero  # noqa: PLC0415 - it is made of what is here

    return nonzero(mask_func(ConcreteArray(np.ones((n, n), np.int32)), k), size=size)


def indices(dimensions: Sequence[Size], dtype: Any = None, sparse: bool = False) -> Any:
    """For each axis the positions along it."""
    wanted = as_dtype(dtype if dtype is not None else int)
    rank = len(dimensions)
    if sparse:
        return tuple(
            reshape(iota((n,), 0, wanted), tuple(n if i == axis else 1 for i in range(rank)))
            for axis, n in enumerate(dimensions)
        )
    return stack_of([iota(dimensions, axis, wanted) for axis in range(rank)], 0)


def ix_(*args: Any) -> tuple[Array, ...]:
    """Index arrays that choose the product of rows: array `i` lies along axis `i`; masks stand for positions."""
    rows = [as_array(arg) for arg in args]
    found = []
    for place, row in enumerate(rows):
        if row.dtype.kind == "b":
            row = if_known(row)
            assert isinstance(row, ConcreteArray), "the positions of a mask are known"
            row = ConcreteArray(np.nonzero(row.data)[0].astype(DEFAULTS[int]))
        found.append(reshape(row, tuple(row.shape[0] if axis == place else 1 for axis in range(len(rows)))))
    return tuple(found)


class _Grid:
    """`mgrid` and `ogrid`: indexed by slices, of which a complex step is a number of samples."""

    def __init__(self, dense: bool) -> None:
        self.dense = dense

    def __getitem__(self, key: Any) -> Any:
        found = (np.mgrid if self.dense else np.ogrid)[key]
        arrays = [_with_default(each) for each in (found if isinstance(found, list | tuple) else [found])]
        return tuple(arrays) if isinstance(found, list | tuple) else arrays[0]


class _Joined:
    """`r_` and `c_`: what stands in the brackets, joined."""

    def __init__(self, columns: bool) -> None:
        self.columns = columns

    def __getitem__(self, key: Any) -> Array:
        entries = key if isinstance(key, tuple) else (key,)
        parts = [_with_default(np.r_[each]) if isinstance(each, slice) else asarray(each) for each in entries]
        if self.columns:
            parts = [reshape(part, (part.size, 1)) if part.ndim < 2 else part for part in parts]
        else:
            parts = [reshape(part, (1,)) if not part.ndim else part for part in parts]
        joined, _ = promoted(*parts)
        return concat(joined, 1 if self.columns else 0)


def _with_default(data: Any) -> Array:
    return ConcreteArray(data.astype(DEFAULTS[{"i": int, "f": float}[data.dtype.kind]]))


mgrid, ogrid, r_, c_ = _Grid(True), _Grid(False), _Joined(False), _Joined(True)


def vander(x: Any, N: int | None = None, increasing: bool = False) -> Array:
    """The matrix whose columns are powers of `x`."""
    array = as_array(x)
    count = array.shape[0] if N is None else N
    powers = range(count) if increasing else range(count - 1, -1, -1)
    return stack_of([ufuncs.integer_pow(array, power) for power in powers], 1)


def fromfunction(function: Any, shape: Sequence[int], *, dtype: Any = float, **kwargs: Any) -> Any:
    """What `function` makes of the coordinates of each element."""
    return function(*(iota(tuple(shape), axis, as_dtype(dtype)) for axis in range(len(shape))), **kwargs)


def frombuffer(buffer: Any, dtype: Any = float, count: int = -1, offset: int = 0) -> Array:
    """The bytes of a buffer as numbers."""
    return as_array(np.frombuffer(buffer, as_dtype(dtype), count, offset))


__all__ = [
    "c_", "diag_indices", "diag_indices_from", "from_dlpack", "frombuffer", "fromfunction", "geomspace", "identity",
    "indices", "ix_", "linspace", "logspace", "mask_indices", "meshgrid", "mgrid", "ogrid", "r_", "tri", "tril",
    "tril_indices", "tril_indices_from", "triu", "triu_indices", "triu_indices_from", "vander",
]  # fmt: skip
