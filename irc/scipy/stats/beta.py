"""The beta distribution."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.betas import betainc
from irc.numpy.ufuncs.exponentials import exp, log
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.truth import where
from irc.scipy.special import betaln, xlog1py, xlogy
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    z = (x - loc) / scale
    inside = (z >= 0) & (z <= 1)
    z = within(inside, z, 0.5)
    return chosen(inside, xlogy(a - 1, z) + xlog1py(b - 1, -z) - betaln(a, b) - log(scale), -math.inf)


def pdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    return exp(logpdf(x, a, b, loc, scale))


def cdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    z = (x - loc) / scale
    z = where(z < 0, filled(z, 0), where(z > 1, filled(z, 1), z))
    return betainc(a, b, z)


def logcdf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    return log(cdf(x, a, b, loc, scale))


def sf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share above x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    z = (x - loc) / scale
    z = where(z < 0, filled(z, 0), where(z > 1, filled(z, 1), z))
    return betainc(b, a, 1 - z)


def logsf(x: Any, a: Any, b: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share above x."""
    x, a, b, loc, scale = floats(x, a, b, loc, scale)
    return log(sf(x, a, b, loc, scale))


__all__ = ["cdf", "logcdf", "logpdf", "logsf", "pdf", "sf"]
