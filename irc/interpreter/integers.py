"""Integer arithmetic on NumPy scalars and arrays, at any width, as `arith` defines it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.ir.dense import dtype_of, fit
from irc.ir.types import IntegerType, Type, element_type

Function = Callable[..., Any]

WORD = 64


def width_of(type: Type) -> int:
    """Bits of an integer, of an index, or of the elements of a shaped type."""
    element = element_type(type)
    return element.width if isinstance(element, IntegerType) else WORD


def signed(x: Any) -> Any:
    """The value as a signed integer: the one of `i1` is -1."""
    return -x.astype(np.int8) if x.dtype == np.bool_ else x


def unsigned(x: Any, width: int) -> Any:
    """The value's bits as an unsigned integer."""
    if x.dtype == np.bool_:
        return x.astype(np.uint8)
    bits = x.view(np.dtype(f"u{x.dtype.itemsize}"))
    spare = bits.dtype.itemsize * 8 - width
    return bits & bits.dtype.type((1 << width) - 1) if spare else bits


def back(x: Any, type: Type) -> Any:
    """A result of any integer dtype as a value of `type`, reduced modulo two to its width."""
    element = element_type(type)
    dtype = dtype_of(element)
    if dtype == np.bool_:
        return (x & x.dtype.type(1)).astype(np.bool_)
    return fit(x.astype(dtype), element)


def is_zero(x: Any) -> bool:
    return bool(np.any(x == 0))


def overflows(a: Any, b: Any, width: int) -> bool:
    """Whether some signed quotient `a / b` does not fit."""
    return bool(np.any((a == -(1 << (width - 1))) & (b == -1)))


def floor_divide(a: Any, b: Any) -> Any:
    return np.floor_divide(a, b)


def truncate_divide(a: Any, b: Any) -> Any:
    quotient = np.floor_divide(a, b)
    inexact = (a - quotient * b) != 0
    return quotient + (inexact & ((a < 0) != (b < 0))).astype(a.dtype)


def ceil_divide(a: Any, b: Any) -> Any:
    quotient = np.floor_divide(a, b)
    return quotient + ((a - quotient * b) != 0).astype(a.dtype)


def remainder(a: Any, b: Any) -> Any:
    return a - truncate_divide(a, b) * b


def shift_left(a: Any, by: Any, width: int) -> Any:
    """Shifts by the width or more are poison, which may be anything; here 0."""
    return np.where(by < width, a << np.minimum(by, width - 1).astype(a.dtype), a.dtype.type(0))


def shift_right(a: Any, by: Any, width: int) -> Any:
    """Shifts by the width or more are poison, which may be anything; here as by one bit less."""
    return a >> np.minimum(by, width - 1).astype(a.dtype)


def saturate(x: Any, low: int, high: int, dtype: Any) -> Any:
    """A float rounded towards zero. Outside of `low` to `high` it is poison; here the nearest, and 0 for NaN."""
    wide = np.trunc(np.asarray(x, np.float64))
    wide = np.where(np.isnan(wide), 0.0, wide)
    inside = (wide > float(low) - 1) & (wide < float(high)) if high >= 1 << 53 else (wide >= low) & (wide <= high)
    exact = np.where(inside, wide, 0.0).astype(np.uint64 if low == 0 and high >= 1 << 63 else np.int64).astype(dtype)
    bound = np.where(wide < 0, np.array(low, dtype), np.array(high, dtype))
    return np.where(inside, exact, bound)[()]


def count_leading_zeros(x: int, width: int) -> int:
    return width - x.bit_length()


def count_trailing_zeros(x: int, width: int) -> int:
    return (x & -x).bit_length() - 1 if x else width


def population_count(x: int, width: int) -> int:
    return x.bit_count()


def by_number(function: Callable[..., Any], type: Type, *values: Any) -> Any:
    """A function of numbers of any size and of the width, element by element, as a value of `type`."""
    width = width_of(type)
    arrays = np.broadcast_arrays(*values)
    rows = zip(*(array.ravel() for array in arrays), strict=True)
    numbers = [function(*map(int, row), width) % (1 << width) for row in rows]
    return back(np.array(numbers, np.uint64).reshape(arrays[0].shape)[()], type)


def bitwise(function: Callable[[int, int], int], x: Any, type: Type) -> Any:
    """A function of one number's bits, element by element."""
    return by_number(function, type, unsigned(x, width_of(type)))
