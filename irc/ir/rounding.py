"""Conversion of doubles to floats that NumPy does not know itself: rounded once."""

from __future__ import annotations

from typing import Any

from irc.ir.lazy_numpy import np


def to_float(values: Any, dtype: np.dtype[Any]) -> Any:
    """An array or scalar of numbers as `dtype`, a float type, rounded to nearest even.

    ml_dtypes takes a double to a float first, and rounding twice may be off. So the double is first rounded to odd, to
    an inexact float whose last bit says that something lies beyond it (Boldo and Melquiond, "Emulation of a FMA and
    Correctly Rounded Sums", 2008).
    """
    array = np.asarray(values)
    if array.dtype != np.float64 or dtype.isbuiltin == 1:
        return array.astype(dtype)[()]
    nearest = array.astype(np.float32)
    inexact = np.isfinite(array) & (nearest != array)
    bits = nearest.view(np.uint32)
    bits = bits - (inexact & (np.abs(nearest.astype(np.float64)) > np.abs(array)))
    return (bits | inexact).astype(np.uint32).view(np.float32).astype(dtype)[()]
