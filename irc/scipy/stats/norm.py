"""The normal distribution."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.arithmetic import square
from irc.numpy.ufuncs.exponentials import exp, log
from irc.scipy.special import log_ndtr, ndtr, ndtri
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return -square(z) / 2 - log(scale) - 0.5 * math.log(2 * math.pi)


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return ndtr(z)


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return log_ndtr(z)


def sf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return ndtr(-z)


def logsf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return log_ndtr(-z)


def ppf(q: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share q lies."""
    q, loc, scale = floats(q, loc, scale)
    found: Array = ndtri(q) * scale + loc
    return found


def isf(q: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Above which the share q lies."""
    q, loc, scale = floats(q, loc, scale)
    found: Array = -ndtri(q) * scale + loc
    return found


__all__ = ["cdf", "isf", "logcdf", "logpdf", "logsf", "pdf", "ppf", "sf"]
