"""Special functions that are composed of others: polynomials whose coefficients are data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.lax.elementwise import erf
from irc.numpy import ufuncs
from irc.numpy.ufuncs.operands import filled, inexact
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.elementwise import cast
from irc.tracing.formulas import factors

# M. Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011): polynomials in w - 2.5 for w < 5 and in
# sqrt(w) - 3 beyond, of w = -log(1 - x^2); in double precision three ranges.
_INVERSE_SINGLE = (
    (5.0, 2.5, (2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503,
                -0.00417768164, 0.246640727, 1.50140941)),
    (math.inf, 3.0, (-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
                     0.00943887047, 1.00167406, 2.83297682)),
)  # fmt: skip
_INVERSE_DOUBLE = (
    (6.25, 3.125, (-3.6444120640178196996e-21, -1.685059138182016589e-19, 1.2858480715256400167e-18,
                   1.115787767802518096e-17, -1.333171662854620906e-16, 2.0972767875968561637e-17,
                   6.6376381343583238325e-15, -4.0545662729752068639e-14, -8.1519341976054721522e-14,
                   2.6335093153082322977e-12, -1.2975133253453532498e-11, -5.4154120542946279317e-11,
                   1.051212273321532285e-09, -4.1126339803469836976e-09, -2.9070369957882005086e-08,
                   4.2347877827932403518e-07, -1.3654692000834678645e-06, -1.3882523362786468719e-05,
                   0.0001867342080340571352, -0.00074070253416626697512, -0.0060336708714301490533,
                   0.24015818242558961693, 1.6536545626831027356)),
    (16.0, 3.25, (2.2137376921775787049e-09, 9.0756561938885390979e-08, -2.7517406297064545428e-07,
                  1.8239629214389227755e-08, 1.5027403968909827627e-06, -4.013867526981545969e-06,
                  2.9234449089955446044e-06, 1.2475304481671778723e-05, -4.7318229009055733981e-05,
                  6.8284851459573175448e-05, 2.4031110387097893999e-05, -0.0003550375203628474796,
                  0.00095328937973738049703, -0.0016882755560235047313, 0.0024914420961078508066,
                  -0.0037512085075692412107, 0.005370914553590063617, 1.0052589676941592334,
                  3.0838856104922207635)),
    (math.inf, 5.0, (-2.7109920616438573243e-11, -2.5556418169965252055e-10, 1.5076572693500548083e-09,
                     -3.7894654401267369937e-09, 7.6157012080783393804e-09, -1.4960026627149240478e-08,
                     2.9147953450901080826e-08, -6.7711997758452339498e-08, 2.2900482228026654717e-07,
                     -9.9298272942317002539e-07, 4.5260625972231537039e-06, -1.9681778105531670567e-05,
                     7.5995277030017761139e-05, -0.00021503011930044477347, -0.00013871931833623122026,
                     1.0103004648645343977, 4.8499064014085844221)),
)  # fmt: skip


def _wide(x: Any) -> tuple[Array, Any]:
    """`x` as floats of 32 or 64 bits, and the dtype of the result."""
    array = inexact(x)
    if array.dtype.kind == "c":
        raise TypeError(f"this is a function of real numbers, got {array.dtype}")
    wide = np.dtype(np.float32) if array.dtype.itemsize < 4 else array.dtype
    return cast(array, wide, array.weak_type), array.dtype


def polynomial(x: Array, coefficients: Sequence[float]) -> Array:
    """A polynomial, the coefficient of the highest power first."""
    found = filled(x, coefficients[0])
    for each in coefficients[1:]:
        found = ufuncs.add(ufuncs.multiply(found, x), filled(x, each))
    return found


@factors(lambda y, x: ufuncs.exp(y * y) * (math.sqrt(math.pi) / 2))
def erf_inv(x: Any) -> Array:
    """The inverse of the error function: infinite at -1 and 1, NaN beyond."""
    array, dtype = _wide(x)
    w = ufuncs.negative(ufuncs.log1p(ufuncs.negative(ufuncs.multiply(array, array))))
    found: Array | None = None
    ranges = _INVERSE_DOUBLE if array.dtype.itemsize == 8 else _INVERSE_SINGLE
    # What is not chosen must not be infinite: its derivative would not be zero.
    root = ufuncs.sqrt(ufuncs.maximum(w, filled(w, ranges[0][0])))
    for i, (limit, shift, coefficients) in reversed(list(enumerate(ranges))):
        value = polynomial(ufuncs.subtract(root if i else w, filled(w, shift)), coefficients)
        found = value if found is None else ufuncs.where(ufuncs.less(w, limit), value, found)
    assert found is not None
    edge = ufuncs.where(ufuncs.less(array, 0), filled(array, -math.inf), filled(array, math.inf))
    found = ufuncs.where(ufuncs.equal(ufuncs.abs(array), 1.0), edge, ufuncs.multiply(found, array))
    return cast(found, dtype, array.weak_type)


# W. J. Cody, "Rational Chebyshev approximations for the error function" (Math. Comp. 23, 1969): erfc(x) of x in [0.46875, 4]
# and beyond, each exp(-x^2) times a quotient of polynomials.
_MIDDLE = (
    (2.15311535474403846343e-8, 0.564188496988670089180, 8.88314979438837594118, 66.1191906371416294775,
     298.635138197400131132, 881.952221241769090411, 1712.04761263407058314, 2051.07837782607146532,
     1230.33935479799725272),
    (1.0, 15.7449261107098347253, 117.693950891312499305, 537.181101862009857509, 1621.38957456669018874,
     3290.79923573345962678, 4362.61909014324715820, 3439.36767414372163696, 1230.33935480374942043),
)  # fmt: skip
_FAR = (
    (1.63153871373020978498e-2, 0.305326634961232344035, 0.360344899949804439429, 0.125781726111229246204,
     1.60837851487422766278e-2, 6.58749161529837803157e-4),
    (1.0, 2.56852019228982242072, 1.87295284992346047209, 0.527905102951428412248, 6.05183413124413191178e-2,
     2.33520497626869185443e-3),
)  # fmt: skip


def erfc(x: Any) -> Array:
    """1 - erf(x), accurate where that is small."""
    array, dtype = _wide(x)
    size = ufuncs.abs(array)
    near = ufuncs.subtract(1.0, erf(array))
    y = ufuncs.maximum(size, 0.46875)
    # The square in two parts, of which the first is exact, so that its exponential is accurate.
    coarse = ufuncs.divide(ufuncs.floor(ufuncs.multiply(y, 16.0)), 16.0)
    rest = ufuncs.multiply(ufuncs.subtract(y, coarse), ufuncs.add(y, coarse))
    power = ufuncs.multiply(ufuncs.exp(ufuncs.negative(ufuncs.square(coarse))), ufuncs.exp(ufuncs.negative(rest)))
    middle = ufuncs.divide(*(polynomial(ufuncs.minimum(y, 4.0), each) for each in _MIDDLE))
    inverse = ufuncs.divide(1.0, ufuncs.square(ufuncs.maximum(y, 4.0)))
    far = ufuncs.multiply(inverse, ufuncs.divide(*(polynomial(inverse, each) for each in _FAR)))
    far = ufuncs.divide(ufuncs.subtract(1 / math.sqrt(math.pi), far), ufuncs.maximum(y, 4.0))
    tail = ufuncs.multiply(power, ufuncs.where(ufuncs.less_equal(y, 4.0), middle, far))
    # Beyond, the result is zero in both precisions, and the parts of it overflow.
    tail = ufuncs.where(ufuncs.greater(y, 27.5), 0.0, tail)
    tail = ufuncs.where(ufuncs.less(array, 0), ufuncs.subtract(2.0, tail), tail)
    found = ufuncs.where(ufuncs.less(size, 0.46875), near, tail)
    return cast(ufuncs.where(ufuncs.isnan(array), array, found), dtype, array.weak_type)


_G = 7.0
_LANCZOS = (
    0.99999999999980993227684700473478, 676.520368121885098567009190444019, -1259.13921672240287047156078755283,
    771.3234287776530788486528258894, -176.61502916214059906584551354, 12.507343278686904814458936853,
    -0.13857109526572011689554707, 9.984369578019570859563e-6, 1.50563273514931155834e-7,
)  # fmt: skip
"""C. Lanczos, "A precision approximation of the gamma function" (SIAM J. Numer. Anal. 1, 1964), with g = 7."""


@factors(lambda y, x: digamma(x))
def lgamma(x: Any) -> Array:
    """The logarithm of the absolute value of the gamma function: infinite at zero and negative integers."""
    array, dtype = _wide(x)
    reflected = ufuncs.less(array, 0.5)
    z = ufuncs.where(reflected, ufuncs.negative(array), ufuncs.subtract(array, 1.0))
    total = filled(z, _LANCZOS[0])
    for i, each in enumerate(_LANCZOS[1:]):
        total = ufuncs.add(total, ufuncs.divide(filled(z, each), ufuncs.add(z, float(i + 1))))
    # log(z + g + 1/2) as a sum that is accurate for small z.
    base = _G + 0.5
    log_t = ufuncs.add(ufuncs.log1p(ufuncs.divide(z, base)), filled(z, math.log(base)))
    t = ufuncs.add(z, base)
    power = ufuncs.multiply(ufuncs.subtract(ufuncs.add(z, 0.5), ufuncs.divide(t, log_t)), log_t)
    plain = ufuncs.add(power, ufuncs.add(filled(z, math.log(2 * math.pi) / 2), ufuncs.log(total)))
    # gamma(x) gamma(1 - x) = pi / sin(pi x); the sine of the distance to the nearest integer.
    size = ufuncs.abs(array)
    part = ufuncs.subtract(size, ufuncs.floor(size))
    part = ufuncs.where(ufuncs.greater(part, 0.5), ufuncs.subtract(1.0, part), part)
    part = ufuncs.where(reflected, part, 0.5)
    sine = ufuncs.log(ufuncs.sin(ufuncs.multiply(part, math.pi)))
    other = ufuncs.where(
        ufuncs.isfinite(sine), ufuncs.subtract(ufuncs.subtract(math.log(math.pi), sine), plain), ufuncs.negative(sine)
    )
    found = ufuncs.where(reflected, other, plain)
    root = ufuncs.logical_or(ufuncs.equal(array, 1.0), ufuncs.equal(array, 2.0))
    found = ufuncs.where(root, 0.0, found)
    return cast(ufuncs.where(ufuncs.isinf(array), math.inf, found), dtype, array.weak_type)


def digamma(x: Any) -> Array:
    """The derivative of `lgamma`: NaN at zero and negative integers."""
    array, dtype = _wide(x)
    reflected = ufuncs.less(array, 0.5)
    z = ufuncs.where(reflected, ufuncs.negative(array), ufuncs.subtract(array, 1.0))
    total, slope = filled(z, _LANCZOS[0]), filled(z, 0)
    for i, each in enumerate(_LANCZOS[1:]):
        distance = ufuncs.add(z, float(i + 1))
        total = ufuncs.add(total, ufuncs.divide(filled(z, each), distance))
        slope = ufuncs.subtract(slope, ufuncs.divide(filled(z, each), ufuncs.square(distance)))
    base = _G + 0.5
    t = ufuncs.add(z, base)
    log_t = ufuncs.add(ufuncs.log1p(ufuncs.divide(z, base)), filled(z, math.log(base)))
    plain = ufuncs.subtract(ufuncs.add(log_t, ufuncs.divide(slope, total)), ufuncs.divide(_G, t))
    # psi(x) = psi(1 - x) - pi / tan(pi x), of x without its integral part.
    part = ufuncs.add(array, ufuncs.floor(ufuncs.abs(ufuncs.add(array, 0.5))))
    angle = ufuncs.multiply(ufuncs.where(reflected, part, 0.5), math.pi)
    other = ufuncs.subtract(plain, ufuncs.divide(ufuncs.multiply(math.pi, ufuncs.cos(angle)), ufuncs.sin(angle)))
    found = ufuncs.where(reflected, other, plain)
    pole = ufuncs.logical_and(ufuncs.less_equal(array, 0), ufuncs.equal(array, ufuncs.floor(array)))
    return cast(ufuncs.where(pole, math.nan, found), dtype, array.weak_type)


__all__ = ["digamma", "erf_inv", "erfc", "lgamma"]

composites(globals(), __all__)
