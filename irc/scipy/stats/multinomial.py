"""How often each of several outcomes is met in n trials."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.special import lgamma
from irc.numpy import reductions
from irc.numpy.ufuncs.exponentials import exp
from irc.scipy.special import xlogy
from irc.scipy.stats.arguments import chosen, floats
from irc.tracing.array import Array


def logpmf(x: Any, n: Any, p: Any) -> Array:
    """The logarithm of the probability; outcomes lie along the last axis."""
    counts, shares = floats(x, p)
    (trials,) = floats(n)
    logs = lgamma(trials + 1) + reductions.sum(xlogy(counts, shares) - lgamma(counts + 1), -1)
    return chosen(reductions.sum(counts, -1) == trials, logs, -math.inf)


def pmf(x: Any, n: Any, p: Any) -> Array:
    """The probability."""
    return exp(logpmf(x, n, p))


__all__ = ["logpmf", "pmf"]
