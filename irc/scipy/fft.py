"""Cosine transforms, by the names of `jax.scipy.fft`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import fft
from irc.numpy.complexes import complex_of, real
from irc.numpy.manipulation import concat, moveaxis
from irc.numpy.rearranging import flip, part_of
from irc.numpy.reductions import axes_of
from irc.numpy.ufuncs.operands import filled, inexact
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.slicing import pad


def _sized(x: Array, n: int | None) -> Array:
    """Rows cut off or filled with zeros to a size."""
    size = x.shape[-1]
    if n is None or n == size:
        return x
    if n < size:
        return part_of(x, x.ndim - 1, 0, n)
    zero = ConcreteArray(np.zeros((), x.dtype))
    nothing = [0] * x.ndim
    return pad(x, zero, nothing, [*nothing[:-1], n - size], nothing)


def _checked(type: int, norm: str | None) -> None:
    if type != 2:
        raise NotImplementedError(f"cosine transforms are of type 2, got {type}")
    if norm not in (None, "ortho", "backward"):
        raise NotImplementedError(f"norm is None, 'backward' or 'ortho', got {norm!r}")


def _scales(n: int, norm: str | None, dtype: Any) -> Array:
    factors = np.full(n, 1.0 if norm != "ortho" else math.sqrt(1 / (2 * n)))
    if norm == "ortho":
        factors[0] = math.sqrt(1 / (4 * n))
    return ConcreteArray(factors.astype(dtype))


def dct(x: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The cosine transform of type 2 along an axis."""
    _checked(type, norm)
    array = _sized(moveaxis(inexact(x), axis, -1), n)
    size = array.shape[-1]
    both = fft.fft(concat([array, flip(array, axis=-1)], axis=-1))
    half = part_of(both, both.ndim - 1, 0, size)
    turn = np.exp(-0.5j * np.pi * np.arange(size) / size).astype(half.dtype)
    found = real(half * ConcreteArray(turn)) * _scales(size, norm, array.dtype)
    return moveaxis(found, -1, axis)


def idct(x: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The inverse of `dct`."""
    _checked(type, norm)
    array = _sized(moveaxis(inexact(x), axis, -1), n)
    size = array.shape[-1]
    array = array / _scales(size, norm, array.dtype)
    half = complex_of(array, filled(array, 0))
    turn = np.exp(0.5j * np.pi * np.arange(size) / size).astype(half.dtype)
    half = half * ConcreteArray(turn)
    # The spectrum of a row and its mirror image: the place in the middle is zero.
    last = ConcreteArray(np.zeros((), half.dtype))
    nothing = [0] * half.ndim
    half = pad(half, last, nothing, [*nothing[:-1], 1], nothing)
    found = part_of(fft.irfft(half, 2 * size), half.ndim - 1, 0, size)
    return moveaxis(found, -1, axis)


def _each(transform: Any, x: Any, type: int, s: Any, axes: Any, norm: Any) -> Array:
    array = inexact(x)
    if axes is None and s is not None:
        axes = tuple(range(array.ndim - len(s), array.ndim))
    chosen: Sequence[int] = axes_of(axes, array.ndim) if axes is None else tuple(axes)
    for i, axis in enumerate(chosen):
        array = transform(array, type, None if s is None else s[i], axis, norm)
    return array


def dctn(x: Any, type: int = 2, s: Any = None, axes: Any = None, norm: str | None = None) -> Array:
    """`dct` along several axes, all by default."""
    return _each(dct, x, type, s, axes, norm)


def idctn(x: Any, type: int = 2, s: Any = None, axes: Any = None, norm: str | None = None) -> Array:
    """`idct` along several axes, all by default."""
    return _each(idct, x, type, s, axes, norm)


__all__ = ["dct", "dctn", "idct", "idctn"]
