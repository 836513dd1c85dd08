"""Spectra of parts of signals: short-time Fourier transforms, and densities of power averaged over the parts."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy import fft
from irc.numpy.complexes import conj, imag, real
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import moveaxis
from irc.numpy.padding import pad
from irc.numpy.quantiles import median
from irc.numpy.reductions import mean
from irc.numpy.taking import take_inside
from irc.scipy.detrending import detrend as without_trend
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import is_complex, to_inexact
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_shapes, broadcast_to, reshape

BOUNDARIES = {"zeros": "constant", "even": "reflect", "constant": "edge", None: None}
"""How a signal goes on beyond its ends, and the modes of `pad` for that; "odd" is that of its own."""


def _window(window: Any, size: int, dtype: Any) -> np.ndarray[Any, Any]:
    """The weights of a part. Raises `ValueError` for names of windows that are not there."""
    if not isinstance(window, str | tuple):
        found = np.asarray(window)
        if found.ndim != 1:
            raise ValueError(f"a window has one axis, got shape {found.shape}")
        return found.astype(dtype)
    name = window if isinstance(window, str) else window[0]
    turn = 2 * np.pi * np.arange(size) / size
    weights = {"boxcar": [1.0], "ones": [1.0], "rectangular": [1.0], "hann": [0.5, 0.5], "hamming": [0.54, 0.46],
               "blackman": [0.42, 0.5, 0.08]}.get(name)  # fmt: skip
    if weights is None:
        raise ValueError(f"there is no window {window!r}; there are boxcar, hann, hamming and blackman, or an array")
    found = sum((-1) ** i * weight * np.cos(i * turn) for i, weight in enumerate(weights))
    return np.broadcast_to(np.asarray(found, dtype), (size,)) + np.zeros(size, dtype)


def _lengths(
    window: Any, nperseg: int | None, noverlap: int | None, nfft: int | None, size: int
) -> tuple[int, int, int]:
    if not isinstance(window, str | tuple):
        length = len(np.asarray(window))
        if nperseg not in (None, length, 256):
            raise ValueError(f"the window has {length} weights, and nperseg is {nperseg}")
    else:
        length = min(256 if nperseg is None else int(nperseg), size) if size else 256
    overlap = length // 2 if noverlap is None else int(noverlap)
    transform = length if nfft is None else int(nfft)
    if not 0 < length <= transform:
        raise ValueError(f"nfft is at least nperseg, which is positive; got {transform} and {length}")
    if overlap >= length:
        raise ValueError(f"noverlap is less than nperseg, got {overlap} and {length}")
    return length, overlap, transform


def _parts(x: Array, length: int, step: int) -> Array:
    """Along the last axis parts that begin each so many steps later, as the last two axes."""
    count = (int(x.shape[-1]) - length) // step + 1
    at = np.arange(count)[:, None] * step + np.arange(length)
    return take_inside(x, ConcreteArray(at.astype(np.int32)), axis=-1)


def _spectra(x: Array, weights: np.ndarray[Any, Any], step: int, transform: int, detrend: Any, onesided: bool) -> Array:
    parts = _parts(x, len(weights), step)
    if callable(detrend):
        parts = detrend(parts)
    elif detrend:
        parts = without_trend(parts, axis=-1, type=detrend)
    parts = parts * ConcreteArray(weights)
    return fft.rfft(parts, n=transform) if onesided else fft.fft(parts, n=transform)


def _extended(x: Array, amount: int, boundary: str | None) -> Array:
    if boundary is None:
        return x
    widths = [(0, 0)] * (x.ndim - 1) + [(amount, amount)]
    if boundary == "odd":
        return pad(x, widths, mode="reflect", reflect_type="odd")
    if boundary not in BOUNDARIES:
        raise ValueError(f"boundary is 'even', 'odd', 'constant', 'zeros' or None, got {boundary!r}")
    return pad(x, widths, mode=BOUNDARIES[boundary])


def _frequencies(transform: int, fs: float, onesided: bool, dtype: Any) -> Array:
    found = np.fft.rfftfreq(transform, 1 / fs) if onesided else np.fft.fftfreq(transform, 1 / fs)
    return ConcreteArray(found.astype(dtype))


def _signals(x: Any, y: Any, axis: int) -> tuple[Array, Array, Any]:
    (a, b), _ = promoted(x, x if y is None else y)
    dtype = to_inexact(a.dtype)
    a, b = (moveaxis(cast(each, dtype), axis, -1) for each in (a, b))
    outer = broadcast_shapes(a.shape[:-1], b.shape[:-1])
    longest = max(int(a.shape[-1]), int(b.shape[-1]))
    a, b = (broadcast_to(_to_length(each, longest), (*outer, longest)) for each in (a, b))
    return a, b, np.zeros((), dtype).real.dtype


def _to_length(x: Array, size: int) -> Array:
    missing = size - int(x.shape[-1])
    return pad(x, [(0, 0)] * (x.ndim - 1) + [(0, missing)]) if missing else x


def stft(
    x: Any,
    fs: Any = 1.0,
    window: Any = "hann",
    nperseg: int = 256,
    noverlap: int | None = None,
    nfft: int | None = None,
    detrend: Any = False,
    return_onesided: bool = True,
    boundary: str | None = "zeros",
    padded: bool = True,
    axis: int = -1,
) -> tuple[Array, Array, Array]:
    """Frequencies, times, and the Fourier transforms of weighted parts, scaled so that a part's weights sum up to one."""
    signal, _, dtype = _signals(x, None, axis)
    length, overlap, transform = _lengths(window, nperseg, noverlap, nfft, int(signal.shape[-1]))
    step = length - overlap
    signal = _extended(signal, length // 2, boundary)
    if padded:
        signal = _to_length(signal, int(signal.shape[-1]) + (-(int(signal.shape[-1]) - length) % step) % length)
    weights, onesided = _window(window, length, dtype), return_onesided and not is_complex(signal.dtype)
    found = _spectra(signal, weights, step, transform, detrend, onesided) / as_array(weights.sum())
    times = (np.arange(found.shape[-2]) * step + length / 2) / float(fs)
    times = times - (length / 2) / float(fs) if boundary is not None else times
    spectra = moveaxis(found, -1, -2)
    frequencies = _frequencies(transform, float(fs), onesided, dtype)
    rank = spectra.ndim - 1
    return (
        frequencies,
        ConcreteArray(times.astype(dtype)),
        moveaxis(spectra, -2, axis % rank if axis >= 0 else axis - 1),
    )


def istft(
    Zxx: Any,
    fs: Any = 1.0,
    window: Any = "hann",
    nperseg: int | None = None,
    noverlap: int | None = None,
    nfft: int | None = None,
    input_onesided: bool = True,
    boundary: bool = True,
    time_axis: int = -1,
    freq_axis: int = -2,
) -> tuple[Array, Array]:
    """Times, and the signal whose short-time Fourier transform is given: the sum of the parts by their weights."""
    spectra = as_array(Zxx)
    if spectra.ndim < 2 or time_axis % spectra.ndim == freq_axis % spectra.ndim:
        raise ValueError("istft takes an array with an axis of frequencies and another one of times")
    spectra = moveaxis(spectra, (time_axis, freq_axis), (-2, -1))
    bins = int(spectra.shape[-1])
    whole = 2 * (bins - 1) if input_onesided else bins
    length = whole if nperseg is None else int(nperseg)
    transform = (length if input_onesided and length == whole + 1 else whole) if nfft is None else int(nfft)
    overlap = length // 2 if noverlap is None else int(noverlap)
    if overlap >= length:
        raise ValueError(f"noverlap is less than nperseg, got {overlap} and {length}")
    step, count = length - overlap, int(spectra.shape[-2])
    parts = fft.irfft(spectra, n=transform) if input_onesided else fft.ifft(spectra, n=transform)
    parts = getitem(parts, (..., slice(0, length)))
    dtype = np.zeros((), parts.dtype).real.dtype
    weights = _window(window, length, dtype)
    total = length + (count - 1) * step
    at = np.arange(count)[:, None] * step + np.arange(length)
    norm = np.zeros(total, dtype)
    for row in at:
        norm[row] += weights**2
    outer = parts.shape[:-2]
    rows = reshape(parts * ConcreteArray(weights * weights.sum()), (*outer, count * length))
    zeros = broadcast_to(ConcreteArray(np.zeros((), rows.dtype)), (*outer, total))
    signal = zeros.at[..., at.reshape(-1)].add(rows)
    cut = slice(length // 2, total - length // 2) if boundary else slice(None)
    signal = getitem(signal, (..., cut)) / ConcreteArray(np.where(norm > 1e-10, norm, 1)[cut])
    times = np.arange(signal.shape[-1]) / float(fs)
    rank = spectra.ndim
    if signal.ndim > 1 and freq_axis % rank < time_axis % rank:
        time_axis = time_axis % rank - 1
    elif signal.ndim > 1:
        time_axis %= rank
    return ConcreteArray(times.astype(dtype)), moveaxis(signal, -1, time_axis) if signal.ndim > 1 else signal


def csd(
    x: Any,
    y: Any,
    fs: Any = 1.0,
    window: Any = "hann",
    nperseg: int | None = None,
    noverlap: int | None = None,
    nfft: int | None = None,
    detrend: Any = "constant",
    return_onesided: bool = True,
    scaling: str = "density",
    axis: int = -1,
    average: str = "mean",
) -> tuple[Array, Array]:
    """Frequencies, and the cross power of two signals at them, averaged over parts: its density, or with the scaling
    "spectrum" the power. Of `y` that is `None` that of `x` with itself."""
    if scaling not in ("density", "spectrum"):
        raise ValueError(f"scaling is 'density' or 'spectrum', got {scaling!r}")
    if average not in ("mean", "median"):
        raise ValueError(f"average is 'mean' or 'median', got {average!r}")
    a, b, dtype = _signals(x, y, axis)
    length, overlap, transform = _lengths(window, nperseg, noverlap, nfft, int(a.shape[-1]))
    weights, onesided = _window(window, length, dtype), return_onesided and not is_complex(a.dtype)
    scale = 1 / (float(fs) * (weights**2).sum()) if scaling == "density" else 1 / weights.sum() ** 2
    first, second = (_spectra(each, weights, length - overlap, transform, detrend, onesided) for each in (a, b))
    power = conj(first) * second * as_array(dtype.type(scale))
    if onesided:
        twice = np.full(power.shape[-1], 2, dtype)
        twice[0] = 1
        if transform % 2 == 0:
            twice[-1] = 1
        power = power * ConcreteArray(twice)
    if average == "mean":
        found = mean(power, axis=-2)
    else:
        count = int(power.shape[-2])
        # The median of so many numbers that are exponentially distributed lies below their mean.
        bias = 1 + sum(1 / (k + 1) - 1 / k for k in range(2, 2 * ((count - 1) // 2) + 1, 2))
        parts = [median(part, axis=-2) for part in (real(power), imag(power))]
        found = (parts[0] + parts[1] * 1j) / bias
    found = real(found) if y is None or y is x else found
    return _frequencies(transform, float(fs), onesided, dtype), moveaxis(found, -1, axis)


def welch(
    x: Any,
    fs: Any = 1.0,
    window: Any = "hann",
    nperseg: int | None = None,
    noverlap: int | None = None,
    nfft: int | None = None,
    detrend: Any = "constant",
    return_onesided: bool = True,
    scaling: str = "density",
    axis: int = -1,
    average: str = "mean",
) -> tuple[Array, Array]:
    """Frequencies, and the density of the power of a signal at them, averaged over parts (P. D. Welch)."""
    return csd(x, None, fs, window, nperseg, noverlap, nfft, detrend, return_onesided, scaling, axis, average)


__all__ = ["csd", "istft", "stft", "welch"]
