"""Generators of random bits as XLA runs them for `rng_bit_generator`: Philox-4x32-10 and Threefry-2x32-20.

J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC11). A state is a key of 64 bits and a counter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc import lax
from irc import numpy as jnp

_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)


def _u32(x: Any) -> Any:
    return jnp.astype(x, np.uint32)


def _u64(x: Any) -> Any:
    return jnp.astype(x, np.uint64)


def _halves(x: Any) -> tuple[Any, Any]:
    """The lower and the upper 32 bits."""
    return _u32(x), _u32(lax.shift_right_logical(x, jnp.full_like(x, 32)))


def _whole(low: Any, high: Any) -> Any:
    return _u64(low) | lax.shift_left(_u64(high), jnp.full_like(_u64(high), 32))


def _philox_rounds(counter: Sequence[Any], key: tuple[Any, Any]) -> list[Any]:
    x0, x1, x2, x3 = counter
    k0, k1 = key
    for _ in range(10):
        low0, high0 = _halves(_u64(x0) * _u64(jnp.asarray(_MULTIPLIERS[0], np.uint32)))
        low1, high1 = _halves(_u64(x2) * _u64(jnp.asarray(_MULTIPLIERS[1], np.uint32)))
        x0, x1, x2, x3 = high1 ^ x1 ^ k0, low1, high0 ^ x3 ^ k1, low0
        k0, k1 = k0 + jnp.asarray(_WEYL[0], np.uint32), k1 + jnp.asarray(_WEYL[1], np.uint32)
    return [x0, x1, x2, x3]


_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
_PARITY = 0x1BD11BDA


def _rotated(x: Any, by: int) -> Any:
    return lax.shift_left(x, jnp.full_like(x, by)) | lax.shift_right_logical(x, jnp.full_like(x, 32 - by))


def threefry_words(k0: Any, k1: Any, x0: Any, x1: Any) -> tuple[Any, Any]:
    """The two words of Threefry-2x32-20 for a key and counters, all unsigned numbers of 32 bits."""
    keys = (k0, k1, k0 ^ k1 ^ jnp.asarray(_PARITY, np.uint32))
    x0, x1 = x0 + keys[0], x1 + keys[1]
    for i in range(5):
        for by in _ROTATIONS[i % 2]:
            x0 = x0 + x1
            x1 = _rotated(x1, by) ^ x0
        x0, x1 = x0 + keys[(i + 1) % 3], x1 + keys[(i + 2) % 3] + jnp.asarray(i + 1, np.uint32)
    return x0, x1


def _words(state: Any) -> Any:
    """The state as unsigned numbers of 64 bits."""
    if state.dtype.itemsize == 8:
        return lax.bitcast_convert_type(state, np.uint64)
    pairs = jnp.reshape(lax.bitcast_convert_type(state, np.uint32), (-1, 2))
    return _whole(pairs[:, 0], pairs[:, 1])


def _as_state(words: Any, state: Any) -> Any:
    if state.dtype.itemsize == 8:
        return lax.bitcast_convert_type(words, state.dtype)
    return lax.bitcast_convert_type(jnp.reshape(jnp.stack(_halves(words), axis=-1), state.shape), state.dtype)


def _numbers(low_first: Any, shape: Sequence[int], width: int) -> Any:
    """Words of 32 bits as numbers of a shape and a width: two of them make one of 64 bits, of narrower ones the lowest
    bits count."""
    count = math.prod(shape)
    if width == 64:
        pairs = jnp.reshape(low_first[: 2 * count], (count, 2))
        return jnp.reshape(_whole(pairs[:, 0], pairs[:, 1]), shape)
    return jnp.reshape(jnp.astype(low_first[:count], np.dtype(f"uint{width}")), shape)


def philox(state: Any, shape: Sequence[int], width: int) -> Any:
    """The state after, and unsigned numbers of `width` bits: four words for each value of the counter of 128 bits, whose upper
    half is the key again where the state does not hold it."""
    words = _words(state)
    blocks = -(-math.prod(shape) * (2 if width == 64 else 1) // 4)
    first = words[1] + jnp.arange(blocks, dtype=np.uint64)
    upper = words[2] if words.shape[0] > 2 else words[0]
    carried = upper + jnp.astype(first < words[1], np.uint64)
    found = jnp.stack(_philox_rounds([*_halves(first), *_halves(carried)], _halves(words[0])), axis=-1)
    after = words[1] + jnp.asarray(blocks, np.uint64)
    rest = [after, upper + jnp.astype(after < words[1], np.uint64)][: words.shape[0] - 1]
    return _as_state(jnp.stack([words[0], *rest]), state), _numbers(jnp.reshape(found, (-1,)), shape, width)


def threefry(state: Any, shape: Sequence[int], width: int) -> Any:
    """The state after, and unsigned numbers of `width` bits: two words for each value of the counter of 64 bits.

    Numbers of 64 bits take both. Of narrower ones the two lie side by side along a dimension: the first that is even, else
    the largest, where the last one then is left out.
    """
    words = _words(state)
    axis = 0
    half, wide = list(shape), width == 64
    if not wide and half:
        even = [i for i, n in enumerate(half) if n % 2 == 0]
        axis = even[0] if even else max(range(len(half)), key=half.__getitem__)
        half[axis] = -(-half[axis] // 2)
    calls = math.prod(half)
    low, high = _halves(words[1] + jnp.arange(calls, dtype=np.uint64))
    first, second = threefry_words(*_halves(words[0]), low, high)
    after = words[1] + jnp.asarray(calls, np.uint64)
    new_state = _as_state(jnp.stack([words[0], after]), state)
    if wide or not half:
        return new_state, _numbers(jnp.reshape(jnp.stack([first, second], axis=-1), (-1,)), shape, width)
    pair = jnp.stack([jnp.reshape(each, half) for each in (first, second)], axis=axis + 1)
    whole = jnp.reshape(pair, [2 * n if i == axis else n for i, n in enumerate(half)])
    kept = whole[tuple(slice(n) for n in shape)]
    return new_state, jnp.astype(kept, np.dtype(f"uint{width}"))
