"""The normal distribution between `a` and `b`, which count from `loc` in units of `scale`."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.arithmetic import square
from irc.numpy.ufuncs.exponentials import exp, log, log1p
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.truth import where
from irc.scipy.special import log_ndtr
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def _log_mass(low: Array, high: Array) -> Array:
    """The logarithm of the share between two places, from the nearer tail."""
    right = low > 0
    near, far = where(right, -high, low), where(right, -low, high)
    upper, lower = log_ndtr(far), log_ndtr(near)
    return upper + log1p(-exp(where(far > near, lower - upper, filled(far, -math.inf))))


def logpdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    z = (x - loc) / scale
    inside = (z >= a) & (z <= b)
    logs = -square(z) / 2 - 0.5 * math.log(2 * math.pi) - log(scale) - _log_mass(a, b)
    return chosen(inside, logs, -math.inf)


def pdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    return exp(logpdf(x, a, b, loc, scale))


def cdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    return exp(logcdf(x, a, b, loc, scale))


def logcdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    z = (x - loc) / scale
    inside = (z > a) & (z < b)
    logs = _log_mass(a, within(inside, z, 0.0)) - _log_mass(a, b)
    return where(z >= b, filled(z, 0), chosen(inside, logs, -math.inf))


def sf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    return exp(logsf(x, a, b, loc, scale))


def logsf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    z = (x - loc) / scale
    inside = (z > a) & (z < b)
    logs = _log_mass(within(inside, z, 0.0), b) - _log_mass(a, b)
    return where(z <= a, filled(z, 0), chosen(inside, logs, -math.inf))


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "sf"]
