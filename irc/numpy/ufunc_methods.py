"""`add.reduce`, `maximum.accumulate`, `multiply.outer`, `add.at`, …: functions that functions of two elements have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.numpy import bits, more_ufuncs, reductions, running, ufuncs
from irc.numpy.functional import frompyfunc
from irc.numpy.manipulation import moveaxis
from irc.numpy.rearranging import part_of
from irc.numpy.updates import IndexHelper
from irc.tracing.array import Array, as_array
from irc.tracing.shaping import reshape

_REDUCTIONS: dict[Any, Callable[..., Array]] = {
    ufuncs.add: reductions.sum, ufuncs.multiply: reductions.prod, ufuncs.maximum: reductions.max,
    ufuncs.minimum: reductions.min, ufuncs.logical_and: reductions.all, ufuncs.logical_or: reductions.any,
}  # fmt: skip
_RUNNING: dict[Any, Callable[..., Array]] = {
    ufuncs.add: running.cumsum, ufuncs.multiply: running.cumprod, ufuncs.maximum: running.cummax,
    ufuncs.minimum: running.cummin,
}  # fmt: skip
_UPDATES = {
    ufuncs.add: "add", ufuncs.subtract: "subtract", ufuncs.multiply: "multiply", ufuncs.divide: "divide",
    ufuncs.power: "power", ufuncs.maximum: "max", ufuncs.minimum: "min",
}  # fmt: skip
_BINARY = (
    *_REDUCTIONS, ufuncs.subtract, ufuncs.divide, ufuncs.power, ufuncs.logical_xor, more_ufuncs.logaddexp,
    more_ufuncs.logaddexp2, bits.bitwise_and, bits.bitwise_or, bits.bitwise_xor,
)  # fmt: skip


def _reduce(function: Callable[..., Array]) -> Callable[..., Array]:
    def reduce(
        a: Any, axis: Any = 0, dtype: Any = None, out: None = None, keepdims: bool = False, initial: Any = None,
        where: Any = None,
    ) -> Array:  # fmt: skip
        """The elements along the axes combined."""
        how = {
            key: value for key, value in (("dtype", dtype), ("initial", initial), ("where", where)) if value is not None
        }
        known = _REDUCTIONS.get(function)
        if known is not None:
            return known(a, axis, out=out, keepdims=keepdims, **how)
        if how or not isinstance(axis, int):
            raise NotImplementedError(
                f"{function.__name__}.reduce takes one axis, and neither dtype, initial nor where"
            )
        rows = moveaxis(a, axis, 0)
        found = part_of(_scan(function, rows), 0, rows.shape[0] - 1, rows.shape[0])
        found = moveaxis(found, 0, axis)
        return found if keepdims else reshape(found, rows.shape[1:])

    return reduce


def _scan(function: Callable[..., Array], rows: Array) -> Array:
    from irc.lax.orders import associative_scan  # noqa: PLC0415 - not needed to start

    if not rows.shape[0]:
        raise ValueError(f"{function.__name__} of no elements has no value")
    found: Array = associative_scan(function, rows)
    return found


def _accumulate(function: Callable[..., Array]) -> Callable[..., Array]:
    def accumulate(a: Any, axis: int = 0, dtype: Any = None, out: None = None) -> Array:
        """Each element combined with all before it along an axis."""
        known = _RUNNING.get(function)
        if known is not None:
            return known(a, axis) if dtype is None else known(a, axis, dtype=dtype)
        return moveaxis(_scan(function, moveaxis(a, axis, 0)), 0, axis)

    return accumulate


def _outer(function: Callable[..., Array]) -> Callable[..., Array]:
    def outer(A: Any, B: Any, /) -> Array:
        """Each element of the one with each of the other."""
        a, b = as_array(A), as_array(B)
        return function(reshape(a, (*a.shape, *(1,) * b.ndim)), b)

    return outer


def _at(name: str) -> Callable[..., Array]:
    def at(a: Any, indices: Any, b: Any = None, /, *, inplace: bool = True) -> Array:
        """A copy with elements combined with others. Raises `ValueError` where it shall change `a` itself."""
        if inplace:
            raise ValueError("arrays are immutable: at gives a changed copy with inplace=False")
        found: Array = getattr(IndexHelper(as_array(a))[indices], name)(b)
        return found

    return at


def install() -> None:
    """Give the functions their functions."""
    for function in _BINARY:
        target: Any = function
        target.reduce, target.accumulate, target.outer = _reduce(function), _accumulate(function), _outer(function)
        target.nin, target.nout = 2, 1
    for function, name in _UPDATES.items():
        target = function
        target.at = _at(name)


install()
ufunc = frompyfunc

__all__: list[str] = []
