"""Special functions of `nd` on one element, as arithmetic in `f64` that vectorises, with few of the functions of `math`.

There are no branches: every case is computed and the right one selected.
"""

from __future__ import annotations

import math as numbers
from collections.abc import Callable
from typing import Any

from irc.dialects import _special_coefficients as table
from irc.dialects import arith, math, nd
from irc.ir.builder import Builder
from irc.ir.types import f64
from irc.ir.value import Value
from irc.lowering.math_coefficients import ERF_SMALL
from irc.lowering.math_emitter import Emitter
from irc.lowering.signedness import Scalar

INF, NAN, PI = numbers.inf, numbers.nan, numbers.pi


def _call(e: Emitter, cls: Any, x: Value) -> Value:
    found: Value = e.b.insert(cls(x)).result
    return found


def _erfc(e: Emitter, x: Value) -> Value:
    """exp(-a²) times a polynomial, with a = |x|; what rounding a² loses is put back. Near 0, 1 - erf(x)."""
    a = e.at_most(e.abs(x), 27.5)
    square = e.mul(a, a)
    lost = e.fma(a, a, e.neg(square))
    bell = _call(e, math.Exp, e.neg(square))
    bell = e.sub(bell, e.mul(bell, lost))
    t = e.div(e.sub(a, 3.75), e.add(a, 3.75))
    y = e.div(e.mul(bell, e.estrin(t, table.ERFC)), e.fma(a, 2.0, 1.0))
    y = e.select(e.compare("olt", x, 0.0), e.sub(2.0, y), y)
    near = e.fma(e.neg(x), e.horner(square, ERF_SMALL[e.is_f32]), 1.0)
    return e.select(e.compare("olt", a, 0.25), near, y)


def _erf_inv(e: Emitter, x: Value) -> Value:
    """x times a polynomial of w = -log(1 - x²), or of its root where that is large."""
    # Both factors are exact near their zeros.
    w = e.neg(_call(e, math.Log, e.mul(e.sub(1.0, x), e.add(x, 1.0))))
    small = e.mul(x, x)
    w = e.select(e.compare("olt", small, 1e-3), e.neg(_call(e, math.Log1p, e.neg(small))), w)
    root = _call(e, math.Sqrt, w)
    middle = e.estrin(e.sub(w, 3.125), table.ERF_INV_MIDDLE)
    outer = e.estrin(e.sub(root, 3.25), table.ERF_INV_OUTER)
    end = e.estrin(e.sub(root, 5.0), table.ERF_INV_END)
    y = e.select(e.compare("olt", w, 6.25), middle, e.select(e.compare("olt", w, 16.0), outer, end))
    y = e.select(e.compare("oeq", e.abs(x), 1.0), INF, y)
    return e.mul(x, y)


def _half_turns(e: Emitter, x: Value) -> tuple[Value, Value]:
    """pi (x - n) with the nearest integer n, and whether that is 0."""
    r = e.sub(x, _call(e, math.RoundEven, x))
    return e.mul(r, PI), e.compare("oeq", r, 0.0)


def _lgamma(e: Emitter, x: Value) -> Value:
    """For a = |x|: a polynomial around 2, to which a is moved, or Stirling's series; by reflection for negative x."""
    a = e.abs(x)
    # z = a + (0, 1 or 2 steps up, or steps down) - 2, and the product of the arguments that were passed.
    below, left = e.compare("olt", a, 0.5), e.compare("olt", a, 1.5)
    z, passed = e.sub(a, 2.0), e.value(1.0)
    for _ in range(6):
        above = e.compare("ogt", z, 0.5)
        passed = e.select(above, e.mul(passed, e.add(z, 1.0)), passed)
        z = e.select(above, e.sub(z, 1.0), z)
    z = e.select(below, a, e.select(left, e.sub(a, 1.0), z))
    passed = e.select(below, e.mul(a, e.add(a, 1.0)), e.select(left, a, passed))
    far = e.compare("oge", a, 8.0)
    log = _call(e, math.Log, e.select(far, a, passed))
    near = e.mul(z, e.estrin(z, table.LGAMMA))
    near = e.select(left, e.sub(near, log), e.add(near, log))
    inverse = e.div(1.0, a)
    series = e.mul(inverse, e.horner(e.mul(inverse, inverse), table.STIRLING))
    stirling = e.fma(e.sub(a, 0.5), e.sub(log, 1.0), e.add(series, table.HALF_LOG_TWO_PI - 0.5))
    y = e.select(far, e.select(e.compare("oeq", a, INF), INF, stirling), near)
    # |gamma(x) gamma(-x)| = pi / |x sin(pi x)| (DLMF 5.5.3)
    turn, is_pole = _half_turns(e, x)
    sine = _call(e, math.Log, e.abs(_call(e, math.Sin, turn)))
    reflected = e.sub(e.sub(e.sub(table.LOG_PI, sine), _call(e, math.Log, a)), y)
    reflected = e.select(is_pole, INF, reflected)
    # Next to 0 both are -log(a), and pi a may be subnormal.
    return e.select(e.both(e.compare("olt", x, -1e-20), e.compare("one", a, INF)), reflected, y)


def _digamma(e: Emitter, x: Value) -> Value:
    """For a = |x|: the asymptotic series, ten steps up if need be; a polynomial at the root; reflection for negative x."""
    a = e.abs(x)
    small = e.compare("olt", a, 10.0)
    passed = e.value(0.0)
    for step in range(10):
        passed = e.add(passed, e.div(1.0, e.add(a, float(step))))
    moved = e.select(small, e.add(a, 10.0), a)
    inverse = e.div(1.0, moved)
    square = e.mul(inverse, inverse)
    series = e.fma(square, e.horner(square, table.DIGAMMA_SERIES), e.mul(inverse, 0.5))
    y = e.sub(_call(e, math.Log, moved), series)
    y = e.select(small, e.sub(y, passed), y)
    high, low = table.DIGAMMA_ROOT
    u = e.sub(e.sub(a, high), low)
    y = e.select(e.compare("olt", e.abs(u), 0.25), e.mul(u, e.estrin(u, table.DIGAMMA_AT_ROOT)), y)
    # digamma(x) = digamma(-x) - 1/x - pi cot(pi x) (DLMF 5.5.2 and 5.5.4)
    turn, is_pole = _half_turns(e, x)
    cotangent = e.div(_call(e, math.Cos, turn), _call(e, math.Sin, turn))
    reflected = e.sub(e.add(y, e.div(1.0, a)), e.mul(cotangent, PI))
    y = e.select(e.compare("olt", x, 0.0), reflected, y)
    return e.select(e.both(is_pole, e.compare("ole", x, 0.0)), NAN, y)


def _in_f64(compute: Callable[[Emitter, Value], Value]) -> Scalar:
    """`compute` on a scalar of `f32` or `f64`."""

    def scalar(b: Builder, x: Value) -> Value:
        if x.type is f64:
            return compute(Emitter(b, f64), x)
        wide = b.insert(arith.ExtF(x, result_types=[f64])).result
        return b.insert(arith.TruncF(compute(Emitter(b, f64), wide), result_types=[x.type])).result

    return scalar


FORMULAS: dict[Any, Scalar] = {
    nd.Erfc: _in_f64(_erfc), nd.ErfInv: _in_f64(_erf_inv), nd.LGamma: _in_f64(_lgamma), nd.Digamma: _in_f64(_digamma),
}  # fmt: skip
