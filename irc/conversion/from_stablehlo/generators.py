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
_SCRAMBLER = (0x3EC8F720, 0x02461E29)
"""With this key, the key of the user is made one of which all bits count."""


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


def philox(state: Any, shape: Sequence[int], width: int) -> Any:
    """The state after, and unsigned numbers of `width` bits."""
    words = _state(state)
    key = _philox_rounds(
        [_u32(words[0]), *_zeros(1), _u32(lax.shift_right_logical(words[0], _of(words[0], 32))), *_zeros(1)],
        _numbers(_SCRAMBLER),
    )
    count = math.prod(shape)
    blocks = -(-count * max(width, 32) // 128)
    return words, key, blocks


def threefry(state: Any, shape: Sequence[int], width: int) -> Any:
    raise NotImplementedError


def _state(state: Any) -> Any:
    return state


def _zeros(n: int) -> list[Any]:
    return [jnp.zeros((), np.uint32)] * n


def _of(like: Any, number: int) -> Any:
    return jnp.asarray(number, like.dtype)


def _numbers(values: Sequence[int]) -> Any:
    return tuple(jnp.asarray(value, np.uint32) for value in values)
