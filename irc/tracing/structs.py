"""Arrays without their elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.tracing.array import Array, ConcreteArray
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType, as_dtype


class ShapeDtypeStruct:
    """A shape and a dtype: what a function is traced with where no numbers are at hand."""

    __slots__ = ("dtype", "shape", "weak_type")

    def __init__(
        self, shape: Sequence[Size], dtype: Any, *, sharding: Any = None, weak_type: bool = False, **_: Any
    ) -> None:
        self.shape: tuple[Size, ...] = tuple(shape)
        self.dtype: DType = as_dtype(dtype)
        self.weak_type = weak_type

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> Any:
        """The number of elements."""
        total: Any = 1
        for size in self.shape:
            total = total * size
        return total

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("an array without axes has no length")
        return int(self.shape[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ShapeDtypeStruct) and (self.shape, self.dtype) == (other.shape, other.dtype)

    def __hash__(self) -> int:
        return hash((self.shape, self.dtype))

    def __repr__(self) -> str:
        weak = ", weak_type=True" if self.weak_type else ""
        return f"ShapeDtypeStruct(shape={self.shape}, dtype={self.dtype.name}{weak})"


def with_room(leaf: Any) -> Any:
    """A structure as an array that takes no memory, anything else as it is."""
    if not isinstance(leaf, ShapeDtypeStruct):
        return leaf
    found: Array = ConcreteArray(np.broadcast_to(np.zeros((), leaf.dtype), leaf.shape), leaf.weak_type)
    return found
