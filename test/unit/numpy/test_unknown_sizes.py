"""Functions of arrays of which a size is only known when the compiled function is called: one program for all sizes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc import lax, random
from irc.tracing.jit import jit

X = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)

CALLS: dict[str, Any] = {
    "argmax": (lambda x: jnp.argmax(x, axis=0), lambda x: np.argmax(x, 0)),
    "argmin flat": (lambda x: jnp.argmin(x), lambda x: np.argmin(x)),
    "cumsum": (lambda x: jnp.cumsum(x, 0), lambda x: np.cumsum(x, 0)),
    "sort": (lambda x: jnp.sort(x, axis=0), lambda x: np.sort(x, 0)),
    "argsort": (lambda x: jnp.argsort(x, axis=0), lambda x: np.argsort(x, 0)),
    "flip": (lambda x: jnp.flip(x, axis=0), lambda x: np.flip(x, 0)),
    "roll": (lambda x: jnp.roll(x, 2, axis=0), lambda x: np.roll(x, 2, 0)),
    "tile": (lambda x: jnp.tile(x, (2, 1)), lambda x: np.tile(x, (2, 1))),
    "repeat": (lambda x: jnp.repeat(x, 3, axis=0), lambda x: np.repeat(x, 3, 0)),
    "take": (lambda x: jnp.take(x, jnp.asarray([0, 2]), axis=0), lambda x: x[[0, 2]]),
    "take_along": (lambda x: jnp.take_along_axis(x, jnp.argsort(x, axis=0), axis=0), lambda x: np.sort(x, 0)),
    "mean": (lambda x: jnp.mean(x, 0), lambda x: x.mean(0)),
    "var": (lambda x: jnp.var(x, 0, correction=1), lambda x: x.var(0, ddof=1)),
    "tril": (lambda x: jnp.tril(x), np.tril),
    "einsum": (lambda x: jnp.einsum("ij,kj->ik", x, x), lambda x: x @ x.T),
    "diff": (lambda x: jnp.diff(x, axis=0), lambda x: np.diff(x, axis=0)),
    "stack": (lambda x: jnp.stack([x, x]), lambda x: np.stack([x, x])),
    "median": (lambda x: jnp.median(x, 0), lambda x: np.median(x, 0)),
    "quantile": (lambda x: jnp.quantile(x, 0.3, axis=0), lambda x: np.quantile(x, 0.3, axis=0)),
    "pad": (lambda x: jnp.pad(x, 1), lambda x: np.pad(x, 1)),
    "linspace": (lambda x: jnp.linspace(0.0, x.sum(), 5), lambda x: np.linspace(0, x.sum(), 5)),
    "where": (lambda x: jnp.where(x > 0, x, 0.0), lambda x: np.where(x > 0, x, 0)),
    "norm": (lambda x: jnp.linalg.norm(x, axis=0), lambda x: np.linalg.norm(x, axis=0)),
    "outer": (lambda x: jnp.outer(x[:, 0], x[:, 1]), lambda x: np.outer(x[:, 0], x[:, 1])),
    "tensordot": (lambda x: jnp.tensordot(x, x, axes=(0, 0)), lambda x: np.tensordot(x, x, axes=(0, 0))),
    "vecdot": (lambda x: jnp.vecdot(x, x), lambda x: (x * x).sum(-1)),
    "arange": (lambda x: jnp.arange(x.shape[0]), lambda x: np.arange(x.shape[0])),
    "meshgrid": (lambda x: jnp.meshgrid(x[:, 0], x[0])[0], lambda x: np.meshgrid(x[:, 0], x[0])[0]),
    "ravel": (lambda x: x.ravel(), np.ravel),
    "at set": (lambda x: x.at[:, 1].set(0.0), lambda x: x * np.array([1, 0, 1, 1], np.float32)),
    "at add": (lambda x: x.at[jnp.asarray([0, 0])].add(1.0), lambda x: x + 2 * (np.arange(len(x)) == 0)[:, None]),
    "searchsorted": (
        lambda x: jnp.searchsorted(jnp.sort(x[:, 0]), x[:, 1]),
        lambda x: np.searchsorted(np.sort(x[:, 0]), x[:, 1]),
    ),
    "average": (lambda x: jnp.average(x, 0), lambda x: x.mean(0)),
    "cov": (lambda x: jnp.cov(x.T), lambda x: np.cov(x.T)),
    "count": (lambda x: jnp.count_nonzero(x > 0, axis=0), lambda x: np.count_nonzero(x > 0, axis=0)),
    "unstack": (lambda x: jnp.unstack(x, axis=1)[1], lambda x: x[:, 1]),
    "split": (lambda x: jnp.split(x, 2, axis=1)[1], lambda x: x[:, 2:]),
    "isin": (lambda x: jnp.isin(x, x[0]), lambda x: np.isin(x, x[0])),
    "cummax": (lambda x: jnp.cummax(x, 0), lambda x: np.maximum.accumulate(x, 0)),
    "swap": (lambda x: jnp.moveaxis(x, 0, 1), lambda x: x.T),
    "atleast": (lambda x: jnp.atleast_3d(x), np.atleast_3d),
    "trace": (lambda x: jnp.trace(x), np.trace),
    "trace above": (lambda x: jnp.trace(x, 1), lambda x: np.trace(x, 1)),
    "trace below": (lambda x: jnp.trace(x, -4), lambda x: np.trace(x, -4)),
    "diagonal": (lambda x: jnp.diagonal(x), np.diagonal),
    "gradient": (lambda x: jnp.gradient(x, axis=0), lambda x: np.gradient(x, axis=0)),
    "det": (lambda x: jnp.linalg.det(x @ x.T + jnp.eye(x.shape[0])), lambda x: np.linalg.det(x @ x.T + np.eye(len(x)))),
    "associative_scan": (lambda x: lax.associative_scan(jnp.add, x), lambda x: np.cumsum(x, 0)),
    "associative_scan back": (
        lambda x: lax.associative_scan(jnp.maximum, x, reverse=True),
        lambda x: np.maximum.accumulate(x[::-1], 0)[::-1],
    ),
    "permutation": (
        lambda x: random.permutation(random.key(0), x),
        lambda x: np.asarray(random.permutation(random.key(0), x)),
    ),
    "permutation of a size": (
        lambda x: random.permutation(random.key(0), x.shape[0]),
        lambda x: np.asarray(random.permutation(random.key(0), len(x))),
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_one_program_for_all_sizes(name: str) -> None:
    function, reference = CALLS[name]
    compiled = jit(function, dynamic_dims=({0: "n"},))
    for n in (5, 3):
        np.testing.assert_allclose(np.asarray(compiled(X[:n])), reference(X[:n]), rtol=2e-3, atol=1e-4)
    assert len(compiled._compiled) == 1


def test_large_sizes_are_permuted_more_often():
    many = np.arange(3000)
    compiled = jit(lambda x: random.permutation(random.key(0), x), dynamic_dims=(0,))
    np.testing.assert_array_equal(compiled(many), random.permutation(random.key(0), many))
