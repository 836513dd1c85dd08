"""The distribution of Gumbel, of largest values."""

from __future__ import annotations

from typing import Any

from irc.numpy.ufuncs.exponentials import exp, expm1, log
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    found: Array = -z - exp(-z) - log(scale)
    return found


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return exp(-exp(-z))


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return -exp(-z)


def sf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return -expm1(-exp(-z))


def logsf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, loc, scale = floats(x, loc, scale)
    return log(sf(x, loc, scale))


def ppf(p: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share p lies."""
    p, loc, scale = floats(p, loc, scale)
    found: Array = loc - scale * log(-log(p))
    return found


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "ppf", "sf"]
