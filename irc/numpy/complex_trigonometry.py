"""Inverse and hyperbolic functions of complex numbers.

The inverse ones are Kahan's ("Branch Cuts for Complex Elementary Functions", 1987). What infinities and NaN give is what the
Array API standard says, which is what C says.
"""

from __future__ import annotations

import math

import numpy as np

from irc.numpy.complexes import complex_of, parts
from irc.numpy.ufuncs.arithmetic import add, divide, multiply, subtract  # fmt: skip
from irc.numpy.ufuncs.circular import atan2, cos, sin  # fmt: skip
from irc.numpy.ufuncs.exponentials import log, log1p, sqrt  # fmt: skip
from irc.numpy.ufuncs.kinds import isinf, isnan  # fmt: skip
from irc.numpy.ufuncs.operands import filled  # fmt: skip
from irc.numpy.ufuncs.orders import less, maximum  # fmt: skip
from irc.numpy.ufuncs.signs import abs, copysign, negative  # fmt: skip
from irc.numpy.ufuncs.truth import equal, logical_and, logical_or, where  # fmt: skip
from irc.tracing.array import Array
from irc.tracing.dtypes import limits


def _roots(x: Array, y: Array) -> tuple[Array, Array]:
    """The square roots of 1 - z and 1 + z; the imaginary parts keep the sign of zero."""
    return sqrt(complex_of(subtract(1, x), negative(y))), sqrt(complex_of(add(1, x), y))


def _crossed(x: Array, y: Array) -> Array:
    """The imaginary part of conj(x) * y."""
    (a, b), (c, d) = parts(x), parts(y)
    return subtract(multiply(a, d), multiply(b, c))


def _straight(x: Array, y: Array) -> Array:
    """The real part of x * y."""
    (a, b), (c, d) = parts(x), parts(y)
    return subtract(multiply(a, c), multiply(b, d))


def _direction(x: Array) -> Array:
    """One for infinities and zero for numbers, with the sign."""
    found = copysign(where(isinf(x), filled(x, 1), filled(x, 0)), x)
    return where(isnan(x), x, found)


def _overwhelms(x: Array, y: Array) -> Array:
    """Whether the square of x + i y may be too large a number."""
    return less(math.sqrt(float(limits(x.dtype).max)) / 2, maximum(abs(x), abs(y)))


def _log_of_double_size(x: Array, y: Array) -> Array:
    """log(2 |x + i y|), also where that is too large a number."""
    from irc.numpy import trigonometry as real  # noqa: PLC0415

    return add(log(real.hypot(multiply(x, 0.25), multiply(y, 0.25))), 3 * math.log(2))


def acos(z: Array) -> Array:
    """The angle whose cosine is z."""
    from irc.numpy import trigonometry as real  # noqa: PLC0415 - it uses these for complex numbers

    x, y = parts(z)
    left, right = _roots(x, y)
    re = multiply(atan2(parts(left)[0], parts(right)[0]), 2)
    im = real.asinh(_crossed(right, left))
    im = where(_overwhelms(x, y), negative(copysign(_log_of_double_size(x, y), y)), im)
    infinite = logical_or(isinf(x), isinf(y))
    re = where(infinite, atan2(abs(_direction(y)), _direction(x)), re)
    im = where(infinite, negative(copysign(filled(y, np.inf), y)), im)
    re = where(logical_and(equal(x, 0), isnan(y)), filled(re, math.pi / 2), re)
    return complex_of(re, im)


def asinh(z: Array) -> Array:
    """The number whose hyperbolic sine is z."""
    from irc.numpy import trigonometry as real  # noqa: PLC0415 - it uses these for complex numbers

    x, y = parts(z)
    # i * asin(-i z)
    left, right = _roots(y, negative(x))
    im = atan2(y, _straight(left, right))
    re = negative(real.asinh(_crossed(left, right)))
    re = where(_overwhelms(x, y), copysign(_log_of_double_size(x, y), x), re)
    infinite = logical_or(isinf(x), isinf(y))
    re = where(infinite, copysign(filled(x, np.inf), x), re)
    im = where(infinite, atan2(_direction(y), abs(_direction(x))), im)
    im = where(logical_and(equal(y, 0), isnan(x)), y, im)
    return complex_of(re, im)


def asin(z: Array) -> Array:
    """The angle whose sine is z."""
    x, y = parts(z)
    re, im = parts(asinh(complex_of(negative(y), x)))
    return complex_of(im, negative(re))


def acosh(z: Array) -> Array:
    """The number whose hyperbolic cosine is z."""
    re, im = parts(acos(z))
    return complex_of(abs(im), copysign(re, parts(z)[1]))


def atanh(z: Array) -> Array:
    """The number whose hyperbolic tangent is z."""
    from irc.numpy import trigonometry as real  # noqa: PLC0415

    x, y = parts(z)
    size = abs(x)
    to_one, from_one = subtract(1, size), add(1, size)
    distance = add(multiply(to_one, to_one), multiply(y, y))
    re = multiply(log1p(divide(multiply(size, 4), distance)), 0.25)
    # Next to the poles the squares are too small to be divided by.
    near = less(distance, float(np.sqrt(float(limits(x.dtype).smallest_normal))))
    ratio = subtract(log(real.hypot(from_one, y)), log(real.hypot(to_one, y)))
    re = copysign(where(near, multiply(ratio, 0.5), re), x)
    around = subtract(multiply(to_one, from_one), multiply(y, y))
    im = multiply(atan2(multiply(y, 2), around), 0.5)
    # Far out it is 1 / z and a quarter of a turn.
    far, largest = _overwhelms(x, y), maximum(maximum(size, abs(y)), 1)
    a, b = divide(x, largest), divide(y, largest)
    re = where(far, divide(divide(a, add(multiply(a, a), multiply(b, b))), largest), re)
    im = where(far, copysign(filled(y, math.pi / 2), y), im)
    infinite = logical_or(isinf(x), isinf(y))
    re = where(logical_or(infinite, equal(x, 0)), copysign(filled(x, 0), x), re)
    im = where(infinite, where(isnan(y), y, copysign(filled(y, math.pi / 2), y)), im)
    return complex_of(re, im)


def atan(z: Array) -> Array:
    """The angle whose tangent is z."""
    x, y = parts(z)
    re, im = parts(atanh(complex_of(negative(y), x)))
    return complex_of(im, negative(re))


def _times(x: Array, y: Array) -> Array:
    """The product, which is zero where one is, also with infinities and NaN."""
    zero = logical_or(equal(x, 0), equal(y, 0))
    signed = multiply(copysign(filled(x, 0), x), copysign(filled(y, 1), y))
    return where(zero, signed, multiply(x, y))


def sinh(z: Array) -> Array:
    """Hyperbolic sine."""
    from irc.numpy import trigonometry as real  # noqa: PLC0415

    x, y = parts(z)
    re = _times(real.sinh(x), cos(y))
    re = where(logical_and(isinf(x), isnan(cos(y))), x, re)
    return complex_of(re, _times(real.cosh(x), sin(y)))


def cosh(z: Array) -> Array:
    """Hyperbolic cosine."""
    from irc.numpy import trigonometry as real  # noqa: PLC0415

    x, y = parts(z)
    re = _times(real.cosh(x), cos(y))
    re = where(logical_and(isinf(x), isnan(cos(y))), abs(x), re)
    return complex_of(re, _times(real.sinh(x), sin(y)))


def tan(z: Array) -> Array:
    """Tangent."""
    from irc.numpy.ufuncs.circular import tanh  # noqa: PLC0415

    x, y = parts(z)
    re, im = parts(tanh(complex_of(negative(y), x)))
    return complex_of(im, negative(re))
