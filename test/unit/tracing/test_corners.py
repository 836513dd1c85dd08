"""Derivatives where a formula is delicate, in both modes; the numbers are JAX's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax, nn

INF = math.inf

CORNERS: dict[str, Any] = {
    "relu": (nn.relu, [-1.0, 0.0, 1.0], [0, 0, 1]),
    "relu6": (nn.relu6, [0.0, 6.0, 3.0], [0, 0, 1]),
    "abs": (jnp.abs, [0.0, -2.0], [1, -1]),
    "softplus": (nn.softplus, [0.0, 100.0, -INF], [0.5, 1, 0]),
    "logaddexp": (lambda x: jnp.logaddexp(x, 1.0), [1.0, INF, -INF], [0.5, 1, 0]),
    "sinh": (jnp.sinh, [0.0], [1]),
    "arcsinh": (jnp.arcsinh, [0.0, INF], [1, 0]),
    "arccosh": (jnp.arccosh, [1.0, INF], [INF, 0]),
    "arcsin": (jnp.arcsin, [0.0, 1.0], [1, INF]),
    "cbrt": (jnp.cbrt, [0.0, 1.0], [INF, 1 / 3]),
    "sqrt": (jnp.sqrt, [0.0, 4.0], [INF, 0.25]),
    "mod": (lambda x: x % 3, [0.0, 3.0, -1.0], [1, 1, 1]),
    "divisor": (lambda x: 5.0 % x, [1.0, 2.5], [-5, -2]),
    "inverse square": (lambda x: lax.integer_pow(x, -2), [0.0, 1.0, INF], [-INF, -2, 0]),
    "fmax": (lambda x: jnp.fmax(x, 0), [0.0, 1.0], [0, 1]),
    "maximum": (lambda x: jnp.maximum(x, 0), [0.0, 1.0], [0.5, 1]),
    "modf": (lambda x: jnp.modf(x)[0], [-1.0, 1.5], [1, 1]),
    "frexp": (lambda x: jnp.frexp(x)[0], [1.0, 6.0], [0.5, 0.125]),
    "lgamma": (lax.lgamma, [1.0, 2.0], [-0.5772157, 0.4227843]),
    "branch not taken": (lambda x: jnp.where(x < 1, x, jnp.sqrt(x)), [0.0, -1.0, 4.0], [1, 1, 0.25]),
    "branch not taken, in steps": (lambda x: jnp.where(x == 0, 1, jnp.sin(x) * (1 / x)), [0.0], [0]),
    "branch too large": (lambda x: jnp.where(x < 9, jnp.exp(jnp.exp(x)), x), [1000.0], [1]),
    "norm": (lambda x: jnp.where(x.sum() == 0, 0, jnp.sqrt((x * x).sum())), [0.0, 0.0], [0, 0]),
    "logsumexp": (nn.logsumexp, [-INF, 0.0], [0, 1]),
}


@pytest.mark.parametrize("name", CORNERS)
def test_both_modes(name):
    f, numbers, expected = CORNERS[name]
    x = np.asarray(numbers, np.float32)

    @irc.jit
    def both(x):
        rows = irc.vmap(lambda t: irc.jvp(lambda x: f(x).sum(), (x,), (t,))[1])(jnp.eye(len(x)))
        return irc.grad(lambda x: f(x).sum())(x), rows

    backward, forward = both(x)
    np.testing.assert_allclose(backward, expected, rtol=1e-5, atol=1e-7)
    if INF not in np.abs(expected):  # there infinity meets the tangent 0 of the other elements
        np.testing.assert_allclose(forward, expected, rtol=1e-5, atol=1e-7)


def test_second_derivatives_at_corners():
    assert float(irc.hessian(jnp.sinc)(0.0)) == pytest.approx(-(math.pi**2) / 3, rel=1e-6)
    # A cotangent that is zero without being masked counts: the minimum of (sqrt(x) - 1)^2 has a curvature.
    f = lambda x: jnp.where(x > 0, (jnp.sqrt(x) - 1) ** 2, 0)  # noqa: E731
    assert float(irc.grad(irc.grad(f))(1.0)) == pytest.approx(0.5)
    assert float(irc.grad(irc.grad(f))(0.0)) == 0.0
    assert float(irc.grad(irc.grad(jnp.sinh))(0.5)) == pytest.approx(math.sinh(0.5), rel=1e-6)
