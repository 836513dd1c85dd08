"""What Python can ask of an array that stands for one: its value, where that is known while the function is traced."""

from __future__ import annotations

from typing import Any

from irc.tracing.array import Array, ConcreteArray
from irc.tracing.errors import not_known


class SymbolicArray(Array):
    """An array without numbers of its own. What needs them raises `ConcretizationTypeError` where there are none."""

    __slots__ = ()

    def _needed(self, what: str) -> ConcreteArray:
        from irc.tracing.known import needed  # noqa: PLC0415 - which traces, and compiles

        return needed(self, what)

    def __bool__(self) -> bool:
        return bool(self._needed("bool"))

    def __int__(self) -> int:
        return int(self._needed("int"))

    def __float__(self) -> float:
        return float(self._needed("float"))

    def __complex__(self) -> complex:
        return complex(self._needed("complex"))

    def __index__(self) -> int:
        return self._needed("index").__index__()

    def __str__(self) -> str:
        from irc.tracing.known import known  # noqa: PLC0415 - as above

        found = known(self)
        return repr(self) if found is None else str(found)

    def __format__(self, spec: str) -> str:
        return format(self._needed("format"), spec) if spec else str(self)

    def __array__(self, *how: Any, **kwargs: Any) -> Any:
        # What NumPy computes has no derivative, so numbers that are known do not go there unasked.
        raise not_known("array", repr(self))

    def item(self, *index: Any) -> Any:
        """The one element, or the one at a position, as a Python number."""
        return self._needed("item").item(*index)

    def tolist(self) -> Any:
        """Nested lists of Python numbers."""
        return self._needed("item").tolist()
