"""The functions of `nn` give JAX's numbers, eagerly, compiled, mapped, and have derivatives."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from unit.nn.nn_cases import CASES, ELEMENTWISE, INITIALIZERS, X, q

import irc
from irc import nn, random

JAX = json.loads((Path(__file__).parent / "jax_numbers.json").read_text())
TOLERANCE = {"float16": 2e-3, "float32": 2e-6, "float64": 1e-12}


def check(found, name):
    results = list(found) if isinstance(found, tuple | list) else [found]
    assert len(results) == len(JAX[name])
    for x, y in zip(results, JAX[name], strict=True):
        assert (np.asarray(x).dtype, list(x.shape)) == (y["dtype"], y["shape"])
        tolerance = TOLERANCE.get(y["dtype"], 0)
        values = np.array(y["values"]).reshape(y["shape"])
        np.testing.assert_allclose(np.asarray(x).astype(np.float64), values, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_eager(name):
    check(CASES[name](nn), name)


def test_compiled():
    # One program for all, which is much quicker to compile than one for each.
    found = irc.jit(lambda: {name: case(nn) for name, case in CASES.items()})()
    for name, results in found.items():
        check(results, name)


@pytest.mark.parametrize("name", INITIALIZERS)
@pytest.mark.parametrize("typed", [True, False])
def test_initializers(name, typed):
    key = random.key(5) if typed else random.PRNGKey(5)
    check(INITIALIZERS[name](nn.initializers, key), f"init {name}")


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivatives_are_numbers_everywhere(name):
    function = getattr(nn, name)
    gradient = np.asarray(irc.grad(lambda x: function(x).sum())(X))
    assert np.isfinite(gradient).all()
    smooth = np.array([-5, -1.7, -0.3, 0.4, 1.3], np.float64)
    found = np.asarray(irc.grad(lambda x: function(x).sum())(smooth))
    step = 1e-6
    expected = (np.asarray(function(smooth + step)) - np.asarray(function(smooth - step))) / (2 * step)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-7)


def test_attention_mapped():
    query, key = np.stack([q(1, 3, 2, 4), q(1, 3, 2, 4, 1)]), q(1, 5, 2, 4, 2)
    f = irc.jit(irc.vmap(lambda x, k: nn.dot_product_attention(x, k, k, is_causal=True), in_axes=(0, None)))
    for i in range(2):
        one = nn.dot_product_attention(query[i], key, key, is_causal=True)
        np.testing.assert_allclose(np.asarray(f(query, key))[i], one, rtol=1e-5, atol=1e-6)


def test_attention_of_sizes_that_are_not_known():
    f = irc.jit(
        lambda x, k: nn.dot_product_attention(x, k, k, is_causal=True), dynamic_dims=({1: "count"}, {1: "length"})
    )
    for n in (3, 4):
        query, key = q(2, n, 2, 4), q(2, n + 2, 2, 4)
        expected = nn.dot_product_attention(query, key, key, is_causal=True)
        np.testing.assert_allclose(f(query, key), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nn.glu(np.zeros((2, 3), np.float32)), "even size, got 3"),
        (lambda: nn.dot_product_attention(q(1, 3, 3, 4), q(1, 3, 2, 4), q(1, 3, 2, 4)), "multiple of the 2 heads"),
        (lambda: nn.dot_product_attention(q(1, 3, 2, 4), q(1, 3, 2, 5), q(1, 3, 2, 5)), "do not fit"),
        (lambda: nn.dot_product_attention(q(1, 3, 2, 4), q(1, 3, 2, 4), q(1, 2, 2, 4)), "have one shape"),
        (lambda: nn.initializers.he_normal()(random.key(0), (3,)), "no input axis"),
        (lambda: nn.initializers.orthogonal()(random.key(0), (3,)), "two axes at least"),
        (lambda: nn.initializers.variance_scaling(1.0, "fan", "normal"), "mode is one of fan_in"),
    ],
)
def test_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_exponentials_of_complex_numbers():
    z = np.array([1 + 1j, 2 - 3j, -np.inf], np.complex64)
    total = np.exp(z).sum()
    np.testing.assert_allclose(nn.logsumexp(z), np.log(total), rtol=1e-5)
    np.testing.assert_allclose(nn.log_softmax(z[:2]), z[:2] - np.log(total), rtol=1e-5)
    np.testing.assert_allclose(nn.softmax(z), np.exp(z) / total, rtol=1e-5)
    large = nn.logsumexp(np.array([1000 + 1j, 1000 - 1j], np.complex64))
    np.testing.assert_allclose(large, 1000 + np.log(2 * np.cos(1)), rtol=1e-6)
