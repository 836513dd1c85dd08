"""The exponential distribution."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, expm1, log, log1p
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return chosen(z >= 0, -z - log(scale), -math.inf)


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return chosen(z >= 0, -expm1(-z), 0.0)


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    inside = z > 0
    return chosen(inside, log1p(-exp(-within(inside, z, 1.0))), -math.inf)


def sf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return chosen(z >= 0, exp(-z), 1.0)


def logsf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return chosen(z >= 0, -z, 0.0)


def ppf(q: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share q lies."""
    q, loc, scale = floats(q, loc, scale)
    return chosen((q >= 0) & (q <= 1), -log1p(-q) * scale + loc, math.nan)


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "ppf", "sf"]
