"""Further functions of single elements."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.numpy.arguments import no_out
from irc.numpy.bits import bitwise_and, bitwise_or, bitwise_right_shift, integer_like
from irc.numpy.complexes import complex_of, parts
from irc.numpy.ufuncs.arithmetic import add, divide, multiply, power, subtract  # fmt: skip
from irc.numpy.ufuncs.division import floor_divide, remainder  # fmt: skip
from irc.numpy.ufuncs.exponentials import exp, exp2, log, log1p, sqrt  # fmt: skip
from irc.numpy.ufuncs.kinds import isinf, isnan  # fmt: skip
from irc.numpy.ufuncs.operands import filled, inexact, promoted_to_inexact  # fmt: skip
from irc.numpy.ufuncs.orders import greater, greater_equal, less  # fmt: skip
from irc.numpy.ufuncs.rounding import trunc  # fmt: skip
from irc.numpy.ufuncs.signs import abs, negative, size_of, with_sign_of, with_zeros_like  # fmt: skip
from irc.numpy.ufuncs.truth import equal, logical_and, logical_not, logical_or, where  # fmt: skip
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.custom import stop_gradient
from irc.tracing.dtypes import is_integer, limits
from irc.tracing.elementwise import bitcast, cast, promoted
from irc.tracing.formulas import factors
from irc.tracing.given import differentiated


def _share(y: Any, x: Any) -> Array:
    """exp(x - y), where y is at least x: 1 where both are infinite."""
    return exp(where(equal(x, y), 0, subtract(x, y)))


@factors(lambda y, a, b: _share(y, a), lambda y, a, b: _share(y, b))
def logaddexp(x1: Any, x2: Any, /) -> Array:
    """log(exp(x1) + exp(x2)), without overflow."""
    (a, b), _ = promoted_to_inexact(x1, x2)
    more, distance = _apart(a, b)
    found = where(isnan(distance), add(a, b), add(more, log1p(exp(distance))))
    if found.dtype.kind != "c":
        return found
    # The angle of a logarithm lies within half a turn of zero.
    re, im = parts(found)
    turned = subtract(remainder(add(im, math.pi), 2 * math.pi), math.pi)
    return complex_of(re, where(less(math.pi, abs(im)), turned, im))


def _apart(a: Array, b: Array) -> tuple[Array, Array]:
    """The larger one, and how far the other one is below: not a number for equal infinities."""
    first = greater_equal(a, b)
    more, less_ = where(first, a, b), where(first, b, a)
    return more, subtract(less_, more)


@factors(lambda y, a, b: exp2(where(equal(a, y), 0, a - y)), lambda y, a, b: exp2(where(equal(b, y), 0, b - y)))
def logaddexp2(x1: Any, x2: Any, /) -> Array:
    """log2(2**x1 + 2**x2), without overflow."""
    (a, b), _ = promoted_to_inexact(x1, x2)
    more, distance = _apart(a, b)
    return where(isnan(distance), add(a, b), add(more, divide(log1p(exp2(distance)), math.log(2.0))))


def deg2rad(x: Any, /) -> Array:
    """Degrees as radians."""
    return multiply(inexact(x), math.pi / 180)


def rad2deg(x: Any, /) -> Array:
    """Radians as degrees."""
    return multiply(inexact(x), 180 / math.pi)


radians, degrees = deg2rad, rad2deg


@factors(lambda y, x: 1 / (3 * (y * y)))
def cbrt(x: Any, /) -> Array:
    """The real cube root: a power, corrected by a step of Newton's."""
    given = inexact(x)
    array = cast(given, np.dtype(np.float32), given.weak_type) if given.dtype.itemsize < 4 else given
    size = size_of(array)
    special = logical_or(equal(size, 0), logical_or(isinf(size), isnan(size)))
    # The branch that is not taken gets a number that it has a derivative at.
    safe = where(special, 1, size)
    guess = exp(divide(log(safe), 3))
    better = subtract(guess, divide(subtract(guess, divide(divide(safe, guess), guess)), 3))
    # The square root is the number itself there, and as steep.
    found = where(special, sqrt(where(special, size, 1)), better)
    return cast(with_sign_of(found, array), given.dtype, given.weak_type)


def fmax(x1: Any, x2: Any) -> Array:
    """The larger one; that which is not NaN."""
    (a, b), _ = promoted(x1, x2)
    return where(logical_or(greater(a, b), isnan(b)), a, b)


def fmin(x1: Any, x2: Any) -> Array:
    """The smaller one; that which is not NaN."""
    (a, b), _ = promoted(x1, x2)
    return where(logical_or(less(a, b), isnan(b)), a, b)


def float_power(x1: Any, x2: Any, /) -> Array:
    """x1 to the power of x2, as floats."""
    (a, b), _ = promoted_to_inexact(x1, x2)
    return power(a, b)


def isposinf(x: Any, /, out: None = None) -> Array:
    """Whether it is infinity."""
    no_out(out, "isposinf")
    return equal(x, math.inf)


def isneginf(x: Any, /, out: None = None) -> Array:
    """Whether it is minus infinity."""
    no_out(out, "isneginf")
    return equal(x, -math.inf)


def modf(x: Any, /, out: None = None) -> tuple[Array, Array]:
    """The part behind the point and the whole part, both with the sign of x."""
    no_out(out, "modf")
    array = inexact(x)
    whole = trunc(array)
    rest = where(isinf(array), filled(array, 0), subtract(array, whole))
    return _with_sign(rest, array), whole


@factors(lambda y, a, b: 1, None)
def _with_sign(x1: Any, x2: Any, /) -> Array:
    """Numbers whose signs agree but for that of zero, which gets that of x2."""
    return with_zeros_like(x1, x2)


def _exponent_parts(x: Array) -> tuple[int, int]:
    """The number of stored bits of the significand, and the bias of the exponent."""
    info = limits(x.dtype)
    return int(info.nmant), 1 - int(info.minexp)


def frexp(x: Any, /) -> tuple[Array, Array]:
    """The significand, between 1/2 and 1, and the exponent of two."""
    array = inexact(x)
    if differentiated():
        # In steps: a power of two may be too small a number.
        exponent = _frexp(stop_gradient(array))[1]
        return ldexp(array, negative(exponent)), exponent
    fraction, exponent = _frexp(array)
    return cast(fraction, array.dtype), exponent


def _frexp(array: Array) -> tuple[Array, Array]:
    if array.dtype.itemsize < 4:
        array = cast(array, np.dtype(np.float32))
    nmant, bias = _exponent_parts(array)
    subnormal = logical_and(
        logical_not(equal(array, 0)), _below(abs(array), float(limits(array.dtype).smallest_normal))
    )
    scaled = where(subnormal, multiply(array, 2.0 ** (nmant + 2)), array)
    bits = bitcast(scaled, integer_like(array.dtype))
    mask = (1 << (array.dtype.itemsize * 8 - 1 - nmant)) - 1
    stored = bitwise_and(bitwise_right_shift(bits, nmant), mask)
    exponent = subtract(stored, bias - 1)
    exponent = where(subnormal, subtract(exponent, nmant + 2), exponent)
    fraction = bitcast(_with_exponent(bits, bias - 1, nmant, mask), array.dtype)
    special = logical_or(equal(array, 0), equal(stored, mask))
    return where(special, array, fraction), cast(where(special, filled(exponent, 0), exponent), np.dtype(np.int32))


def _below(x: Array, bound: float) -> Array:
    from irc.numpy.ufuncs.orders import less  # noqa: PLC0415

    return less(x, bound)


def _with_exponent(bits: Array, exponent: int, nmant: int, mask: int) -> Array:
    width = bits.dtype.itemsize * 8
    kept = ~(mask << nmant) & ((1 << width) - 1)
    kept = kept - (1 << width) if kept >> (width - 1) else kept
    return bitwise_or(bitwise_and(bits, filled(bits, kept)), filled(bits, exponent << nmant))


def ldexp(x1: Any, x2: Any, /) -> Array:
    """x1 times two to the power of x2, in two steps, so that neither overflows alone."""
    array, exponent = inexact(x1), as_array(x2)
    half = floor_divide(exponent, 2)
    first = exp2(cast(half, array.dtype))
    second = exp2(cast(subtract(exponent, half), array.dtype))
    return multiply(multiply(array, first), second)


def gcd(x1: Any, x2: Any) -> Array:
    """The greatest common divisor."""
    (a, b), _ = promoted(x1, x2)
    if not is_integer(a.dtype):
        raise TypeError(f"gcd is a function of integers, got {a.dtype}")
    a, b = abs(a), abs(b)
    # Euclid's steps at least halve the product of the numbers every other time.
    for _ in range(int(1.45 * a.dtype.itemsize * 8) + 2):
        ended = equal(b, 0)
        rest = remainder(a, where(ended, filled(b, 1), b))
        a, b = where(ended, a, b), where(ended, b, rest)
    return a


def lcm(x1: Any, x2: Any) -> Array:
    """The least common multiple."""
    (a, b), _ = promoted(x1, x2)
    divisor = gcd(a, b)
    whole = floor_divide(abs(a), where(equal(divisor, 0), filled(divisor, 1), divisor))
    return multiply(whole, abs(b))


def spacing(x: Any, /) -> Array:
    """The distance to the next float away from zero, with the sign of the number."""
    from irc.numpy.bits import nextafter  # noqa: PLC0415

    array = inexact(x)
    size = abs(array)
    found = subtract(nextafter(size, filled(size, math.inf)), size)
    return where(less(array, 0), negative(found), found)


def divmod(x1: Any, x2: Any, /) -> tuple[Array, Array]:
    """`floor_divide` and `remainder`."""
    return floor_divide(x1, x2), remainder(x1, x2)


true_divide, fix = divide, trunc

__all__ = [
    "cbrt", "deg2rad", "degrees", "divmod", "fix", "float_power", "fmax", "fmin", "frexp", "gcd", "isneginf",
    "isposinf", "lcm", "ldexp", "logaddexp", "logaddexp2", "modf", "rad2deg", "radians", "spacing", "true_divide",
]  # fmt: skip

composites(globals(), __all__)
