"""Fourier transforms of JAX's `lax`."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import ufuncs
from irc.tracing import factors
from irc.tracing.array import Array
from irc.tracing.elementwise import cast
from irc.tracing.shaping import show


class FftType(enum.IntEnum):
    """The kind of a Fourier transform."""

    FFT = 0
    IFFT = 1
    RFFT = 2
    IRFFT = 3


def fft(x: Any, fft_type: Any, fft_lengths: Sequence[int]) -> Array:
    """The discrete Fourier transform over the last axes; `fft_lengths` are the sizes of the real or complex signal."""
    kind = fft_type.upper() if isinstance(fft_type, str) else FftType(fft_type).name
    if kind not in FftType.__members__:
        raise ValueError(f"there is no transform {fft_type!r}: it is FFT, IFFT, RFFT or IRFFT")
    array = ufuncs.inexact(x)
    if kind == "RFFT":
        if array.dtype.kind == "c":
            raise TypeError(f"RFFT takes real numbers, got {array.dtype}")
        if array.dtype.itemsize < 4:
            array = cast(array, np.dtype(np.float32))
    elif array.dtype.kind != "c":
        array = cast(array, np.dtype(np.complex128 if array.dtype.itemsize == 8 else np.complex64))
    lengths = tuple(int(n) for n in fft_lengths)
    if not 1 <= len(lengths) <= min(3, array.ndim):
        raise ValueError(f"fft transforms one to three axes, got lengths {lengths} for shape {show(array.shape)}")
    return factors.fft(array, kind, lengths)


__all__ = ["FftType", "fft"]
