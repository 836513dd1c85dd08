"""Functions made of many operations run as one program outside of traced functions, and give what they gave before."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax, nn, random
from irc.scipy import special, stats
from irc.tracing import compile as programs
from irc.tracing.composite import MOST_VARIANTS, composite

X = jnp.linspace(0.1, 0.9, 7)


def compilations(call) -> int:
    before = len(programs._programs)
    call()
    return len(programs._programs) - before


@pytest.mark.parametrize(
    "call",
    [
        lambda: random.normal(random.key(3), (4,)),
        lambda: random.gamma(random.key(3), 2.5, (4,)),
        lambda: random.poisson(random.key(3), X),
        lambda: special.betainc(X, 2.0, X),
        lambda: stats.norm.logpdf(X, loc=0.5, scale=2),
        lambda: jnp.interp(X, jnp.arange(3.0), jnp.arange(3.0) ** 2, left=-1.0),
        lambda: jnp.percentile(X, 30, method="nearest"),
        lambda: nn.gelu(X, approximate=False),
        lambda: lax.digamma(X),
    ],
)
def test_results_are_those_of_the_operations_one_by_one(call):
    with irc.disable_jit():
        expected = call()
    found = call()
    assert (found.dtype, found.weak_type) == (expected.dtype, expected.weak_type)
    np.testing.assert_allclose(found, expected, rtol=2e-6)


def test_a_call_of_a_known_kind_compiles_nothing():
    key = random.key(0)
    special.xlogy(X, 0.5)
    random.gamma(key, 2.0, (3,))
    assert compilations(lambda: [special.xlogy(X + 1, 0.7), random.gamma(random.key(9), 3.5, (3,))]) <= 1


def test_python_numbers_keep_their_digits():
    x = np.array([3.0])
    assert special.xlogy(x, 1.1)[0] == special.xlogy(x, np.float64(1.1))[0]
    assert nn.leaky_relu(np.array([-1.0]), 0.1)[0] == -0.1
    assert nn.leaky_relu(jnp.array([-1.0]), 0.1).dtype == np.float32


def test_examples_of_a_vmap_are_computed_by_one_program():
    keys = random.split(random.key(1), 3)
    found = irc.vmap(lambda key: random.normal(key, (2,)))(keys)
    assert found.tolist() == [random.normal(key, (2,)).tolist() for key in keys]
    assert compilations(lambda: irc.vmap(lambda key: random.normal(key, (2,)))(keys)) == 0


def test_results_need_not_be_arrays():
    @composite
    def f(x):
        return {"twice": x * 2, "name": "f", "lower": True}

    assert (f(X)["name"], f(X)["lower"], f(X)["twice"].tolist()) == ("f", True, (X * 2).tolist())


def test_what_needs_values_runs_operation_by_operation():
    traced = []

    @composite
    def f(x, scale):
        traced.append(x)
        return x * 2 if scale > 1 else x

    # Floats are tried as arguments of the program first, and are then told apart.
    assert [f(X, scale).tolist() for scale in (2.0, 2.0, 0.5)] == [each.tolist() for each in (X * 2, X * 2, X)]
    assert len(traced) == 3
    assert jnp.unique(jnp.array([3, 1, 3])).tolist() == [1, 3]
    assert jnp.bincount(jnp.array([3, 1, 3])).tolist() == [0, 1, 0, 2]


def test_numbers_that_tell_programs_apart_are_not_compiled_without_end():
    @composite
    def f(x, n):
        return x * n + n

    found: list[irc.Array] = []
    compiled = compilations(lambda: found.extend(f(X, n) for n in range(3 * MOST_VARIANTS)))
    assert compiled <= MOST_VARIANTS + 2
    assert [each.tolist() for each in found] == [(X * n + n).tolist() for n in range(3 * MOST_VARIANTS)]


def test_errors_are_those_of_the_function():
    with pytest.raises(ValueError, match="shapes"):
        special.betainc(X, jnp.ones(3), X)
