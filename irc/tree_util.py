"""Containers of arrays by the names of `jax.tree_util`, classes of one's own among them."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import optree

from irc import tree
from irc.tracing import trees

T = TypeVar("T", bound=type)

tree_all = tree.all
tree_broadcast = tree.broadcast
tree_flatten = tree.flatten
tree_flatten_with_path = tree.flatten_with_path
tree_leaves = tree.leaves
tree_leaves_with_path = tree.leaves_with_path
tree_map = tree.map
tree_map_with_path = tree.map_with_path
tree_reduce = tree.reduce
tree_structure = tree.structure
tree_transpose = tree.transpose
tree_unflatten = tree.unflatten
PyTreeDef = optree.PyTreeSpec


class SequenceKey(NamedTuple):
    """A place in a list or tuple."""

    idx: int

    def __str__(self) -> str:
        return f"[{self.idx!r}]"


class DictKey(NamedTuple):
    """A key of a dictionary."""

    key: Any

    def __str__(self) -> str:
        return f"[{self.key!r}]"


class GetAttrKey(NamedTuple):
    """An attribute."""

    name: str

    def __str__(self) -> str:
        return f".{self.name}"


class FlattenedIndexKey(NamedTuple):
    """A child of a class that names none."""

    key: int

    def __str__(self) -> str:
        return f"[<flat index {self.key}>]"


def key_of(entry: Any) -> Any:
    """The key that stands for an entry of a path."""
    if isinstance(entry, optree.MappingEntry):
        return DictKey(entry.entry)
    if isinstance(entry, optree.NamedTupleEntry):
        return GetAttrKey(entry.field)
    if isinstance(entry, optree.GetAttrEntry):
        return GetAttrKey(str(entry.name))
    return SequenceKey(entry.entry) if isinstance(entry, optree.SequenceEntry) else FlattenedIndexKey(entry.entry)


def keystr(keys: Sequence[Any], *, simple: bool = False, separator: str = "") -> str:
    """A path as text."""
    if not simple:
        return separator.join(map(str, keys))
    return separator.join(str(key[0]) if isinstance(key, tuple) else str(key) for key in keys)


def register_pytree_node(
    nodetype: T,
    flatten_func: Callable[[Any], tuple[Iterable[Any], Any]],
    unflatten_func: Callable[[Any, Any], Any],
    flatten_with_keys_func: Any = None,
) -> None:
    """Make a class a container: functions to (children, data) and from (data, children)."""
    optree.register_pytree_node(
        nodetype,
        lambda node: (tuple((parts := flatten_func(node))[0]), parts[1]),
        lambda data, children: unflatten_func(data, tuple(children)),
        namespace=trees.NAMESPACE,
    )


def register_pytree_node_class(cls: T) -> T:
    """Make a class with `tree_flatten` and `tree_unflatten` a container."""
    made: Any = cls
    register_pytree_node(cls, lambda node: node.tree_flatten(), lambda data, parts: made.tree_unflatten(data, parts))
    return cls


def register_pytree_with_keys(
    nodetype: T,
    flatten_with_keys: Callable[[Any], tuple[Iterable[Any], Any]],
    unflatten_func: Callable[[Any, Any], Any],
    flatten_func: Any = None,
) -> None:
    """Make a class a container; the children come with their keys, which paths do not show."""

    def plain(node: Any) -> tuple[Iterable[Any], Any]:
        children, data = flatten_with_keys(node)
        return [child for _, child in children], data

    register_pytree_node(nodetype, flatten_func or plain, unflatten_func)


def register_pytree_with_keys_class(cls: T) -> T:
    """Make a class with `tree_flatten_with_keys` and `tree_unflatten` a container."""
    made: Any = cls
    register_pytree_with_keys(
        cls, lambda node: node.tree_flatten_with_keys(), lambda data, parts: made.tree_unflatten(data, parts)
    )
    return cls


def register_dataclass(
    nodetype: T,
    data_fields: Sequence[str] | None = None,
    meta_fields: Sequence[str] | None = None,
    drop_fields: Sequence[str] = (),
) -> T:
    """Make a dataclass a container: of the fields with data; the others belong to its structure.

    Without lists the fields say by `metadata={"static": True}` that they are no data.
    """
    if data_fields is None or meta_fields is None:
        fields = [f for f in dataclasses.fields(nodetype) if f.init and f.name not in drop_fields]
        data_fields = [f.name for f in fields if not f.metadata.get("static", False)]
        meta_fields = [f.name for f in fields if f.metadata.get("static", False)]
    data, meta = tuple(data_fields), tuple(meta_fields)

    def apart(node: Any) -> tuple[Iterable[Any], Any]:
        return [getattr(node, name) for name in data], tuple(getattr(node, name) for name in meta)

    def together(values: Any, children: Any) -> Any:
        return nodetype(**dict(zip(data, children, strict=True)), **dict(zip(meta, values, strict=True)))

    register_pytree_node(nodetype, apart, together)
    return nodetype


def register_static(cls: T) -> T:
    """Make a class, which is hashable, a container without leaves."""
    register_pytree_node(cls, lambda node: ((), node), lambda node, _: node)
    return cls


def all_leaves(iterable: Iterable[Any], is_leaf: Any = None) -> bool:
    """Whether all elements are leaves."""
    return all(optree.tree_is_leaf(each, is_leaf, namespace=trees.NAMESPACE) for each in iterable)


def treedef_is_leaf(treedef: Any) -> bool:
    """Whether a structure is one leaf."""
    found: bool = treedef.is_leaf()
    return found


def treedef_children(treedef: Any) -> list[Any]:
    """The structures of the children."""
    return list(treedef.children())


def treedef_tuple(treedefs: Iterable[Any]) -> Any:
    """The structure of a tuple of containers."""
    return optree.treespec_tuple(treedefs, namespace=trees.NAMESPACE)


class Partial(functools.partial):  # type: ignore[type-arg]
    """`functools.partial` as a container of its arguments."""


register_pytree_node(
    Partial,
    lambda node: ((node.args, node.keywords), node.func),
    lambda func, parts: Partial(func, *parts[0], **parts[1]),
)

__all__ = [
    "DictKey", "FlattenedIndexKey", "GetAttrKey", "Partial", "PyTreeDef", "SequenceKey", "all_leaves", "keystr",
    "register_dataclass", "register_pytree_node", "register_pytree_node_class", "register_pytree_with_keys",
    "register_pytree_with_keys_class", "register_static", "tree_all", "tree_broadcast", "tree_flatten",
    "tree_flatten_with_path", "tree_leaves", "tree_leaves_with_path", "tree_map", "tree_map_with_path", "tree_reduce",
    "tree_structure", "tree_transpose", "tree_unflatten", "treedef_children", "treedef_is_leaf", "treedef_tuple",
]  # fmt: skip
