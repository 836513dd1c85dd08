"""Rewrites as data: symbolic patterns of ops, and rules between them.

    nd = ops("nd")
    x, y = variables("x y")
    nd.log(nd.add(x, 1)) >> nd.log1p(x)

A number on the left matches a scalar constant or a splat, on the right it becomes a constant of the result's type. A
Python function may stand on the right: it gets the matched values by the names of its parameters, and `op` for the root.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from irc.ods.registry import lookup_op

Number = int | float


class Pattern:
    """Base of what may stand in a rule."""

    def __rshift__(self, right: Pattern | Number | Callable[..., Any]) -> Rule:
        return Rule(self, right)


@dataclass(frozen=True, eq=False)
class Variable(Pattern):
    """Matches any value; the same variable twice matches the same value."""

    name: str


@dataclass(frozen=True, eq=False)
class OpPattern(Pattern):
    """Matches the result of an op whose operands match."""

    cls: Any
    operands: tuple[Pattern | Number, ...]
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Rule:
    """`left` is replaced by `right` where the guard holds. `domain` says where a rule that changes numerics is valid."""

    left: Pattern
    right: Pattern | Number | Callable[..., Any]
    guard: Callable[..., bool] | None = None
    domain: str = ""

    def when(self, guard: Callable[..., bool]) -> Rule:
        """The rule, applied only where `guard` holds; it gets matched values by the names of its parameters."""
        self.guard = guard
        return self


class Ops:
    """The ops of a dialect as functions on patterns."""

    __slots__ = ("_dialect",)

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect

    def __getattr__(self, name: str) -> Callable[..., OpPattern]:
        cls = lookup_op(f"{self._dialect}.{name}")
        if cls is None:
            raise AttributeError(f"no op '{self._dialect}.{name}'")
        return lambda *operands, **attributes: OpPattern(cls, operands, attributes)


def ops(dialect: str) -> Ops:
    """The ops of a dialect, for patterns."""
    return Ops(dialect)


def variables(names: str) -> list[Variable]:
    """A variable for each word."""
    return [Variable(name) for name in names.split()]
