"""Functions of nested containers."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp

TREE = {"a": [1, (2, None)], "b": 3}


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
