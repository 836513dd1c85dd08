"""exp, expm1, log, log1p, tanh, erf and pow as arithmetic.

The range reductions are the usual ones (W. J. Cody, W. Waite, "Software Manual for the Elementary Functions", 1980;
FreeBSD's msun for the shape of log and log1p). Largest errors, measured, in units in the last place (f32 / f64): see
`test/unit/lowering/test_expand_math.py`, which holds them to 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from irc.ir.types import f64
from irc.ir.value import Value
from irc.lowering import math_coefficients as table
from irc.lowering.math_emitter import Emitter, Number

INF, NAN = math.inf, math.nan


def _reduced(e: Emitter, x: Value) -> tuple[Value, Value, Value]:
    """x = n ln 2 + r with |r| <= ln 2 / 2: r, and n as a float and as an integer."""
    high, low = table.LN2[e.is_f32]
    n, integer = e.round(e.mul(x, table.LOG2_E))
    return e.fma(n, -low, e.fma(n, -high, x)), n, integer


def _exp_series(e: Emitter, r: Value) -> Value:
    """exp(r) - 1 = r + r² P(r)."""
    coefficients = table.EXP[e.is_f32]
    p = e.horner(r, coefficients) if e.is_f32 else e.estrin(r, coefficients)
    return e.fma(p, e.mul(r, r), r)


def exp(e: Emitter, x: Value) -> Value:
    """2^n exp(r). Outside of the bounds the result is 0 or infinite all the same."""
    low, high = (-104.0, 88.8) if e.is_f32 else (-745.2, 709.8)
    r, _, n = _reduced(e, e.at_least(e.at_most(x, high), low))
    return e.scale(e.add(_exp_series(e, r), 1.0), n)


def expm1(e: Emitter, x: Value) -> Value:
    """2 (2^(n-1) (exp(r) - 1) + (2^(n-1) - 1/2)): halved, so that 2^(n-1) does not overflow before the result does."""
    low, high = (-20.0, 88.8) if e.is_f32 else (-40.0, 709.8)
    r, n, integer = _reduced(e, e.at_least(e.at_most(x, high), low))
    p = _exp_series(e, r)
    half = e.power_of_two(e.sub_i(integer, 1))
    scaled = e.mul(e.fma(p, half, e.sub(half, 0.5)), 2.0)
    # For n = 0 nothing is to be scaled, and halving would lose the last bit of a subnormal number.
    return e.copysign(e.select(e.compare("oeq", n, 0.0), p, scaled), x)


def tanh(e: Emitter, x: Value) -> Value:
    """-t / (t + 2) with t = expm1(-2 |x|); from some point on it is 1."""
    t = expm1(e, e.mul(e.at_most(e.abs(x), 10.0 if e.is_f32 else 22.0), -2.0))
    return e.copysign(e.div(t, e.add(t, 2.0)), x)


# -- logarithms ------------------------------------------------------------------------------------------------------


def _mantissa(e: Emitter, x: Value) -> tuple[Value, Value]:
    """x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), for a positive normal x: f, and k as a float."""
    bits, count = e.bits(x), e.format.mantissa
    k = e.shift_right(e.sub_i(bits, table.SQRT_HALF_BITS[e.is_f32]), count)
    return e.sub(e.from_bits(e.sub_i(bits, e.shift_left(k, count))), 1.0), e.to_float(k)


def _log_series(e: Emitter, f: Value, k: Value, correction: Value | float) -> Value:
    """k ln 2 + log(1 + f) + correction."""
    high, low = table.LN2[e.is_f32]
    tail = e.fma(k, low, correction)
    if e.is_f32:
        # log(1 + f) = f - f²/2 + f³ P(f)
        square = e.mul(f, f)
        y = e.fma(e.mul(square, f), e.estrin(f, table.LOG_F32), tail)
        y = e.fma(square, -0.5, y)
    else:
        # log(1 + f) = f - (f²/2 - s (f²/2 + z R(z))) with s = f / (2 + f), z = s²
        s = e.div(f, e.add(f, 2.0))
        z = e.mul(s, s)
        half = e.mul(e.mul(f, f), 0.5)
        y = e.fma(s, e.fma(z, e.estrin(z, table.LOG_F64), half), tail)
        y = e.sub(y, half)
    return e.fma(k, high, e.add(f, y))


def log(e: Emitter, x: Value) -> Value:
    tiny, shift = (2.0**-126, 25) if e.is_f32 else (2.0**-1022, 54)
    subnormal = e.compare("olt", x, tiny)
    f, k = _mantissa(e, e.select(subnormal, e.mul(x, 2.0**shift), x))
    y = _log_series(e, f, e.sub(k, e.select(subnormal, float(shift), 0.0)), 0.0)
    return _log_special(e, x, y, pole=0.0)


def _log_special(e: Emitter, x: Value, y: Value, pole: float) -> Value:
    """`y` where `x` is finite and right of the pole; else what the logarithm is there."""
    y = e.select(e.compare("ueq", x, INF), x, y)
    y = e.select(e.compare("oeq", x, pole), -INF, y)
    return e.select(e.compare("olt", x, pole), NAN, y)


def log1p(e: Emitter, x: Value) -> Value:
    """log(u) + c / u, where u is 1 + x rounded and c is what the rounding has lost."""
    u = e.add(x, 1.0)
    lost = e.select(e.compare("oge", x, 1.0), e.sub(1.0, e.sub(u, x)), e.sub(x, e.sub(u, 1.0)))
    f, k = _mantissa(e, u)
    y = _log_series(e, f, k, e.div(lost, u))
    y = _log_special(e, x, y, pole=-1.0)
    return e.select(e.compare("oeq", x, 0.0), x, y)


# -- error function --------------------------------------------------------------------------------------------------


def erf(e: Emitter, x: Value) -> Value:
    """x P(x²) up to 1; then 1 - exp(Q(|x| - 1)), where Q is log(erfc), up to where the result is 1."""
    top, tail = table.ERF_TOP[e.is_f32], table.ERF_TAIL[e.is_f32]
    small = e.mul(x, e.horner(e.mul(x, x), table.ERF_SMALL[e.is_f32]))
    magnitude = e.abs(x)
    inside = e.at_least(e.at_most(magnitude, top), 1.0)
    r, _, n = _reduced(e, e.estrin(e.sub(inside, 1.0), tail))
    erfc = e.mul(e.add(_exp_series(e, r), 1.0), e.power_of_two(n))
    large = e.copysign(e.sub(1.0, erfc), x)
    return e.select(e.compare("ult", magnitude, 1.0), small, large)


# -- powers ----------------------------------------------------------------------------------------------------------


def pow_by_double(narrow: Emitter, wide: Emitter, x: Value, y: Value, widen: Widen, narrow_down: Widen) -> Value:
    """x^y of `f32` as exp(y log |x|) in `f64`, which leaves an error far below one unit; then IEEE 754's special cases."""
    assert wide.format.type is f64
    magnitude = exp(wide, wide.mul(widen(y), log(wide, widen(narrow.abs(x)))))
    result = narrow_down(magnitude)
    e = narrow
    integral = e.compare("oeq", e.trunc(y), y)
    half = e.mul(y, 0.5)
    odd = e.both(integral, e.compare("one", e.trunc(half), half))
    result = e.select(odd, e.copysign(result, x), result)
    negative = e.both(e.compare("olt", x, 0.0), e.compare("ogt", x, -INF))
    result = e.select(e.both(negative, e.compare("une", e.trunc(y), y)), NAN, result)
    # 1 to any power, anything to the power 0, and -1 to an infinite power are 1.
    is_one = e.either(e.compare("oeq", x, 1.0), e.compare("oeq", y, 0.0))
    minus_one = e.both(e.compare("oeq", x, -1.0), e.compare("oeq", e.abs(y), INF))
    return e.select(e.either(is_one, minus_one), 1.0, result)


PRODUCTS = {-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0}
"""Exponents for which a few products and a square root are as exact as the other functions here."""


def pow_by_products(e: Emitter, x: Value, y: float) -> Value:
    """x^y for one of `PRODUCTS`, with the special cases of IEEE 754."""
    whole, half = divmod(abs(y), 1.0)
    base = e.abs(x) if half else x
    if y < 0 and whole:
        # Reciprocals first: what they are powers of may be too large or too small a number.
        base = e.div(1.0, base)
    power = _whole_power(e, base, int(whole))
    if not half:
        return e.value(power)
    # The root of -0 is -0, to which 0 is added; that of other negative numbers is NaN, but the power of -inf is not.
    root = e.add(e.sqrt(x), 0.0)
    root = e.div(1.0, root) if y < 0 else root
    found = e.mul(power, root) if whole else root
    return e.select(e.compare("oeq", x, -INF), INF if y > 0 else 0.0, found)


def _whole_power(e: Emitter, x: Value, n: int) -> Number:
    """x^n for n up to 4."""
    if n < 2:
        return x if n else 1.0
    square = e.mul(x, x)
    return {2: lambda: square, 3: lambda: e.mul(square, x), 4: lambda: e.mul(square, square)}[n]()


Widen = Callable[[Value], Value]
