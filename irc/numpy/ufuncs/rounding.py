"""Rounding to integers and decimal places."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.numpy.arguments import no_out
from irc.numpy.ufuncs.arithmetic import divide, multiply
from irc.numpy.ufuncs.operands import inexact, unary
from irc.numpy.ufuncs.signs import copysign
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import apply, cast


def _rounding(op: Any, x: Any) -> Array:
    array = as_array(x)
    return array if not is_inexact(array.dtype) else unary(op, array)


def floor(x: Any, /) -> Array:
    """Rounded down."""
    return _rounding(nd.Floor, x)


def ceil(x: Any, /) -> Array:
    """Rounded up."""
    return _rounding(nd.Ceil, x)


def trunc(x: Any) -> Array:
    """Rounded towards zero, keeping the sign of zero."""
    array = as_array(x)
    if not is_inexact(array.dtype):
        return array
    down = apply(nd.Floor, apply(nd.Abs, array))
    return copysign(down, array)


def round(a: Any, decimals: int = 0, out: None = None) -> Array:
    """Rounded to the nearest integer, or to `decimals` places; halves to even."""
    no_out(out, "round")
    if decimals:
        factor = 10.0**decimals
        array = as_array(a)
        return cast(divide(round(multiply(array, factor)), factor), array.dtype, array.weak_type)
    return _rounding(nd.Round, a)


def rint(x: Any, /) -> Array:
    """Rounded to the nearest integer, halves to even; a float."""
    return round(inexact(x))


__all__ = ["ceil", "floor", "rint", "round", "trunc"]
