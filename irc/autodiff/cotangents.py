"""The cotangents found so far in a reverse sweep. A value without an entry has cotangent zero: zeros are never emitted
unless a loop or a branch needs a value."""

from __future__ import annotations

from collections.abc import Iterable

from irc.autodiff.expr import Expr
from irc.autodiff.shaping import cast
from irc.ir.value import Value


class Cotangents:
    """From primal values to the expressions of their cotangents."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[Value, Expr] = {}

    def add(self, value: Value, ct: Expr) -> None:
        """Accumulate: a value used several times gets the sum. A type that knows other sizes becomes that of `value`."""
        ct = cast(ct, value.type)
        known = self._found.get(value)
        self._found[value] = ct if known is None else known + ct

    def take(self, value: Value) -> Expr | None:
        """The cotangent of `value`, which is complete now and forgotten."""
        return self._found.pop(value, None)

    def take_all(self, values: Iterable[Value]) -> list[Expr | None]:
        return [self.take(value) for value in values]

    def items(self) -> list[tuple[Value, Expr]]:
        return list(self._found.items())
