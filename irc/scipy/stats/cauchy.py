"""The distribution of Cauchy."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.trigonometry import atan, tan
from irc.numpy.ufuncs.arithmetic import square
from irc.numpy.ufuncs.exponentials import exp, log, log1p
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return -math.log(math.pi) - log(scale) - log1p(square(z))


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return atan(z) / math.pi + 0.5


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    return log(cdf(x, loc, scale))


def sf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return atan(-z) / math.pi + 0.5


def logsf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, loc, scale = floats(x, loc, scale)
    return log(sf(x, loc, scale))


def ppf(q: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share q lies."""
    q, loc, scale = floats(q, loc, scale)
    found: Array = tan((q - 0.5) * math.pi) * scale + loc
    return found


def isf(q: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Above which the share q lies."""
    q, loc, scale = floats(q, loc, scale)
    found: Array = tan((0.5 - q) * math.pi) * scale + loc
    return found


__all__ = ["cdf", "isf", "logcdf", "logpdf", "logsf", "pdf", "ppf", "sf"]
