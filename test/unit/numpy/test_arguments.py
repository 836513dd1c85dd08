"""Arguments of reductions and of functions of sets, as JAX has them."""

from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy

jnp: Any = irc.numpy
X = np.array([[1.0, 5.0, 2.0], [4.0, -3.0, 0.5]], np.float32)
CHOSEN = np.array([[True, False, True], [False, True, True]])


@pytest.mark.parametrize("name", ["sum", "prod", "mean", "var", "std", "nansum", "nanprod", "nanmean", "nanvar"])
def test_reductions_of_chosen_elements(name):
    found = getattr(jnp, name)(X, axis=1, where=CHOSEN, keepdims=True)
    np.testing.assert_allclose(found, getattr(np, name)(X, axis=1, where=CHOSEN, keepdims=True), rtol=1e-6)


@pytest.mark.parametrize("name", ["max", "min", "nanmax", "nanmin", "sum", "prod"])
def test_reductions_with_one_more_element(name):
    np.testing.assert_allclose(getattr(jnp, name)(X, 0, initial=3.0), getattr(np, name)(X, 0, initial=3.0))
    found = getattr(jnp, name)(X, axis=0, initial=0.25, where=CHOSEN)
    np.testing.assert_allclose(found, getattr(np, name)(X, axis=0, initial=0.25, where=CHOSEN))


def test_further_arguments_of_reductions():
    assert jnp.std(X, dtype=jnp.float64).dtype == np.float64
    np.testing.assert_allclose(jnp.var(X, 1, ddof=1), np.var(X, 1, ddof=1), rtol=1e-6)
    np.testing.assert_allclose(jnp.var(X, mean=jnp.zeros((1, 1))), np.mean(X**2))
    assert jnp.sum(np.ones(3, np.int8), promote_integers=False).dtype == np.int8
    assert jnp.all(CHOSEN, where=CHOSEN) and not jnp.any(CHOSEN, where=~CHOSEN)
    assert jnp.array(3, ndmin=2).shape == (1, 1)
    with pytest.raises(ValueError, match="max with where needs initial"):
        jnp.max(X, where=CHOSEN)
    with pytest.raises(NotImplementedError, match="sum cannot write to out"):
        jnp.sum(X, out=np.zeros(()))


def test_sets_of_a_stated_size_are_traced():
    a, b = np.array([3, 1, 2, 3, 5, 1], np.int32), np.array([7, 3, 9, 2], np.int32)

    @irc.jit
    def sets(a, b):
        return (
            jnp.unique(a, size=5, return_index=True, return_inverse=True, return_counts=True),
            jnp.union1d(a, b, size=7, fill_value=-1),
            jnp.intersect1d(a, b, size=3, return_indices=True),
            jnp.setdiff1d(a, b, size=3),
            jnp.setxor1d(a, b, size=5),
            jnp.compress(a > 2, a, size=4, fill_value=9),
        )

    unique, union, both, left, one, chosen = sets(a, b)
    for found, expected in zip(
        unique, [[1, 2, 3, 5, 1], [1, 2, 0, 4, 1], [2, 0, 1, 2, 3, 0], [2, 1, 2, 1, 0]], strict=True
    ):
        assert found.tolist() == expected
    assert union.tolist() == [1, 2, 3, 5, 7, 9, -1]
    assert [each.tolist() for each in both] == [[2, 3, 2], [2, 0, 6], [3, 1, 4]]
    assert left.tolist() == [1, 5, 0]
    assert one.tolist() == [1, 5, 7, 9, 1]
    assert chosen.tolist() == [3, 3, 5, 9]


def test_functions_of_functions_of_two_elements():
    assert jnp.add.reduce(X).tolist() == np.add.reduce(X).tolist()
    assert jnp.maximum.accumulate(jnp.array([1, 3, 2])).tolist() == [1, 3, 3]
    assert jnp.multiply.outer(jnp.arange(2), jnp.arange(3)).tolist() == [[0, 0, 0], [0, 1, 2]]
    assert jnp.add.at(jnp.zeros(2), jnp.array([0, 0]), 1.0, inplace=False).tolist() == [2, 0]
    np.testing.assert_allclose(jnp.logaddexp.reduce(jnp.arange(3.0)), np.logaddexp.reduce(np.arange(3.0)), rtol=1e-6)


def test_bits_and_files(tmp_path):
    bits = np.array([1, 0, 1, 1, 0, 0, 0, 1, 1], np.uint8)
    assert jnp.packbits(bits).tolist() == np.packbits(bits).tolist()
    assert (
        jnp.unpackbits(np.array([3, 128], np.uint8), count=9).tolist()
        == np.unpackbits(np.array([3, 128], np.uint8), count=9).tolist()
    )
    jnp.save(tmp_path / "x.npy", jnp.arange(3))
    assert jnp.load(tmp_path / "x.npy").tolist() == [0, 1, 2]
