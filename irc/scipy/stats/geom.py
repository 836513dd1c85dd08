"""The number of trials until one succeeds."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, log
from irc.scipy.special import xlog1py
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpmf(k: Any, p: Any, loc: Any = 0) -> Array:
    """The logarithm of the probability."""
    k, p, loc = floats(k, p, loc)
    n = k - loc
    inside = n >= 1
    n = within(inside, n, 1.0)
    return chosen(inside, xlog1py(n - 1, -p) + log(p), -math.inf)


def pmf(k: Any, p: Any, loc: Any = 0) -> Array:
    """The probability."""
    k, p, loc = floats(k, p, loc)
    return exp(logpmf(k, p, loc))


__all__ = ["logpmf", "pmf"]
