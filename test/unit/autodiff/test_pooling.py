"""Gradients of poolings against finite differences; what has no derivative yet says so instead of giving zeros."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.ir.diagnostic import DiagnosedError

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


@pytest.mark.parametrize(
    ("f", "op"),
    [
        (lambda x: jnp.sort(x).sum(), "nd.sort"),
        (lambda x: jnp.cumsum(x, axis=0).sum(), "nd.cumulative"),
    ],
)
def test_what_is_missing_is_an_error_and_no_zero(f, op):
    with pytest.raises(DiagnosedError, match=f"'{op}' op has no derivative"):
        irc.grad(f)(X)
