"""The generator Threefry-2x32-20 on NumPy arrays, for the interpreter and for constant folding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects.nd_threefry import PARITY, ROTATIONS

Array = np.ndarray[Any, Any]


def threefry(key: Array, hi: Array, lo: Array) -> tuple[Array, Array]:
    """The two words for each counter; all are of 32 bits."""
    keys = [*key, key[0] ^ key[1] ^ np.uint32(PARITY)]
    x, y = hi + keys[0], lo + keys[1]
    for i, rotations in enumerate(ROTATIONS):
        for bits in rotations:
            x = x + y
            y = x ^ ((y << np.uint32(bits)) | (y >> np.uint32(32 - bits)))
        x = x + keys[(i + 1) % 3]
        y = y + keys[(i + 2) % 3] + np.uint32(i + 1)
    return x, y


def random_bits(key: Array, start: Any, shape: Sequence[int], dtype: np.dtype[Any]) -> Array:
    """`nd.random_bits` of a shape."""
    with np.errstate(over="ignore"):
        count = np.prod(shape, dtype=np.int64)
        counter = np.arange(count, dtype=np.uint64).reshape(shape) + np.uint64(start)
        hi, lo = threefry(key, (counter >> np.uint64(32)).astype(np.uint32), counter.astype(np.uint32))
    if dtype.itemsize == 8:
        return hi.astype(np.uint64) << np.uint64(32) | lo
    return (hi ^ lo).astype(dtype)
