"""One trial, which succeeds with probability p."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, log, log1p
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.truth import where
from irc.scipy.stats.arguments import chosen, floats
from irc.tracing.array import Array


def logpmf(k: Any, p: Any, loc: Any = 0) -> Array:
    """The logarithm of the probability."""
    k, p, loc = floats(k, p, loc)
    n = k - loc
    logs = where(n == 1, log(p), log1p(-p))
    return chosen((n == 0) | (n == 1), logs, -math.inf)


def pmf(k: Any, p: Any, loc: Any = 0) -> Array:
    """The probability."""
    k, p, loc = floats(k, p, loc)
    return exp(logpmf(k, p, loc))


def cdf(k: Any, p: Any, loc: Any = 0) -> Array:
    """The share below k or at it."""
    k, p, loc = floats(k, p, loc)
    n = k - loc
    return where(n < 0, filled(n, 0), where(n < 1, 1 - p, filled(n, 1)))


def ppf(q: Any, p: Any, loc: Any = 0) -> Array:
    """The least number that the share q lies below or at."""
    q, p, loc = floats(q, p, loc)
    valid = (q >= 0) & (q <= 1) & (p >= 0) & (p <= 1)
    return chosen(valid, where(q <= 1 - p, filled(q, 0), filled(q, 1)) + loc, math.nan)


__all__ = ["cdf", "logpmf", "pmf", "ppf"]
