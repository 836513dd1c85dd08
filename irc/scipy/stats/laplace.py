"""The distribution of Laplace."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, log
from irc.numpy.ufuncs.signs import abs as abs_
from irc.numpy.ufuncs.truth import where
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return -abs_(z) - log(scale) - math.log(2)


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return where(z < 0, exp(-abs_(z)) / 2, 1 - exp(-abs_(z)) / 2)


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    return log(cdf(x, loc, scale))


__all__ = ["cdf", "logcdf", "logpdf", "pdf"]
