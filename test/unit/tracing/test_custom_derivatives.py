"""`custom_jvp`, `custom_vjp`, `stop_gradient`, `closure_convert`: in both modes, nested, mapped, and what does not fit."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.ir.diagnostic import DiagnosedError

X = np.arange(6, dtype=np.float64).reshape(2, 3) / 3 - 0.6
W = np.arange(3.0)


@irc.custom_jvp
def scaled_sin(x, y):
    return jnp.sin(x) * y


@scaled_sin.defjvp
def _(primals, tangents):
    (x, y), (dx, dy) = primals, tangents
    return scaled_sin(x, y), 10 * jnp.cos(x) * y * dx + jnp.sin(x) * dy


@irc.custom_vjp
def layer(x, w):
    return {"y": jnp.tanh(x) @ w}


layer.defvjp(lambda x, w: (layer(x, w), (x, w)), lambda kept, ct: (3 * kept[1] * ct["y"], None))


def test_a_given_jvp_serves_both_modes_and_orders():
    np.testing.assert_allclose(scaled_sin(X, 2.0), np.sin(X) * 2)
    np.testing.assert_allclose(irc.jvp(lambda x: scaled_sin(x, 2.0), (X,), (X,))[1], 20 * np.cos(X) * X)
    np.testing.assert_allclose(irc.grad(lambda x: scaled_sin(x, 2.0).sum())(X), 20 * np.cos(X))
    second = irc.grad(lambda x: irc.grad(scaled_sin)(x, 2.0))
    np.testing.assert_allclose(second(0.3), -20 * np.sin(0.3), rtol=1e-6)
    mapped = irc.vmap(irc.vmap(irc.grad(lambda x, y: scaled_sin(x, y) * y), (None, 0)), (0, None))(W, W)
    np.testing.assert_allclose(mapped, 10 * np.cos(W)[:, None] * W**2)
    looped = irc.grad(lambda x: lax.fori_loop(0, 2, lambda i, v: scaled_sin(v, 2.0), x))
    np.testing.assert_allclose(looped(0.5), 400 * np.cos(2 * np.sin(0.5)) * np.cos(0.5), rtol=1e-6)


def test_a_given_vjp():
    np.testing.assert_allclose(layer(X, W)["y"], np.tanh(X) @ W)
    rows = irc.vmap(irc.grad(lambda x: layer(x, W)["y"]))(X)
    np.testing.assert_allclose(rows, [3 * W, 3 * W])
    np.testing.assert_allclose(irc.grad(lambda x: irc.vmap(lambda r: layer(r, W)["y"])(x).sum())(X), rows)
    np.testing.assert_allclose(irc.grad(lambda w: irc.vmap(lambda r: layer(r, w)["y"])(X).sum())(W), 0 * W)
    with pytest.raises(TypeError, match=r"forward-mode differentiation \(jvp\) to a custom_vjp function"):
        irc.jvp(lambda x: layer(x, W)["y"], (X[0],), (X[0],))


def test_arguments_that_are_no_variables_and_what_is_used_from_outside():
    @partial(irc.custom_vjp, nondiff_argnums=(0,))
    def apply(f, x):
        return f(x)

    apply.defvjp(lambda f, x: (f(x), x), lambda f, x, ct: (2 * ct * f(x),))
    np.testing.assert_allclose(irc.grad(lambda x: apply(jnp.sin, x))(0.4), 2 * np.sin(0.4), rtol=1e-6)

    @partial(irc.custom_jvp, nondiff_argnums=(1,))
    def power(x, n=2):
        return x**n

    power.defjvp(lambda n, p, t: (power(p[0], n), n * t[0]))
    assert (float(irc.grad(power)(2.0)), float(irc.grad(partial(power, n=5))(2.0))) == (2.0, 5.0)

    def outer(a):
        g = irc.custom_vjp(lambda x: x * 2)
        g.defvjp(lambda x: (x * 2, x), lambda x, ct: (ct * a * 7,))
        return g(a * a)

    assert float(irc.grad(outer)(3.0)) == 7 * 3 * 6


def closing(kind):
    """A function with a derivative that closes over its first argument."""

    def f(a, x):
        g = kind(lambda x: a * x)
        if kind is irc.custom_vjp:
            g.defvjp(lambda x: (a * x, None), lambda kept, ct: (ct * a,))
        else:
            g.defjvp(lambda primals, tangents: (a * primals[0], a * tangents[0]))
        return g(x)

    return f


@pytest.mark.parametrize("kind", [irc.custom_vjp, irc.custom_jvp])
def test_a_derivative_with_respect_to_what_is_closed_over_is_an_error_and_not_zero(kind):
    f = closing(kind)
    with pytest.raises(DiagnosedError, match=r"a value that it closes over \(#1\).*in: return g\(x\)"):
        irc.grad(f)(2.0, 3.0)
    with pytest.raises(DiagnosedError, match="closes over"):
        irc.grad(lambda a: f(jnp.sin(a), 3.0))(2.0)
    assert float(irc.grad(f, 1)(2.0, 3.0)) == 2
    assert float(irc.grad(lambda a: f(lax.stop_gradient(a), a))(2.0)) == 2
    # Where the derivative is taken inside, what is closed over is a value like others.
    assert float(irc.grad(lambda a: irc.grad(f, 1)(a, 3.0))(2.0)) == 1


def test_large_constants_that_rules_make():
    f = irc.custom_jvp(lambda x: x @ np.eye(40))
    f.defjvp(lambda primals, tangents: (f(*primals), 3 * tangents[0] @ np.diag(np.arange(40.0))))
    np.testing.assert_allclose(irc.grad(lambda x: f(x).sum())(np.ones(40)), 3 * np.arange(40))
    g = irc.custom_vjp(lambda x: x @ np.eye(40))
    g.defvjp(lambda x: (g(x), np.full((40, 40), 2.0)), lambda kept, ct: (kept @ ct @ np.diag(np.arange(40.0)),))
    np.testing.assert_allclose(irc.grad(lambda x: g(x).sum())(np.ones(40)), 80 * np.arange(40))


def test_a_part_for_each_argument():
    product = irc.custom_jvp(lambda x, y: x * y)
    product.defjvps(lambda t, result, x, y: 2 * t * y, None)
    assert list(map(float, irc.grad(product, argnums=(0, 1))(2.0, 3.0))) == [6.0, 0.0]


def test_stopped_gradients():
    f = lambda x: x * lax.stop_gradient(jnp.sin(x))  # noqa: E731
    np.testing.assert_allclose([irc.grad(f)(0.5), irc.jvp(f, (0.5,), (1.0,))[1]], np.sin(0.5), rtol=1e-6)
    assert "stop_gradient" in irc.jit(f).lower(0.5).as_text()
    assert "stop_gradient" not in irc.jit(f).lower(0.5).as_text("optimized")
    assert lax.stop_gradient((3, X))[0] == 3


def test_closures_as_arguments():
    def outer(a):
        converted, consts = irc.closure_convert(lambda x: jnp.sin(a) * x, 1.0)
        return converted(2.0, *consts) + len(consts)

    np.testing.assert_allclose(irc.value_and_grad(outer)(0.3), (2 * np.sin(0.3) + 1, 2 * np.cos(0.3)), rtol=1e-6)


def given(rule):
    f = irc.custom_jvp(lambda x: {"y": x})
    f.defjvp(rule)
    return irc.grad(lambda x: f(x)["y"])(1.0)


def given_back(backward):
    f = irc.custom_vjp(lambda x, y: x * y)
    f.defvjp(lambda x, y: (x * y, None), backward)
    return irc.grad(f)(1.0, 2.0)


@pytest.mark.parametrize(
    ("message", "call"),
    [
        ("must produce a pair", lambda: given(lambda p, t: p[0])),
        ("equal container .pytree. structures", lambda: given(lambda p, t: ({"y": p[0]}, t[0]))),
        (r"expected float32\(\), got float32\(3,\)", lambda: given(lambda p, t: ({"y": p[0]}, {"y": np.ones(3, np.float32)}))),
        ("must produce a tuple of length 2, but got length 1", lambda: given_back(lambda kept, ct: (ct,))),
    ],
)  # fmt: skip
def test_rules_that_do_not_fit(message, call):
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize("cotangent", [np.float64(3), np.ones(2, np.float32)])
def test_cotangents_of_another_dtype_or_shape_are_a_value_error(cotangent):
    with pytest.raises(ValueError, match=r"expected float32\(\), got float"):
        given_back(lambda kept, ct: (ct, cotangent))


def test_functions_without_a_rule():
    with pytest.raises(AttributeError, match="No JVP defined for custom_jvp function"):
        irc.custom_jvp(lambda x: x)(1.0)
    with pytest.raises(AttributeError, match="No VJP defined for custom_vjp function"):
        irc.custom_vjp(lambda x: x)(1.0)
