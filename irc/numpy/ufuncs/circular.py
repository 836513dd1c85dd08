"""Sine, cosine, the angle of a point, and the hyperbolic tangent."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.numpy.ufuncs.arithmetic import add, divide, multiply
from irc.numpy.ufuncs.exponentials import log, sqrt
from irc.numpy.ufuncs.kinds import isfinite, isinf
from irc.numpy.ufuncs.operands import filled, float_unary, inexact, promoted_to_inexact
from irc.numpy.ufuncs.signs import copysign
from irc.numpy.ufuncs.truth import where
from irc.tracing.array import Array
from irc.tracing.elementwise import apply, broadcast


def sin(x: Any, /) -> Array:
    """Sine."""
    return float_unary(nd.Sin, x)


def cos(x: Any, /) -> Array:
    """Cosine."""
    return float_unary(nd.Cos, x)


def tanh(x: Any, /) -> Array:
    """Hyperbolic tangent."""
    found = float_unary(nd.Tanh, x)
    if found.dtype.kind != "c":
        return found
    # Far out it is one, with the sign that the standard says.
    re, im, far, turn = (apply(part, each) for each in (found, inexact(x)) for part in (nd.Real, nd.Imag))
    im = where(apply(nd.LogicalAnd, isinf(far), isfinite(turn)), copysign(filled(im, 0), turn), im)
    return apply(nd.Complex, re, im, weak_type=found.weak_type)


def atan2(x1: Any, x2: Any, /) -> Array:
    """The angle of the point (x2, x1); of complex numbers -i log((x2 + i x1) / √(x1² + x2²))."""
    (a, b), weak = promoted_to_inexact(x1, x2)
    if a.dtype.kind == "c":
        length = sqrt(add(multiply(a, a), multiply(b, b)))
        return multiply(-1j, log(divide(add(b, multiply(1j, a)), length)))
    return apply(nd.Atan2, *broadcast(a, b), weak_type=weak)


arctan2 = atan2


__all__ = ["arctan2", "atan2", "cos", "sin", "tanh"]
