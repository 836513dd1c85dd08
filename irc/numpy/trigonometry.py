"""Inverse and hyperbolic functions, composed so that they are accurate and keep signs of zero and infinities.

The complex ones are Kahan's ("Branch Cuts for Complex Elementary Functions", 1987).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.numpy.complexes import complex_of, parts
from irc.numpy.ufuncs import (
    abs,
    add,
    atan2,
    copysign,
    cos,
    divide,
    equal,
    exp,
    expm1,
    filled,
    greater,
    inexact,
    isinf,
    less,
    log,
    log1p,
    logical_or,
    maximum,
    minimum,
    multiply,
    negative,
    sin,
    sqrt,
    subtract,
    tanh,
    where,
)  # fmt: skip
from irc.tracing.array import Array
from irc.tracing.dtypes import kind_of, limits
from irc.tracing.elementwise import cast, promoted


def _is_complex(x: Array) -> bool:
    return x.dtype.kind == "c"


def _widened(x: Any) -> tuple[Array, Any]:
    """`x` as floats of at least 32 bits, and what rounds a result to its own dtype."""
    array = inexact(x)
    weak = array.weak_type
    if kind_of(array.dtype) == "f" and array.dtype.itemsize < 4:
        return cast(array, np.dtype(np.float32), weak), lambda found: cast(found, array.dtype, weak)
    return array, lambda found: found


def asin(x: Any, /) -> Array:
    """The angle whose sine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        left, right = sqrt(subtract(1, a)), sqrt(add(1, a))
        real = atan2(parts(a)[0], _real_of_product(left, right))
        return complex_of(real, asinh(_imag_of_product(left, right)))
    return rounded(atan2(a, sqrt(multiply(subtract(1, a), add(1, a)))))


def acos(x: Any, /) -> Array:
    """The angle whose cosine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        left, right = sqrt(subtract(1, a)), sqrt(add(1, a))
        real = multiply(atan2(parts(left)[0], parts(right)[0]), 2)
        return complex_of(real, asinh(_imag_of_product(right, left)))
    return rounded(multiply(atan2(sqrt(subtract(1, a)), sqrt(add(1, a))), 2))


def atan(x: Any, /) -> Array:
    """The angle whose tangent is x."""
    a = inexact(x)
    if _is_complex(a):
        real, imag = parts(a)
        real, imag = parts(atanh(complex_of(negative(imag), real)))
        return complex_of(imag, negative(real))
    return atan2(a, filled(a, 1))


def _real_of_product(x: Array, y: Array) -> Array:
    (a, b), (c, d) = parts(x), parts(y)
    return subtract(multiply(a, c), multiply(b, d))


def _imag_of_product(x: Array, y: Array) -> Array:
    """The imaginary part of conj(x) * y."""
    (a, b), (c, d) = parts(x), parts(y)
    return subtract(multiply(a, d), multiply(b, c))


def sinh(x: Any, /) -> Array:
    """Hyperbolic sine."""
    a, rounded = _widened(x)
    if _is_complex(a):
        real, imag = parts(a)
        return complex_of(multiply(sinh(real), cos(imag)), multiply(cosh(real), sin(imag)))
    size = abs(a)
    e = expm1(size)
    small = multiply(add(e, divide(e, add(e, 1))), 0.5)
    found = where(greater(size, _nearly_too_large(a)), _half_exp(size), small)
    return rounded(copysign(found, a))


def cosh(x: Any, /) -> Array:
    """Hyperbolic cosine."""
    a, rounded = _widened(x)
    if _is_complex(a):
        real, imag = parts(a)
        return complex_of(multiply(cosh(real), cos(imag)), multiply(sinh(real), sin(imag)))
    size = abs(a)
    e = multiply(exp(size), 0.5)
    found = add(e, divide(0.25, e))
    return rounded(where(greater(size, _nearly_too_large(a)), _half_exp(size), found))


def _nearly_too_large(x: Array) -> float:
    """From where on the exponential function may be infinite though half of it is not."""
    return math.log(float(limits(x.dtype).max)) * 0.9


def _half_exp(x: Array) -> Array:
    root = exp(multiply(x, 0.5))
    return multiply(multiply(root, 0.5), root)


def asinh(x: Any, /) -> Array:
    """The number whose hyperbolic sine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        real, imag = parts(a)
        real, imag = parts(asin(complex_of(negative(imag), real)))
        return complex_of(imag, negative(real))
    size = abs(a)
    square = multiply(size, size)
    small = log1p(add(size, divide(square, add(sqrt(add(square, 1)), 1))))
    return rounded(copysign(where(greater(size, _square_overwhelms(a)), _log_of_double(size), small), a))


def acosh(x: Any, /) -> Array:
    """The number whose hyperbolic cosine is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        left, right = sqrt(subtract(a, 1)), sqrt(add(a, 1))
        real = asinh(_real_of_product(complex_of(parts(left)[0], negative(parts(left)[1])), right))
        return complex_of(real, multiply(atan2(parts(left)[1], parts(right)[0]), 2))
    t = subtract(a, 1)
    small = log1p(add(t, sqrt(add(multiply(t, t), multiply(t, 2)))))
    found = where(greater(a, _square_overwhelms(a)), _log_of_double(a), small)
    return rounded(where(less(a, 1), filled(a, np.nan), found))


def _square_overwhelms(x: Array) -> float:
    """From where on one more or less does not change the square."""
    return 2.0 / math.sqrt(float(limits(x.dtype).eps))


def _log_of_double(x: Array) -> Array:
    return add(log(x), math.log(2.0))


def atanh(x: Any, /) -> Array:
    """The number whose hyperbolic tangent is x."""
    a, rounded = _widened(x)
    if _is_complex(a):
        real, imag = parts(a)
        to_one = subtract(1, real)
        distance = add(multiply(to_one, to_one), multiply(imag, imag))
        grown = multiply(log1p(divide(multiply(real, 4), distance)), 0.25)
        around = subtract(multiply(to_one, add(1, real)), multiply(imag, imag))
        angle = multiply(atan2(multiply(imag, 2), around), 0.5)
        return complex_of(grown, angle)
    return rounded(multiply(subtract(log1p(a), log1p(negative(a))), 0.5))


def tan(x: Any, /) -> Array:
    """Tangent."""
    a, rounded = _widened(x)
    if _is_complex(a):
        real, imag = parts(a)
        real, imag = parts(tanh(complex_of(negative(imag), real)))
        return complex_of(imag, negative(real))
    return rounded(divide(sin(a), cos(a)))


def hypot(x1: Any, x2: Any, /) -> Array:
    """The length of the vector (x1, x2), which overflows only where it is too long itself."""
    (a, b), _ = promoted(inexact(x1), inexact(x2))
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
