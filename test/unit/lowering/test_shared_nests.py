"""Equal structured ops are one function, whatever of their operands are the same value."""

from __future__ import annotations

import numpy as np
import pytest

import irc

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("n", [8, 12, 33])
def test_products_of_a_matrix_with_itself_and_with_others(n):
    x = RNG.standard_normal((n, n)) / n

    def powers(x):
        square = x @ x
        fourth = square @ square
        return square, fourth, fourth @ square, x @ square

    for found, expected in zip(irc.jit(powers)(x), powers(x), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_updates_whose_first_has_one_value_twice():
    x, y = (RNG.standard_normal(4096) for _ in range(2))

    def f(x, y):
        def combine(a, b):
            return (a * b + a).sum()

        return combine(x, x), combine(x, y), combine(y, x)

    for found, expected in zip(irc.jit(f)(x, y), f(x, y), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-11)
