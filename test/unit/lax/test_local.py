"""Windows, kernels that differ from place to place, products of groups of rows."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

RNG = np.random.default_rng(0)
X = RNG.standard_normal((2, 3, 8, 7)).astype(np.float32)


def test_windows_times_a_kernel_are_a_convolution():
    kernel = RNG.standard_normal((4, 3, 3, 2)).astype(np.float32)
    patches = lax.conv_general_dilated_patches(X, (3, 2), (2, 1), "SAME")
    assert patches.shape == (2, 18, 4, 7)
    expected = lax.conv_general_dilated(X, kernel, (2, 1), "SAME")
    np.testing.assert_allclose(jnp.einsum("npij,op->noij", patches, kernel.reshape(4, 18)), expected, atol=1e-5)
    last = lax.conv_general_dilated_patches(
        X.transpose(0, 2, 3, 1), (3, 2), (2, 1), "SAME", dimension_numbers=("NHWC", "OIHW", "NHWC")
    )
    assert np.array_equal(last, np.asarray(patches).transpose(0, 2, 3, 1))


def test_the_same_kernel_everywhere_is_a_convolution():
    kernel = RNG.standard_normal((4, 3, 3, 2)).astype(np.float32)
    local = np.broadcast_to(kernel.reshape(4, 18, 1, 1), (4, 18, 6, 6))
    found = irc.jit(lambda x, k: lax.conv_general_dilated_local(x, k, (1, 1), "VALID", (3, 2)))(X, local)
    np.testing.assert_allclose(found, lax.conv_general_dilated(X, kernel, (1, 1), "VALID"), atol=1e-5)
    with pytest.raises(ValueError, match="needs kernels for windows of shape"):
        lax.conv_general_dilated_local(X, local[..., :3], (1, 1), "VALID", (3, 2))


def test_groups_of_rows():
    rows, matrices = RNG.standard_normal((7, 3)), RNG.standard_normal((3, 3, 2))
    found = lax.ragged_dot(rows, matrices, np.array([2, 0, 4]))
    expected = np.concatenate([rows[:2] @ matrices[0], rows[2:6] @ matrices[2], np.zeros((1, 2))])
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert irc.grad(lambda m: lax.ragged_dot(rows, m, np.array([2, 0, 4])).sum())(matrices)[1].tolist() == [[0, 0]] * 3


def test_a_composite_is_its_decomposition():
    scaled = lax.composite(lambda x, *, factor: x * factor, "my.scaled")
    assert (scaled.__name__, float(scaled(2.0, factor=3.0))) == ("my.scaled", 6.0)
