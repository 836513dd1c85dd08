"""Sizes that are not known while a function is traced: index values with the arithmetic of Python's integers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from irc.dialects import arith
from irc.dialects._amounts import index_constant
from irc.ir.value import Value
from irc.tracing.current import builder

Size = Any
"""An `int` or a `Dim`."""


class Dim:
    """A size that the compiled function learns when it is called.

    Two are equal where the same computation gives them. `int()` of one raises `TypeError`.
    """

    __slots__ = ("key", "make")

    def __init__(self, key: tuple[Any, ...], make: Callable[[], Value]) -> None:
        """`key` names the computation; `make` writes it at the current place of the function that is traced."""
        self.key, self.make = key, make

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dim) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return _text(self.key)

    def values(self) -> Iterator[Value]:
        """The values that it is computed from."""
        keys: list[Any] = [self.key]
        while keys:
            key = keys.pop()
            if isinstance(key, Value):
                yield key
            elif isinstance(key, tuple):
                keys += key

    def __index__(self) -> int:
        raise TypeError(f"the size {self} is only known when the compiled function is called")

    __int__ = __index__

    def __add__(self, other: Size) -> Size:
        return self if other == 0 else _combine("+", arith.AddI, self, other)

    def __radd__(self, other: Size) -> Size:
        return self + other

    def __sub__(self, other: Size) -> Size:
        return 0 if self == other else self if other == 0 else _combine("-", arith.SubI, self, other)

    def __rsub__(self, other: Size) -> Size:
        return _combine("-", arith.SubI, other, self)

    def __mul__(self, other: Size) -> Size:
        return self if other == 1 else 0 if other == 0 else _combine("*", arith.MulI, self, other)

    def __rmul__(self, other: Size) -> Size:
        return self * other

    def __floordiv__(self, other: Size) -> Size:
        return 1 if self == other else self if other == 1 else _combine("//", arith.FloorDivSI, self, other)

    def __rfloordiv__(self, other: Size) -> Size:
        return _combine("//", arith.FloorDivSI, other, self)

    def __mod__(self, other: Size) -> Size:
        # The operands are sizes, so that the remainder is that of Python.
        return 0 if other in (1, self) else _combine("%", arith.RemSI, self, other)


def _combine(sign: str, op: Any, x: Size, y: Size) -> Dim:
    def make() -> Value:
        found: Value = builder().insert(op(index_of(x), index_of(y))).results[0]
        return found

    return Dim((sign, _key(x), _key(y)), make)


def _key(size: Size) -> Any:
    return size.key if isinstance(size, Dim) else size


def _text(key: Any) -> str:
    if isinstance(key, tuple) and len(key) == 3:
        return f"({_text(key[1])} {key[0]} {_text(key[2])})"
    return str(key[0]) if isinstance(key, tuple) else str(key)


def index_of(size: Size) -> Value:
    """A size as an index value at the current place."""
    return size.make() if isinstance(size, Dim) else index_constant(builder(), size)
