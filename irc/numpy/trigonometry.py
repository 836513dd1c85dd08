"""Inverse and hyperbolic functions, composed so that they are accurate and keep signs of zero and infinities."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from irc.numpy import complex_trigonometry as complex_functions
from irc.numpy.ufuncs.arithmetic import add, divide, multiply, subtract  # fmt: skip
from irc.numpy.ufuncs.circular import atan2, cos, sin  # fmt: skip
from irc.numpy.ufuncs.exponentials import exp, expm1, log, log1p, rsqrt, sqrt  # fmt: skip
from irc.numpy.ufuncs.kinds import isinf  # fmt: skip
from irc.numpy.ufuncs.operands import filled, inexact, promoted_to_inexact  # fmt: skip
from irc.numpy.ufuncs.orders import greater, less, maximum, minimum  # fmt: skip
from irc.numpy.ufuncs.signs import abs, negative, size_of, with_sign_of  # fmt: skip
from irc.numpy.ufuncs.truth import equal, logical_or, where  # fmt: skip
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.dtypes import kind_of, limits
from irc.tracing.elementwise import cast
from irc.tracing.formulas import factors


def _is_complex(x: Array) -> bool:
    return x.dtype.kind == "c"


def _widened(x: Any) -> tuple[Array, Callable[[Array], Array]]:
    """`x` as floats of at least 32 bits, and what rounds a result to its own dtype."""
    array = inexact(x)
    weak = array.weak_type
    if kind_of(array.dtype) == "f" and array.dtype.itemsize < 4:
        return cast(array, np.dtype(np.float32), weak), lambda found: cast(found, array.dtype, weak)
    return array, lambda found: found


@factors(lambda y, x: rsqrt(1 - x * x))
def asin(x: Any, /) -> Array:
    """The angle whose sine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.asin(a)
    return rounded(atan2(a, multiply(sqrt(subtract(1, a)), sqrt(add(1, a)))))


@factors(lambda y, x: -rsqrt(1 - x * x))
def acos(x: Any, /) -> Array:
    """The angle whose cosine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.acos(a)
    return rounded(multiply(atan2(sqrt(subtract(1, a)), sqrt(add(1, a))), 2))


def atan(x: Any, /) -> Array:
    """The angle whose tangent is x."""
    a = inexact(x)
    if _is_complex(a):
        return complex_functions.atan(a)
    return atan2(a, filled(a, 1))


@factors(lambda y, x: cosh(x))
def sinh(x: Any, /) -> Array:
    """Hyperbolic sine."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.sinh(a)
    size = size_of(a)
    large = greater(size, _nearly_too_large(a))
    e = expm1(where(large, 0, size))
    small = multiply(add(e, divide(e, add(e, 1))), 0.5)
    return rounded(with_sign_of(where(large, _half_exp(size), small), a))


@factors(lambda y, x: sinh(x))
def cosh(x: Any, /) -> Array:
    """Hyperbolic cosine."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.cosh(a)
    size = size_of(a)
    large = greater(size, _nearly_too_large(a))
    e = multiply(exp(where(large, 0, size)), 0.5)
    return rounded(where(large, _half_exp(size), add(e, divide(0.25, e))))


def _nearly_too_large(x: Array) -> float:
    """From where on the exponential function may be infinite though half of it is not."""
    return math.log(float(limits(x.dtype).max)) * 0.9


def _half_exp(x: Array) -> Array:
    root = exp(multiply(x, 0.5))
    return multiply(multiply(root, 0.5), root)


@factors(lambda y, x: rsqrt(x * x + 1))
def asinh(x: Any, /) -> Array:
    """The number whose hyperbolic sine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.asinh(a)
    size = size_of(a)
    large = greater(size, _square_overwhelms(a))
    # The branch that is not taken gets a number that it has a derivative at.
    near = where(large, 0, size)
    square = multiply(near, near)
    small = log1p(add(near, divide(square, add(sqrt(add(square, 1)), 1))))
    return rounded(with_sign_of(where(large, _log_of_double(where(large, size, 1)), small), a))


@factors(lambda y, x: rsqrt((x - 1) * (x + 1)))
def acosh(x: Any, /) -> Array:
    """The number whose hyperbolic cosine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.acosh(a)
    large = greater(a, _square_overwhelms(a))
    t = subtract(where(large, 1.5, a), 1)
    small = log1p(add(t, multiply(sqrt(t), sqrt(add(t, 2)))))
    found = where(large, _log_of_double(where(large, a, 1)), small)
    return rounded(where(less(a, 1), filled(a, np.nan), found))


def _square_overwhelms(x: Array) -> float:
    """From where on one more or less does not change the square."""
    return 2.0 / math.sqrt(float(limits(x.dtype).eps))


def _log_of_double(x: Array) -> Array:
    return add(log(x), math.log(2.0))


@factors(lambda y, x: 1 / (1 - x * x))
def atanh(x: Any, /) -> Array:
    """The number whose hyperbolic tangent is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.atanh(a)
    return rounded(multiply(subtract(log1p(a), log1p(negative(a))), 0.5))


def tan(x: Any, /) -> Array:
    """Tangent."""
    a, rounded = _widened(x)
    if _is_complex(a):
        return complex_functions.tan(a)
    return rounded(divide(sin(a), cos(a)))


def hypot(x1: Any, x2: Any, /) -> Array:
    """The length of the vector (x1, x2), which overflows only where it is too long itself."""
    (a, b), _ = promoted_to_inexact(x1, x2)
    if a.dtype.kind == "c":
        raise ValueError(f"hypot takes real numbers, got {a.dtype}: use abs() of complex ones")
    a, b = abs(a), abs(b)
    big, small = maximum(a, b), minimum(a, b)
    ratio = divide(small, where(equal(big, 0), filled(big, 1), big))
    found = multiply(big, sqrt(add(multiply(ratio, ratio), 1)))
    infinite = logical_or(isinf(a), isinf(b))
    return where(infinite, filled(found, np.inf), found)


arcsin, arccos, arctan = asin, acos, atan
arcsinh, arccosh, arctanh = asinh, acosh, atanh

__all__ = [
    "acos", "acosh", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "asin", "asinh", "atan", "atanh",
    "cosh", "hypot", "sinh", "tan",
]  # fmt: skip

composites(globals(), __all__)
