"""`x.view(dtype)` agrees with NumPy for all pairs of dtypes, at once, compiled and mapped."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import irc
import irc.numpy as jnp

DTYPES = ("uint8", "int16", "uint32", "float32", "int64", "float64", "complex64", "complex128")


@pytest.mark.parametrize(("old", "new"), list(itertools.permutations(DTYPES, 2)))
def test_views(old: str, new: str) -> None:
    x = np.arange(2 * 16).reshape(2, 16).astype(old)
    expected = x.view(new)
    for found in (jnp.asarray(x).view(new), irc.jit(lambda x: x.view(new))(x), irc.vmap(lambda x: x.view(new))(x)):
        assert found.dtype == new
        np.testing.assert_array_equal(np.asarray(found), expected)


def test_truth_values_are_bytes() -> None:
    assert jnp.array([True, False]).view(jnp.uint8).tolist() == [1, 0]
    assert jnp.array([1, 256], jnp.int16).view(bool).tolist() == [True, False, False, True]


def test_what_cannot_be_viewed() -> None:
    with pytest.raises(
        ValueError, match=r"shape \(2, 3\) and dtype uint8 does not hold a whole number of elements of int32"
    ):
        jnp.ones((2, 3), jnp.uint8).view(jnp.int32)
    with pytest.raises(ValueError, match="an array without axes"):
        jnp.float32(1).view(jnp.uint8)
