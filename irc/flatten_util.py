"""Containers of arrays as one vector: `jax.flatten_util`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.numpy.manipulation import concat, ravel
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import promote
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape
from irc.tracing.slicing import WHOLE, slice_ranges
from irc.tracing.trees import flatten, unflatten


def ravel_pytree(pytree: Any) -> tuple[Array, Callable[[Any], Any]]:
    """All elements of the arrays in a row, and the function that makes the container of such a row again."""
    leaves, structure = flatten(pytree)
    arrays = [as_array(leaf) for leaf in leaves]
    shapes, dtypes = [array.shape for array in arrays], [array.dtype for array in arrays]
    if arrays:
        common, _ = promote([(array.dtype, array.weak_type) for array in arrays])
        row: Array = concat([ravel(cast(array, common)) for array in arrays])
    else:
        row = ConcreteArray(np.zeros(0, np.float32))

    def back(flat: Any) -> Any:
        vector = as_array(flat)
        if vector.shape != row.shape:
            raise ValueError(f"the container has {row.shape[0]} elements, got an array of shape {vector.shape}")
        found, at = [], 0
        for array, shape, dtype in zip(arrays, shapes, dtypes, strict=True):
            part = slice_ranges(vector, [(at, at + array.size, WHOLE[2])])
            found.append(cast(reshape(part, shape), dtype))
            at += array.size
        return unflatten(structure, found)

    return row, back


__all__ = ["ravel_pytree"]
