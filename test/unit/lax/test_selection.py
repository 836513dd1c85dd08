"""The few largest of many elements: those that sorting all would give, with equal ones in their order."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

import irc
from irc import lax
from irc.lax.selection import candidates
from irc.tracing.array import as_array

RNG = np.random.default_rng(0)
SIZE = 5003


def expected(x, k):
    """NaN counts as the largest; the first of equal elements comes first."""
    number = x.astype(np.float64)
    key = np.where(np.isnan(number), np.inf, number)
    order = np.lexsort((np.arange(x.shape[-1]), -key, ~np.isnan(number)))[:k]
    return x[order], order


@pytest.mark.parametrize("k", [1, 3, 40])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, ml_dtypes.bfloat16, np.int8, np.uint16, np.int64])
def test_of_many_with_equal_ones(dtype, k):
    x = RNG.integers(0, 90, SIZE).astype(dtype)
    values, places = irc.jit(lambda x: lax.top_k(x, k))(x)
    wanted, order = expected(x, k)
    assert (np.asarray(values) == wanted).all() and places.tolist() == order.tolist()


@pytest.mark.parametrize("special", [[np.nan], [np.nan] * 5, [np.inf, -np.inf, np.nan]])
def test_infinities_and_nan(special):
    x = np.full(SIZE, -np.inf, np.float32)
    x[RNG.choice(SIZE, len(special), replace=False)] = special
    values, places = lax.top_k(x, 4)
    wanted, order = expected(x, 4)
    np.testing.assert_array_equal(values, wanted)
    assert places.tolist() == order.tolist()


def test_the_least_elements_are_not_those_that_fill_the_last_block():
    x = np.full(SIZE, np.iinfo(np.int32).min, np.int32)
    assert lax.top_k(x, 5)[1].tolist() == [0, 1, 2, 3, 4]


def test_along_any_axis_and_mapped():
    x = RNG.standard_normal((2, SIZE, 3)).astype(np.float32)
    order = np.argsort(-x, axis=1, kind="stable")[:, :6]
    values, places = lax.top_k(x, 6, axis=1)
    assert np.array_equal(places, order) and np.array_equal(values, np.take_along_axis(x, order, 1))
    assert np.array_equal(irc.vmap(lambda row: lax.top_k(row, 6, axis=0)[1])(x), order)


def test_the_derivative_goes_to_the_chosen_elements():
    x = RNG.standard_normal(SIZE).astype(np.float32)
    slope = np.asarray(irc.grad(lambda x: (lax.top_k(x, 3)[0] * np.array([1.0, 2.0, 3.0], np.float32)).sum())(x))
    assert slope[np.argsort(-x)[:3]].tolist() == [1.0, 2.0, 3.0] and np.count_nonzero(slope) == 3


def test_what_is_not_worth_it_is_sorted():
    assert candidates(as_array(np.zeros(100, np.float32)), 50, 0) is None
    few = candidates(as_array(np.zeros(SIZE, np.float32)), 3, 0)
    assert few is not None and few[0].size < SIZE // 4
