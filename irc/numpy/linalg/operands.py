"""What functions of linear algebra make of their operands."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.complexes import conj, part_dtype
from irc.numpy.manipulation import matrix_transpose
from irc.tracing.array import Array
from irc.tracing.dtypes import DType
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


def real_dtype(dtype: DType) -> DType:
    return part_dtype(dtype) if dtype.kind == "c" else dtype


def adjoint(x: Array) -> Array:
    """The conjugate transpose."""
    return conj(matrix_transpose(x))


def symmetric(a: Array) -> Array:
    """The mean of matrices and their conjugate transposes."""
    return ufuncs.divide(ufuncs.add(a, adjoint(a)), 2)


def one_triangle(a: Array, part: str | None, symmetrize: bool) -> Array:
    if part not in (None, "L", "U"):
        raise ValueError(f"UPLO is 'L' or 'U', got {part!r}")
    return symmetric(a) if symmetrize else a


def complex_dtype(dtype: DType) -> DType:
    return dtype if dtype.kind == "c" else np.dtype(np.complex128 if dtype.itemsize == 8 else np.complex64)
