"""The chi-squared distribution."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.incomplete import igamma, igammac
from irc.lax.special import lgamma
from irc.numpy.ufuncs.exponentials import exp, log
from irc.scipy.special import xlogy
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpdf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, df, loc, scale = floats(x, df, loc, scale)
    z = (x - loc) / scale
    inside = z >= 0
    z = within(inside, z, 1.0)
    half = df / 2
    return chosen(inside, xlogy(half - 1, z) - z / 2 - lgamma(half) - half * math.log(2) - log(scale), -math.inf)


def pdf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, df, loc, scale = floats(x, df, loc, scale)
    return exp(logpdf(x, df, loc, scale))


def cdf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, df, loc, scale = floats(x, df, loc, scale)
    z = (x - loc) / scale
    return chosen(z > 0, igamma(df / 2, within(z > 0, z, 1.0) / 2), 0.0)


def logcdf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, df, loc, scale = floats(x, df, loc, scale)
    return log(cdf(x, df, loc, scale))


def sf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, df, loc, scale = floats(x, df, loc, scale)
    z = (x - loc) / scale
    return chosen(z > 0, igammac(df / 2, within(z > 0, z, 1.0) / 2), 1.0)


def logsf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, df, loc, scale = floats(x, df, loc, scale)
    return log(sf(x, df, loc, scale))


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "sf"]
