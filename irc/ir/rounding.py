"""Conversion of doubles and integers to floats that NumPy does not know itself: rounded once."""

from __future__ import annotations

from typing import Any

from irc.ir.lazy_numpy import np


def is_of_numpy(dtype: np.dtype[Any]) -> bool:
    """Whether NumPy itself computes with a dtype; for those of ml_dtypes its sorting and its protocols do not hold."""
    # `isbuiltin` forgets it where the dtype was pickled.
    return dtype.type.__module__ == "numpy"


def to_float(values: Any, dtype: np.dtype[Any]) -> Any:
    """An array or scalar of numbers as `dtype`, a float type, rounded to nearest even.

    ml_dtypes takes doubles and integers to a float first, and rounding twice may be off. So they are first rounded to
    odd, to an inexact float whose last bit says that something lies beyond it (Boldo and Melquiond, "Emulation of a FMA
    and Correctly Rounded Sums", 2008).
    """
    array = np.asarray(values)
    if array.dtype.kind in "iu" and not is_of_numpy(dtype):
        array = _to_double(array)
    if array.dtype.itemsize < 4 and array.dtype.kind not in "biu" and array.dtype != dtype:
        array = array.astype(np.float32)  # not all types of ml_dtypes are converted to one another
    if array.dtype != np.float64 or is_of_numpy(dtype):
        return array.astype(dtype)[()]
    nearest = array.astype(np.float32)
    inexact = np.isfinite(array) & (nearest != array)
    bits = nearest.view(np.uint32)
    bits = bits - (inexact & (np.abs(nearest.astype(np.float64)) > np.abs(array)))
    return (bits | inexact).astype(np.uint32).view(np.float32).astype(dtype)[()]


def _to_double(integers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Integers as doubles; where these have too few digits, rounded to odd."""
    spare = (1 << 11) - 1
    as_double = integers.astype(np.float64)
    if integers.dtype.itemsize < 8:
        return as_double
    cut = integers & integers.dtype.type(spare)
    sticky = (integers - cut) | np.where(cut != 0, spare + 1, 0).astype(integers.dtype)
    return np.where(np.abs(as_double) < 2.0**53, as_double, sticky.astype(np.float64))
