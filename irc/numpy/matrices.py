"""What the functions of linear algebra begin with: their operands as matrices, and LU factors."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.tracing import factors
from irc.tracing.array import Array
from irc.tracing.elementwise import cast
from irc.tracing.shaping import show

INT = np.dtype(np.int32)


def matrices(x: Any, name: str, square: bool = False) -> Array:
    """`x` as an array of matrices of floats. Raises `ValueError`."""
    array = ufuncs.inexact(x)
    if array.ndim < 2:
        raise ValueError(f"{name} needs matrices, got an array of shape {show(array.shape)}")
    if square and isinstance(array.shape[-1], int) and array.shape[-1] != array.shape[-2]:
        raise ValueError(f"{name} needs square matrices, got an array of shape {show(array.shape)}")
    return cast(array, array.dtype)


def lu_factors(a: Array) -> tuple[Array, Array, Array]:
    """The factors, the pivots and the permutation of square matrices."""
    *batch, n, _ = a.shape
    outputs = [(a.shape, a.dtype), ((*batch, n), INT), ((*batch, n), INT)]
    lu, pivots, permutation = factors.call("irc.lu", [a], outputs)
    return lu, pivots, permutation
