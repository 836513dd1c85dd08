"""Products of matrices of integers, which wrap around, in tiles and in what is left of them."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.int32, np.uint32, np.int64])
@pytest.mark.parametrize("shape", [(3, 40, 45), (31, 7, 70), (64, 600, 33)])
def test_integers(dtype, shape):
    m, k, n = shape
    limits = np.iinfo(dtype)
    a = RNG.integers(limits.min, limits.max, (m, k), dtype, endpoint=True)
    b = RNG.integers(limits.min, limits.max, (k, n), dtype, endpoint=True)
    assert np.array_equal(irc.jit(lambda a, b: a @ b)(a, b), a @ b)
    assert np.array_equal(irc.jit(lambda a, b: a @ b.T)(a, b.T.copy()), a @ b)


def test_small_integers_in_larger_sums():
    a, b = (RNG.integers(-128, 128, (50, 50), np.int8) for _ in range(2))
    found = irc.jit(lambda a, b: jnp.matmul(a, b, preferred_element_type=np.int32))(a, b)
    assert np.array_equal(found, a.astype(np.int32) @ b.astype(np.int32))


def test_truth_values_are_combined_in_their_own_way():
    a, b = (RNG.random((20, 20)) > 0.9 for _ in range(2))
    assert np.array_equal(irc.jit(lambda a, b: a @ b)(a, b), a @ b)
