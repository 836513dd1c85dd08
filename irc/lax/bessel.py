"""Bessel functions: a Chebyshev series where x is small, and one in 1/x beyond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.lax.special import _wide
from irc.numpy import ufuncs
from irc.numpy.ufuncs.operands import filled
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.elementwise import cast

# The coefficients of i0e(x) and i1e(x) / x in x / 4 - 1 of x in [0, 8], the highest degree last, and of those functions
# times sqrt(x) in 16 / x - 1 beyond: interpolation at the Chebyshev points.
_SMALL_ZERO = (
    0.338397637204738, -0.3046826723431983, 0.17162090152220869, -0.09490109704804753, 0.04930528423967063,
    -0.02373741480589934, 0.010546460394594854, -0.004324309995050466, 0.0016394756169411384, -0.0005763755745386937,
    0.00018850288509579075, -5.754195010052957e-05, 1.6448448070730905e-05, -4.4167383583445146e-06,
    1.1173875388662915e-06, -2.670793850153193e-07, 6.046995033870406e-08, -1.300025025593084e-08,
    2.659823740887764e-09, -5.189799701099673e-10, 9.67579072419511e-11, -1.7268316406434298e-11,
    2.954807694817892e-12, -4.853895063661184e-13, 7.625381807467116e-14, -1.1685097334179773e-14,
    1.6514567491299204e-15, -3.191891195797325e-16,
)  # fmt: skip
_LARGE_ZERO = (
    0.40224520550705434, 0.0033691164782557134, 6.889758346915556e-05, 2.891370520873478e-06, 2.0489185890143247e-07,
    2.266668996479352e-08, 3.3962319843002424e-09, 4.940602556698555e-10, 1.1889051664456158e-11,
    -3.149927541024056e-11, -1.3215825713878507e-11, -1.7940834003600987e-12, 7.1803674117632e-13,
    3.8543242671570016e-13, 1.5221620260537822e-14, -4.1281792798978735e-14, -9.434582744679194e-15,
    3.707682309321095e-15, 1.7266280997555819e-15, -7.401486830834376e-16,
)  # fmt: skip
_SMALL_ONE = (
    0.1262935932218168, -0.17641651835783403, 0.10264365868984701, -0.052945981208094926, 0.02472644903062645,
    -0.010564084894626131, 0.004156422944312806, -0.0015135724506311684, 0.0005122859561684703, -0.00016176081582579372,
    4.7815651075375676e-05, -1.3273163655905403e-05, 3.470251307980294e-06, -8.568720262998822e-07,
    2.003294751654704e-07, -4.445059110516515e-08, 9.381537183825453e-09, -1.8872495649850683e-09,
    3.625588469239252e-10, -6.663473849995187e-11, 1.1736034031873495e-11, -1.98384533728812e-12,
    3.2224148551413327e-13, -5.027876924499232e-14, 7.450310778399707e-15, -9.838596878331319e-16,
)  # fmt: skip
_LARGE_ONE = (
    0.38928811750914005, -0.00976109749136144, -0.00011058893876269127, -3.882564808872674e-06,
    -2.512236238900853e-07, -2.6314688458044585e-08, -3.835380490883209e-09, -5.589743308315647e-10,
    -1.897509955000847e-11, 3.252603645219514e-11, 1.4125603536946619e-11, 2.035640899976069e-12,
    -7.20091526280999e-13, -4.0835300475610135e-13, -2.1300421125658665e-14, 4.2723219810681714e-14,
    1.0136932714359998e-14, -3.803476695747638e-15, -2.1178542988909364e-15, 3.405035917490152e-16,
    1.2290194172480878e-16,
)  # fmt: skip


def _series(x: Array, coefficients: Sequence[float]) -> Array:
    """A Chebyshev series by C. W. Clenshaw's recurrence."""
    twice = ufuncs.add(x, x)
    last, before = filled(x, 0), filled(x, 0)
    for each in reversed(coefficients[1:]):
        last, before = ufuncs.add(ufuncs.subtract(ufuncs.multiply(twice, last), before), filled(x, each)), last
    return ufuncs.add(ufuncs.subtract(ufuncs.multiply(x, last), before), filled(x, coefficients[0]))


def _scaled(x: Any, order: int) -> Array:
    array, dtype = _wide(x)
    # Constant at zero, where both functions of the absolute value are level or multiplied by zero.
    size = ufuncs.where(ufuncs.equal(array, 0), 0, ufuncs.abs(array))
    near, far = ufuncs.minimum(size, 8.0), ufuncs.maximum(size, 8.0)
    small = _series(ufuncs.subtract(ufuncs.divide(near, 4.0), 1.0), _SMALL_ONE if order else _SMALL_ZERO)
    large = _series(ufuncs.subtract(ufuncs.divide(16.0, far), 1.0), _LARGE_ONE if order else _LARGE_ZERO)
    large = ufuncs.divide(large, ufuncs.sqrt(far))
    if order:
        # The sign comes from the number itself, which is steep at zero where its absolute value is not.
        small = ufuncs.multiply(ufuncs.clip(array, -8.0, 8.0), small)
        large = ufuncs.where(ufuncs.less(array, 0), ufuncs.negative(large), large)
    found = ufuncs.where(ufuncs.less_equal(size, 8.0), small, large)
    return cast(ufuncs.where(ufuncs.isnan(array), array, found), dtype, array.weak_type)


def bessel_i0e(x: Any) -> Array:
    """The modified Bessel function of order zero, times exp(-|x|)."""
    return _scaled(x, 0)


def bessel_i1e(x: Any) -> Array:
    """The modified Bessel function of order one, times exp(-|x|)."""
    return _scaled(x, 1)


__all__ = ["bessel_i0e", "bessel_i1e"]

composites(globals(), __all__)
