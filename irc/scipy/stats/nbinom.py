"""The number of failures until n trials have succeeded."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.special import lgamma
from irc.numpy.ufuncs.exponentials import exp, log
from irc.scipy.special import xlog1py
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpmf(k: Any, n: Any, p: Any, loc: Any = 0) -> Array:
    """The logarithm of the probability."""
    k, n, p, loc = floats(k, n, p, loc)
    m = k - loc
    inside = m >= 0
    m = within(inside, m, 0.0)
    ways = lgamma(m + n) - lgamma(n) - lgamma(m + 1)
    return chosen(inside, ways + n * log(p) + xlog1py(m, -p), -math.inf)


def pmf(k: Any, n: Any, p: Any, loc: Any = 0) -> Array:
    """The probability."""
    k, n, p, loc = floats(k, n, p, loc)
    return exp(logpmf(k, n, p, loc))


__all__ = ["logpmf", "pmf"]
