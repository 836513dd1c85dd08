"""The uniform distribution, from `loc` to `loc + scale`."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, log
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.truth import where
from irc.scipy.stats.arguments import chosen, floats
from irc.tracing.array import Array


def logpdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return chosen((z >= 0) & (z <= 1), -log(scale), -math.inf)


def pdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, loc, scale = floats(x, loc, scale)
    return exp(logpdf(x, loc, scale))


def cdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The share below x."""
    x, loc, scale = floats(x, loc, scale)
    z = (x - loc) / scale
    return where(z < 0, filled(z, 0), where(z > 1, filled(z, 1), z))


def logcdf(x: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the share below x."""
    x, loc, scale = floats(x, loc, scale)
    return log(cdf(x, loc, scale))


def ppf(q: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """Below which the share q lies."""
    q, loc, scale = floats(q, loc, scale)
    return chosen((q >= 0) & (q <= 1), q * scale + loc, math.nan)


__all__ = ["cdf", "logcdf", "logpdf", "pdf", "ppf"]
