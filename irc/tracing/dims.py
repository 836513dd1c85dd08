"""Sizes that are not known while a function is traced: index values with the arithmetic of Python's integers."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from irc.dialects import arith, cf
from irc.dialects._amounts import compare, index_constant
from irc.ir.attributes import StringAttr
from irc.ir.value import Value
from irc.tracing.current import builder, called_by_user
from irc.tracing.errors import ConcretizationTypeError, not_known

Size = Any
"""An `int` or a `Dim`."""


class Dim:
    """A size that the compiled function learns when it is called.

    Sums and products with integers and other sizes are sizes; `/`, a negative power, and arithmetic with floats and arrays
    give arrays. Comparisons hold for all values that a size may have, from zero on, or raise `ConcretizationTypeError`.
    """

    __slots__ = ("_sum", "key", "make")
    # NumPy's numbers leave operators with one of these to it.
    __array_ufunc__ = None

    def __init__(self, key: tuple[Any, ...], make: Callable[[], Value]) -> None:
        """`key` names the computation; `make` writes it at the current place of the function that is traced."""
        self.key, self.make = key, make
        self._sum: frozenset[tuple[Any, int]] | None = None

    def __hash__(self) -> int:
        return hash(self._terms)

    def __repr__(self) -> str:
        return _text(self.key)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    @property
    def _terms(self) -> frozenset[tuple[Any, int]]:
        """The sum that it is: what is multiplied with which number; the key of a number alone is `None`."""
        if self._sum is None:
            found: dict[Any, int] = {}
            _add_terms(self.key, 1, found)
            self._sum = frozenset((key, factor) for key, factor in found.items() if factor)
        return self._sum

    def values(self) -> Iterator[Value]:
        """The values that it is computed from."""
        keys: list[Any] = [self.key]
        while keys:
            key = keys.pop()
            if isinstance(key, Value):
                yield key
            elif isinstance(key, tuple):
                keys += key

    # -- what depends on the number --------------------------------------------------------------------------------

    def __index__(self) -> int:
        raise ConcretizationTypeError(f"the size {self} is only known when the compiled function is called")

    __int__ = __float__ = __complex__ = __index__

    def __array__(self, *how: Any, **kwargs: Any) -> Any:
        raise ConcretizationTypeError(
            f"the size {self} is only known when the compiled function is called: irc.numpy.asarray makes an array of it"
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dim | int):
            return NotImplemented
        signs = self._signs_of_difference(other)
        if len(signs) == 1 or 0 not in signs:
            return 0 in signs
        if called_by_user():
            raise self._unknown("==", other)
        # The functions of irc ask whether it is the same size always.
        return False

    def __lt__(self, other: Size) -> bool:
        found: bool = self._compared("<", other, {-1})
        return found

    def __le__(self, other: Size) -> bool:
        found: bool = self._compared("<=", other, {-1, 0})
        return found

    def __gt__(self, other: Size) -> bool:
        found: bool = self._compared(">", other, {1})
        return found

    def __ge__(self, other: Size) -> bool:
        found: bool = self._compared(">=", other, {0, 1})
        return found

    def __bool__(self) -> bool:
        if called_by_user() and 0 in self._signs_of_difference(0):
            raise self._unknown("!=", 0)
        return True

    def _compared(self, sign: str, other: Size, wanted: set[int]) -> Any:
        if not isinstance(other, Dim | int):
            return NotImplemented
        signs = self._signs_of_difference(other)
        if signs <= wanted or not signs & wanted:
            return signs <= wanted
        raise self._unknown(sign, other)

    def _signs_of_difference(self, other: Size) -> set[int]:
        """The signs that the difference of the two may have, as far as that is seen."""
        found = dict(self._terms)
        _add_terms(_key(other), -1, found)
        rest = found.pop(None, 0)
        factors = {key: factor for key, factor in found.items() if factor}
        if not factors:
            return {(rest > 0) - (rest < 0)}
        if all(map(_is_size, factors)):
            if all(factor > 0 for factor in factors.values()) and rest >= 0:
                return {1} if rest else {0, 1}
            if all(factor < 0 for factor in factors.values()) and rest <= 0:
                return {-1} if rest else {-1, 0}
        return {-1, 0, 1}

    def _unknown(self, sign: str, other: Any) -> ConcretizationTypeError:
        return ConcretizationTypeError(
            f"whether {self} {sign} {other!r} is only known when the compiled function is called: leave out dynamic_dims for "
            "a program of each size, compare irc.numpy.asarray of the sizes with irc.numpy.where or irc.lax.cond, or take "
            "irc.max_dim or irc.min_dim of them"
        )

    # -- arithmetic ------------------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        return _apply("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return _apply("+", self, other)

    def __sub__(self, other: Any) -> Any:
        return _apply("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return _apply("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return _apply("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return _apply("*", self, other)

    def __floordiv__(self, other: Any) -> Any:
        return _apply("//", self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _apply("//", other, self)

    def __mod__(self, other: Any) -> Any:
        return _apply("%", self, other)

    def __rmod__(self, other: Any) -> Any:
        return _apply("%", other, self)

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __truediv__(self, other: Any) -> Any:
        return _as_array(self) / _as_array(other)

    def __rtruediv__(self, other: Any) -> Any:
        return _as_array(other) / _as_array(self)

    def __pow__(self, other: Any) -> Any:
        if not isinstance(other, int):
            return _as_array(self) ** _as_array(other)
        if other < 0:
            return 1 / self**-other
        found: Any = 1
        for _ in range(other):
            found = found * self
        return found

    def __rpow__(self, other: Any) -> Any:
        return _as_array(other) ** _as_array(self)

    def __neg__(self) -> Any:
        return 0 - self

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return max_dim(self, -self)


def sizes_of(shape: Any, *, least: int | None = 0) -> tuple[Size, ...]:
    """A shape that the user gives, which may be one number.

    Raises `TypeError` for what is no integer, `ConcretizationTypeError` for a traced one, and `ValueError` for one below
    `least`, if that is given.
    """
    single = isinstance(shape, Dim) or getattr(shape, "ndim", None) == 0 or not hasattr(shape, "__iter__")
    found = tuple([_size(each, shape) for each in ((shape,) if single else shape)])
    if least is not None and any(isinstance(size, int) and size < least for size in found):
        raise ValueError(f"the sizes of an array are not negative, got shape {found}")
    return found


def _size(size: Any, shape: Any) -> Size:
    if isinstance(size, Dim):
        return size
    try:
        return operator.index(size)
    except ConcretizationTypeError:
        raise not_known("shape", repr(size)) from None
    except TypeError:
        raise TypeError(f"the sizes of an array are integers, got shape {shape!r}") from None


def max_dim(x: Size, y: Size) -> Size:
    """The larger size."""
    return _larger("max", arith.MaxSI, x, y)


def min_dim(x: Size, y: Size) -> Size:
    """The smaller size."""
    return _larger("min", arith.MinSI, x, y)


def _larger(name: str, op: Any, x: Size, y: Size) -> Size:
    if not isinstance(x, Dim):
        x, y = y, x
    if not isinstance(x, Dim):
        return max(x, y) if name == "max" else min(x, y)
    signs = x._signs_of_difference(y)
    if -1 not in signs or 1 not in signs:
        return x if (-1 not in signs) == (name == "max") else y
    return _combine(name, op, x, y)


def check_not_empty(size: Size, message: str) -> None:
    """Raise `ValueError` where an axis has no elements; where that is only seen at the call, the program stops there."""
    if not isinstance(size, Dim):
        if size == 0:
            raise ValueError(message)
    elif size == 0 or 0 in size._signs_of_difference(0):
        b = builder()
        b.insert(cf.Assert(compare(b, "ne", index_of(size), 0), StringAttr(message)))


# Ops on sizes; of `//` and `%` those that round as Python does.
_OPS = {"+": arith.AddI, "-": arith.SubI, "*": arith.MulI, "//": arith.FloorDivSI}


def _apply(sign: str, x: Any, y: Any) -> Any:
    """An operator of Python's on two sizes, or on arrays where one of them is no size."""
    x, y = _number(x), _number(y)
    if not (isinstance(x, Dim | int) and isinstance(y, Dim | int)):
        return _on_arrays(sign, x, y)
    match sign:
        case "+" if x == 0 or y == 0:
            return y if x == 0 else x
        case "-" if y == 0 or x == y:
            return x if y == 0 else 0
        case "*" if 0 in (x, y) or 1 in (x, y):
            return 0 if 0 in (x, y) else y if x == 1 else x
        case "//" | "%" if y == 0:
            raise ZeroDivisionError(f"the size {x} is divided by zero")
        case "//" if y == 1:
            return x
        case "//" | "%" if x == y and (not isinstance(y, Dim) or 0 not in y._signs_of_difference(0)):
            return 1 if sign == "//" else 0
        case "%" if y == 1:
            return 0
        case "%":
            return x - x // y * y
    found = _combine(sign, _OPS[sign], x, y)
    known = dict(found._terms)
    number = known.pop(None, 0)
    return found if known else number


def _number(x: Any) -> Any:
    """Integers of NumPy are those of Python."""
    if isinstance(x, Dim | bool) or not hasattr(x, "__index__") or getattr(x, "ndim", None) or hasattr(x, "weak_type"):
        return int(x) if isinstance(x, bool) else x
    return x.__index__()


def _on_arrays(sign: str, x: Any, y: Any) -> Any:
    import operator  # noqa: PLC0415

    operators: dict[str, Callable[[Any, Any], Any]] = {
        "+": operator.add, "-": operator.sub, "*": operator.mul, "//": operator.floordiv, "%": operator.mod
    }  # fmt: skip
    return operators[sign](_as_array(x), _as_array(y))


def _as_array(x: Any) -> Any:
    from irc.tracing.array import as_array  # noqa: PLC0415 - arrays have sizes

    return as_array(x)


def _combine(sign: str, op: Any, x: Size, y: Size) -> Dim:
    def make() -> Value:
        found: Value = builder().insert(op(index_of(x), index_of(y))).results[0]
        return found

    return Dim((sign, _key(x), _key(y)), make)


def _key(size: Size) -> Any:
    return size.key if isinstance(size, Dim) else size


def _add_terms(key: Any, factor: int, into: dict[Any, int]) -> None:
    """Add the terms of the sum that `key` is, times a number."""
    if isinstance(key, int):
        into[None] = into.get(None, 0) + factor * key
        return
    match key:
        case ("+" | "-" as sign, left, right):
            _add_terms(left, factor, into)
            _add_terms(right, factor if sign == "+" else -factor, into)
        case ("*", int(number), other) | ("*", other, int(number)):
            _add_terms(other, factor * number, into)
        case _:
            into[key] = into.get(key, 0) + factor


def _is_size(key: Any) -> bool:
    """Whether a term is never negative: the size of an array, or a product or quotient of such."""
    match key:
        case int():
            return key >= 0
        case ("*" | "//" | "+" | "min", left, right):
            return _is_size(left) and _is_size(right)
        case ("max", left, right):
            return _is_size(left) or _is_size(right)
        case (str(),) | (str(), Value()):
            return True
    return False


def _text(key: Any) -> str:
    if isinstance(key, tuple) and len(key) == 3:
        if key[0] in ("max", "min"):
            return f"{key[0]}_dim({_text(key[1])}, {_text(key[2])})"
        return f"({_text(key[1])} {key[0]} {_text(key[2])})"
    return str(key[0]) if isinstance(key, tuple) else str(key)


def index_of(size: Size) -> Value:
    """A size as an index value at the current place."""
    return size.make() if isinstance(size, Dim) else index_constant(builder(), size)
