"""`jvp`, `linearize`, `jacfwd`, `hessian`, `hvp`: structures, modes mixed to any order, under `vmap`, and what does not fit."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

X = np.arange(6, dtype=np.float64).reshape(2, 3) / 3 - 0.6
T = np.cos(X)
FLOAT0 = np.dtype([("float0", np.void, 0)])


def cost(x):
    return (jnp.sin(x) ** 2).sum() * x[0, 0]


def along(f, x, t, eps=1e-6):
    return (np.asarray(f(x + eps * t)) - np.asarray(f(x - eps * t))) / (2 * eps)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: lax.fori_loop(0, 3, lambda i, v: jnp.sin(v) * x, x),
        lambda x: lax.while_loop(lambda v: v.sum() < 9, lambda v: v * v + jnp.exp(x), x),
        lambda x: lax.cond(x.sum() > 0, lambda v: v * v, lambda v: jnp.exp(v), x),
        lambda x: irc.vmap(lambda row: jnp.tanh(row).sum() * row)(x),
    ],
    ids=["fori", "while", "cond", "vmap"],
)
def test_control_flow(f):
    y, dy = irc.jit(lambda x, t: irc.jvp(f, (x,), (t,)))(X, T)
    np.testing.assert_allclose(y, f(X), rtol=1e-12)
    np.testing.assert_allclose(dy, along(f, X, T), rtol=1e-6, atol=1e-9)


def test_structures_and_integers():
    def f(tree, n):
        return {"product": tree["a"] * n, "next": n + 1}, (tree["b"],)

    nothing = np.zeros((), FLOAT0)
    (y, (b,)), (dy, (db,)) = irc.jvp(f, ({"a": 2.0, "b": 3.0}, 4), ({"a": 1.0, "b": 5.0}, nothing))
    assert (float(y["product"]), int(y["next"]), float(b)) == (8.0, 5, 3.0)
    assert (float(dy["product"]), dy["next"].dtype, float(db)) == (4.0, FLOAT0, 5.0)
    y, dy, aux = irc.jvp(lambda x: (x * x, {"twice": 2 * x}), (3.0,), (1.0,), has_aux=True)
    assert (float(y), float(dy), float(aux["twice"])) == (9.0, 6.0, 6.0)
    value, tangent = irc.linearize(cost, X)
    np.testing.assert_allclose([value, tangent(T)], irc.jvp(cost, (X,), (T,)))


def test_matrices_of_all_modes():
    f = lambda x: {"y": jnp.sin(x) * x.sum()}  # noqa: E731
    np.testing.assert_allclose(irc.jacfwd(f)(X)["y"], irc.jacrev(f)(X)["y"])
    by_both = irc.jacfwd(lambda a, b: a @ b, argnums=(0, 1))(X, X[0])
    assert [each.shape for each in by_both] == [(2, 2, 3), (2, 3)]
    expected = irc.hessian(cost)(X)
    for outer, inner in ((irc.jacrev, irc.jacfwd), (irc.jacrev, irc.jacrev)):
        np.testing.assert_allclose(outer(inner(cost))(X), expected, atol=1e-12)
    product = np.einsum("ijkl,kl->ij", expected, T)
    np.testing.assert_allclose(irc.hvp(cost, (X,), (T,)), product, atol=1e-12)
    np.testing.assert_allclose(irc.grad(lambda x: irc.jvp(cost, (x,), (T,))[1])(X), product, atol=1e-12)
    third = irc.jvp(lambda x: irc.hvp(cost, (x,), (T,)), (X,), (T,))[1]
    np.testing.assert_allclose(third, along(lambda x: irc.hvp(cost, (x,), (T,)), X, T), atol=1e-7)


def test_vmap_of_either():
    rows = irc.vmap(lambda t: irc.jvp(jnp.sin, (1.0,), (t,))[1])(np.arange(3, dtype=np.float32))
    np.testing.assert_allclose(rows, np.cos(1) * np.arange(3), rtol=1e-6)
    both = irc.vmap(lambda x, t: irc.jvp(lambda y: jnp.sin(y).sum(), (x,), (t,))[1])(X, T)
    np.testing.assert_allclose(both, (np.cos(X) * T).sum(1))


def test_complex_and_integers_as_variables():
    assert complex(irc.grad(lambda z: z * z * z, holomorphic=True)(1 + 2j)) == 3 * (1 + 2j) ** 2
    found = irc.grad(lambda x, n: x * n, argnums=(0, 1), allow_int=True)(2.0, 3)
    assert (float(found[0]), found[1].dtype) == (3.0, FLOAT0)
    # What is no variable stays what it is for Python.
    assert float(irc.grad(lambda x, n, name: x**n if name == "power" else x)(2.0, 3, name="power")) == 12.0
    with pytest.raises(TypeError, match="holomorphic=True the variables must be complex"):
        irc.grad(lambda z: z, holomorphic=True)(1.0)


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (TypeError, "expected tangent dtype float64, but got tangent dtype float32", lambda: (cost, (X,), (np.float32(T),))),
        (TypeError, "expected tangent dtype float0, but got tangent dtype int32", lambda: (lambda n: n, (3,), (3,))),
        (TypeError, "must be tuples or lists; found ndarray", lambda: (cost, X, T)),
        (TypeError, "must have the same tree structure", lambda: (cost, (X,), ({"t": T},))),
        (ValueError, r"primal shape \(2, 3\) and tangent shape \(3,\)", lambda: (cost, (X,), (T[0],))),
    ],
)  # fmt: skip
def test_tangents_that_do_not_fit(error, message, call):
    with pytest.raises(error, match=message):
        irc.jvp(*call())
