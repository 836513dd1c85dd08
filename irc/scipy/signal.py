"""Convolutions and correlations, by the names of `jax.scipy.signal`."""

from __future__ import annotations

import builtins
from typing import Any

from irc.numpy import fft, reductions
from irc.numpy.complexes import conj
from irc.numpy.convolutions import slid
from irc.numpy.rearranging import flip
from irc.numpy.ufuncs.operands import inexact
from irc.scipy.detrending import detrend
from irc.scipy.spectral import csd, istft, stft, welch
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import show
from irc.tracing.slicing import WHOLE, slice_ranges


def _cut(full: Array, first: tuple[int, ...], second: tuple[int, ...], mode: str, axes: tuple[int, ...]) -> Array:
    """What a mode keeps of the full convolution."""
    if mode == "full":
        return full
    ranges = [WHOLE] * full.ndim
    for axis in axes:
        m, n = first[axis], second[axis]
        size = m if mode == "same" else builtins.abs(m - n) + 1
        start = (full.shape[axis] - size) // 2
        ranges[axis] = (start, start + size, 1)
    return slice_ranges(full, ranges)


def _checked(name: str, in1: Any, in2: Any, mode: str) -> tuple[Array, Array]:
    if mode not in ("full", "same", "valid"):
        raise ValueError(f"mode is 'full', 'same' or 'valid', got {mode!r}")
    a, b = promoted(in1, in2)[0]
    if a.ndim != b.ndim:
        raise ValueError(f"{name} takes arrays with as many axes, got shapes {show(a.shape)} and {show(b.shape)}")
    if mode == "valid" and not all(m >= n for m, n in zip(a.shape, b.shape, strict=True)):
        if not all(m <= n for m, n in zip(a.shape, b.shape, strict=True)):
            raise ValueError(f"{name}: one of the shapes {show(a.shape)}, {show(b.shape)} must fit into the other")
        a, b = b, a
    return a, b


def _direct(a: Array, b: Array, precision: Any = None) -> Array:
    """The full convolution: products and sums of parts."""
    return slid(a, flip(b), [(n - 1, n - 1) for n in b.shape])


def convolve(in1: Any, in2: Any, mode: str = "full", method: str = "auto", precision: Any = None) -> Array:
    """The convolution of arrays with as many axes: "full", "same" or "valid"; by `method` "fft" with transforms."""
    if method == "fft":
        return fftconvolve(in1, in2, mode)
    a, b = _checked("convolve", in1, in2, mode)
    return _cut(_direct(a, b), a.shape, b.shape, mode, tuple(range(a.ndim)))


def convolve2d(
    in1: Any, in2: Any, mode: str = "full", boundary: str = "fill", fillvalue: float = 0, precision: Any = None
) -> Array:
    """The convolution of matrices."""
    _check_plane(in1, in2, boundary, fillvalue)
    return convolve(in1, in2, mode)


def _check_plane(in1: Any, in2: Any, boundary: str, fillvalue: float) -> None:
    if boundary != "fill" or fillvalue != 0:
        raise NotImplementedError("only zeros lie around matrices: boundary='fill', fillvalue=0")
    if as_array(in1).ndim != 2 or as_array(in2).ndim != 2:
        raise ValueError("expected two matrices")


def correlate(in1: Any, in2: Any, mode: str = "full", method: str = "auto", precision: Any = None) -> Array:
    """The correlation of arrays with as many axes: the convolution with the second one reversed and conjugated."""
    second = as_array(in2)
    a = as_array(in1)
    if mode == "valid" and any(m < n for m, n in zip(a.shape, second.shape, strict=True)):
        return flip(conj(convolve(second, flip(conj(a)), mode, method)))
    return convolve(a, flip(conj(second)), mode, method)


def correlate2d(
    in1: Any, in2: Any, mode: str = "full", boundary: str = "fill", fillvalue: float = 0, precision: Any = None
) -> Array:
    """The correlation of matrices."""
    _check_plane(in1, in2, boundary, fillvalue)
    if mode != "same":
        return correlate(in1, in2, mode)
    # Of an even number of places beyond the first matrix the one that is left over is at the start, as in SciPy.
    full, first, second = correlate(in1, in2), as_array(in1), as_array(in2)
    starts = [n // 2 for n in second.shape]
    return slice_ranges(full, [(start, start + m, 1) for start, m in zip(starts, first.shape, strict=True)])


def fftconvolve(in1: Any, in2: Any, mode: str = "full", axes: Any = None) -> Array:
    """The convolution along the axes, by transforms."""
    a, b = (inexact(each) for each in _checked("fftconvolve", in1, in2, mode))
    chosen = reductions.axes_of(axes, a.ndim)
    sizes = [a.shape[axis] + b.shape[axis] - 1 for axis in chosen]
    if a.dtype.kind == "c":
        full = fft.ifftn(fft.fftn(a, sizes, chosen) * fft.fftn(b, sizes, chosen), sizes, chosen)
    else:
        full = fft.irfftn(fft.rfftn(a, sizes, chosen) * fft.rfftn(b, sizes, chosen), sizes, chosen)
    return _cut(full, a.shape, b.shape, mode, chosen)


__all__ = [
    "convolve",
    "convolve2d",
    "correlate",
    "correlate2d",
    "csd",
    "detrend",
    "fftconvolve",
    "istft",
    "stft",
    "welch",
]

composites(globals(), __all__)
