"""Functions of functions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc.tracing.jit import jit

X = np.random.default_rng(5).normal(size=(3, 4)).astype(np.float32)


def test_vectorize_of_elements() -> None:
    function = jnp.vectorize(lambda x, y: jnp.where(x > y, x - y, x + y))
    expected = np.where(X[:, None] > X[0], X[:, None] - X[0], X[:, None] + X[0])
    np.testing.assert_allclose(np.asarray(function(X[:, None], X[0])), expected, rtol=1e-6)
    np.testing.assert_allclose(np.asarray(jit(function)(X[:, None], X[0])), expected, rtol=1e-6)


def test_vectorize_of_named_axes() -> None:
    product = jnp.vectorize(jnp.matmul, signature="(m,k),(k,n)->(m,n)")
    matrices = np.random.default_rng(6).normal(size=(2, 1, 3, 4)), np.random.default_rng(7).normal(size=(5, 4, 2))
    np.testing.assert_allclose(np.asarray(product(*matrices)), np.matmul(*matrices), rtol=1e-9)
    with pytest.raises(ValueError, match="signature"):
        jnp.vectorize(jnp.matmul, signature="m,k->m")


def test_vectorize_leaves_arguments_out() -> None:
    function = jnp.vectorize(lambda x, power: x**power, excluded={1})
    np.testing.assert_allclose(np.asarray(function(X, 3)), X**3, rtol=1e-5)


@pytest.mark.parametrize("axis", [0, 1])
def test_apply_along_axis(axis: int) -> None:
    def ends(xp: Any) -> Any:
        return lambda row: xp.stack([row[0], row[-1], row.sum()])

    found = jnp.apply_along_axis(ends(jnp), axis, X)
    np.testing.assert_allclose(np.asarray(found), np.apply_along_axis(ends(np), axis, X), rtol=1e-5)


def test_piecewise() -> None:
    conditions = [X < 0, X > 1]
    functions: list[Any] = [lambda x: -x, lambda x: x * 10, 7.0]
    np.testing.assert_allclose(
        np.asarray(jnp.piecewise(X, conditions, functions)), np.piecewise(X, conditions, functions)
    )
