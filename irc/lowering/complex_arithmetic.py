"""Complex arithmetic on parts: sums, products, quotients, absolute values, square roots.

What may overflow on the way to a result that does not is scaled. Branches are selections, so that loops around them stay
straight.
"""

from __future__ import annotations

from typing import Any

from irc.dialects import arith, math
from irc.ir.types import f32, f64
from irc.ir.value import Value
from irc.lowering.math_emitter import Emitter, Number

Parts = tuple[Value, Value]
"""The real and the imaginary part of a number."""

INFINITY, NAN = float("inf"), float("nan")


# -- real numbers ----------------------------------------------------------------------------------------------------


def call(e: Emitter, cls: Any, *operands: Value) -> Value:
    """A function of `math` on real numbers."""
    result: Value = e.b.insert(cls(*operands)).result
    return result


def is_infinite(e: Emitter, x: Value) -> Value:
    return e.compare("oeq", e.abs(x), INFINITY)


def is_finite(e: Emitter, x: Value) -> Value:
    return e.compare("olt", e.abs(x), INFINITY)


def is_special(e: Emitter, x: Value) -> Value:
    """Whether `x` is infinite or NaN."""
    return e.compare("uge", e.abs(x), INFINITY)


def is_zero(e: Emitter, x: Value) -> Value:
    return e.compare("oeq", x, 0.0)


def doubles(e: Emitter, *numbers: Value) -> tuple[Emitter, list[Value]]:
    """Floats as doubles, where products neither overflow nor lose digits."""
    return Emitter(e.b, f64), [e.b.insert(arith.ExtF(x, result_types=[f64])).result for x in numbers]


def as_float(e: Emitter, x: Value) -> Value:
    """A double rounded to a float."""
    return e.b.insert(arith.TruncF(x, result_types=[f32])).result


# -- arithmetic ------------------------------------------------------------------------------------------------------


def add(e: Emitter, z: Parts, w: Parts) -> Parts:
    return e.add(z[0], w[0]), e.add(z[1], w[1])


def sub(e: Emitter, z: Parts, w: Parts) -> Parts:
    return e.sub(z[0], w[0]), e.sub(z[1], w[1])


def mul(e: Emitter, z: Parts, w: Parts) -> Parts:
    """The textbook's: some products with infinite parts are NaN."""
    re = e.sub(e.mul(z[0], w[0]), e.mul(z[1], w[1]))
    return re, e.add(e.mul(z[0], w[1]), e.mul(z[1], w[0]))


def div(e: Emitter, z: Parts, w: Parts) -> Parts:
    """Smith's method ("Algorithm 116: Complex division", 1962), in which no square overflows.

    Each part is divided by zero as by its real part. Where both parts are NaN, infinities have the say, as in Annex G of C: a
    quotient by an infinite number is zero, one of an infinite number is infinite.
    """
    first = e.compare("oge", e.abs(w[0]), e.abs(w[1]))
    by, other = e.select(first, w[0], w[1]), e.select(first, w[1], w[0])
    ratio = e.div(other, by)
    scale = e.div(1.0, e.add(by, e.mul(other, ratio)))
    p, q = e.select(first, z[0], z[1]), e.select(first, z[1], z[0])
    rotated = e.mul(p, ratio)
    re = e.mul(e.add(p, e.mul(q, ratio)), scale)
    im = e.mul(e.select(first, e.sub(q, rotated), e.sub(rotated, q)), scale)
    zero = e.both(is_zero(e, w[0]), is_zero(e, w[1]))
    re, im = e.select(zero, e.div(z[0], w[0]), re), e.select(zero, e.div(z[1], w[0]), im)
    above = e.both(either_infinite(e, z), e.both(is_finite(e, w[0]), is_finite(e, w[1])))
    below = e.both(either_infinite(e, w), e.both(is_finite(e, z[0]), is_finite(e, z[1])))
    lost = e.both(e.compare("uno", re, re), e.compare("uno", im, im))
    a, b = (e.select(above, _direction(e, x), x) for x in z)
    c, d = (e.select(below, _direction(e, x), x) for x in w)
    size = e.select(above, e.value(INFINITY), e.value(0.0))
    limit = (
        e.mul(size, e.add(e.mul(a, c), e.mul(b, d))),
        e.mul(size, e.sub(e.mul(b, c), e.mul(a, d))),
    )
    decided = e.both(lost, e.either(above, below))
    return e.select(decided, limit[0], re), e.select(decided, limit[1], im)


def _direction(e: Emitter, x: Value) -> Value:
    """One for an infinity and zero for others, with the sign."""
    return e.copysign(e.select(is_infinite(e, x), 1.0, 0.0), x)


def neg(e: Emitter, z: Parts) -> Parts:
    return e.neg(z[0]), e.neg(z[1])


def conj(e: Emitter, z: Parts) -> Parts:
    return z[0], e.neg(z[1])


def eq(e: Emitter, z: Parts, w: Parts) -> Value:
    return e.both(e.compare("oeq", z[0], w[0]), e.compare("oeq", z[1], w[1]))


def neq(e: Emitter, z: Parts, w: Parts) -> Value:
    return e.either(e.compare("une", z[0], w[0]), e.compare("une", z[1], w[1]))


# -- sizes and roots -------------------------------------------------------------------------------------------------


def in_order(e: Emitter, z: Parts) -> Parts:
    """The absolute values of the parts, the greater one first."""
    x, y = e.abs(z[0]), e.abs(z[1])
    first = e.compare("oge", x, y)
    return e.select(first, x, y), e.select(first, y, x)


def quotient_of_sizes(e: Emitter, greater: Value, smaller: Value) -> Value:
    """smaller / greater, 0 where both are; NaN where one is."""
    return e.select(is_zero(e, e.add(greater, smaller)), 0.0, e.div(smaller, greater))


def either_infinite(e: Emitter, z: Parts) -> Value:
    return e.either(is_infinite(e, z[0]), is_infinite(e, z[1]))


def abs_(e: Emitter, z: Parts) -> Value:
    """C's `hypot`: infinite where a part is, even if the other is NaN."""
    if e.is_f32:
        w, (x, y) = doubles(e, *z)
        return as_float(e, _root_of_squares(w, (x, y)))
    greater, smaller = in_order(e, z)
    ratio = quotient_of_sizes(e, greater, smaller)
    size = e.mul(greater, call(e, math.Sqrt, e.fma(ratio, ratio, 1.0)))
    return e.select(either_infinite(e, z), INFINITY, size)


def _root_of_squares(e: Emitter, z: Parts) -> Value:
    """The absolute value of a number whose squares are in range."""
    size = call(e, math.Sqrt, e.fma(z[0], z[0], e.mul(z[1], z[1])))
    return e.select(either_infinite(e, z), INFINITY, size)


def angle(e: Emitter, z: Parts) -> Value:
    return call(e, math.Atan2, z[1], z[0])


def sign(e: Emitter, z: Parts) -> Parts:
    size = abs_(e, z)
    by = e.select(is_zero(e, size), 1.0, size)
    return e.div(z[0], by), e.div(z[1], by)


def sqrt(e: Emitter, z: Parts) -> Parts:
    """With t = sqrt((|x| + |z|) / 2), the parts are t and y / 2t, in the other order left of zero."""
    if e.is_f32:
        w, (x, y) = doubles(e, *z)
        re, im = _sqrt(w, (x, y), _root_of_squares(w, (x, y)))
        return as_float(e, re), as_float(e, im)
    greater, _ = in_order(e, z)
    large, small = e.compare("ogt", greater, 2.0**1020), e.compare("olt", greater, 2.0**-960)

    def scale(up: Number, down: Number) -> Value:
        return e.select(large, down, e.select(small, up, 1.0))

    by = scale(2.0**104, 0.25)
    scaled = e.mul(z[0], by), e.mul(z[1], by)
    re, im = _sqrt(e, scaled, abs_(e, scaled))
    back = scale(2.0**-52, 2.0)
    return e.mul(re, back), e.mul(im, back)


def _sqrt(e: Emitter, z: Parts, size: Value) -> Parts:
    x, y = z
    along = call(e, math.Sqrt, e.mul(e.add(e.abs(x), size), 0.5))
    across = e.div(e.abs(y), e.add(along, along))
    right = e.compare("oge", x, 0.0)
    re, im = e.select(right, along, across), e.select(right, across, along)
    zero, infinite = is_zero(e, size), is_infinite(e, y)
    re = e.select(zero, 0.0, e.select(infinite, INFINITY, re))
    return re, e.select(e.either(zero, infinite), y, e.copysign(im, y))


def rsqrt(e: Emitter, z: Parts) -> Parts:
    return div(e, (e.value(1.0), e.value(0.0)), sqrt(e, z))
