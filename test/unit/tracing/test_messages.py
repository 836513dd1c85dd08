"""What is said about wrong programs names the user's function, shapes and lines."""

from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp


def untyped(x: Any) -> Any:
    """`x`, of which the types say nothing."""
    return x


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: jnp.floor(jnp.array([1 + 1j, 2])), TypeError, r"floor takes floating-point values, got complex64\[2\]"),
        (lambda: jnp.remainder(*[jnp.array([1 + 1j, 2])] * 2), TypeError, "remainder takes real numbers, got complex64"),
        (lambda: -jnp.array([True]), TypeError, r"negative takes numbers, got bool\[1\]"),
        (lambda: jnp.concatenate([]), ValueError, "needs at least one array"),
        (lambda: jnp.stack([jnp.ones(2), jnp.ones(3)]), ValueError, r"shapes \(2,\) and \(3,\) differ"),
        (lambda: jnp.sum(jnp.ones(3), axis=untyped(1.5)), TypeError, "axis is a number, several, or None"),
        (lambda: jnp.ones((2, -1)), ValueError, r"not negative, got shape \(2, -1\)"),
        (lambda: irc.jit(untyped(3)), TypeError, "takes a function, got a int"),
        (lambda: irc.jit(lambda x: x, static_argnums=5), ValueError, "static_argnums=5, but <lambda> has 1"),
        (lambda: irc.jit(lambda x: x, static_argnames="z"), ValueError, "no argument of that name"),
        (lambda: irc.jit(lambda x: x, dynamic_dims=({5: "n"},))(np.ones(3)), ValueError, "axis 5 of an argument of shape"),
        (lambda: irc.jit(lambda x: x, dynamic_dims="n")(np.ones(3)), TypeError, "names axes by numbers"),
        (lambda: irc.vmap(lambda x, y: x, in_axes=(0,))(np.ones(3), 1), ValueError, r"in_axes=\(0,\) of vmap does not have"),
        (lambda: irc.vmap(lambda x: x, out_axes=2)(np.ones(3)), ValueError, "at axis 2 of a result with 1 axes"),
        (lambda: irc.jit(lambda x: np.sin(x))(1.0), TypeError, "use irc.numpy in place of numpy"),
        (lambda: irc.jit(lambda x: f"{x:.2f}")(1.0), TypeError, "irc.debug.print"),
        (lambda: irc.jit(lambda x: jnp.zeros(x))(3), TypeError, "mark the argument as static"),
    ],
)  # fmt: skip
def test_wrong_programs(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_the_line_and_the_shapes_of_what_shows_at_run_time():
    add = irc.jit(lambda x, y: x + y, dynamic_dims=({0: "n"}, {0: "m"}))
    with pytest.raises(irc.errors.JaxRuntimeError, match=r"test_messages.py:\d+: .*shapes \(4,\), \(3,\)"):
        add(np.ones(4), np.ones(3))


def test_numpy_reads_arrays():
    assert isinstance(np.sin(jnp.ones(2)), np.ndarray)
    assert isinstance(np.ones(2) + jnp.ones(2), irc.Array)
    assert np.isnan(jnp.median(jnp.ones(0)))
