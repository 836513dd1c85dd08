"""The distribution of Poisson."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.incomplete import igammac
from irc.lax.special import lgamma
from irc.numpy.ufuncs.exponentials import exp
from irc.numpy.ufuncs.rounding import floor
from irc.scipy.special import xlogy
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpmf(k: Any, mu: Any, loc: Any = 0) -> Array:
    """The logarithm of the probability."""
    k, mu, loc = floats(k, mu, loc)
    n = k - loc
    inside = (n >= 0) & (n == floor(n))
    n = within(inside, n, 0.0)
    return chosen(inside, xlogy(n, mu) - lgamma(n + 1) - mu, -math.inf)


def pmf(k: Any, mu: Any, loc: Any = 0) -> Array:
    """The probability."""
    k, mu, loc = floats(k, mu, loc)
    return exp(logpmf(k, mu, loc))


def cdf(k: Any, mu: Any, loc: Any = 0) -> Array:
    """The share below k or at it."""
    k, mu, loc = floats(k, mu, loc)
    n = floor(k - loc)
    return chosen(n >= 0, igammac(within(n >= 0, n, 0.0) + 1, mu), 0.0)


__all__ = ["cdf", "logpmf", "pmf"]
