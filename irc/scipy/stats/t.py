"""The distribution of Student."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.special import lgamma
from irc.numpy.ufuncs.arithmetic import square
from irc.numpy.ufuncs.exponentials import exp, log, log1p
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The logarithm of the density."""
    x, df, loc, scale = floats(x, df, loc, scale)
    z = (x - loc) / scale
    constant = lgamma((df + 1) / 2) - lgamma(df / 2) - log(df * math.pi) / 2
    found: Array = constant - (df + 1) / 2 * log1p(square(z) / df) - log(scale)
    return found


def pdf(x: Any, df: Any, loc: Any = 0, scale: Any = 1) -> Array:
    """The density."""
    x, df, loc, scale = floats(x, df, loc, scale)
    return exp(logpdf(x, df, loc, scale))


__all__ = ["logpdf", "pdf"]
