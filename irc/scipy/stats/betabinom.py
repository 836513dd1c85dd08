"""Binomially distributed numbers whose probability is beta distributed."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.exponentials import exp, log
from irc.numpy.ufuncs.rounding import floor
from irc.scipy.special import betaln
from irc.scipy.stats.arguments import chosen, floats, within
from irc.tracing.array import Array


def logpmf(k: Any, n: Any, a: Any, b: Any, loc: Any = 0) -> Array:
    """The logarithm of the probability."""
    k, n, a, b, loc = floats(k, n, a, b, loc)
    m = floor(k - loc)
    inside = (m >= 0) & (m <= n)
    m = within(inside, m, 0.0)
    ways = -log(n + 1) - betaln(n - m + 1, m + 1)
    return chosen(inside, ways + betaln(m + a, n - m + b) - betaln(a, b), -math.inf)


def pmf(k: Any, n: Any, a: Any, b: Any, loc: Any = 0) -> Array:
    """The probability."""
    k, n, a, b, loc = floats(k, n, a, b, loc)
    return exp(logpmf(k, n, a, b, loc))


__all__ = ["logpmf", "pmf"]
