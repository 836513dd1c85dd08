"""`grad` and `value_and_grad`: structures, auxiliary results, control flow, orders, and under `vmap`."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

X = np.arange(6, dtype=np.float64).reshape(2, 3) / 3 - 0.6
W = {"w": np.ones((3, 2)) / 2, "b": np.zeros(2)}


def loss(parameters, x):
    return (jnp.tanh(x @ parameters["w"] + parameters["b"]) ** 2).sum()


def numeric(f, x, eps=1e-6):
    found = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = eps
        found[i] = (float(f(x + step)) - float(f(x - step))) / (2 * eps)
    return found


@pytest.fixture(params=["eager", "compiled"])
def run(request):
    return irc.jit if request.param == "compiled" else lambda f: f


def test_structures(run):
    value, (dw, dx) = run(irc.value_and_grad(loss, argnums=(0, 1)))(W, X)
    assert np.isclose(float(value), float(loss(W, X)))
    assert np.allclose(dw["w"], numeric(lambda w: loss({**W, "w": w}, X), W["w"]), atol=1e-6)
    assert np.allclose(dw["b"], numeric(lambda b: loss({**W, "b": b}, X), W["b"]), atol=1e-6)
    assert np.allclose(dx, numeric(lambda x: loss(W, x), X), atol=1e-6)


def test_auxiliary_results(run):
    f = irc.value_and_grad(lambda x: ((x * x).sum(), {"twice": x * 2}), has_aux=True)
    (value, aux), gradient = run(f)(X)
    assert np.isclose(float(value), (X * X).sum())
    assert np.allclose(aux["twice"], 2 * X)
    assert np.allclose(gradient, 2 * X)
    gradient, aux = run(irc.grad(lambda x: (x.sum(), 3), has_aux=True))(X)
    assert np.allclose(gradient, 1)
    assert aux == 3


@pytest.mark.parametrize(
    "f",
    [
        lambda x: lax.fori_loop(0, 3, lambda i, v: jnp.sin(v) * x, x).sum(),
        lambda x: lax.scan(lambda c, row: (c * row, c), jnp.ones(3, dtype=np.float64), x)[1].sum(),
        lambda x: lax.cond(x.sum() > 0, lambda v: v * v, lambda v: jnp.exp(v), x).sum(),
        lambda x: irc.vmap(lambda row: jnp.tanh(row).sum() ** 2)(x).sum(),
    ],
)
def test_loops_and_branches(run, f):
    assert np.allclose(run(irc.grad(f))(X), numeric(f, X), atol=1e-5)


def test_higher_orders(run):
    f = lambda x: jnp.sin(x) * x  # noqa: E731
    x = 0.7
    assert np.isclose(float(run(irc.grad(irc.grad(f)))(np.float64(x))), 2 * np.cos(x) - x * np.sin(x))
    assert np.isclose(float(run(irc.grad(irc.grad(irc.grad(f))))(np.float64(x))), -3 * np.sin(x) - x * np.cos(x))


def test_gradients_of_each_example(run):
    each = run(irc.vmap(irc.grad(loss), in_axes=(None, 0)))(W, X)
    for i, row in enumerate(X):
        alone = irc.grad(loss)(W, row)
        assert np.allclose(each["w"][i] if hasattr(each["w"], "__getitem__") else np.asarray(each["w"])[i], alone["w"])


def test_what_is_no_cost_and_no_variable():
    with pytest.raises(TypeError, match=r"of a float without axes, but <lambda> gave float64\(2, 3\)|gave float64"):
        irc.grad(lambda x: x)(X)
    with pytest.raises(TypeError, match="with respect to floats, got an array of int64"):
        irc.grad(lambda x: 1.0)(np.arange(3))
    with pytest.raises(TypeError, match="argnums names argument 1"):
        irc.grad(lambda x: 1.0, argnums=1)(1.0)


@pytest.mark.parametrize("axis", [0, 1])
def test_sorting_nothing(axis):
    assert irc.grad(lambda x: jnp.sort(x, axis).sum())(np.zeros((0, 3))).shape == (0, 3)


def test_what_comes_with_a_jacobian_may_depend_on_the_variable():
    matrix, aux = irc.jacfwd(lambda x: (x * x, {"x": x + 1}), has_aux=True)(np.array([1.0, 2.0]))
    np.testing.assert_array_equal(matrix, [[2, 0], [0, 4]])
    np.testing.assert_array_equal(aux["x"], [2, 3])


def test_rounding_to_fewer_bits_passes_derivatives():
    assert irc.grad(lambda x: irc.lax.reduce_precision(x, 8, 10))(np.float64(1.3)) == 1
