"""Names of JAX's `lax` that are small: parts, sizes, precisions, and operations that stand for themselves."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import rearranging, ufuncs
from irc.numpy.bits import bitwise_right_shift
from irc.numpy.reductions import normal_axis
from irc.numpy.utilities import broadcast_shapes
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType, as_dtype
from irc.tracing.elementwise import apply, broadcast, cast
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.slicing import WHOLE, slice_ranges


class Precision(enum.Enum):
    """How precise products are in JAX; here they are as precise as their dtype."""

    DEFAULT = 0
    HIGH = 1
    HIGHEST = 2


class RoundingMethod(enum.IntEnum):
    """Where `round` brings halves."""

    AWAY_FROM_ZERO = 0
    TO_NEAREST_EVEN = 1


class RandomAlgorithm(enum.IntEnum):
    """Generators of random bits."""

    RNG_DEFAULT = 0
    RNG_THREE_FRY = 1
    RNG_PHILOX = 2


def split(operand: Any, sizes: Sequence[int], axis: int = 0) -> list[Array]:
    """Parts of these sizes along an axis, which they fill. Raises `ValueError`."""
    array = as_array(operand)
    axis = normal_axis(axis, array.ndim)
    if sum(sizes) != array.shape[axis]:
        raise ValueError(
            f"lax.split: parts of sizes {tuple(sizes)} do not fill axis {axis} of shape {show(array.shape)}"
        )
    found, at = [], 0
    for size in sizes:
        ranges = [WHOLE] * array.ndim
        ranges[axis] = (at, at + size, 1)
        found.append(slice_ranges(array, ranges))
        at += size
    return found


def tile(operand: Any, reps: Sequence[int]) -> Array:
    """The whole array several times along each axis."""
    return rearranging.tile(operand, tuple(reps))


def stack(operands: Sequence[Any], axis: int = 0) -> Array:
    """Arrays of one shape along a new axis."""
    from irc.numpy.manipulation import stack as stacked  # noqa: PLC0415

    return stacked(operands, axis)


def unstack(x: Any, axis: int = 0) -> tuple[Array, ...]:
    """The parts along an axis, without it."""
    return rearranging.unstack(x, axis=axis)


def empty(shape: Sequence[Size], dtype: Any) -> Array:
    """Zeros."""
    return broadcast_to(as_array(np.zeros((), as_dtype(dtype))), tuple(shape))


def dtype(x: Any) -> DType:
    """The dtype of an array."""
    return as_array(x).dtype


def broadcast_like(arr: Any, like_arr: Any) -> Array:
    """`arr` repeated to the shape of `like_arr`."""
    return broadcast_to(as_array(arr), as_array(like_arr).shape)


def broadcast_to_rank(x: Any, rank: int) -> Array:
    """The array with leading axes of size one, up to a number of axes."""
    array = as_array(x)
    return reshape(array, (*(1,) * (rank - array.ndim), *array.shape))


def mulhi(x: Any, y: Any) -> Array:
    """The upper half of the product of integers of up to 32 bits."""
    a, b = broadcast(as_array(x), as_array(y))
    if a.dtype != b.dtype or a.dtype.kind not in "iu" or a.dtype.itemsize > 4:
        raise TypeError(f"mulhi takes integers of one dtype of up to 32 bits, got {a.dtype} and {b.dtype}")
    bits = a.dtype.itemsize * 8
    wide = np.dtype(f"{a.dtype.kind}{a.dtype.itemsize * 2}")
    product = apply(nd.Multiply, cast(a, wide), cast(b, wide))
    return cast(bitwise_right_shift(product, ufuncs.filled(product, bits)), a.dtype)


def optimization_barrier(operand: Any, /) -> Any:
    """`operand`."""
    return operand


def platform_dependent(
    *args: Any, default: Callable[..., Any] | None = None, **per_platform: Callable[..., Any]
) -> Any:
    """What the function for the CPU, or `default`, gives."""
    function = per_platform.get("cpu", default)
    if function is None:
        raise NotImplementedError("platform_dependent has no function for the CPU")
    return function(*args)


def with_sharding_constraint(x: Any, shardings: Any) -> Any:
    """`x`: there is one device."""
    return x


__all__ = [
    "Precision", "RandomAlgorithm", "RoundingMethod",
    "broadcast_like", "broadcast_shapes", "broadcast_to_rank", "dtype", "empty", "mulhi", "optimization_barrier",
    "platform_dependent", "split", "stack", "tile", "unstack", "with_sharding_constraint",
]  # fmt: skip
