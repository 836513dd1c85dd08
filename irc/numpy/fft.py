"""The Fourier transform extension of the Array API standard."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.numpy.complexes import complex_of, conj
from irc.numpy.data_types import check_device
from irc.numpy.manipulation import moveaxis
from irc.numpy.rearranging import part_of, roll
from irc.numpy.reductions import normal_axis
from irc.tracing import factors
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.slicing import pad

_NORMS = ("backward", "ortho", "forward")


def _signal(x: Any, name: str, norm: str | None, is_complex: bool) -> Array:
    array = ufuncs.inexact(x)
    if norm not in (*_NORMS, None):
        raise ValueError(f"norm is 'backward', 'ortho' or 'forward', got {norm!r}")
    if not array.ndim:
        raise ValueError(f"{name} needs an array with axes")
    if array.dtype.kind != "c" and array.dtype.itemsize < 4:
        array = cast(array, np.dtype(np.float32))
    if is_complex:
        return array if array.dtype.kind == "c" else complex_of(array, ufuncs.filled(array, 0))
    if array.dtype.kind == "c":
        raise TypeError(f"{name} transforms real numbers, got {array.dtype}")
    return cast(array, array.dtype)


def _fitted(x: Array, axis: int, size: int) -> Array:
    """Cut off, or filled with zeros, to a size along an axis."""
    has = x.shape[axis]
    if not isinstance(has, Dim) and has > size:
        return part_of(x, axis, 0, size)
    if has == size:
        return x
    # What is longer than is seen is cut off afterwards.
    more = size if isinstance(has, Dim) else size - has
    zeros = (0,) * x.ndim
    high = tuple(more if i == axis else 0 for i in range(x.ndim))
    padded = pad(x, ConcreteArray(np.zeros((), x.dtype)), zeros, high, zeros)
    return part_of(padded, axis, 0, size)


def _scaled(x: Array, count: int, norm: str | None, inverse: bool) -> Array:
    """With the factor of the norm; the transforms divide by the number of elements in the inverse only."""
    if norm in (None, "backward") or not count:
        return x
    power = 0.5 if norm == "ortho" else 1.0
    return ufuncs.multiply(x, count**power if inverse else count**-power)


def _transform(x: Array, kind: str, sizes: Sequence[Size], axes: Sequence[int], norm: str | None) -> Array:
    """A transform over several axes: the last ones at once, as many as there can be, the others before or after."""
    for size, axis in zip(sizes, axes, strict=True):
        if isinstance(size, Dim):
            raise ConcretizationTypeError(
                f"a Fourier transform along an axis of the size {size}, which is only known when the compiled function is "
                "called, needs the number of its elements: pass n (or s)"
            )
        if size < 1 and (kind in ("RFFT", "IRFFT") or x.shape[axis]):
            raise ValueError(f"a Fourier transform needs at least one element, got {size}")
    inverse = kind in ("IFFT", "IRFFT")
    count = math.prod(sizes)
    last = len(axes) - 1
    for i, (size, axis) in enumerate(zip(sizes, axes, strict=True)):
        x = _fitted(x, axis, size // 2 + 1 if kind == "IRFFT" and i == last else size)
    groups = [list(range(max(0, last - 2), last + 1))]
    if len(set(axes)) < len(axes):
        groups = [[last]]
    rest = [i for i in range(len(axes)) if i not in groups[0]]
    groups += [[i] for i in reversed(rest)]
    if kind == "IRFFT":
        groups.reverse()
    plain = {"RFFT": "FFT", "IRFFT": "IFFT"}.get(kind, kind)
    for group in groups:
        places = [axes[i] for i in group]
        moved = moveaxis(x, places, list(range(x.ndim - len(places), x.ndim)))
        found = factors.fft(moved, kind if last in group else plain, [sizes[i] for i in group])
        x = moveaxis(found, list(range(x.ndim - len(places), x.ndim)), places)
    return _scaled(x, count, norm, inverse)


def _one(x: Any, name: str, kind: str, n: int | None, axis: int, norm: str | None) -> Array:
    array = _signal(x, name, norm, kind != "RFFT")
    axis = normal_axis(axis, array.ndim)
    size = n if n is not None else 2 * (array.shape[axis] - 1) if kind == "IRFFT" else array.shape[axis]
    return _transform(array, kind, [size], [axis], norm)


def _many(x: Any, name: str, kind: str, s: Sequence[int] | None, axes: Sequence[int] | None, norm: str | None) -> Array:
    array = _signal(x, name, norm, kind != "RFFT")
    if axes is None:
        axes = list(range(array.ndim)) if s is None else list(range(array.ndim - len(s), array.ndim))
    places = [normal_axis(axis, array.ndim) for axis in axes]
    if not places:
        return array
    if s is None:
        sizes = [array.shape[axis] for axis in places]
        if kind == "IRFFT":
            sizes[-1] = 2 * (sizes[-1] - 1)
    else:
        sizes = [array.shape[axis] if n == -1 else n for n, axis in zip(s, places, strict=True)]
    return _transform(array, kind, sizes, places, norm)


def fft(a: Any, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The transform along an axis, cut off or filled with zeros to `n` elements."""
    return _one(a, "fft", "FFT", n, axis, norm)


def ifft(a: Any, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The inverse of `fft`."""
    return _one(a, "ifft", "IFFT", n, axis, norm)


def rfft(a: Any, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The transform of real numbers: its first half, from which the other follows."""
    return _one(a, "rfft", "RFFT", n, axis, norm)


def irfft(a: Any, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The inverse of `rfft`, of `n` real numbers."""
    return _one(a, "irfft", "IRFFT", n, axis, norm)


def hfft(a: Any, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The transform, which is real, of a signal that is symmetric, given by its first half."""
    swapped = {"backward": "forward", "forward": "backward"}.get(norm or "backward", norm)
    return irfft(conj(as_array(a)), n=n, axis=axis, norm=swapped)


def ihfft(a: Any, n: int | None = None, axis: int = -1, norm: str | None = None) -> Array:
    """The inverse of `hfft`."""
    swapped = {"backward": "forward", "forward": "backward"}.get(norm or "backward", norm)
    return conj(rfft(a, n=n, axis=axis, norm=swapped))


def fftn(a: Any, s: Any = None, axes: Any = None, norm: str | None = None) -> Array:
    """The transform over several axes."""
    return _many(a, "fftn", "FFT", s, axes, norm)


def ifftn(a: Any, s: Any = None, axes: Any = None, norm: str | None = None) -> Array:
    """The inverse of `fftn`."""
    return _many(a, "ifftn", "IFFT", s, axes, norm)


def rfftn(a: Any, s: Any = None, axes: Any = None, norm: str | None = None) -> Array:
    """The transform of real numbers over several axes, its first half along the last of them."""
    return _many(a, "rfftn", "RFFT", s, axes, norm)


def irfftn(a: Any, s: Any = None, axes: Any = None, norm: str | None = None) -> Array:
    """The inverse of `rfftn`."""
    return _many(a, "irfftn", "IRFFT", s, axes, norm)


def fft2(a: Any, s: Any = None, axes: Any = (-2, -1), norm: str | None = None) -> Array:
    """`fftn` over the last two axes."""
    return fftn(a, s=s, axes=axes, norm=norm)


def ifft2(a: Any, s: Any = None, axes: Any = (-2, -1), norm: str | None = None) -> Array:
    """`ifftn` over the last two axes."""
    return ifftn(a, s=s, axes=axes, norm=norm)


def rfft2(a: Any, s: Any = None, axes: Any = (-2, -1), norm: str | None = None) -> Array:
    """`rfftn` over the last two axes."""
    return rfftn(a, s=s, axes=axes, norm=norm)


def irfft2(a: Any, s: Any = None, axes: Any = (-2, -1), norm: str | None = None) -> Array:
    """`irfftn` over the last two axes."""
    return irfftn(a, s=s, axes=axes, norm=norm)


def fftfreq(n: int, d: float = 1.0, *, dtype: Any = None, device: Any = None) -> Array:
    """The frequencies of the elements of a transform."""
    check_device(device)
    return ConcreteArray(np.fft.fftfreq(n, d).astype(as_dtype(dtype if dtype is not None else float)))


def rfftfreq(n: int, d: float = 1.0, *, dtype: Any = None, device: Any = None) -> Array:
    """The frequencies of the elements of a transform of real numbers."""
    check_device(device)
    return ConcreteArray(np.fft.rfftfreq(n, d).astype(as_dtype(dtype if dtype is not None else float)))


def _shifted(x: Any, axes: Any, back: bool) -> Array:
    array = as_array(x)
    places = list(range(array.ndim)) if axes is None else [axes] if isinstance(axes, int) else list(axes)
    shifts = [array.shape[axis] // 2 for axis in places]
    if not places:
        return array
    return roll(array, tuple(-each for each in shifts) if back else tuple(shifts), axis=tuple(places))


def fftshift(x: Any, axes: Any = None) -> Array:
    """The frequency zero moved to the middle."""
    return _shifted(x, axes, False)


def ifftshift(x: Any, axes: Any = None) -> Array:
    """The inverse of `fftshift`."""
    return _shifted(x, axes, True)


__all__ = [
    "fft", "fft2", "fftfreq", "fftn", "fftshift", "hfft", "ifft", "ifft2", "ifftn", "ifftshift", "ihfft", "irfft",
    "irfft2", "irfftn", "rfft", "rfft2", "rfftfreq", "rfftn",
]  # fmt: skip
