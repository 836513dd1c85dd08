"""Reductions of segments: `jax.ops`."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.creation import full
from irc.numpy.updates import IndexHelper
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import DType, is_inexact, limits
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.known import if_known


def _segments(data: Any, segment_ids: Any, num_segments: int | None, name: str, start: Any) -> tuple[Array, Any]:
    array, ids = as_array(data), as_array(segment_ids)
    if num_segments is None:
        numbers = if_known(ids)
        if not isinstance(numbers, ConcreteArray):
            raise ConcretizationTypeError(f"{name} with traced segment_ids needs num_segments, the size of the result")
        num_segments = int(numbers.data.max()) + 1 if ids.size else 0
    if num_segments < 0:
        raise ValueError(f"{name} makes a number of segments, got {num_segments}")
    # A negative number is no segment, while as a position it would count from the end.
    ids = ufuncs.where(ufuncs.less(ids, 0), num_segments, ids)
    empty = full((num_segments, *array.shape[ids.ndim :]), start, array.dtype)
    return array, IndexHelper(empty)[ids]


def segment_sum(
    data: Any,
    segment_ids: Any,
    num_segments: int | None = None,
    indices_are_sorted: bool = False,
    unique_indices: bool = False,
    bucket_size: int | None = None,
    mode: Any = None,
) -> Array:
    """The sums of the parts of `data` whose segment has each number; numbers outside are left out."""
    array, part = _segments(data, segment_ids, num_segments, "segment_sum", 0)
    found: Array = part.add(array)
    return found


def segment_prod(
    data: Any,
    segment_ids: Any,
    num_segments: int | None = None,
    indices_are_sorted: bool = False,
    unique_indices: bool = False,
    bucket_size: int | None = None,
    mode: Any = None,
) -> Array:
    """The products of the parts of each segment."""
    array, part = _segments(data, segment_ids, num_segments, "segment_prod", 1)
    found: Array = part.multiply(array)
    return found


def segment_max(
    data: Any,
    segment_ids: Any,
    num_segments: int | None = None,
    indices_are_sorted: bool = False,
    unique_indices: bool = False,
    bucket_size: int | None = None,
    mode: Any = None,
) -> Array:
    """The largest elements of each segment; the least number there is where it is empty."""
    array, part = _segments(data, segment_ids, num_segments, "segment_max", _extreme(as_array(data).dtype, -1))
    found: Array = part.max(array)
    return found


def segment_min(
    data: Any,
    segment_ids: Any,
    num_segments: int | None = None,
    indices_are_sorted: bool = False,
    unique_indices: bool = False,
    bucket_size: int | None = None,
    mode: Any = None,
) -> Array:
    """The smallest elements of each segment; the greatest number there is where it is empty."""
    array, part = _segments(data, segment_ids, num_segments, "segment_min", _extreme(as_array(data).dtype, 1))
    found: Array = part.min(array)
    return found


def _extreme(dtype: DType, sign: int) -> Any:
    if dtype.kind == "b":
        return sign > 0
    if is_inexact(dtype):
        return sign * np.inf
    return int(limits(dtype).max if sign > 0 else limits(dtype).min)


__all__ = ["segment_max", "segment_min", "segment_prod", "segment_sum"]
