"""What a user may pass as an argument of a function: the same for all executors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from irc.ir.dense import check_rank, dtype_of, fit, has_odd_width, integer_limits
from irc.ir.diagnostic import counted
from irc.ir.rounding import to_float
from irc.ir.types import IntegerType, MemRefType, ShapedType, Type, compatible_shapes, element_type

Array = np.ndarray[Any, Any]


def passed_dtype(type: Type) -> np.dtype[Any]:
    """The dtype in which a value of `type` is passed. Raises `ValueError` where NumPy has no counterpart."""
    try:
        if isinstance(type, ShapedType):
            check_rank(type)
        return dtype_of(element_type(type))
    except ValueError:
        raise ValueError(f"values of type '{type}' cannot be passed from and to Python") from None


def check_count(name: str, given: int, types: Sequence[Type]) -> None:
    """Raises `ValueError` where `@name` takes another number of arguments."""
    if given != len(types):
        stated = ", ".join(str(type) for type in types) or "none"
        verb = "is" if given == 1 else "are"
        raise ValueError(f"@{name} takes {counted(len(types), 'argument')} ({stated}), but {given} {verb} given")


def as_argument(value: Any, type: Type) -> Array:
    """`value` as an array for an argument of `type`; one of no dimensions for a scalar. Raises `ValueError`.

    An array and a NumPy scalar must have the dtype of the type; numbers of Python, and lists of them, are converted
    where nothing is lost but digits. Of integers of an odd width the spare bits are dropped. A memref is written in
    place, so it takes nothing but an array.
    """
    dtype = passed_dtype(type)
    what = f"must be '{type}'"
    if isinstance(value, np.ndarray | np.generic) or hasattr(value, "__array__"):
        array = np.asarray(value)
        if array.dtype != dtype:
            raise ValueError(f"{what}, got dtype {array.dtype}")
    else:
        array = from_numbers(value, type)
    if not isinstance(type, ShapedType):
        if array.ndim:
            raise ValueError(f"{what}, got shape {array.shape}")
        return np.asarray(fit(array, type))
    if isinstance(type, MemRefType) and array is not value:
        raise ValueError(f"{what}, which is passed by reference: got no array")
    if not compatible_shapes(type.shape, array.shape):
        raise ValueError(f"{what}, got shape {array.shape}")
    if isinstance(type, MemRefType):
        if has_odd_width(type) and not np.array_equal(array, fit(array, type)):
            raise ValueError(f"{what}, got an array with elements that are out of range")
        return array
    return np.asarray(fit(array, type))


def from_numbers(value: Any, type: Type) -> Array:
    """Numbers of Python in nested lists as an array of the element type of `type`. Raises `ValueError`."""
    dtype, element = passed_dtype(type), element_type(type)
    try:
        shape = np.shape(value)
    except ValueError:
        raise ValueError(f"must be '{type}', got lists of different lengths") from None
    numbers = list(_flat(value))
    kinds = "biufc"[: {"b": 2, "i": 2, "u": 2, "c": 5}.get(dtype.kind, 4)]
    for number in numbers:
        kind = np.asarray(number).dtype.kind if not isinstance(number, int) else "i"
        if kind not in kinds:
            found = {"f": "a float", "c": "a complex number"}.get(kind, f"a {number.__class__.__name__}")
            raise ValueError(f"must be '{type}', got {found}")
        if dtype.kind in "biu" and not _in_range(int(number), element):
            raise ValueError(f"must be '{type}', got {number}, which is out of range")
    with np.errstate(over="ignore", invalid="ignore"):
        if dtype.kind not in "biu":
            numbers = [_finite_or_infinite(number) for number in numbers]
            wide = np.array(numbers, np.complex128 if dtype.kind == "c" else np.float64).reshape(shape)
            return np.asarray(to_float(wide, dtype))
        return np.array(numbers, dtype).reshape(shape)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _flat(each)
    else:
        yield value


def _in_range(value: int, element: Type) -> bool:
    if isinstance(element, IntegerType) and element.width == 1:
        return -1 <= value <= 1
    low, high = integer_limits(element)
    return low <= value <= high


def _finite_or_infinite(number: Any) -> Any:
    """An integer that no float can hold as an infinity, as what is written with a point is."""
    try:
        return number if isinstance(number, complex) else float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
