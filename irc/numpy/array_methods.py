"""The operators and methods of arrays, which are functions of this namespace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from irc.numpy import (
    bits,
    complexes,
    diagonals,
    manipulation,
    products,
    rearranging,
    reductions,
    running,
    searching,
    sorting,
    statistics,
    taking,
    ufuncs,
)
from irc.numpy.creation import asarray
from irc.numpy.data_types import astype, check_device
from irc.numpy.indexing import getitem
from irc.numpy.updates import IndexHelper
from irc.numpy.views import viewed
from irc.tracing.array import Array, is_array_like
from irc.tracing.dtypes import as_dtype

BINARY: dict[str, Callable[..., Any]] = {
    "add": ufuncs.add, "sub": ufuncs.subtract, "mul": ufuncs.multiply, "truediv": ufuncs.divide,
    "floordiv": ufuncs.floor_divide, "mod": ufuncs.remainder, "divmod": ufuncs.divmod_, "pow": ufuncs.power,
    "matmul": products.matmul, "and": bits.bitwise_and, "or": bits.bitwise_or, "xor": bits.bitwise_xor,
    "lshift": bits.bitwise_left_shift, "rshift": bits.bitwise_right_shift,
}  # fmt: skip
COMPARISONS: dict[str, Callable[..., Any]] = {
    "eq": ufuncs.equal, "ne": ufuncs.not_equal, "lt": ufuncs.less, "le": ufuncs.less_equal, "gt": ufuncs.greater,
    "ge": ufuncs.greater_equal,
}  # fmt: skip
UNARY: dict[str, Callable[..., Any]] = {
    "neg": ufuncs.negative, "pos": ufuncs.positive, "abs": ufuncs.abs, "invert": bits.bitwise_invert,
}  # fmt: skip


def _namespace(self: Array, *, api_version: str | None = None) -> Any:
    """The namespace of functions of arrays. Raises `ValueError` for a version of the standard that there is not."""
    if api_version not in (None, "2021.12", "2022.12", "2023.12", "2024.12"):
        raise ValueError(f"there is no version {api_version!r} of the array namespace")
    import irc.numpy  # noqa: PLC0415 - it consists of what is here

    return irc.numpy


def _compress(self: Array, condition: Any, axis: int | None = None) -> Array:
    return taking.compress(condition, self, axis)


def _view(self: Array, dtype: Any = None) -> Array:
    """The bits of the elements read as another dtype, of which there are fewer or more along the last axis.

    Raises `ValueError` where the last axis does not hold a whole number of them, or there is none.
    """
    return self if dtype is None else viewed(self, as_dtype(dtype))


def _to_device(self: Array, device: Any, /, *, stream: Any = None) -> Array:
    """This array on `device`, of which there is one. Raises `ValueError` for another."""
    check_device(device)
    return self


def _of_numpy(function: Callable[..., Any]) -> Callable[..., Any]:
    """The method that NumPy's function of that name calls: it passes `out`, and dtypes of methods that have none."""

    def method(self: Array, *args: Any, out: None = None, **how: Any) -> Any:
        if out is not None:
            raise NotImplementedError("arrays are immutable: there is no 'out' to write to")
        return function(self, *args, **how)

    return method


def _spread(function: Callable[..., Any]) -> Callable[..., Any]:
    def method(x: Any, axis: Any = None, dtype: Any = None, **how: Any) -> Any:
        return function(x if dtype is None else astype(x, dtype), axis, **how)

    return method


METHODS: dict[str, Callable[..., Any]] = {
    "astype": astype, "sum": reductions.sum, "prod": reductions.prod, "mean": reductions.mean, "var": _spread(reductions.var),
    "std": _spread(reductions.std), "max": reductions.max, "min": reductions.min, "any": reductions.any, "all": reductions.all,
    "dot": products.dot, "ravel": manipulation.ravel, "flatten": manipulation.ravel, "squeeze": manipulation.squeeze,
    "swapaxes": manipulation.swapaxes, "clip": ufuncs.clip, "round": ufuncs.round, "argmax": searching.argmax,
    "argmin": searching.argmin, "argsort": sorting.argsort, "sort": sorting.sort, "cumsum": running.cumsum,
    "cumprod": running.cumprod, "take": taking.take, "repeat": rearranging.repeat, "trace": diagonals.trace,
    "diagonal": diagonals.diagonal, "conj": complexes.conj, "conjugate": complexes.conj, "nonzero": searching.nonzero,
    "ptp": statistics.ptp, "searchsorted": searching.searchsorted, "choose": taking.choose, "compress": _compress,
    "view": _view,
    "__array_namespace__": _namespace, "copy": lambda x: asarray(x, copy=True),
}  # fmt: skip


REDUCING = ("sum", "prod", "mean", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod", "ptp", "round", "clip",
            "trace", "diagonal", "std", "var")  # fmt: skip


def _tobytes(self: Array) -> bytes:
    return bytes(self.__array__().tobytes())


def _rounded(self: Array, ndigits: int | None = None) -> Array:
    """Python's `round`: to an integer, or to places."""
    found = ufuncs.round(self, decimals=0 if ndigits is None else ndigits)
    return astype(found, int) if ndigits is None else found


def _reversed(self: Array) -> Iterator[Array]:
    """The parts along the first axis from the last one."""
    return iter([getitem(self, i) for i in range(len(self) - 1, -1, -1)])


def _operator(function: Callable[..., Any], swapped: bool) -> Callable[..., Any]:
    def method(self: Array, other: Any) -> Any:
        if not is_array_like(other) and not hasattr(other, "key"):
            return NotImplemented
        return function(other, self) if swapped else function(self, other)

    return method


def _reshape(self: Array, *shape: Any, order: str = "C") -> Array:
    """The elements in row-major order with another shape: a tuple, or its sizes."""
    return manipulation.reshape(self, shape[0] if len(shape) == 1 else shape, order=order)


def _transpose(self: Array, *axes: Any) -> Array:
    """The array with its axes reversed, or in this order."""
    if not axes or axes == (None,):
        return manipulation.transpose(self)
    return manipulation.transpose(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes)


def _setitem(self: Array, key: Any, value: Any, /) -> None:
    """Raises `TypeError`."""
    raise TypeError("arrays are immutable: in place of x[i] = y write x = x.at[i].set(y)")


def _iterator(self: Array) -> Iterator[Array]:
    """The parts along the first axis."""
    if not self.ndim:
        raise TypeError("an array without axes cannot be iterated over")
    return iter([getitem(self, i) for i in range(len(self))])


def install() -> None:
    """Put operators and methods on `Array`."""
    for name, function in BINARY.items():
        setattr(Array, f"__{name}__", _operator(function, False))
        setattr(Array, f"__r{name}__", _operator(function, True))
    for name, function in COMPARISONS.items():
        setattr(Array, f"__{name}__", _operator(function, False))
    for name, function in UNARY.items():
        setattr(Array, f"__{name}__", lambda self, function=function: function(self))
    for name, function in METHODS.items():
        setattr(Array, name, _of_numpy(function) if name in REDUCING else function)
    setattr(Array, "__round__", _rounded)  # noqa: B010
    setattr(Array, "__reversed__", _reversed)  # noqa: B010
    setattr(Array, "tobytes", _tobytes)  # noqa: B010
    setattr(Array, "reshape", _reshape)  # noqa: B010 - the class does not declare what this namespace defines
    setattr(Array, "transpose", _transpose)  # noqa: B010
    setattr(Array, "__getitem__", getitem)  # noqa: B010
    setattr(Array, "__setitem__", _setitem)  # noqa: B010
    setattr(Array, "__iter__", _iterator)  # noqa: B010
    setattr(Array, "at", property(IndexHelper))  # noqa: B010
    setattr(Array, "device", property(lambda self: "cpu"))  # noqa: B010
    setattr(Array, "to_device", _to_device)  # noqa: B010
    setattr(Array, "real", property(complexes.real))  # noqa: B010
    setattr(Array, "imag", property(complexes.imag))  # noqa: B010
    setattr(Array, "T", property(manipulation.transpose))  # noqa: B010
    setattr(Array, "mT", property(manipulation.matrix_transpose))  # noqa: B010


install()
