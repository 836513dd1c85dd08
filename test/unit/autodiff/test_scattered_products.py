"""Products by `x.at[i].multiply(u)`: each factor may be zero, and derivatives of every order are still those of the product."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp

PLACES = np.array([1, 3, 1, 9, 1, 3])
"""Three factors at one place, two at another, and one outside."""
X = np.array([2.0, 3.0, 5.0, 7.0])
FACTORS = {
    "none": [2.0, 3.0, 5.0, 7.0, 11.0, 13.0],
    "one": [0.0, 3.0, 5.0, 7.0, 11.0, 13.0],
    "two_at_a_place": [0.0, 3.0, 0.0, 7.0, 11.0, 0.0],
    "all": [0.0] * 6,
}
ORDERS = {
    "reverse_of_reverse": lambda f, a, b: irc.jacrev(irc.grad(f, a), b),
    "forward_of_reverse": lambda f, a, b: irc.jacfwd(irc.grad(f, a), b),
    "reverse_of_forward": lambda f, a, b: irc.jacrev(irc.jacfwd(f, a), b),
    "forward_of_forward": lambda f, a, b: irc.jacfwd(irc.jacfwd(f, a), b),
}


def scattered(x: Any, u: Any) -> Any:
    found = x.at[PLACES].multiply(u)
    return (found * jnp.asarray(X)).sum()


def written_out(x: Any, u: Any) -> Any:
    return x[0] * X[0] + x[1] * u[0] * u[2] * u[4] * X[1] + x[2] * X[2] + x[3] * u[1] * u[5] * X[3]


@pytest.mark.parametrize("of", [(0, 1), (1, 0), (1, 1)], ids=["xu", "ux", "uu"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("zeros", FACTORS)
def test_second_derivatives(zeros: str, order: str, of: tuple[int, int]) -> None:
    given = X, np.array(FACTORS[zeros])
    derivative: Any = ORDERS[order]
    np.testing.assert_allclose(derivative(scattered, *of)(*given), derivative(written_out, *of)(*given))


@pytest.mark.parametrize("zeros", FACTORS)
def test_third_derivatives(zeros: str) -> None:
    given = X, np.array(FACTORS[zeros])
    found, expected = (irc.jacfwd(irc.hessian(f, 1), 1)(*given) for f in (scattered, written_out))
    np.testing.assert_allclose(found, expected)


def test_one_window_is_a_product_with_it() -> None:
    def cost(x: Any, u: Any) -> Any:
        return x.at[1].multiply(u)[1]

    for order in ORDERS.values():
        assert order(cost, 1, 0)(X, 0.0).tolist() == [0, 1, 0, 0]


def test_examples() -> None:
    many = np.array(list(FACTORS.values()))
    each = [irc.hessian(written_out, 1)(X, u) for u in many]
    np.testing.assert_allclose(irc.vmap(irc.hessian(scattered, 1), (None, 0))(X, many), np.stack(each))


def test_products_of_segments() -> None:
    data = np.array([0.0, 2.0, 3.0, 0.0, 0.0])

    def cost(x: Any) -> Any:
        return irc.ops.segment_prod(x, np.array([0, 0, 0, 1, 1]), 2).sum()

    expected = np.zeros((5, 5))
    expected[0, 1] = expected[1, 0] = 3
    expected[0, 2] = expected[2, 0] = 2
    expected[3, 4] = expected[4, 3] = 1
    np.testing.assert_array_equal(irc.hessian(cost)(data), expected)
