"""The gamma distribution."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.incomplete import igamma, igammac
from irc.lax.special import lgamma
from irc.numpy.ufuncs.exponentials import exp, log
from irc.scipy.special import xlogy
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpdf(x: Any, a: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, a, loc, scale = floats(x, a, loc, scale)
    z = (x - loc) / scale
    inside = z >= 0
    z = within(inside, z, 1.0)
    return chosen(inside, xlogy(a - 1, z) - z - lgamma(a) - log(scale), -math.inf)


def pdf(x: Any, a: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, a, loc, scale = floats(x, a, loc, scale)
    return exp(logpdf(x, a, loc, scale))


def cdf(x: Any, a: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, a, loc, scale = floats(x, a, loc, scale)
    z = (x - loc) / scale
    return chosen(z > 0, igamma(a, within(z > 0, z, 1.0)), 0.0)


def logcdf(x: Any, a: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, a, loc, scale = floats(x, a, loc, scale)
    return log(cdf(x, a, loc, scale))


def sf(x: Any, a: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, a, loc, scale = floats(x, a, loc, scale)
    z = (x - loc) / scale
    return chosen(z > 0, igammac(a, within(z > 0, z, 1.0)), 1.0)


def logsf(x: Any, a: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, a, loc, scale = floats(x, a, loc, scale)
    return log(sf(x, a, loc, scale))


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "sf"]
