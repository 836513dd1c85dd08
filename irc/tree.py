"""Functions of nested containers of arrays, by the names of `jax.tree`."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from typing import Any

import optree

from irc.tracing import trees

IsLeaf = Callable[[Any], bool] | None
_NOTHING: Any = object()


def flatten(tree: Any, is_leaf: IsLeaf = None) -> tuple[list[Any], Any]:
    """The leaves, and the structure that `unflatten` takes; `None` is a container without leaves.

    What `is_leaf` holds for is a leaf.
    """
    return optree.tree_flatten(tree, is_leaf, namespace=trees.NAMESPACE)


def unflatten(treedef: Any, leaves: Any) -> Any:
    """The container of a structure with these leaves."""
    return trees.unflatten(treedef, leaves)


def leaves(tree: Any, is_leaf: IsLeaf = None) -> list[Any]:
    """The leaves."""
    return flatten(tree, is_leaf)[0]


def structure(tree: Any, is_leaf: IsLeaf = None) -> Any:
    """The structure."""
    return flatten(tree, is_leaf)[1]


def map(f: Callable[..., Any], tree: Any, *rest: Any, is_leaf: IsLeaf = None) -> Any:
    """`f` of each leaf, and of what is at its place in the other trees, in the same structure."""
    return optree.tree_map(f, tree, *rest, is_leaf=is_leaf, namespace=trees.NAMESPACE)


def reduce(function: Callable[[Any, Any], Any], tree: Any, initializer: Any = _NOTHING, is_leaf: IsLeaf = None) -> Any:
    """The leaves combined one after the other."""
    found = leaves(tree, is_leaf)
    if initializer is not _NOTHING:
        found = [initializer, *found]
    if not found:
        raise ValueError("a tree without leaves has nothing to combine: give an initializer")
    total = found[0]
    for leaf in found[1:]:
        total = function(total, leaf)
    return total


def all(tree: Any, *, is_leaf: IsLeaf = None) -> bool:
    """Whether all leaves are true."""
    return builtins.all(leaves(tree, is_leaf))


def transpose(outer_treedef: Any, inner_treedef: Any, pytree_to_transpose: Any) -> Any:
    """A container of containers turned inside out; without `inner_treedef` the inner structure is that of its parts."""
    if inner_treedef is None:
        parts = outer_treedef.flatten_up_to(pytree_to_transpose)
        inner_treedef = structure(parts[0])
    return optree.tree_transpose(outer_treedef, inner_treedef, pytree_to_transpose)


def broadcast(prefix_tree: Any, full_tree: Any, is_leaf: IsLeaf = None) -> Any:
    """The values of a tree that has the upper levels of another, at all leaves of that."""
    return optree.tree_broadcast_prefix(prefix_tree, full_tree, is_leaf, namespace=trees.NAMESPACE)


def flatten_with_path(tree: Any, is_leaf: IsLeaf = None, is_leaf_takes_path: bool = False) -> tuple[list[Any], Any]:
    """The leaves, each with the path to it: a tuple of keys; and the structure."""
    accessors, found, treedef = optree.tree_flatten_with_accessor(tree, is_leaf, namespace=trees.NAMESPACE)
    return [(_path(accessor), leaf) for accessor, leaf in zip(accessors, found, strict=True)], treedef


def _path(accessor: Any) -> tuple[Any, ...]:
    from irc.tree_util import key_of  # noqa: PLC0415 - which has the functions that are here

    return tuple([key_of(entry) for entry in accessor])


def leaves_with_path(tree: Any, is_leaf: IsLeaf = None, is_leaf_takes_path: bool = False) -> list[Any]:
    """The leaves, each with the path to it."""
    return flatten_with_path(tree, is_leaf)[0]


def map_with_path(
    f: Callable[..., Any], tree: Any, *rest: Any, is_leaf: IsLeaf = None, is_leaf_takes_path: bool = False
) -> Any:
    """`f` of the path to each leaf, the leaf, and what is at its place in the other trees."""
    found, treedef = flatten_with_path(tree, is_leaf)
    others: Sequence[list[Any]] = [treedef.flatten_up_to(other) for other in rest]
    results = [f(path, leaf, *parts) for (path, leaf), *parts in zip(found, *others, strict=True)]
    return unflatten(treedef, results)


__all__ = [
    "all", "broadcast", "flatten", "flatten_with_path", "leaves", "leaves_with_path", "map", "map_with_path", "reduce",
    "structure", "transpose", "unflatten",
]  # fmt: skip
