"""`@irc.fft`: Fourier transforms, which NumPy computes with pocketfft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.custom_calls import Array, register, write

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "FFT": np.fft.fftn, "IFFT": np.fft.ifftn, "RFFT": np.fft.rfftn, "IRFFT": np.fft.irfftn,
}  # fmt: skip


def fft(x: Array, kind: str, length: Sequence[int]) -> Array:
    """The transform over the last axes, one for each length. Raises `ValueError` where the sizes are not the lengths."""
    wanted = [int(n) for n in length]
    expected = [*wanted[:-1], wanted[-1] // 2 + (wanted[-1] > 0)] if kind == "IRFFT" else wanted
    given = list(x.shape[x.ndim - len(wanted) :])
    if given != expected:
        raise ValueError(f"{kind} of length {wanted} needs last axes of sizes {expected}, got {given}")
    axes = tuple(range(x.ndim - len(wanted), x.ndim))
    found = np.empty(_shape(x, kind, wanted), _dtype(x, kind))
    # NumPy has no transform of nothing.
    if found.size:
        found[...] = _FUNCTIONS[kind](x, s=wanted, axes=axes)
    return found


def _shape(x: Array, kind: str, length: Sequence[int]) -> tuple[int, ...]:
    last = {"RFFT": length[-1] // 2 + (length[-1] > 0), "IRFFT": length[-1]}.get(kind, x.shape[-1])
    return (*x.shape[:-1], last)


def _dtype(x: Array, kind: str) -> np.dtype[Any]:
    if kind == "RFFT":
        return np.dtype(np.complex64 if x.dtype == np.float32 else np.complex128)
    if kind == "IRFFT":
        return np.dtype(np.float32 if x.dtype == np.complex64 else np.float64)
    found: np.dtype[Any] = x.dtype
    return found


@register("irc.fft")
def _fft(x: Array, *, out: Sequence[Array], kind: str, length: Sequence[int]) -> None:
    write(out, [fft(x, kind, length)])
