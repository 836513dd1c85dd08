"""Complex functions as real ones of the parts: exponentials, logarithms, powers, trigonometry.

Infinite parts, NaN and signed zeros are those of Annex G of the C standard.
"""

from __future__ import annotations

from irc.dialects import math
from irc.ir.value import Value
from irc.lowering.complex_arithmetic import (
    INFINITY,
    NAN,
    Parts,
    add,
    angle,
    as_float,
    call,
    div,
    doubles,
    either_infinite,
    in_order,
    is_finite,
    is_infinite,
    is_special,
    is_zero,
    mul,
    quotient_of_sizes,
    sqrt,
)
from irc.lowering.math_emitter import Emitter

STEP = {True: (64.0, 6235149080811616882909238708.928), False: (512.0, 2.2844135865397565e222)}
"""For floats and doubles: a number from which on exponentials are taken in two steps, and its exponential."""

SATURATED = {True: 11.0, False: 22.0}
"""For floats and doubles: from here on tanh rounds to 1."""


def _steps(e: Emitter, x: Value) -> tuple[Value, Value, Value]:
    """Whether `x` is large, what is left of it, and the factor that makes up for that in exponentials."""
    step, factor = STEP[e.is_f32]
    large = e.compare("ogt", x, step)
    return large, e.select(large, e.sub(x, step), x), e.select(large, factor, 1.0)


# -- exponentials ----------------------------------------------------------------------------------------------------


def exp(e: Emitter, z: Parts) -> Parts:
    x, y = z
    _, rest, factor = _steps(e, x)
    size = call(e, math.Exp, rest)
    re = e.mul(e.mul(call(e, math.Cos, y), factor), size)
    im = e.mul(e.mul(call(e, math.Sin, y), factor), size)
    # An infinite x decides about the size where y has no direction.
    sized = e.both(is_infinite(e, x), is_special(e, y))
    left = e.both(sized, e.compare("olt", x, 0.0))
    im = e.select(left, e.copysign(e.value(0.0), y), im)
    return e.select(sized, size, re), e.select(is_zero(e, y), y, im)


def expm1(e: Emitter, z: Parts) -> Parts:
    """Near zero the real part is expm1(x) cos(y) - 2 sin²(y/2)."""
    x, y = z
    re, im = exp(e, z)
    half = call(e, math.Sin, e.mul(y, 0.5))
    precise = e.sub(e.mul(call(e, math.ExpM1, x), call(e, math.Cos, y)), e.mul(e.mul(half, half), 2.0))
    near = e.both(e.compare("olt", e.abs(x), 1.0), is_finite(e, y))
    return e.select(near, precise, e.sub(re, 1.0)), im


def _log_size(e: Emitter, z: Parts) -> Value:
    """log|z| = log(m) + log1p((n/m)²) / 2 for the parts' sizes m and n, where nothing overflows.

    Close to the unit circle the sum would cancel: there it is log1p(m² + n² - 1) / 2, with the squares' rounding errors
    added at the end.
    """
    m, n = in_order(e, z)
    m2, n2 = e.mul(m, m), e.mul(n, n)
    errors = e.add(e.fma(m, m, e.neg(m2)), e.fma(n, n, e.neg(n2)))
    near = e.both(e.compare("olt", m, 1.0), e.compare("ogt", e.add(m2, n2), 0.5))
    ratio = quotient_of_sizes(e, m, n)
    inside = e.select(near, e.add(e.add(e.sub(m2, 1.0), n2), errors), e.mul(ratio, ratio))
    outside = e.select(near, 0.0, call(e, math.Log, m))
    found = e.add(outside, e.mul(call(e, math.Log1p, inside), 0.5))
    return e.select(either_infinite(e, z), INFINITY, found)


def log(e: Emitter, z: Parts) -> Parts:
    return _log_size(e, z), angle(e, z)


def log1p(e: Emitter, z: Parts) -> Parts:
    """Near zero |1 + z|² is 1 + x (2 + x) + y²."""
    x, y = z
    moved = e.add(x, 1.0), y
    near = e.both(e.compare("olt", e.abs(x), 0.5), e.compare("olt", e.abs(y), 0.5))
    precise = call(e, math.Log1p, e.fma(x, e.add(x, 2.0), e.mul(y, y)))
    return e.select(near, e.mul(precise, 0.5), _log_size(e, moved)), angle(e, moved)


def pow(e: Emitter, z: Parts, w: Parts) -> Parts:
    """exp(w log(z)), of floats in doubles, which have the digits that a large exponent takes away."""
    if e.is_f32:
        d, (x, y, u, v) = doubles(e, *z, *w)
        re, im = pow(d, (x, y), (u, v))
        return as_float(e, re), as_float(e, im)
    re, im = exp(e, mul(e, w, log(e, z)))
    nothing = e.both(is_zero(e, z[0]), is_zero(e, z[1]))
    zero = e.both(nothing, e.compare("ogt", w[0], 0.0))
    one = e.both(is_zero(e, w[0]), is_zero(e, w[1]))

    def known(unit: float, part: Value) -> Value:
        return e.select(one, unit, e.select(zero, 0.0, e.select(nothing, NAN, part)))

    return known(1.0, re), known(0.0, im)


# -- trigonometry ----------------------------------------------------------------------------------------------------


def _hyperbolic(e: Emitter, a: Value) -> tuple[Value, Value, Value]:
    """sinh and cosh of a number that is not negative, and a factor that both lack where they are large."""
    large, rest, factor = _steps(e, a)
    less = call(e, math.ExpM1, rest)
    whole = e.add(less, 1.0)
    half = e.mul(whole, 0.5)
    sinh = e.mul(e.add(less, e.div(less, whole)), 0.5)
    cosh = e.mul(e.add(whole, e.div(1.0, whole)), 0.5)
    return e.select(large, half, sinh), e.select(large, half, cosh), factor


def sin(e: Emitter, z: Parts) -> Parts:
    """sin(x) cosh(y) + i cos(x) sinh(y)."""
    x, y = z
    sinh, cosh, factor = _hyperbolic(e, e.abs(y))
    re = e.mul(e.mul(call(e, math.Sin, x), factor), cosh)
    im = e.mul(e.mul(call(e, math.Cos, x), factor), e.copysign(sinh, y))
    # Where x has no direction, zeros and infinities of y stay.
    kept = e.both(is_special(e, x), e.either(is_zero(e, y), is_infinite(e, y)))
    return e.select(is_zero(e, x), x, re), e.select(kept, y, im)


def cos(e: Emitter, z: Parts) -> Parts:
    """cos(x) cosh(y) - i sin(x) sinh(y)."""
    x, y = z
    sinh, cosh, factor = _hyperbolic(e, e.abs(y))
    re = e.mul(e.mul(call(e, math.Cos, x), factor), cosh)
    im = e.neg(e.mul(e.mul(call(e, math.Sin, x), factor), e.copysign(sinh, y)))
    undirected = is_special(e, x)
    re = e.select(e.both(undirected, is_infinite(e, y)), INFINITY, re)
    im = e.select(e.both(undirected, is_zero(e, y)), 0.0, im)
    flat = e.neg(e.mul(x, e.copysign(e.value(1.0), y)))
    return re, e.select(is_zero(e, x), flat, im)


def tanh(e: Emitter, z: Parts) -> Parts:
    """(sinh(x) cosh(x) + i sin(y) cos(y)) / (sinh²(x) + cos²(y)), and what that tends to for large x."""
    x, y = z
    a = e.abs(x)
    bound = SATURATED[e.is_f32]
    large = e.compare("ogt", a, bound)
    less = call(e, math.ExpM1, e.at_most(a, bound))
    whole = e.add(less, 1.0)
    sinh = e.mul(e.add(less, e.div(less, whole)), 0.5)
    cosh = e.mul(e.add(whole, e.div(1.0, whole)), 0.5)
    cosine = call(e, math.Cos, y)
    product = e.mul(call(e, math.Sin, y), cosine)
    by = e.fma(sinh, sinh, e.mul(cosine, cosine))
    fading = e.mul(e.mul(product, 4.0), call(e, math.Exp, e.mul(a, -2.0)))
    re = e.select(large, 1.0, e.div(e.mul(sinh, cosh), by))
    im = e.select(large, fading, e.div(product, by))
    undirected = is_special(e, y)
    infinite = is_infinite(e, x)
    re = e.select(e.both(undirected, e.compare("olt", a, INFINITY)), NAN, re)
    im = e.select(e.both(undirected, infinite), e.copysign(e.value(0.0), y), im)
    return e.select(is_zero(e, x), x, e.copysign(re, x)), e.select(is_zero(e, y), y, im)


def tan(e: Emitter, z: Parts) -> Parts:
    """-i tanh(iz)."""
    re, im = tanh(e, (e.neg(z[1]), z[0]))
    return im, e.neg(re)


def atan2(e: Emitter, y: Parts, x: Parts) -> Parts:
    """-i log((x + iy) / sqrt(x² + y²))."""
    point = add(e, x, mul(e, (e.value(0.0), e.value(1.0)), y))
    size = sqrt(e, add(e, mul(e, x, x), mul(e, y, y)))
    return mul(e, (e.value(-0.0), e.value(-1.0)), log(e, div(e, point, size)))
