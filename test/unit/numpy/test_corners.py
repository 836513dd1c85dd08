"""Corners: derivatives where functions have a kink, positions outside of arrays, sizes that are only known at the call.

The numbers are JAX's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax, nn
from irc.tracing.errors import ConcretizationTypeError

INF, NAN = np.inf, np.nan
F32 = np.float32


# -- derivatives at kinks ----------------------------------------------------------------------------------------------

KINKS: dict[str, tuple[Callable[[Any], Any], list[float], list[float]]] = {
    "abs": (jnp.abs, [0.0, -0.0], [1, 1]),
    "relu": (nn.relu, [0.0, -0.0, 1.0], [0, 0, 1]),
    "relu6": (nn.relu6, [0.0, 6.0, 3.0], [0, 0, 1]),
    "hard_sigmoid": (nn.hard_sigmoid, [-3.0, 3.0], [0, 0]),
    "hard_silu": (nn.hard_silu, [-3.0, 3.0], [0, 1]),
    "softplus": (nn.softplus, [0.0], [0.5]),
    "leaky_relu": (nn.leaky_relu, [0.0, -1.0], [1, 0.01]),
    "maximum": (lambda x: jnp.maximum(x, 0.0), [0.0], [0.5]),
    "clip": (lambda x: jnp.clip(x, 0.0, 1.0), [0.0, 1.0], [0.5, 0.5]),
    "clamp": (lambda x: lax.clamp(0.0, x, 1.0), [0.0, 0.5, 1.0], [0, 1, 0]),
    "fmax": (lambda x: jnp.fmax(x, 0.0), [0.0], [0]),
    "remainder": (lambda x: x % 2.0, [0.0, 2.0, -3.0], [1, 1, 1]),
    "modf": (lambda x: jnp.modf(x)[0], [0.0, -1.0], [1, 1]),
    "sinh": (jnp.sinh, [0.0, -0.0, INF], [1, 1, INF]),
    "asinh": (jnp.asinh, [0.0, -0.0, INF], [1, 1, 0]),
    "acosh": (jnp.acosh, [1.0, INF], [INF, 0]),
    "asin": (jnp.asin, [1.0, -1.0], [INF, INF]),
    "cbrt": (jnp.cbrt, [0.0, INF, -8.0], [INF, 0, 1 / 12]),
    "logaddexp": (lambda x: jnp.logaddexp(x, 0.0), [0.0], [0.5]),
    "where": (lambda x: jnp.where(x > 0, jnp.sqrt(x), 0.0), [1.0], [0.5]),
}


def test_derivatives_at_kinks() -> None:
    """As one program: the derivatives of all of the functions at all of their points."""
    table = {name: (f, np.asarray(points, F32)) for name, (f, points, _) in KINKS.items()}
    found = irc.jit(lambda xs: {name: irc.grad(lambda x, f=f: f(x).sum())(xs[name]) for name, (f, _) in table.items()})(
        {name: points for name, (_, points) in table.items()}
    )
    for name, (_, _, expected) in KINKS.items():
        np.testing.assert_allclose(np.asarray(found[name]), np.asarray(expected, F32), rtol=1e-5, err_msg=name)


def test_the_derivative_of_running_sums_of_powers() -> None:
    """Equal elements share it."""
    found = irc.grad(lambda x: lax.cumlogsumexp(x).sum())(np.zeros(2, F32))
    np.testing.assert_allclose(np.asarray(found), [1.5, 0.5])


# -- positions outside -------------------------------------------------------------------------------------------------

X = np.arange(5, dtype=F32)
AT = np.array([0, 7, -1, -6])


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda x, at: jnp.take(x, at), [0, NAN, 4, NAN]),
        (lambda x, at: jnp.take(x, at, fill_value=9), [0, 9, 4, 9]),
        (lambda x, at: jnp.take(x, at, mode="clip"), [0, 4, 0, 0]),
        (lambda x, at: jnp.take(x, at, mode="wrap"), [0, 2, 4, 4]),
        (lambda x, at: x[at], [0, 4, 4, 0]),
        (lambda x, at: x.at[at].get(mode="fill"), [0, NAN, 4, NAN]),
        (lambda x, at: x.at[at].get(mode="fill", fill_value=9), [0, 9, 4, 9]),
        (lambda x, at: x.at[at].get(mode="clip"), [0, 4, 4, 0]),
        (lambda x, at: x.at[at].get(wrap_negative_indices=False), [0, 4, 0, 0]),
        (lambda x, at: jnp.take_along_axis(x, at, 0), [0, NAN, 4, NAN]),
        (lambda x, at: jnp.take_along_axis(x, at, 0, mode="clip"), [0, 4, 4, 0]),
        (lambda x, at: x.at[at].set(9), [9, 1, 2, 3, 9]),
        (lambda x, at: x.at[at].set(9, mode="clip"), [9, 1, 2, 3, 9]),
        (lambda x, at: x.at[at].add(1, mode="clip"), [2, 1, 2, 3, 6]),
        (lambda x, at: x.at[at].add(1, wrap_negative_indices=False), [1, 1, 2, 3, 4]),
        (lambda x, at: jnp.stack([x[7], x[-6]]), [4, 0]),
        (lambda x, at: x.at[7].get(mode="fill"), NAN),
        (lambda x, at: x.at[7].set(9), X),
        (lambda x, at: jnp.unravel_index(at, (5,))[0], [0, 4, 4, 0]),
    ],
)
def test_positions_outside(read: Any, expected: Any) -> None:
    for found in (read(jnp.asarray(X), jnp.asarray(AT)), irc.jit(read)(X, AT)):
        np.testing.assert_array_equal(np.asarray(found), np.asarray(expected))


@pytest.mark.parametrize(("dtype", "expected"), [("int8", -128), ("uint8", 255), ("bool", True), ("complex64", NAN)])
def test_what_stands_for_elements_outside(dtype: str, expected: Any) -> None:
    np.testing.assert_array_equal(np.asarray(jnp.take(np.zeros(2, dtype), np.array([2]))), np.array([expected], dtype))


def test_unknown_modes() -> None:
    for call in (lambda: jnp.take(X, AT, mode="no"), lambda: jnp.asarray(X).at[AT].get(mode="no")):
        with pytest.raises(ValueError, match="mode"):
            call()
    with pytest.raises(IndexError, match="out of bounds"):
        jnp.take(X, AT, mode="raise")
    with pytest.raises(NotImplementedError, match="raise"):
        irc.jit(lambda at: jnp.take(X, at, mode="raise"))(AT)
    with pytest.raises(IndexError, match="size 0"):
        jnp.zeros((0, 2))[0]
    with pytest.raises(IndexError, match="without elements"):
        jnp.zeros((0, 2))[np.array([0])]
    assert jnp.zeros((0, 2))[np.zeros(0, int)].shape == (0, 2)


# -- sizes that are only known at the call -----------------------------------------------------------------------------


def compiled(function: Callable[[Any], Any]) -> Any:
    return irc.jit(function, dynamic_dims=({0: "n"},))


@pytest.mark.parametrize(
    "question",
    [
        lambda n: n == 3,
        lambda n: n != 3,
        lambda n: (n, 2) == (3, 2),
        lambda n: n in (1, 2),
        lambda n: n > 2,
        lambda n: bool(n),
        lambda n: max(n, 3),
        lambda n: int(n),
        lambda n: np.asarray(n),
        lambda n: jnp.fft.fft(jnp.zeros(n)),
        lambda n: jnp.split(jnp.zeros(n), 2),
    ],
)
def test_what_depends_on_the_number_raises(question: Callable[[Any], Any]) -> None:
    with pytest.raises(ConcretizationTypeError, match="known when the compiled function is called"):
        compiled(lambda x: jnp.asarray(question(x.shape[0])))(X)


def test_what_does_not_depend_on_the_number() -> None:
    def function(x: Any) -> Any:
        n = x.shape[0]
        assert n == n and n + 1 > n and n >= 0 and n + 1 != 0 and 2 * n == n + n and -n <= 0
        assert max(n, 0) == n
        assert hash(2 * n) == hash(n + n)
        with pytest.raises(TypeError, match="ufunc"):
            np.sqrt(n)
        return x

    compiled(function)(X)


def test_arithmetic_of_sizes() -> None:
    """What is no size is an array."""

    def function(x: Any) -> Any:
        n = x.shape[0]
        sizes = [n**2, irc.max_dim(n, 3), irc.min_dim(n, 3), abs(n - 10), (n - 10) % 4, *divmod(n, 2), np.int64(2) * n]
        numbers = [n / 2, 1 / n, n**0.5, -n, n**-1, 2.5 * n, jnp.sqrt(n), jnp.asarray([n, 2]).sum()]
        return [jnp.zeros(size) for size in sizes], [jnp.asarray(number) for number in numbers]

    program = compiled(function)
    for n in (5, 2):
        zeros, numbers = program(X[:n])
        wanted = [n**2, max(n, 3), min(n, 3), abs(n - 10), (n - 10) % 4, n // 2, n % 2, 2 * n]
        assert [each.shape[0] for each in zeros] == wanted
        exact = [n / 2, 1 / n, n**0.5, -n, 1 / n, 2.5 * n, n**0.5, n + 2]
        np.testing.assert_allclose([float(each) for each in numbers], exact, rtol=1e-6)


SIZED: dict[str, Callable[[Any, Any, int], Any]] = {
    "eye": lambda xp, x, n: xp.eye(n, 4, k=1),
    "linspace": lambda xp, x, n: xp.linspace(0, 1, n),
    "arange": lambda xp, x, n: xp.arange(1, n, 2),
    "array_split": lambda xp, x, n: xp.array_split(x, 3),
    "pad": lambda xp, x, n: xp.pad(x, (0, n)),
    "repeat": lambda xp, x, n: xp.repeat(x, n),
    "fft": lambda xp, x, n: xp.fft.fft(x, n=4),
    "slices": lambda xp, x, n: [x[1:], x[:-1], x[::2], x[::-1], x[1:] - x[:-1]],
    "diff": lambda xp, x, n: xp.diff(x),
    "roll": lambda xp, x, n: xp.roll(x, 1),
    "sum": lambda xp, x, n: x.sum(),
}


def test_functions_of_sizes() -> None:
    """One program for all of them, also where there are no elements."""
    program = compiled(lambda x: {name: f(jnp, x, x.shape[0]) for name, f in SIZED.items()})
    for n in (5, 1, 0):
        found = program(X[:n])
        for name, function in SIZED.items():
            expected = function(np, X[:n], n)
            pairs = zip(found[name], expected, strict=True) if isinstance(expected, list) else [(found[name], expected)]
            for a, b in pairs:
                assert a.shape == b.shape, name
                np.testing.assert_allclose(np.asarray(a), b, rtol=1e-6, atol=1e-6, err_msg=name)


@pytest.mark.parametrize(("name", "words"), [("max", "largest"), ("argmin", "at least one element")])
def test_what_nothing_has(name: str, words: str) -> None:
    program = compiled(getattr(jnp, name))
    np.testing.assert_array_equal(np.asarray(program(X)), getattr(np, name)(X))
    with pytest.raises(Exception, match=words):
        program(X[:0])


# -- signs of zeros and infinite divisors ----------------------------------------------------------------------------


def test_the_sign_of_zeros_is_kept() -> None:
    found = np.asarray(jnp.sign(jnp.array([-0.0, 0.0, NAN, -3.0])))
    np.testing.assert_array_equal(found, [-0.0, 0.0, NAN, -1])
    np.testing.assert_array_equal(np.signbit(found[:2]), [True, False])


def test_reciprocals_of_complex_infinities_are_zero() -> None:
    z = jnp.array([complex(INF, NAN), complex(NAN, INF), complex(-INF, INF)])
    assert not np.asarray(1 / z).any()
    assert jnp.reciprocal(jnp.array(complex(-0.0, 0.0))).real == -INF


def test_transforms_of_nothing() -> None:
    assert jnp.fft.fft(jnp.ones((2, 0))).shape == (2, 0)
    assert jnp.fft.ifft(jnp.ones(0)).dtype == np.complex64
    assert jnp.fft.fft2(jnp.ones((0, 3))).shape == (0, 3)
    with pytest.raises(ValueError, match="at least one element"):
        jnp.fft.fft(jnp.ones(3), n=0)


def test_fractions_of_shifts_are_cut() -> None:
    assert jnp.roll(jnp.arange(3), 1.5).tolist() == [2, 0, 1]
    assert jnp.roll(jnp.arange(3), -1.5).tolist() == [1, 2, 0]


def test_integers_are_convolved_as_floats() -> None:
    x = jnp.arange(3)
    assert jnp.convolve(x, x).dtype == jnp.correlate(x, x.astype(jnp.int8)).dtype == np.float32
    assert jnp.convolve(x, x).tolist() == [0, 0, 1, 4, 4]


def test_empty_arrays_show_their_shape() -> None:
    assert repr(jnp.zeros((3, 0))) == "Array([], shape=(3, 0), dtype=float32)"
