"""`x[...]` and `x.at[...]` agree with NumPy, at once, compiled and mapped; positions that are arrays are moved inside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.jit import jit
from irc.tracing.vmap import vmap

X = np.arange(4 * 5 * 6, dtype=np.float32).reshape(4, 5, 6)
A = np.array([1, 0, -1, 2])
MASK = X[:, :, 0] > 40

INDICES: dict[str, Any] = {
    "int": np.s_[1],
    "negative int and slice": np.s_[-1, 2:4],
    "backwards": np.s_[..., ::-1],
    "backwards in steps": np.s_[::-2, None, 1:, -2],
    "backwards from the middle": np.s_[3::-1, ...],
    "nothing": np.s_[1:1],
    "array": np.s_[A],
    "array behind": np.s_[:, A],
    "arrays apart": np.s_[A, :, A],
    "array and int": np.s_[A, 1],
    "int and array apart": np.s_[0, :, A],
    "int beside array": np.s_[:, 0, A],
    "arrays that broadcast": np.s_[A[:, None], A[None, :3]],
    "array between slices": np.s_[::2, A, ::-3],
    "array, slice, int": np.s_[1:3, A, 2],
    "array and new axis": np.s_[..., A, None],
    "arrays around dots": np.s_[A, ..., A],
    "new axes between": np.s_[None, A, ..., None, A],
    "mask": np.s_[MASK],
    "mask between": np.s_[None, MASK, 1:3],
    "whole mask": np.s_[X > 50],
    "true": np.s_[True],
    "false": np.s_[:, False],
}


@pytest.mark.parametrize("index", INDICES.values(), ids=INDICES.keys())
def test_reads(index: Any) -> None:
    for found in (jnp.asarray(X)[index], jit(lambda x: x[index])(X)):
        np.testing.assert_array_equal(np.asarray(found), X[index])


@pytest.mark.parametrize("index", INDICES.values(), ids=INDICES.keys())
def test_writes(index: Any) -> None:
    values = np.random.default_rng(1).normal(size=X[index].shape).astype(np.float32)
    expected = X.copy()
    expected[index] = values
    for function in (lambda x, v: x.at[index].set(v), jit(lambda x, v: x.at[index].set(v))):
        np.testing.assert_array_equal(np.asarray(function(jnp.asarray(X), jnp.asarray(values))), expected)


COMBINE: dict[str, Any] = {"add": np.add, "multiply": np.multiply, "min": np.minimum, "max": np.maximum}


@pytest.mark.parametrize("method", COMBINE)
@pytest.mark.parametrize(
    "name", ["backwards in steps", "array", "arrays apart", "array, slice, int", "mask", "negative int and slice"]
)
def test_combines(method: str, name: str) -> None:
    """A position that is listed twice is combined twice."""
    index = INDICES[name]
    values = np.random.default_rng(2).normal(size=X[index].shape).astype(np.float32)
    expected = X.copy()
    COMBINE[method].at(expected, index, values)
    found = jit(lambda x, v: getattr(x.at[index], method)(v))(X, values)
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-6)


def test_twice_listed() -> None:
    zeros = jnp.zeros(3)
    np.testing.assert_array_equal(np.asarray(zeros.at[np.array([0, 0, 2])].add(1.0)), [2, 0, 1])
    np.testing.assert_array_equal(np.asarray(zeros.at[1].apply(lambda x: x + 5)), [0, 5, 0])
    np.testing.assert_allclose(np.asarray((zeros + 6).at[np.array([0, 0])].divide(2.0)), [1.5, 6, 6])


class TestTracedPositions:
    """Positions that a compiled function learns when it is called."""

    def test_are_moved_inside_when_read(self) -> None:
        read = jit(lambda x, i: x[i, 1:])
        for i, row in ((2, 2), (-1, 3), (99, 3), (-99, 0)):
            np.testing.assert_array_equal(np.asarray(read(X, i)), X[row, 1:])

    def test_are_left_out_when_written(self) -> None:
        write = jit(lambda x, i: x.at[i].set(0.0))
        assert float(np.asarray(write(X, 2))[2].sum()) == 0
        np.testing.assert_array_equal(np.asarray(write(X, 9)), X)

    def test_of_each_example(self) -> None:
        for wrap in (lambda f: f, jit):
            own = wrap(vmap(lambda x, i: x[i, 1:]))(X, A)
            np.testing.assert_array_equal(np.asarray(own), np.stack([X[k][A[k], 1:] for k in range(4)]))
            shared = wrap(vmap(lambda i: jnp.asarray(X)[:, i]))(A)
            np.testing.assert_array_equal(np.asarray(shared), np.stack([X[:, k] for k in A]))
            written = wrap(vmap(lambda x, i: x.at[i].add(1.0)))(X, A)
            expected = X.copy()
            expected[np.arange(4), A] += 1
            np.testing.assert_array_equal(np.asarray(written), expected)

    def test_mask_chooses_whole_arrays_only(self) -> None:
        clipped = jit(lambda x: x.at[x > 7].set(7.0))(X)
        np.testing.assert_array_equal(np.asarray(clipped), np.minimum(X, 7))
        with pytest.raises(ConcretizationTypeError, match="where"):
            jit(lambda x: x[x > 7])(X)

    def test_as_bounds_of_a_slice_say_what_to_do(self) -> None:
        with pytest.raises(ConcretizationTypeError, match="dynamic_slice"):
            jit(lambda x, i: x[:i])(X, 2)


def test_sizes_that_are_not_known() -> None:
    cut = jit(lambda x: x[1:, :-1, -1], dynamic_dims=({0: "n", 1: "m", 2: "k"},))
    back = jit(lambda x: x[::-1, -3:], dynamic_dims=({0: "n", 1: "m"},))
    steps = jit(lambda x: (x[::2, 1::3], x[:, ::-2], x[1:]), dynamic_dims=({0: "n", 1: "m"},))
    for part in (X, X[:2, :4, :5]):
        for found, expected in zip(steps(part), (part[::2, 1::3], part[:, ::-2], part[1:]), strict=True):
            np.testing.assert_array_equal(np.asarray(found), expected)
        np.testing.assert_array_equal(np.asarray(cut(part)), part[1:, :-1, -1])
        np.testing.assert_array_equal(np.asarray(back(part)), part[::-1, -3:])


def test_fill_in_place_of_what_lies_outside() -> None:
    x = jnp.arange(3.0)
    np.testing.assert_array_equal(np.asarray(x.at[np.array([1, 7])].get(mode="fill", fill_value=-1.0)), [1, -1])
    np.testing.assert_array_equal(np.asarray(jnp.take(x, np.array([1, 4]), mode="wrap")), [1, 1])


@pytest.mark.parametrize(
    ("index", "error", "words"),
    [
        (np.s_[0, 0, 0, 0], IndexError, "4 indices"),
        (np.s_[..., ...], IndexError, "at most one"),
        (np.s_[1.5], TypeError, "integers or booleans"),
        (np.s_[[1, 2]], TypeError, "tuple"),
        (np.s_[::0], ValueError, "zero"),
        (np.s_[np.array([True])], IndexError, "mask"),
    ],
)
def test_errors(index: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        jnp.asarray(X)[index]


def test_arrays_are_immutable() -> None:
    with pytest.raises(TypeError, match=r"at\[i\]"):
        jnp.asarray(X)[0] = 1.0


def test_values_along_an_axis() -> None:
    order = np.argsort(-X, axis=1)
    np.testing.assert_array_equal(np.asarray(jnp.take_along_axis(X, order, axis=1)), np.take_along_axis(X, order, 1))
    expected = X.copy()
    np.put_along_axis(expected, order[:, :2], 0.0, 1)
    np.testing.assert_array_equal(np.asarray(jnp.put_along_axis(X, order[:, :2], 0.0, 1)), expected)


LISTS: dict[str, Any] = {
    "list behind": np.s_[:, [0, 2]],
    "lists beside each other": np.s_[[0, 1], [0, 2]],
    "list of truth values": np.s_[:, [True, False, True, False, True]],
    "tuple behind": np.s_[:, (0, 2)],
    "nested list": np.s_[[[0, 1], [1, 2]], 0],
    "empty list": np.s_[:, []],
    "list and array": np.s_[A[:2], [0, 1]],
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_beside_other_indices(name: str) -> None:
    index = LISTS[name]
    np.testing.assert_array_equal(jnp.asarray(X)[index], X[index])
    expected = X.copy()
    expected[index] = 1
    np.testing.assert_array_equal(jnp.asarray(X).at[index].set(1), expected)
    np.testing.assert_array_equal(jit(lambda x: x[index])(X), X[index])


@pytest.mark.parametrize("method", ["set", "add", "subtract", "multiply", "divide", "power", "min", "max"])
def test_lists_as_values(method: str) -> None:
    row = [1.0, 2, 3, 4, 5, 6]
    part = jnp.asarray(X).at[0, 0]
    np.testing.assert_array_equal(getattr(part, method)(row), getattr(part, method)(jnp.array(row)))


@pytest.mark.parametrize(
    ("index", "error"), [([0, 1], TypeError), ({}, IndexError), ("a", TypeError), (1.5, TypeError)]
)
def test_what_is_no_index(index: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"is no index|indices are|hold integers"):
        jnp.asarray(X)[index]
