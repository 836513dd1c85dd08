"""Gradients of poolings against finite differences; what has no derivative yet says so instead of giving zeros."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc import lax

X = np.random.default_rng(0).standard_normal((2, 6, 7))


def numeric(f, x, eps=1e-6):
    found = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = eps
        found[i] = (float(f(x + step)) - float(f(x - step))) / (2 * eps)
    return found


@pytest.mark.parametrize(
    ("combine", "start", "window", "strides", "padding"),
    [
        (lax.max, -np.inf, (1, 2, 2), (1, 2, 2), "VALID"),
        (lax.max, -np.inf, (1, 3, 3), (1, 1, 2), "SAME"),
        (lax.min, np.inf, (1, 2, 3), (1, 2, 1), [(0, 0), (1, 0), (0, 2)]),
        (lax.add, 0.0, (1, 3, 2), (1, 2, 1), [(0, 0), (1, 2), (0, 1)]),
        (lax.add, 0.0, (2, 6, 7), (1, 1, 1), "VALID"),
    ],
)
def test_pooling(combine, start, window, strides, padding):
    def cost(x):
        return (lax.reduce_window(x, start, combine, window, strides, padding) ** 2).sum()

    np.testing.assert_allclose(irc.grad(cost)(X), numeric(cost, X), atol=1e-6)


@pytest.mark.parametrize("window", [(1, 2, 2), (2, 3, 1), (1, 6, 4)])
@pytest.mark.parametrize("largest", [True, False])
def test_windows_side_by_side_give_to_the_first_extreme_element(window, largest):
    rng = np.random.default_rng(3)
    x = rng.integers(0, 3, (4, 6, 8)).astype(np.float64)
    combine, start = (lax.max, -np.inf) if largest else (lax.min, np.inf)
    f = lambda x: lax.reduce_window(x, start, combine, window, window, "VALID")  # noqa: E731
    weights = rng.standard_normal(f(x).shape)
    expected = np.zeros_like(x)
    for place in np.ndindex(weights.shape):
        part = tuple(slice(i * n, (i + 1) * n) for i, n in zip(place, window, strict=True))
        found = x[part].argmax() if largest else x[part].argmin()
        expected[part][np.unravel_index(found, window)] = weights[place]
    np.testing.assert_array_equal(irc.grad(lambda x: (f(x) * weights).sum())(x), expected)
    t = rng.standard_normal(x.shape)
    np.testing.assert_allclose((np.asarray(irc.jvp(f, (x,), (t,))[1]) * weights).sum(), (expected * t).sum())
    twice = irc.jvp(irc.grad(lambda x: (f(x) ** 2 * weights).sum()), (x,), (t,))[1]
    np.testing.assert_allclose(
        (np.asarray(twice) * t).sum(), (2 * weights * np.asarray(irc.jvp(f, (x,), (t,))[1]) ** 2).sum()
    )
