"""Nested containers of arrays: JAX's pytrees, which optree flattens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import optree

NAMESPACE = "irc"


def flatten(tree: Any) -> tuple[list[Any], Any]:
    """The leaves, and the structure that takes them back; `None` is a structure without leaves."""
    return optree.tree_flatten(tree, namespace=NAMESPACE)


def unflatten(structure: Any, leaves: Sequence[Any]) -> Any:
    return optree.tree_unflatten(structure, leaves)


def leaves_of(tree: Any) -> list[Any]:
    return flatten(tree)[0]


def prefix(part: Any, tree: Any) -> list[Any]:
    """For each leaf of `tree` what `part`, which has the structure of its upper levels, says of it; `None` is a leaf.

    Raises `ValueError` where the structures differ.
    """
    found: list[Any] = []

    def put(each: Any, subtree: Any) -> None:
        found.extend([each] * len(leaves_of(subtree)))

    if part is None or isinstance(part, int | str):
        put(part, tree)
        return found
    optree.tree_map(put, part, tree, none_is_leaf=True, namespace=NAMESPACE)
    return found
