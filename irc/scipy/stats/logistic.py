"""The logistic distribution."""

from __future__ import annotations

from typing import Any

from irc.nn.activations import sigmoid, softplus
from irc.numpy.ufuncs.exponentials import exp, log, log1p
from irc.numpy.ufuncs.signs import abs as abs_
from irc.scipy.special import logit
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return -abs_(z) - 2 * log1p(exp(-abs_(z))) - log(scale)


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return sigmoid(z)


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    found: Array = -softplus(-z)
    return found


def sf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return sigmoid(-z)


def logsf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    found: Array = -softplus(z)
    return found


def ppf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share x lies."""
    x, loc, scale = floats(x, loc, scale)
    found: Array = logit(x) * scale + loc
    return found


def isf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Above which the share x lies."""
    x, loc, scale = floats(x, loc, scale)
    found: Array = -logit(x) * scale + loc
    return found


__all__ = ["cdf", "isf", "logcdf", "logpdf", "logsf", "pdf", "ppf", "sf"]
