"""Doubles become small floats in one rounding, whatever ml_dtypes does."""

from __future__ import annotations

import pickle

import ml_dtypes
import numpy as np
import pytest

from irc.ir.rounding import to_float

DTYPES = [ml_dtypes.bfloat16, ml_dtypes.float8_e4m3fn, ml_dtypes.float8_e5m2, ml_dtypes.float6_e2m3fn, np.float16]


def numbers(dtype: np.dtype) -> np.ndarray:
    """All finite numbers of a type, in order."""
    size = dtype.itemsize
    count = 1 << (8 * size if dtype.itemsize == 2 else {"float6_e2m3fn": 6}.get(dtype.name, 8))
    with np.errstate(invalid="ignore"):
        every = np.arange(count).astype(f"u{size}").view(dtype).astype(np.float64)
    return np.unique(every[np.isfinite(every)])


@pytest.mark.parametrize("kind", DTYPES)
def test_the_nearest_number_is_taken(kind) -> None:
    dtype = np.dtype(kind)
    all_numbers = numbers(dtype)
    rng = np.random.default_rng(0)
    at = rng.integers(1, len(all_numbers) - 2, 3000)
    low, high = all_numbers[at], all_numbers[at + 1]
    half = low + (high - low) / 2
    for values, expected in (
        (np.nextafter(half, low), low),
        (np.nextafter(half, high), high),
        (np.nextafter(low, high), low),
        (np.nextafter(high, low), high),
    ):
        found = to_float(values, dtype).astype(np.float64)
        np.testing.assert_array_equal(found, expected)
    even = to_float(half, dtype).astype(np.float64)
    assert (np.abs(even - half) * 2 == high - low).all()


def test_what_is_no_number_and_what_is_too_large() -> None:
    bfloat16 = np.dtype(ml_dtypes.bfloat16)
    with np.errstate(over="ignore"):
        found = to_float(np.array([np.inf, -np.inf, np.nan, 1e300, -1e300, 1e-300, -0.0]), bfloat16)
    np.testing.assert_array_equal(found.astype(np.float64), [np.inf, -np.inf, np.nan, np.inf, -np.inf, 0.0, -0.0])
    assert np.signbit(found[-1].astype(np.float32))


def test_scalars_stay_scalars() -> None:
    assert to_float(np.float64(1 + 2**-8 + 2**-40), np.dtype(ml_dtypes.bfloat16)) == ml_dtypes.bfloat16(1 + 2**-7)
    assert isinstance(to_float(np.float64(0.1), np.dtype(np.float32)), np.float32)


def test_a_dtype_that_was_pickled_is_the_same() -> None:
    """Doubles stay doubles; NumPy forgets that the dtype is one of its own."""
    values = np.array([0.1, 1 / 3])
    assert np.array_equal(to_float(values, pickle.loads(pickle.dumps(np.dtype(np.float64)))), values)
