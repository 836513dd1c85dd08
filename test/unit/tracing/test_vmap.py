"""`vmap`: axes, nesting, and what it makes of loops and branches."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

rng = np.random.default_rng(0)
A = rng.standard_normal((4, 5)).astype(np.float32)
B = rng.standard_normal((6, 5)).astype(np.float32)


@pytest.fixture(params=["eager", "compiled"])
def run(request):
    return irc.jit if request.param == "compiled" else lambda f: f


def test_all_pairs(run):
    inner = irc.vmap(jnp.dot, in_axes=(None, 0))
    assert np.allclose(run(irc.vmap(inner, in_axes=(0, None)))(A, B), A @ B.T, atol=1e-5)


def test_axes(run):
    f = irc.vmap(lambda x, y: (x + y, x.sum()), in_axes=(1, None), out_axes=(1, 0))
    total, sums = run(f)(A, A[:, 0])
    assert np.allclose(total, A + A[:, :1])
    assert np.allclose(sums, A.sum(0), atol=1e-5)
    tree = irc.vmap(lambda p: p["w"] * p["b"], in_axes=({"w": 0, "b": None},))
    assert np.allclose(run(tree)({"w": A, "b": 2.0}), A * 2)


@pytest.mark.parametrize(
    ("f", "reference"),
    [
        (lambda x: jnp.sum(jnp.tanh(x)), lambda x: np.tanh(x).sum()),
        (lambda x: jnp.reshape(x, (5, 1)) @ jnp.ones((1, 2)), lambda x: x.reshape(5, 1) @ np.ones((1, 2))),
        (lambda x: jnp.concat([x, jnp.zeros(2), x * x]), lambda x: np.concatenate([x, np.zeros(2), x * x])),
        (lambda x: jnp.broadcast_to(x, (3, 5)).mean(axis=0), lambda x: x),
        (lambda x: lax.dynamic_slice(x, (1,), (3,)), lambda x: x[1:4]),
        (lambda x: lax.dynamic_update_slice(x, x[None, :][0] * 0 if False else jnp.zeros(2), (1,)),
         lambda x: np.concatenate([x[:1], np.zeros(2), x[3:]])),
        (lambda x: lax.pad(x, 1.0, [(1, 0, 1)]), lambda x: np.insert(np.insert(x, range(1, 5), 1), 0, 1)),
        (lambda x: jnp.where(x > 0, x, 0.0), lambda x: np.maximum(x, 0)),
    ],
)  # fmt: skip
def test_functions(run, f, reference):
    assert np.allclose(run(irc.vmap(f))(A), np.stack([reference(row) for row in A]), atol=1e-5)


def test_control_flow(run):
    n = np.array([0, 3, 7], np.int32)
    doubled = irc.vmap(lambda k: lax.while_loop(lambda s: s[0] < k, lambda s: (s[0] + 1, s[1] * 2), (0, 1))[1])
    assert np.array_equal(run(doubled)(n), 2**n)
    counted = irc.vmap(lambda k: lax.fori_loop(0, k, lambda i, s: s + i, 0))
    assert np.array_equal(run(counted)(n), n * (n - 1) // 2)
    chosen = irc.vmap(lambda x: lax.cond(x.sum() > 0, lambda x: x, lambda x: -x, x))
    assert np.allclose(run(chosen)(A), A * np.sign(A.sum(1, keepdims=True)), atol=1e-6)
    carry, sums = run(irc.vmap(lambda x: lax.scan(lambda c, t: (c + t, c), 0.0, x)))(A)
    assert np.allclose(carry, A.sum(1), atol=1e-5)
    assert np.allclose(sums, A.cumsum(1) - A, atol=1e-5)


def test_what_is_wrong():
    with pytest.raises(ValueError, match="axes of different sizes to map over: 4, 6"):
        irc.vmap(jnp.add)(A, B)
    with pytest.raises(ValueError, match="needs an argument that is mapped"):
        irc.vmap(jnp.sin, in_axes=None)(A)
    with pytest.raises(ValueError, match="over axis 1 of an array with 1 axes"):
        irc.vmap(jnp.sin, in_axes=1)(A[0])
    with pytest.raises(ValueError, match="its out_axes is None"):
        irc.vmap(jnp.sin, out_axes=None)(A)
