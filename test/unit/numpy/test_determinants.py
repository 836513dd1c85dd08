"""Derivatives of determinants are cofactors, of singular matrices too, and those of norms where they are zero are JAX's."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp

RNG = np.random.default_rng(5)


def cofactors(a):
    n = len(a)
    minors = [[np.delete(np.delete(a, i, 0), j, 1) for j in range(n)] for i in range(n)]
    return np.array([[(-1) ** (i + j) * np.linalg.det(minors[i][j]) for j in range(n)] for i in range(n)])


def of_rank(n, rank):
    return RNG.uniform(-1, 1, (n, rank)) @ RNG.uniform(-1, 1, (rank, n))


def without_first_column(n):
    a = RNG.uniform(-1, 1, (n, n))
    a[:, 0] = 0
    return a


MATRICES = {
    "one number": np.array([[0.0]]),
    "two rows alike": np.array([[1.0, 2.0], [2.0, 4.0]]),
    "zeros": np.zeros((3, 3)),
    "of rank 2, small": of_rank(3, 2),
    "regular": RNG.uniform(-1, 1, (5, 5)),
    "a column of zeros": without_first_column(5),
    "two rows alike, large": np.repeat(RNG.uniform(-1, 1, (3, 6)), 2, axis=0)[:6],
    "of rank n - 1": of_rank(5, 4),
    "of rank n - 2": of_rank(5, 3),
    "larger zeros": np.zeros((4, 4)),
    "ones": np.ones((4, 4)),
    "the identity": np.eye(4),
}


@pytest.mark.parametrize("name", MATRICES)
def test_the_gradient_of_a_determinant_is_the_cofactors(name):
    a = MATRICES[name]
    expected = cofactors(a)
    np.testing.assert_allclose(irc.grad(jnp.linalg.det)(a), expected, rtol=1e-8, atol=1e-12)
    t = RNG.uniform(-1, 1, a.shape)
    np.testing.assert_allclose(irc.jvp(jnp.linalg.det, (a,), (t,))[1], (expected * t).sum(), rtol=1e-8, atol=1e-12)


def test_matrices_together():
    together = np.stack([without_first_column(4), np.eye(4), RNG.uniform(-1, 1, (4, 4)), of_rank(4, 2)])
    expected = np.stack(list(map(cofactors, together)))
    np.testing.assert_allclose(irc.vmap(irc.grad(jnp.linalg.det))(together), expected, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(irc.grad(lambda a: jnp.linalg.det(a).sum())(together), expected, rtol=1e-8, atol=1e-12)


def test_complex_matrices():
    a = RNG.uniform(-1, 1, (4, 4)) + 1j * RNG.uniform(-1, 1, (4, 4))
    a[:, 2] = 0
    gradient = irc.grad(jnp.linalg.det, holomorphic=True)
    np.testing.assert_allclose(gradient(a), cofactors(a), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(gradient(a[:3, :3]), cofactors(a[:3, :3]), rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("name", ["two rows alike", "zeros", "regular", "a column of zeros", "the identity"])
def test_second_derivatives(name):
    a, step = MATRICES[name], 1e-5
    t = RNG.uniform(-1, 1, a.shape)
    along = irc.jvp(irc.grad(jnp.linalg.det), (a,), (t,))[1]
    difference = (cofactors(a + step * t) - cofactors(a - step * t)) / (2 * step)
    np.testing.assert_allclose(along, difference, rtol=1e-6, atol=1e-8)


HALF = 0.5
SIXTH = [1 / 6] * 3


@pytest.mark.parametrize(
    ("x", "order", "expected"),
    [
        ([0.0, 0, 0], np.inf, SIXTH), ([0.0, 0, 0], 1, [1, 1, 1]), ([0.0, 0, 0], -np.inf, [1 / 3] * 3),
        ([1.0, -1, 0.5], np.inf, [HALF, -HALF, 0]), ([2.0, 0, 0], 2, [1, 0, 0]), ([2.0, 0, 0], 1, [1, 1, 1]),
        ([[0.0, 0], [0, 0]], np.inf, [[0.25] * 2] * 2), ([[0.0, 0], [0, 0]], 1, [[0.25] * 2] * 2),
        ([[0.0, 0], [0, 0]], 2, [[0.25, 0], [0, 0.25]]), ([[0.0, 0], [0, 0]], "nuc", [[1, 0], [0, 1]]),
        ([[1.0, -1], [1, 1]], np.inf, [[HALF, -HALF], [HALF, HALF]]), ([[2.0, 0], [0, 0]], 2, [[1, 0], [0, 0]]),
        ([[1.0, 0], [0, 1]], "fro", np.eye(2) / np.sqrt(2)),
    ],
)  # fmt: skip
def test_norms_at_zero_and_with_ties(x, order, expected):
    """What JAX 0.10 gives."""
    found = irc.grad(lambda x: jnp.linalg.norm(x, order))(np.array(x))
    np.testing.assert_allclose(found, expected, atol=1e-12)
