"""Derivatives with respect to the shape of a gamma distribution are those of its numbers at a fixed part of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

import irc
from irc import lax, random

SHAPES = np.array([0.3, 0.7, 1.0, 1.9, 5.0, 40.0])


def implicit(a: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The slope that leaves the part of the distribution below x as it is."""
    h = 1e-5
    change = np.asarray(lax.igamma(a + h, x)) - np.asarray(lax.igamma(a - h, x))
    density = np.exp((a - 1) * np.log(x) - x - np.array([math.lgamma(each) for each in a]))
    return -change / (2 * h) / density


@pytest.mark.parametrize("seed", range(3))
def test_gamma(seed: int) -> None:
    draw = lambda a: random.gamma(random.key(seed), a, dtype=np.float64)  # noqa: E731
    x = np.asarray(draw(SHAPES))
    np.testing.assert_allclose(irc.grad(lambda a: draw(a).sum())(SHAPES), implicit(SHAPES, x), rtol=1e-6)
    np.testing.assert_allclose(irc.jvp(draw, (SHAPES,), (1 + 0 * SHAPES,))[1], implicit(SHAPES, x), rtol=1e-6)


def test_logarithms() -> None:
    draw = lambda a: random.loggamma(random.key(2), a, dtype=np.float64)  # noqa: E731
    x = np.exp(np.asarray(draw(SHAPES)))
    np.testing.assert_allclose(irc.grad(lambda a: draw(a).sum())(SHAPES), implicit(SHAPES, x) / x, rtol=1e-6)
    # What is too small for a float still has a logarithm, whose slope is that of P's leading term.
    tiny = np.array([1e-4])
    (log_x,) = np.asarray(draw(tiny))
    (slope,) = irc.grad(lambda a: draw(a).sum())(tiny)
    np.testing.assert_allclose(slope, (-np.euler_gamma - log_x) / 1e-4, rtol=1e-3)


def test_the_mean_moves_as_it_should() -> None:
    many = np.full(5000, 3.0)
    slopes = irc.grad(lambda a: random.gamma(random.key(1), a, dtype=np.float64).sum())(many)
    assert abs(float(np.mean(np.asarray(slopes))) - 1) < 0.02


@pytest.mark.parametrize(("a", "x"), [(1.0, 3.0), (3.0, 5.0), (10.0, 12.0), (2.5, 4.0)])
def test_incomplete_functions_of_whole_numbers(a: float, x: float) -> None:
    """The continued fraction ends there, and its derivative goes on."""
    h = 1e-5
    change = float(lax.igamma(np.float64(a + h), np.float64(x))) - float(lax.igamma(np.float64(a - h), np.float64(x)))
    slope = irc.grad(lambda a: lax.igamma(a, np.float64(x)))(np.float64(a))
    np.testing.assert_allclose(slope, change / (2 * h), rtol=1e-7)
