"""Initial value problems: solutions, containers, times, derivatives."""

from __future__ import annotations

import numpy as np

import irc
import irc.numpy as jnp
from irc.experimental.ode import odeint

TIMES = np.linspace(0, 5, 7, dtype=np.float32)


def oscillator(y, t, w):
    return {"x": y["v"], "v": -(w**2) * y["x"]}


def position(w):
    return odeint(oscillator, {"x": 1.0, "v": 0.0}, TIMES, w, rtol=1e-6, atol=1e-6)["x"]


def test_a_container_at_times():
    np.testing.assert_allclose(position(2.0), np.cos(2 * TIMES), atol=5e-5)
    np.testing.assert_allclose(irc.jit(position)(2.0), np.cos(2 * TIMES), atol=5e-5)


def test_64_bits_are_used():
    times = np.array([0.0, 1.0, 3.0])
    found = odeint(lambda y, t: -y * t, np.ones(2), times, rtol=1e-10, atol=1e-12)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found[:, 0], np.exp(-(times**2) / 2), rtol=1e-8)


def test_derivatives():
    np.testing.assert_allclose(irc.grad(lambda w: position(w)[-1])(2.0), -5 * np.sin(10), rtol=1e-4)
    np.testing.assert_allclose(irc.jvp(lambda w: position(w)[-1], (2.0,), (1.0,))[1], -5 * np.sin(10), rtol=1e-4)


def test_steps_are_bounded():
    found = odeint(lambda y, t: y * 0 + 1, jnp.zeros(1), TIMES, mxstep=3, hmax=0.01)
    assert found[1, 0] < 0.1
