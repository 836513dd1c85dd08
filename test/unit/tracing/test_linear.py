"""`vjp` and `linearize` outside of traced functions run the function once, however often its derivative is applied."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.tracing.requests import float0

X = np.linspace(0.1, 0.9, 6).reshape(2, 3)


def counting():
    """A function, and how often it has run."""
    runs = []

    def note(x):
        runs.append(1)
        return np.asarray(x)

    def f(x):
        seen = irc.pure_callback(note, irc.ShapeDtypeStruct(x.shape, x.dtype), lax.stop_gradient(x))
        return jnp.sin(x) * seen

    return f, runs


def test_the_function_runs_once_for_many_cotangents_and_tangents():
    f, runs = counting()
    results, pull_back = irc.vjp(f, X)
    for k in range(4):
        np.testing.assert_allclose(pull_back(k * X)[0], k * X * np.cos(X) * X)
    assert (len(runs), np.allclose(results, np.sin(X) * X)) == (1, True)
    results, along = irc.linearize(f, X)
    for k in range(4):
        np.testing.assert_allclose(along(k * X), k * X * np.cos(X) * X)
    assert (len(runs), np.allclose(results, np.sin(X) * X)) == (2, True)


def test_a_function_with_a_given_derivative_runs_once():
    f, runs = counting()
    g = irc.custom_jvp(lambda x: jnp.exp(x))
    g.defjvp(lambda primals, tangents: (f(primals[0]), 3 * primals[0] * tangents[0]))
    _, pull_back = irc.vjp(g, X)
    for k in range(3):
        np.testing.assert_allclose(pull_back(k * X)[0], 3 * X * k * X)
    assert len(runs) == 1


def while_loop(x):
    return lax.while_loop(lambda c: c[0].sum() < 20, lambda c: (c[0] * 1.5 + jnp.sin(c[0]), c[1] + 1), (x, 0))


def scan(x):
    return lax.scan(lambda c, row: (jnp.tanh(c @ c.T) @ x, c.sum()), x, None, length=3)


def branch(x):
    return lax.cond(x.sum() > 1, lambda: {"a": x * x, "n": jnp.argmax(x)}, lambda: {"a": x, "n": 0})


def gathered(x):
    order = jnp.argsort(x, axis=1)
    return jnp.take_along_axis(x, order, axis=1).cumsum(0), order


FUNCTIONS = {
    "a loop of unknown length": while_loop, "a scan": scan, "a branch": branch, "sorting": gathered,
    "complex numbers": lambda x: jnp.fft.fft(x), "a constant": lambda x: (jnp.ones(3), 2 * x.sum()),
    "a decomposition": lambda x: jnp.linalg.svd(x, full_matrices=False),
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_same_as_within_one_program(name):
    f = FUNCTIONS[name]
    results, pull_back = irc.vjp(f, X)
    leaves, structure = irc.tree.flatten(results)
    rng = np.random.default_rng(2)
    nothing = [not np.issubdtype(leaf.dtype, np.inexact) for leaf in leaves]
    cts = [
        np.zeros(leaf.shape, float0) if none else rng.uniform(-1, 1, leaf.shape).astype(leaf.dtype)
        for leaf, none in zip(leaves, nothing, strict=True)
    ]
    given = irc.tree.unflatten(structure, cts)
    dense = [ct for ct, none in zip(cts, nothing, strict=True) if not none]

    def whole(x, dense):
        rest = iter(dense)
        filled = [ct if none else next(rest) for ct, none in zip(cts, nothing, strict=True)]
        return irc.vjp(f, x)[1](irc.tree.unflatten(structure, filled))

    (expected,) = irc.jit(whole)(X, dense)
    for _ in range(2):
        np.testing.assert_allclose(pull_back(given)[0], expected, rtol=1e-10, atol=1e-12)
    again, along = irc.linearize(f, X)
    moved, pushed = irc.jvp(f, (X,), (np.cos(X),))
    for a, b in zip(irc.tree.leaves(again), irc.tree.leaves(moved), strict=True):
        np.testing.assert_allclose(a, b)
    for a, b, none in zip(irc.tree.leaves(along(np.cos(X))), irc.tree.leaves(pushed), nothing, strict=True):
        assert none or np.allclose(a, b, rtol=1e-8, atol=1e-10)
        assert (a.dtype, a.shape) == (b.dtype, b.shape)


def test_what_comes_besides_and_integers():
    def f(p, n):
        return {"y": p["a"] * n, "k": n + 1}, (p["b"] * 2, n)

    results, pull_back, aux = irc.vjp(f, {"a": X, "b": X}, 3, has_aux=True)
    np.testing.assert_allclose((results["y"], aux[0]), (3 * X, 2 * X))
    found, of_n = pull_back({"y": X, "k": np.zeros((), float0)})
    np.testing.assert_allclose((found["a"], found["b"]), (3 * X, 0 * X))
    assert of_n.dtype == float0
    with pytest.raises(ValueError, match="the cotangent of float64"):
        pull_back({"y": X[0], "k": np.zeros((), float0)})
    results, along, aux = irc.linearize(lambda x: (x * x, x + 1), X, has_aux=True)
    np.testing.assert_allclose((along(X), aux), (2 * X * X, X + 1))


def test_the_derivative_inside_of_other_transformations():
    _, pull_back = irc.vjp(jnp.sin, X)
    expected = np.cos(X) * X
    np.testing.assert_allclose(irc.jit(pull_back)(X)[0], expected)
    np.testing.assert_allclose(irc.vmap(pull_back)(np.stack([X, 2 * X]))[0], [expected, 2 * expected])
    np.testing.assert_allclose(irc.grad(lambda ct: pull_back(ct)[0].sum())(X), np.cos(X))
    _, along = irc.linearize(jnp.sin, X)
    np.testing.assert_allclose(irc.vmap(along)(np.stack([X, 2 * X])), [expected, 2 * expected])


def test_a_map_that_is_known_forward_only():
    def solved(b):
        return lax.custom_linear_solve(lambda x: 2 * x, b, lambda matvec, b: b / 2)

    results, along = irc.linearize(solved, X)
    np.testing.assert_allclose((results, along(X)), (X / 2, X / 2))
