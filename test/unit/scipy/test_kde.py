"""Densities from samples: they integrate to one, and are those of sums of normal distributions."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc import random
from irc.scipy import stats

RNG = np.random.default_rng(0)
X = RNG.standard_normal((2, 50))
GRID = np.linspace(-6, 6, 121)
PLANE = np.stack([each.ravel() for each in np.meshgrid(GRID, GRID)])


def test_a_density_in_the_plane():
    estimate = stats.gaussian_kde(X)
    density = np.asarray(estimate(PLANE))
    np.testing.assert_allclose(density.sum() * 0.1**2, 1, rtol=1e-4)
    np.testing.assert_allclose(estimate.logpdf(PLANE[:, ::99]), np.log(density[::99]), rtol=1e-9)
    np.testing.assert_allclose(estimate.integrate_kde(estimate), (density**2).sum() * 0.1**2, rtol=1e-4)
    normal = np.exp(-(PLANE**2).sum(0) / 2) / (2 * np.pi)
    found = estimate.integrate_gaussian(np.zeros(2), np.eye(2))
    np.testing.assert_allclose(found, (density * normal).sum() * 0.1**2, rtol=1e-4)


def test_samples_with_weights():
    estimate = stats.gaussian_kde(X[0], "silverman", weights=np.arange(50.0))
    density = np.asarray(estimate.pdf(GRID))
    np.testing.assert_allclose(estimate.integrate_box_1d(-6.05, 6.05), density.sum() * 0.1, rtol=1e-4)
    drawn = np.asarray(estimate.resample(random.key(0), (5000,)))
    assert drawn.shape == (1, 5000)
    np.testing.assert_allclose(drawn.mean(), (density * GRID).sum() * 0.1, atol=0.05)


def test_it_is_a_container_of_arrays():
    values = irc.jit(lambda estimate, x: estimate(x))(stats.gaussian_kde(X[0], 0.3), GRID)
    np.testing.assert_allclose(values, stats.gaussian_kde(X[0], lambda _: 0.3)(GRID), rtol=1e-6)


def test_errors():
    with pytest.raises(ValueError, match="more than one sample"):
        stats.gaussian_kde(np.ones(1))
    with pytest.raises(ValueError, match="have 1 dimensions, the samples 2"):
        stats.gaussian_kde(X)(GRID)
    with pytest.raises(ValueError, match="bw_method is 'scott', 'silverman'"):
        stats.gaussian_kde(X, "other")
