"""Names of values and blocks while parsing: nested scopes, and uses that come before their definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.ir.block import Block
from irc.ir.types import Type
from irc.ir.value import BlockArgument, Value

_NOWHERE = Block()
"""Owns the placeholders of values that are not defined yet."""


class Scope:
    """The names of one region. `outer` is where other names are looked up, `None` for an isolated region."""

    __slots__ = ("blocks", "defined_blocks", "forward", "outer", "places", "poisoned", "values")

    def __init__(self, outer: Scope | None) -> None:
        self.outer = outer
        self.values: dict[str, Sequence[Value]] = {}
        self.places: dict[str, int] = {}
        self.forward: dict[tuple[str, int], tuple[Value, int]] = {}
        self.blocks: dict[str, tuple[Block, int]] = {}
        self.defined_blocks: set[str] = set()
        self.poisoned: set[str] = set()

    def find(self, name: str) -> Sequence[Value] | None:
        scope: Scope | None = self
        while scope is not None:
            values = scope.values.get(name)
            if values is not None:
                return values
            scope = scope.outer
        return None

    def place(self, name: str, index: int) -> int | None:
        """The position at which `name` was defined, or first used."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.places:
                return scope.places[name]
            if (name, index) in scope.forward:
                return scope.forward[name, index][1]
            scope = scope.outer
        return None

    def is_poisoned(self, name: str) -> bool:
        """Whether `name` belongs to an operation that could not be parsed, so that it is no error of its own."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.poisoned:
                return True
            scope = scope.outer
        return False

    def placeholder(self, name: str, index: int, type: Type, position: int) -> Value:
        """A stand-in for a value that is used before it is defined."""
        known = self.forward.get((name, index))
        if known is not None:
            return known[0]
        value = BlockArgument(type, _NOWHERE, index)
        if not self.is_poisoned(name):
            self.forward[name, index] = (value, position)
        return value

    def define(
        self, name: str, values: Sequence[Value], place: int, mismatch: Callable[[Value, Value, int], Exception]
    ) -> None:
        """Bind `name`, which stands at `place`; stand-ins made for it so far are replaced. `mismatch` makes the error
        for another type, of the two values and the position of the first use."""
        self.values[name] = values
        self.places[name] = place
        if not self.forward:
            return
        for index, value in enumerate(values):
            known = self.forward.pop((name, index), None)
            if known is not None:
                if known[0].type is not value.type:
                    raise mismatch(known[0], value, known[1])
                known[0].replace_all_uses_with(value)

    def visible_names(self) -> list[str]:
        names: list[str] = []
        scope: Scope | None = self
        while scope is not None:
            names.extend(scope.values)
            scope = scope.outer
        return names
