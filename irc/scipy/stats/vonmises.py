"""The distribution of von Mises, of angles."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy.ufuncs.circular import cos
from irc.numpy.ufuncs.exponentials import exp, log
from irc.scipy.special import i0e
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, kappa: Any) -> Array:
    """The logarithm of the density."""
    x, kappa = floats(x, kappa)
    found: Array = kappa * (cos(x) - 1) - log(2 * math.pi * i0e(kappa))
    return found


def pdf(x: Any, kappa: Any) -> Array:
    """The density."""
    x, kappa = floats(x, kappa)
    return exp(logpdf(x, kappa))


__all__ = ["logpdf", "pdf"]
