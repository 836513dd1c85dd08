"""Arrays with a hidden leading axis: what a function that is mapped by `vmap` computes with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from irc.tracing.array import Array
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType
from irc.tracing.symbolic import SymbolicArray

BatchRule = Callable[..., Any]
"""Of the primitive, the arrays with their batch axis in front, whether each has one, its size, and the parameters: the
result with its batch axis in front, or the tuple of them."""


class BatchedArray(SymbolicArray):
    """One example's view of an array whose axis 0 runs over the examples of the `vmap` of number `level`."""

    __slots__ = ("inner", "level")

    def __init__(self, inner: Array, level: int) -> None:
        self.inner, self.level, self.weak_type = inner, level, inner.weak_type

    @property
    def shape(self) -> tuple[Size, ...]:
        return self.inner.shape[1:]

    @property
    def dtype(self) -> DType:
        return self.inner.dtype

    def __repr__(self) -> str:
        return f"BatchedArray({self.dtype.name}[{', '.join(map(str, self.shape))}], {self.inner.shape[0]} examples)"


class _Levels(threading.local):
    def __init__(self) -> None:
        self.sizes: list[Size] = []
        self.names: list[Any] = []


_levels = _Levels()


@contextmanager
def new_level(size: Size, name: Any = None) -> Iterator[int]:
    """The number of a `vmap` over `size` examples, which lies inside of those that are active."""
    _levels.sizes.append(size)
    _levels.names.append(name)
    try:
        yield len(_levels.sizes)
    finally:
        _levels.sizes.pop()
        _levels.names.pop()


def size_of_level(level: int) -> Size:
    """The number of examples of an active `vmap`."""
    return _levels.sizes[level - 1]


def level_of(name: Any) -> int:
    """The number of the innermost active `vmap` whose axis has this name. Raises `NameError`."""
    for level in range(len(_levels.names), 0, -1):
        if name is not None and _levels.names[level - 1] == name:
            return level
    known = [name for name in _levels.names if name is not None]
    raise NameError(f"there is no axis {name!r} to map over; a vmap around has axis_name={known or None}")


def peel(array: Array) -> tuple[Array, tuple[int, ...]]:
    """The array without hidden axes, and the levels that its leading axes belong to, in their order."""
    levels: list[int] = []
    while isinstance(array, BatchedArray):
        levels.append(array.level)
        array = array.inner
    return array, tuple(reversed(levels))


def wrap(array: Array, levels: tuple[int, ...]) -> Array:
    """The inverse of `peel`."""
    for level in levels:
        array = BatchedArray(array, level)
    return array
