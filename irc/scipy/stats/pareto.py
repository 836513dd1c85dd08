"""The distribution of Pareto."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, expm1, log, log1p
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpdf(x: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, b, loc, scale = floats(x, b, loc, scale)
    z = (x - loc) / scale
    inside = z >= 1
    z = within(inside, z, 1.0)
    return chosen(inside, log(b) - log(scale) - (b + 1) * log(z), -math.inf)


def pdf(x: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, b, loc, scale = floats(x, b, loc, scale)
    return exp(logpdf(x, b, loc, scale))


def cdf(x: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, b, loc, scale = floats(x, b, loc, scale)
    z = (x - loc) / scale
    inside = z >= 1
    return chosen(inside, -expm1(-b * log(within(inside, z, 1.0))), 0.0)


def logcdf(x: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, b, loc, scale = floats(x, b, loc, scale)
    return log(cdf(x, b, loc, scale))


def sf(x: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, b, loc, scale = floats(x, b, loc, scale)
    z = (x - loc) / scale
    inside = z >= 1
    return chosen(inside, exp(-b * log(within(inside, z, 1.0))), 1.0)


def logsf(x: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, b, loc, scale = floats(x, b, loc, scale)
    z = (x - loc) / scale
    inside = z >= 1
    return chosen(inside, -b * log(within(inside, z, 1.0)), 0.0)


def ppf(q: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share q lies."""
    q, b, loc, scale = floats(q, b, loc, scale)
    return chosen((q >= 0) & (q <= 1), loc + scale * exp(-log1p(-q) / b), math.nan)


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "ppf", "sf"]
