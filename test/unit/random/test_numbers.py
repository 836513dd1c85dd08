"""Random numbers are JAX's: bit for bit where integers decide, else up to the rounding of logarithms and the like."""

from __future__ import annotations

import json
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from unit.random.random_cases import CLOSE, EXACT, WIDE

import irc
from irc import random

JAX = json.loads((Path(__file__).parent / "jax_numbers.json").read_text())
ULPS = 8


def expected(name):
    found = JAX[name]
    if found["dtype"].startswith("complex"):
        values = np.array(found["values"]).reshape(-1, 2) @ np.array([1, 1j])
        return values.reshape(found["shape"]).astype(found["dtype"])
    return np.array(found["values"], found["dtype"]).reshape(found["shape"])


def check_close(x, y):
    x = np.asarray(x)
    assert (x.dtype, x.shape) == (y.dtype, y.shape)
    assert np.all(np.abs(x - y) <= ULPS * np.spacing(np.abs(y)))


@pytest.mark.parametrize("name", EXACT)
def test_exact(name):
    x, y = np.asarray(EXACT[name](random, np)), expected(name)
    assert (x.dtype, x.shape) == (y.dtype, y.shape)
    assert np.array_equal(x, y)


@pytest.mark.parametrize("name", CLOSE)
def test_close(name):
    check_close(CLOSE[name](random, np), expected(name))


@pytest.mark.parametrize("name", WIDE)
def test_64_bits(name):
    if JAX[name]["dtype"] == "float64":
        check_close(WIDE[name](random, np), expected(name))
    else:
        assert np.array_equal(WIDE[name](random, np), expected(name))


JITTED = ("split", "fold_in", "uniform", "randint", "randint u8", "permutation", "choice p", "categorical", "bernoulli")


@pytest.mark.parametrize("name", JITTED)
def test_compiled(name):
    assert np.array_equal(irc.jit(lambda: EXACT[name](random, np))(), expected(name))


@pytest.mark.parametrize("name", ["normal", "truncated_normal", "gumbel", "gamma", "beta"])
def test_close_compiled(name):
    check_close(irc.jit(lambda: CLOSE[name](random, np))(), expected(name))


SAMPLERS = {
    "split": lambda k: random.split(k, 3),
    "fold_in": lambda k: random.fold_in(k, 7),
    "bits": lambda k: random.bits(k, (2, 3)),
    "normal": lambda k: random.normal(k, (4,)),
    "uniform scalar": lambda k: random.uniform(k),
    "randint": lambda k: random.randint(k, (5,), 0, 100),
    "bernoulli": lambda k: random.bernoulli(k, 0.5, (5,)),
    "permutation": lambda k: random.permutation(k, 6),
    "choice": lambda k: random.choice(k, 6, (3,), replace=False),
    "categorical": lambda k: random.categorical(k, np.zeros((2, 5), np.float32)),
    "gamma": lambda k: random.gamma(k, 0.7, (2,)),
    "poisson": lambda k: random.poisson(k, 3.0, (2,)),
    "binomial": lambda k: random.binomial(k, 40, 0.4, (2,)),
    "multinomial": lambda k: random.multinomial(k, 40, np.array([0.2, 0.5, 0.3], np.float32)),
}


@pytest.mark.parametrize("name", SAMPLERS)
@pytest.mark.parametrize("compiled", [False, True])
def test_keys_that_are_mapped_over(name, compiled):
    keys = random.split(random.PRNGKey(3), 3)
    one_by_one = np.stack([np.asarray(SAMPLERS[name](np.asarray(keys)[i])) for i in range(3)])
    mapped = irc.vmap(SAMPLERS[name])
    found = (irc.jit(mapped) if compiled else mapped)(keys)
    np.testing.assert_allclose(found, one_by_one, rtol=1e-5)


def test_large_samples_agree_with_small_ones():
    whole = random.bits(random.key(1), (100, 50))
    assert np.array_equal(np.asarray(whole)[0, :7], random.bits(random.key(1), (7,)))
    assert np.array_equal(np.asarray(random.split(random.PRNGKey(0), 3000))[:3], random.split(random.PRNGKey(0), 3))


def test_sizes_that_are_not_known():
    f = irc.jit(lambda k, x: random.uniform(k, x.shape), dynamic_dims=(None, 0))
    for n in (3, 5):
        assert np.array_equal(f(random.key(2), np.zeros(n)), random.uniform(random.key(2), (n,)))


@pytest.mark.parametrize("dtype", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_uniform_numbers_of_every_float(dtype):
    x = np.asarray(random.uniform(random.key(0), (2000,), dtype)).astype(np.float64)
    assert x.min() >= 0 and x.max() < 1
    assert abs(x.mean() - 0.5) < 0.03


@pytest.mark.parametrize(
    ("sample", "mean", "deviation"),
    [
        (random.normal, 0, 1),
        (random.exponential, 1, 1),
        (random.laplace, 0, 2**0.5),
        (random.gumbel, 0.5772, 1.2825),
        (random.logistic, 0, 1.8138),
        (lambda k, n: random.gamma(k, 2.0, n), 2, 2**0.5),
        (lambda k, n: random.beta(k, 2.0, 2.0, n), 0.5, 0.2236),
        (lambda k, n: random.poisson(k, 4.0, n), 4, 2),
        (lambda k, n: random.poisson(k, 50.0, n), 50, 50**0.5),
        (lambda k, n: random.binomial(k, 10, 0.3, n), 3, 2.1**0.5),
        (lambda k, n: random.binomial(k, 400, 0.75, n), 300, 75**0.5),
    ],
)
def test_moments(sample, mean, deviation):
    x = np.asarray(sample(random.key(9), (4000,))).astype(np.float64)
    assert abs(x.mean() - mean) < 5 * deviation / 4000**0.5
    assert abs(x.std() - deviation) < 0.1 * deviation


def test_numbers_of_trials_and_probabilities_that_are_none():
    counts, chances = (
        np.array([-1, np.nan, 10, 10, 10, 10], np.float32),
        np.array([0.5, 0.5, np.nan, -0.1, 0, 1], np.float32),
    )
    found = random.binomial(random.key(0), counts, chances)
    np.testing.assert_array_equal(found, [np.nan, np.nan, np.nan, np.nan, 0, 10])


def test_outcomes_add_up_to_the_trials():
    found = random.multinomial(
        random.key(0), 1000, np.array([0.1, 0.2, 0.7], np.float32), shape=(50, 3), dtype=np.float16
    )
    assert np.asarray(found).dtype == np.float16
    assert np.all(np.asarray(found, np.int64).sum(1) == 1000)
    with pytest.raises(ValueError, match="multinomial needs the probabilities of the outcomes along an axis"):
        random.multinomial(random.key(0), 10, 0.5)
