"""Collective functions along the axis of a `vmap` that has a name."""

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax


def test_each_function():
    def f(x):
        return {
            "sum": lax.psum(x, "i"),
            "mean": lax.pmean(x, "i"),
            "max": lax.pmax(x, "i"),
            "count": lax.psum(1, "i"),
            "index": lax.axis_index("i"),
            "all": lax.all_gather(x, "i"),
            "moved": lax.ppermute(x, "i", [(0, 1), (1, 2)]),
        }

    found = irc.jit(irc.vmap(f, axis_name="i"))(jnp.array([1.0, 2.0, 6.0]))
    assert {key: value.tolist() for key, value in found.items()} == {
        "sum": [9, 9, 9],
        "mean": [3, 3, 3],
        "max": [6, 6, 6],
        "count": [3, 3, 3],
        "index": [0, 1, 2],
        "all": [[1, 2, 6]] * 3,
        "moved": [0, 1, 2],
    }


def test_axes_inside_of_each_other():
    x = np.arange(6.0, dtype=np.float32).reshape(2, 3)

    def f(x):
        return lax.psum(x, "rows") + 100 * lax.psum(x, "columns") + 10000 * lax.psum(x, ("rows", "columns"))

    found = irc.vmap(irc.vmap(f, axis_name="columns"), axis_name="rows")(x)
    np.testing.assert_allclose(found, x.sum(0) + 100 * x.sum(1, keepdims=True) + 10000 * x.sum())


def test_parts_are_exchanged():
    x = np.arange(9.0, dtype=np.float32).reshape(3, 3)
    np.testing.assert_array_equal(irc.vmap(lambda r: lax.all_to_all(r, "i", 0, 0), axis_name="i")(x), x.T)
    np.testing.assert_array_equal(irc.vmap(lambda r: lax.psum_scatter(r, "i"), axis_name="i")(x), x.sum(0))


GROUPS = [[0, 3], [5, 1], [2, 4]]


def test_groups_of_examples():
    x = np.arange(24.0, dtype=np.float32).reshape(6, 2, 2)

    def f(x):
        return {
            "psum": lax.psum(x, "i", axis_index_groups=GROUPS),
            "pmean": lax.pmean(x, "i", axis_index_groups=GROUPS),
            "pmax": lax.pmax(x, "i", axis_index_groups=GROUPS),
            "count": lax.psum(1, "i", axis_index_groups=GROUPS),
            "all_gather": lax.all_gather(x, "i", axis_index_groups=GROUPS, axis=1),
            "tiled": lax.all_gather(x, "i", axis_index_groups=GROUPS, tiled=True),
            "all_to_all": lax.all_to_all(x, "i", 0, 1, axis_index_groups=GROUPS),
            "psum_scatter": lax.psum_scatter(x, "i", axis_index_groups=GROUPS),
        }

    found = irc.jit(irc.vmap(f, axis_name="i"))(x)
    for group in GROUPS:
        for place, example in enumerate(group):
            each = {key: np.asarray(value)[example] for key, value in found.items()}
            np.testing.assert_array_equal(each["psum"], x[group].sum(0))
            np.testing.assert_array_equal(each["pmean"], x[group].mean(0))
            np.testing.assert_array_equal(each["pmax"], x[group].max(0))
            assert each["count"] == 2
            np.testing.assert_array_equal(each["all_gather"], np.moveaxis(x[group], 0, 1))
            np.testing.assert_array_equal(each["tiled"], x[group].reshape(4, 2))
            np.testing.assert_array_equal(each["all_to_all"], x[group, place].T)
            np.testing.assert_array_equal(each["psum_scatter"], x[group].sum(0)[place])


def test_groups_among_other_axes_and_their_derivative():
    x = np.arange(24.0, dtype=np.float32).reshape(2, 6, 2)
    mapped = irc.vmap(irc.vmap(lambda x: lax.psum(x, "i", axis_index_groups=GROUPS), axis_name="i"), axis_name="j")
    expected = np.empty_like(x)
    for group in GROUPS:
        expected[:, group] = x[:, group].sum(1, keepdims=True)
    np.testing.assert_array_equal(mapped(x), expected)
    np.testing.assert_array_equal(irc.grad(lambda x: (mapped(x) * x).sum())(x), 2 * expected)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ([[0, 1], [2]], "groups of one size"),
        ([[0, 1]], "each of 3 examples once"),
        ([[0], [1], [1]], "each of 3 examples"),
    ],
)
def test_groups_that_are_none(groups, message):
    with pytest.raises(ValueError, match=message):
        irc.vmap(lambda x: lax.psum(x, "i", axis_index_groups=groups), axis_name="i")(jnp.ones(3))


def test_a_name_that_is_not_there():
    with pytest.raises(NameError, match="no axis 'j' to map over; a vmap around has axis_name=\\['i'\\]"):
        irc.vmap(lambda x: lax.psum(x, "j"), axis_name="i")(jnp.ones(3))
