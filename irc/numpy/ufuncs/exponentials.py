"""Exponentials, logarithms and roots."""

from __future__ import annotations

import math
from typing import Any

from irc.dialects import nd
from irc.numpy.ufuncs.arithmetic import divide, multiply
from irc.numpy.ufuncs.kinds import isinf
from irc.numpy.ufuncs.operands import filled, float_unary, inexact
from irc.numpy.ufuncs.signs import copysign, negative
from irc.numpy.ufuncs.truth import equal, where
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import apply, select


def exp(x: Any, /) -> Array:
    """e to the power of x."""
    return float_unary(nd.Exp, x)


def expm1(x: Any, /) -> Array:
    """exp(x) - 1."""
    found = float_unary(nd.Expm1, x)
    return where(equal(x, 0), filled(found, 0), found) if found.dtype.kind == "c" else found


def exp2(x: Any, /) -> Array:
    """2 to the power of x."""
    array = inexact(x)
    return apply(nd.Pow, filled(array, 2), array, weak_type=array.weak_type)


def log(x: Any, /) -> Array:
    """Natural logarithm."""
    return float_unary(nd.Log, x)


def log1p(x: Any, /) -> Array:
    """log(1 + x)."""
    return float_unary(nd.Log1p, x)


def _scaled(x: Array, factor: float) -> Array:
    """A complex number times a real one, part by part: infinities stay in theirs."""
    parts = (multiply(apply(part, x), factor) for part in (nd.Real, nd.Imag))
    return apply(nd.Complex, *parts, weak_type=x.weak_type)


def log2(x: Any, /) -> Array:
    """Logarithm to base 2."""
    return _scaled(log(x), 1 / math.log(2.0)) if as_array(x).dtype.kind == "c" else divide(log(x), math.log(2.0))


def log10(x: Any, /) -> Array:
    """Logarithm to base 10."""
    return _scaled(log(x), 1 / math.log(10.0)) if as_array(x).dtype.kind == "c" else divide(log(x), math.log(10.0))


def sqrt(x: Any, /) -> Array:
    """Square root."""
    return float_unary(nd.Sqrt, x)


def rsqrt(x: Any, /) -> Array:
    """1 / sqrt(x)."""
    found = float_unary(nd.Rsqrt, x)
    if found.dtype.kind != "c":
        return found
    # Infinities have zero in every direction, also next to NaN.
    re, im = (apply(part, inexact(x)) for part in (nd.Real, nd.Imag))
    far = apply(nd.LogicalOr, isinf(re), isinf(im))
    nothing = filled(re, 0)
    return select(far, apply(nd.Complex, nothing, copysign(nothing, negative(im))), found, found.weak_type)


__all__ = ["exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "rsqrt", "sqrt"]
