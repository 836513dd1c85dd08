"""Powers and products of matrices, by the names of the Array API standard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.numpy import contractions, diagonals, products, reductions
from irc.numpy.creation import eye
from irc.numpy.linalg.systems import inv
from irc.numpy.manipulation import broadcast_to
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import show


def matrix_power(a: Any, n: int) -> Array:
    """The matrix multiplied with itself `n` times; the inverse for negative numbers."""
    a = as_array(a)
    if a.ndim < 2 or a.shape[-1] != a.shape[-2]:
        raise ValueError(f"matrix_power needs square matrices, got an array of shape {show(a.shape)}")
    if n == 0:
        return broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape)
    if n < 0:
        a, n = inv(a), -n
    found: Array | None = None
    while n:
        if n & 1:
            found = a if found is None else matmul(found, a)
        n >>= 1
        if n:
            a = matmul(a, a)
    assert found is not None
    return found


def multi_dot(arrays: Sequence[Any], *, precision: Any = None) -> Array:
    """The product of matrices, in the order that takes the fewest multiplications."""
    letters = list("abcdefghijklmnopqrstuvwxyz"[: len(arrays) + 1])
    first, last = as_array(arrays[0]), as_array(arrays[-1])
    labels = [letters[i] + letters[i + 1] for i in range(len(arrays))]
    out = letters[0] + letters[-1]
    if first.ndim == 1:
        labels[0], out = labels[0][1], out[1:]
    if last.ndim == 1:
        labels[-1], out = labels[-1][0], out[:-1]
    return contractions.einsum(f"{','.join(labels)}->{out}", *arrays)


def outer(x1: Any, x2: Any, /) -> Array:
    """The products of all pairs of elements of two vectors. Raises `ValueError`."""
    a, b = as_array(x1), as_array(x2)
    if a.ndim != 1 or b.ndim != 1:
        raise ValueError(f"outer takes vectors, got arrays of shapes {show(a.shape)} and {show(b.shape)}")
    return products.outer(a, b)


def matmul(x1: Any, x2: Any, /, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The matrix product over the last two axes; see `irc.numpy.matmul`."""
    return products.matmul(x1, x2, precision=precision, preferred_element_type=preferred_element_type)


def tensordot(
    x1: Any, x2: Any, /, *, axes: Any = 2, precision: Any = None, preferred_element_type: Any = None
) -> Array:
    """The sums of products over axes of both; see `irc.numpy.tensordot`."""
    return contractions.tensordot(x1, x2, axes, precision=precision, preferred_element_type=preferred_element_type)


def diagonal(x: Any, /, *, offset: int = 0) -> Array:
    """The diagonal number `offset` of matrices."""
    return diagonals.diagonal(x, offset, -2, -1)


def trace(x: Any, /, *, offset: int = 0, dtype: Any = None) -> Array:
    """The sum of the diagonal number `offset` of matrices."""
    return diagonals.trace(x, offset, -2, -1, dtype)


def cross(x1: Any, x2: Any, /, *, axis: int = -1) -> Array:
    """The cross product of vectors of three elements along an axis."""
    (a, b), _ = promoted(x1, x2)
    for each in (a, b):
        if each.shape[reductions.normal_axis(axis, each.ndim)] != 3:
            raise ValueError(f"cross takes vectors of 3 elements, got an array of shape {show(each.shape)}")
    return diagonals.cross(a, b, axis=axis)


__all__ = ["cross", "diagonal", "matmul", "matrix_power", "multi_dot", "outer", "tensordot", "trace"]

composites(globals(), ("cross", "matrix_power", "multi_dot"))
