"""Functions of nested containers of arrays, by the names of `jax.tree`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import optree

from irc.tracing import trees


def flatten(tree: Any) -> tuple[list[Any], Any]:
    """The leaves, and the structure that `unflatten` takes; `None` is a container without leaves."""
    return trees.flatten(tree)


def unflatten(treedef: Any, leaves: Sequence[Any]) -> Any:
    """The container of a structure with these leaves."""
    return trees.unflatten(treedef, leaves)


def leaves(tree: Any) -> list[Any]:
    """The leaves."""
    return trees.leaves_of(tree)


def structure(tree: Any) -> Any:
    """The structure."""
    return trees.flatten(tree)[1]


def map(f: Callable[..., Any], tree: Any, *rest: Any) -> Any:
    """`f` of each leaf, and of the leaves at its place in the other trees, in the same structure."""
    return optree.tree_map(f, tree, *rest, namespace=trees.NAMESPACE)


def reduce(function: Callable[[Any, Any], Any], tree: Any, initializer: Any = None) -> Any:
    """The leaves combined one after the other."""
    found = trees.leaves_of(tree)
    if initializer is not None:
        found = [initializer, *found]
    if not found:
        raise ValueError("a tree without leaves has nothing to combine: give an initializer")
    total = found[0]
    for leaf in found[1:]:
        total = function(total, leaf)
    return total
