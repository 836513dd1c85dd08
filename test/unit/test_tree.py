"""Functions of nested containers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import tree_util

TREE = {"a": [1, (2, None)], "b": 3}


class Point(NamedTuple):
    x: Any
    y: Any


def test_trees():
    leaves, structure = irc.tree.flatten(TREE)
    assert leaves == irc.tree.leaves(TREE) == [1, 2, 3]
    assert irc.tree.unflatten(structure, leaves) == TREE
    assert irc.tree.structure(TREE) == structure
    assert irc.tree.map(lambda x, y: x + y, TREE, TREE) == {"a": [2, (4, None)], "b": 6}
    assert irc.tree.reduce(lambda x, y: x + y, TREE) == 6
    with pytest.raises(ValueError, match="without leaves"):
        irc.tree.reduce(max, {})


def test_a_step_of_gradient_descent():
    def loss(w):
        return jnp.sum(w["x"] ** 2) + w["y"] ** 2

    w = {"x": jnp.ones(3), "y": jnp.asarray(2.0)}
    new = irc.tree.map(lambda p, g: p - 0.25 * g, w, irc.grad(loss)(w))
    assert np.array_equal(new["x"], np.ones(3) / 2)
    assert new["y"] == 1


def test_paths_name_the_fields_of_named_tuples():
    paths = [tree_util.keystr(path) for path, _ in tree_util.tree_flatten_with_path(Point(1, [2, {"k": 3}]))[0]]
    assert paths == [".x", ".y[0]", ".y[1]['k']"]
