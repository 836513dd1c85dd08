"""Arrays with a hidden leading axis: what a function that is mapped by `vmap` computes with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from irc.ir.location import FileLineColLoc, Location
from irc.tracing.array import Array
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType
from irc.tracing.errors import leaked
from irc.tracing.symbolic import SymbolicArray

BatchRule = Callable[..., Any]
"""Of the primitive, the arrays with their batch axis in front, whether each has one, its size, and the parameters: the
result with its batch axis in front, or the tuple of them."""


class Level(int):
    """The number of a `vmap`: how many are active with it. The next one of that number is equal, but another object."""

    size: Size
    name: Any
    place: FileLineColLoc | None


class BatchedArray(SymbolicArray):
    """One example's view of an array whose axis 0 runs over the examples of the `vmap` of number `level`."""

    __slots__ = ("inner", "level")

    def __init__(self, inner: Array, level: Level) -> None:
        self.inner, self.level, self.weak_type = inner, level, inner.weak_type

    def check_alive(self) -> None:
        """Raise `TracerLeakError` where the `vmap` that this belongs to has ended."""
        active = _levels.active
        if self.level > len(active) or active[self.level - 1] is not self.level:
            raise leaked(repr(self), self.level.place)

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
        self.active: list[Level] = []


_levels = _Levels()


@contextmanager
def new_level(size: Size, name: Any, place: Location) -> Iterator[Level]:
    """The number of a `vmap` over `size` examples, which lies inside of those that are active and was asked for at `place`."""
    active = _levels.active
    level = Level(len(active) + 1)
    level.size, level.name, level.place = size, name, next(place.files(), None)
    active.append(level)
    try:
        yield level
    finally:
        active.pop()


def size_of_level(level: int) -> Size:
    """The number of examples of an active `vmap`."""
    return _levels.active[level - 1].size


def level_of(name: Any) -> Level:
    """The number of the innermost active `vmap` whose axis has this name. Raises `NameError`."""
    for level in reversed(_levels.active):
        if name is not None and level.name == name:
            return level
    known = [level.name for level in _levels.active if level.name is not None]
    raise NameError(f"there is no axis {name!r} to map over; a vmap around has axis_name={known or None}")


def peel(array: Array) -> tuple[Array, tuple[int, ...]]:
    """The array without hidden axes, and the levels that its leading axes belong to, in their order."""
    levels: list[int] = []
    while isinstance(array, BatchedArray):
        array.check_alive()
        levels.append(array.level)
        array = array.inner
    return array, tuple(reversed(levels))


def wrap(array: Array, levels: tuple[int, ...]) -> Array:
    """The inverse of `peel`."""
    for level in levels:
        array = BatchedArray(array, _levels.active[level - 1])
    return array
