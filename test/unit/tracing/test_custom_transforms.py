"""`custom_gradient`, `linear_transpose`, `custom_vmap`."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc.custom_batching import custom_vmap, sequential_vmap


def test_a_function_gives_its_own_gradient():
    square = irc.custom_gradient(lambda x: (x**2, lambda g: g * x * 10))
    assert (square(3.0), irc.grad(square)(3.0), irc.jit(irc.grad(square))(3.0)) == (9.0, 30.0, 30.0)
    product = irc.custom_gradient(lambda x, y: (x * y, lambda g: (g * y * 10, g)))
    assert tuple(map(float, irc.grad(product, (0, 1))(3.0, 4.0))) == (40.0, 1.0)


def test_the_transpose_of_a_linear_function():
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3)
    (found,) = irc.linear_transpose(lambda x: matrix @ x, irc.ShapeDtypeStruct((3,), np.float32))(jnp.array([1.0, 2.0]))
    assert found.tolist() == (matrix.T @ [1, 2]).tolist()


def test_a_function_says_how_it_is_mapped():
    @custom_vmap
    def f(x, y):
        return x * y

    seen = []

    @f.def_vmap
    def rule(axis_size, in_batched, x, y):
        seen.append((axis_size, in_batched))
        return x * y + 100, True

    assert f(2.0, 3.0) == 6.0
    assert irc.vmap(f, in_axes=(0, None))(jnp.arange(3.0), 2.0).tolist() == [100.0, 102.0, 104.0]
    assert irc.jit(irc.vmap(f))(jnp.arange(3.0), jnp.ones(3)).tolist() == [100.0, 101.0, 102.0]
    assert seen == [(3, [True, False]), (3, [True, True])]


def test_examples_one_after_the_other():
    @sequential_vmap
    def f(x, y):
        return x + y.sum()

    assert irc.vmap(f, in_axes=(0, None))(jnp.arange(3.0), jnp.ones(2)).tolist() == [2.0, 3.0, 4.0]
    assert irc.vmap(irc.vmap(f, in_axes=(0, None)))(jnp.ones((2, 3)), jnp.ones((2, 2))).tolist() == [[3.0] * 3] * 2


def test_without_a_rule_it_is_not_mapped():
    with pytest.raises(AttributeError, match="no batching rule"):
        irc.vmap(custom_vmap(lambda x: x))(jnp.arange(3.0))
