"""What is said about wrong programs names the user's function, shapes and lines."""

from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax


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
        (lambda: irc.jit(lambda n: jnp.sum(jnp.ones(2), axis=n))(0), TypeError, "axis must be static"),
        (lambda: irc.jit(lambda n: jnp.sort(jnp.ones(2), axis=n))(0), TypeError, "axis must be static"),
        (lambda: irc.jit(lambda n: n, static_argnums=0)([1]), ValueError, r"argument 0 of <lambda> is a list: \[1\]"),
        (lambda: irc.jit(lambda n: n, static_argnames="n")(n=[1]), ValueError, "argument 'n' of <lambda> is a list"),
        (lambda: irc.jit(lambda x: x, donate_argnums=3), ValueError, "donate_argnums=3, but <lambda> has 1"),
        (lambda: irc.jit(lambda x: x, donate_argnames="z"), ValueError, "no argument of that name"),
        (lambda: irc.jit(lambda x: x, donate_argnums=0, static_argnums=0), ValueError, "cannot be donated: x of"),
        (lambda: irc.vmap(lambda x: x, in_axes=untyped({}))(np.ones(3)), TypeError, "in_axes of vmap is a number, None, or"),
        (lambda: irc.vjp(lambda x: x, jnp.ones(3))[1](jnp.ones(2)), ValueError, r"cotangent of float32\(3,\) is float32\(2,\)"),
        (lambda: irc.grad(lambda x: x, argnums=3)(1.0), TypeError, "argnums names argument 3"),
        (lambda: irc.grad(lambda x: x, argnums=-3)(1.0), ValueError, "argnums names argument -3"),
        (lambda: lax.cond(True, lambda: 1, lambda: 1.0), TypeError, r"branches of cond: int32\(\) and float32\(\) differ"),
        (lambda: irc.debug.print("a", x=1), ValueError, "its format does not name: x"),
        (lambda: irc.debug.print("{}", 1, 2), ValueError, "its format does not name: 1"),
        (lambda: irc.debug.print("{x}"), KeyError, "x"),
        (lambda: jnp.asarray(np.ma.array([1, 2], mask=[False, True])), ValueError, "masked arrays are not supported"),
        (lambda: jnp.arange(3j), ValueError, "arange takes real numbers, got 3j"),
        (lambda: jnp.packbits(jnp.ones(3)), TypeError, "packbits takes integers or truth values, got float32"),
        (lambda: jnp.bincount(jnp.ones((2, 2), int)), ValueError, r"with one axis, got shape \(2, 2\)"),
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
