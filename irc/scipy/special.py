"""Special functions by the names of `jax.scipy.special`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.lax.bessel import bessel_i0e as i0e
from irc.lax.bessel import bessel_i1e as i1e
from irc.lax.betas import betainc
from irc.lax.elementwise import erf as _erf
from irc.lax.elementwise import logistic
from irc.lax.incomplete import igamma, igammac
from irc.lax.special import digamma, erf_inv, lgamma
from irc.lax.special import erfc as _erfc
from irc.lax.zetas import polygamma as _polygamma
from irc.lax.zetas import zeta as _zeta
from irc.nn.activations import log_softmax, logsumexp, softmax
from irc.numpy.creation import asarray
from irc.numpy.data_types import finfo
from irc.numpy.signals import i0
from irc.numpy.ufuncs.arithmetic import square
from irc.numpy.ufuncs.division import remainder
from irc.numpy.ufuncs.exponentials import exp, expm1, log, log1p, sqrt
from irc.numpy.ufuncs.kinds import isfinite
from irc.numpy.ufuncs.operands import filled, inexact
from irc.numpy.ufuncs.orders import greater
from irc.numpy.ufuncs.rounding import floor
from irc.numpy.ufuncs.signs import abs as abs_
from irc.numpy.ufuncs.truth import where
from irc.tracing.array import Array
from irc.tracing.composite import composites
from irc.tracing.elementwise import cast, promoted


def _floats(*operands: Any) -> list[Array]:
    """The operands in one dtype of floats."""
    return promoted(*map(inexact, operands))[0]


def erf(x: Any) -> Array:
    """The error function."""
    return _erf(x)


def erfc(x: Any) -> Array:
    """1 - erf(x)."""
    return _erfc(x)


def erfinv(x: Any) -> Array:
    """The inverse of `erf`."""
    found: Array = erf_inv(x)
    return found


def expit(x: Any) -> Array:
    """1 / (1 + exp(-x))."""
    return logistic(x)


def logit(x: Any) -> Array:
    """The inverse of `expit`."""
    (p,) = _floats(x)
    return log(p) - log1p(-p)


def xlogy(x: Any, y: Any) -> Array:
    """x log(y), 0 where x is."""
    a, b = _floats(x, y)
    zero = a == 0
    return where(zero, filled(a, 0), a * log(where(zero, filled(b, 1), b)))


def xlog1py(x: Any, y: Any) -> Array:
    """x log(1 + y), 0 where x is."""
    a, b = _floats(x, y)
    zero = a == 0
    return where(zero, filled(a, 0), a * log1p(where(zero, filled(b, 1), b)))


def entr(x: Any) -> Array:
    """-x log(x); minus infinity for negative numbers."""
    (a,) = _floats(x)
    return where(a < 0, filled(a, -math.inf), -xlogy(a, a))


def rel_entr(p: Any, q: Any) -> Array:
    """p log(p / q); infinity where that has no meaning."""
    a, b = _floats(p, q)
    both = (a > 0) & (b > 0)
    safe_a, safe_b = where(both, a, filled(a, 1)), where(both, b, filled(b, 1))
    edge = where((a == 0) & (b >= 0), filled(a, 0), filled(a, math.inf))
    ratio = safe_a / safe_b
    # Where the quotient is no number, the difference of the logarithms loses little.
    plain = isfinite(ratio) & (ratio >= float(finfo(a.dtype).tiny))
    return where(both, safe_a * where(plain, log(where(plain, ratio, filled(a, 1))), log(safe_a) - log(safe_b)), edge)


def kl_div(p: Any, q: Any) -> Array:
    """p log(p / q) - p + q."""
    a, b = _floats(p, q)
    return rel_entr(a, b) - a + b


def polygamma(n: Any, x: Any) -> Array:
    """The derivative number `n` of `digamma`."""
    return _polygamma(n, x)


def zeta(x: Any, q: Any = 1.0) -> Array:
    """The sum of (q + k)^-x for all k from 0."""
    return _zeta(x, q)


def i1(x: Any) -> Array:
    """The modified Bessel function of order one."""
    a = inexact(x)
    return i1e(a) * exp(abs_(a))


def gammaln(x: Any) -> Array:
    """The logarithm of the absolute value of the gamma function."""
    found: Array = lgamma(x)
    return found


loggamma = gammaln


def gammasgn(x: Any) -> Array:
    """The sign of the gamma function."""
    (a,) = _floats(x)
    below = floor(a)
    sign = where(remainder(below, 2) == 0, filled(a, 1), filled(a, -1))
    sign = where(below == a, filled(a, math.nan), sign)
    return where(a == 0, where(greater(1 / a, 0), filled(a, 1), filled(a, -1)), where(a > 0, filled(a, 1), sign))


def gamma(x: Any) -> Array:
    """The gamma function."""
    (a,) = _floats(x)
    return gammasgn(a) * exp(lgamma(a))


def factorial(n: Any, exact: bool = False) -> Array:
    """n!, 0 for negative numbers."""
    if exact:
        raise NotImplementedError("factorial gives floats: exact=True is not there")
    (a,) = _floats(n)
    return where(a < 0, filled(a, 0), exp(lgamma(a + 1)))


def comb(N: Any, k: Any, *, exact: bool = False, repetition: bool = False) -> Array:
    """How many ways there are to choose k of N."""
    if exact:
        raise NotImplementedError("comb gives floats: exact=True is not there")
    n, m = _floats(N, k)
    n = n + m - 1 if repetition else n
    return where((m >= 0) & (m <= n), exp(lgamma(n + 1) - lgamma(m + 1) - lgamma(n - m + 1)), filled(n, 0))


def poch(z: Any, m: Any) -> Array:
    """gamma(z + m) / gamma(z)."""
    a, b = _floats(z, m)
    return where(b == 0, filled(a, 1), exp(lgamma(a + b) - lgamma(a)))


def gammainc(a: Any, x: Any) -> Array:
    """The regularized lower incomplete gamma function."""
    return igamma(a, x)


def gammaincc(a: Any, x: Any) -> Array:
    """The regularized upper incomplete gamma function."""
    return igammac(a, x)


def betaln(a: Any, b: Any) -> Array:
    """The logarithm of the beta function."""
    p, q = _floats(a, b)
    found: Array = lgamma(p) + lgamma(q) - lgamma(p + q)
    return found


def beta(a: Any, b: Any) -> Array:
    """The beta function."""
    p, q = _floats(a, b)
    return gammasgn(p) * gammasgn(q) * gammasgn(p + q) * exp(betaln(p, q))


def multigammaln(a: Any, d: Any) -> Array:
    """The logarithm of the gamma function of d dimensions."""
    (x,) = _floats(a)
    d = int(d)
    total = filled(x, d * (d - 1) / 4 * math.log(math.pi))
    for i in range(d):
        total = total + lgamma(x - i / 2)
    return total


def bernoulli(n: int) -> Array:
    """The first n + 1 Bernoulli numbers."""
    found = [1.0, -0.5]
    exact = _bernoulli(n)
    return asarray([*found, *exact[2:]][: n + 1], float)


def _bernoulli(n: int) -> list[float]:
    from fractions import Fraction  # noqa: PLC0415

    numbers = [Fraction(1)]
    for m in range(1, n + 1):
        numbers.append(-sum(math.comb(m + 1, k) * numbers[k] for k in range(m)) / Fraction(m + 1))
    return [float(each) for each in numbers]


# -- the normal distribution -------------------------------------------------------------------------------------------


def ndtr(x: Any) -> Array:
    """The share of the normal distribution below x."""
    (a,) = _floats(x)
    return _erfc(-a / math.sqrt(2)) / 2


def log_ndtr(x: Any, series_order: int = 3) -> Array:
    """log(ndtr(x)), also where that is tiny."""
    (a,) = _floats(x)
    low, high = (-20.0, 8.0) if a.dtype.itemsize == 8 else (-10.0, 5.0)
    far = where(a < low, a, filled(a, low))
    inverse = 1 / square(far)
    series, term = filled(a, 1), filled(a, 1)
    for n in range(1, series_order + 1):
        term = term * inverse * -(2.0 * n - 1)
        series = series + term
    tail = -square(far) / 2 - log(-far) - 0.5 * math.log(2 * math.pi) + log(series)
    middle = log(ndtr(where(a < low, filled(a, 0), a)))
    return where(a > high, -ndtr(-a), where(a < low, tail, middle))


# M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution" (1988): quotients of polynomials,
# whose coefficients begin with the lowest one.
_CENTRE = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)  # fmt: skip
_BESIDE = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip
_TAIL = (
    (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
)  # fmt: skip


def _polynomial(x: Array, coefficients: Sequence[float]) -> Array:
    found = filled(x, coefficients[-1])
    for each in reversed(coefficients[:-1]):
        found = found * x + each
    return found


def _quotient(x: Array, parts: Sequence[Sequence[float]]) -> Array:
    return _polynomial(x, parts[0]) / _polynomial(x, parts[1])


def ndtri(p: Any) -> Array:
    """The inverse of `ndtr`."""
    (a,) = _floats(p)
    wide = cast(a, np.dtype(np.float32)) if a.dtype.itemsize < 4 else a
    valid = (wide > 0) & (wide < 1)
    q = where(valid, wide - 0.5, 0.0)
    central = abs_(q) <= 0.425
    middle = q * _quotient(where(central, 0.180625 - square(q), filled(q, 0)), _CENTRE)
    smaller = where(wide < 0.5, wide, 1 - wide)
    r = sqrt(-log(where(valid & ~central, smaller, filled(q, 0.05))))
    near = r <= 5
    outer = where(near, _quotient(where(near, r, 2.0) - 1.6, _BESIDE), _quotient(where(near, 6.0, r) - 5, _TAIL))
    found = where(central, middle, where(q < 0, -outer, outer))
    edge = where(wide == 0, filled(q, -math.inf), where(wide == 1, filled(q, math.inf), filled(q, math.nan)))
    return cast(where(valid, found, edge), a.dtype)


# -- others --------------------------------------------------------------------------------------------------------------


def boxcox(x: Any, lmbda: Any) -> Array:
    """(x^lmbda - 1) / lmbda, log(x) where lmbda is 0."""
    a, power = _floats(x, lmbda)
    safe = where(power == 0, filled(power, 1), power)
    return where(power == 0, log(a), expm1(safe * log(a)) / safe)


def boxcox1p(x: Any, lmbda: Any) -> Array:
    """`boxcox` of 1 + x."""
    a, power = _floats(x, lmbda)
    safe = where(power == 0, filled(power, 1), power)
    return where(power == 0, log1p(a), expm1(safe * log1p(a)) / safe)


__all__ = [
    "bernoulli", "beta", "betainc", "betaln", "boxcox", "boxcox1p", "comb", "digamma", "entr", "erf", "erfc", "erfinv",
    "expit", "factorial", "gamma", "gammainc", "gammaincc", "gammaln", "gammasgn", "i0", "i0e", "i1", "i1e", "kl_div",
    "log_ndtr", "log_softmax", "loggamma", "logit", "logsumexp", "multigammaln", "ndtr", "ndtri", "poch", "polygamma",
    "rel_entr", "softmax", "xlog1py", "xlogy", "zeta",
]  # fmt: skip

composites(globals(), __all__)
