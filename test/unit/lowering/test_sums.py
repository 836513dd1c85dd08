"""Sums of many floats are as exact as NumPy's best: blocks are added up apart, along each axis, for known and open sizes."""

import math

import numpy as np
import pytest

import irc
import irc.numpy as jnp

UNIT = 2.0**-24
"""Half a unit in the last place of `f32`, relative."""


def programs(function, rank=2):
    """A function compiled for the sizes of its argument, and for all sizes."""
    return [irc.jit(function), irc.jit(function, dynamic_dims=(tuple(range(rank)),))]


@pytest.mark.parametrize("compiled", programs(jnp.sum, 1))
def test_ones_are_counted_beyond_the_last_exact_integer(compiled):
    # One accumulator stops at 2**24, where one more is lost.
    assert compiled(np.ones(2**24 + 2**20, np.float32)) == 2**24 + 2**20


@pytest.mark.parametrize(
    ("shape", "axis"), [((300_000, 1), 0), ((100_000, 3), 0), ((20_000, 20), 0), ((2, 200_003), 1), ((5, 60_000), None)]
)
def test_sums_along_any_axis_are_within_some_units(shape, axis):
    x = np.random.default_rng(0).random(shape, np.float32)
    columns = [x.ravel()] if axis is None else list(np.moveaxis(x, axis, -1))
    exact = np.array([math.fsum(column.tolist()) for column in columns])
    for compiled in programs(lambda x: jnp.sum(x, axis=axis)):
        found = np.asarray(compiled(x), np.float64).ravel()
        assert np.max(np.abs(found - exact) / exact) < 16 * UNIT


def test_small_floats_are_added_up_in_larger_ones():
    x = np.full((2**16, 2), 0.25, np.float16)
    for compiled in programs(lambda x: jnp.sum(x, axis=0)):
        assert np.array_equal(compiled(x), np.full(2, 2**14, np.float16))


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (40, 40), (3, 1), (1, 40)])
def test_products_of_matrices_sum_in_blocks(rows, columns):
    rng = np.random.default_rng(1)
    a, b = rng.random((rows, 30_000), np.float32), rng.random((30_000, columns), np.float32)
    exact = a.astype(np.float64) @ b.astype(np.float64)
    for compiled in (irc.jit(jnp.matmul), irc.jit(jnp.matmul, dynamic_dims=((0, 1), (0, 1)))):
        assert np.max(np.abs(np.asarray(compiled(a, b), np.float64) - exact) / exact) < 32 * UNIT


@pytest.mark.parametrize("axis", [0, 1])
def test_running_sums_are_added_up_in_blocks(axis):
    x = np.random.default_rng(2).random((200_000, 3), np.float32)
    given = x if axis == 0 else np.ascontiguousarray(x.T)
    exact = np.cumsum(given.astype(np.float64), axis=axis)
    for compiled in programs(lambda x: jnp.cumsum(x, axis=axis)):
        assert np.max(np.abs(np.asarray(compiled(given), np.float64) - exact) / exact) < 64 * UNIT


def test_infinities_and_zeros_of_either_sign_stay():
    x = np.zeros(1000, np.float32)
    x[[3, 700]] = np.inf
    for compiled in programs(lambda x: (jnp.sum(x), jnp.cumsum(x)), 1):
        total, running = compiled(x)
        assert total == np.inf
        assert np.array_equal(running, np.cumsum(x))
