"""Rewrites as data: symbolic patterns of ops, and rules between them.

    nd = ops("nd")
    x, y, a = variables("x y a")
    nd.log(nd.add(x, 1)) >> nd.log1p(x)
    nd.negative(nd.sum(x, axes=a)) >> nd.sum(nd.negative(x), axes=a)

A number on the left matches a scalar constant or a splat, on the right it becomes a constant of the result's type. A
keyword is an attribute: given as itself or as a variable. On the right, an attribute that is not given is copied from the
matched root if that is an op of the same class. A Python function may stand on the right: it gets the matched values by
the names of its parameters, `op` for the root and `rewriter`; where it returns `None`, the rule does not apply.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from irc.ods.registry import lookup_op
from irc.rewrite.constants import Number


class Pattern:
    """Base of what may stand in a rule."""

    def __rshift__(self, right: Pattern | Number | Callable[..., Any]) -> Rule:
        return Rule(self, right)


@dataclass(frozen=True, eq=False)
class Variable(Pattern):
    """Matches any value, or any attribute; the same variable twice matches the same one."""

    name: str


@dataclass(frozen=True, eq=False)
class OpPattern(Pattern):
    """Matches the result of an op whose operands and named attributes match, and which has no destination."""

    cls: Any
    operands: tuple[Pattern | Number, ...]
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """`left` is replaced by `right` where the guard holds.

    `domain` is empty for a rule that never changes a result. Any other states where the rule is valid and what it changes
    elsewhere.
    """

    left: Pattern
    right: Pattern | Number | Callable[..., Any]
    guard: Callable[..., bool] | None = None
    domain: str = ""

    def when(self, guard: Callable[..., bool]) -> Rule:
        """The rule, applied only where `guard` holds; it gets matched values by the names of its parameters."""
        return replace(self, guard=guard)

    def marked(self, domain: str) -> Rule:
        """The rule, marked as one that changes numerics outside of `domain`."""
        return replace(self, domain=domain)


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
