"""The elementwise functions of JAX's `lax`, which are those of `irc.numpy` under its names.

They take a little more than JAX's: operands are promoted and broadcast.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.dialects import nd
from irc.numpy import ufuncs
from irc.numpy.ufuncs import inexact
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import as_dtype, is_integer
from irc.tracing.elementwise import apply, binary, cast

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": ufuncs.abs, "add": ufuncs.add, "atan2": ufuncs.atan2, "ceil": ufuncs.ceil, "cos": ufuncs.cos,
    "eq": ufuncs.equal, "exp": ufuncs.exp, "exp2": ufuncs.exp2, "expm1": ufuncs.expm1, "floor": ufuncs.floor,
    "ge": ufuncs.greater_equal, "gt": ufuncs.greater, "integer_pow": ufuncs.integer_pow, "is_finite": ufuncs.isfinite,
    "le": ufuncs.less_equal, "log": ufuncs.log, "log1p": ufuncs.log1p, "lt": ufuncs.less, "max": ufuncs.maximum,
    "min": ufuncs.minimum, "mul": ufuncs.multiply, "ne": ufuncs.not_equal, "neg": ufuncs.negative, "pow": ufuncs.power,
    "reciprocal": ufuncs.reciprocal, "rem": ufuncs.fmod, "rsqrt": ufuncs.rsqrt, "sign": ufuncs.sign, "sin": ufuncs.sin,
    "sqrt": ufuncs.sqrt, "square": ufuncs.square, "sub": ufuncs.subtract, "tan": ufuncs.tan, "tanh": ufuncs.tanh,
}  # fmt: skip
"""Names of `lax`, and the functions of `irc.numpy` that they stand for."""


def div(x: Any, y: Any) -> Array:
    """x / y; integers are rounded towards zero."""
    return binary(nd.Divide, x, y)


def round(x: Any, rounding_method: int = 0) -> Array:
    """Rounded to the nearest integer: halves away from zero with method 0, to even with 1."""
    array = as_array(x)
    if is_integer(array.dtype) or rounding_method:
        return ufuncs.round(array)
    magnitude = ufuncs.abs(array)
    down = ufuncs.floor(magnitude)
    up = ufuncs.greater_equal(ufuncs.subtract(magnitude, down), 0.5)
    return ufuncs.copysign(ufuncs.add(down, cast(up, array.dtype)), array)


def logistic(x: Any) -> Array:
    """1 / (1 + exp(-x))."""
    array = inexact(x)
    return apply(nd.Logistic, array, weak_type=array.weak_type)


def erf(x: Any) -> Array:
    """The error function."""
    array = inexact(x)
    return apply(nd.Erf, array, weak_type=array.weak_type)


def clamp(min: Any, x: Any, max: Any) -> Array:
    """`x` moved into the range."""
    return binary(nd.Minimum, binary(nd.Maximum, min, x), max)


def select(pred: Any, on_true: Any, on_false: Any) -> Array:
    """`on_true` where `pred` holds, else `on_false`."""
    return ufuncs.where(pred, on_true, on_false)


def select_n(which: Any, *cases: Any) -> Array:
    """The element of the case whose number `which` has; a boolean chooses between two."""
    chosen = as_array(which)
    if chosen.dtype.kind == "b":
        return ufuncs.where(chosen, cases[1], cases[0])
    found = as_array(cases[-1])
    for i in range(len(cases) - 2, -1, -1):
        found = ufuncs.where(ufuncs.less_equal(chosen, i), cases[i], found)
    return found


def convert_element_type(x: Any, new_dtype: Any) -> Array:
    """`x` with elements of another dtype."""
    return cast(as_array(x), as_dtype(new_dtype))


__all__ = ["clamp", "convert_element_type", "div", "erf", "logistic", "round", "select", "select_n"]
