"""The generalized normal distribution."""

from __future__ import annotations

from typing import Any

from irc.lax.incomplete import igamma
from irc.lax.special import lgamma
from irc.numpy.ufuncs.exponentials import exp, log
from irc.numpy.ufuncs.signs import abs as abs_
from irc.numpy.ufuncs.truth import where
from irc.scipy.stats.arguments import floats
from irc.tracing.array import Array


def logpdf(x: Any, beta: Any) -> Array:
    """The logarithm of the density."""
    x, beta = floats(x, beta)
    found: Array = log(beta / 2) - lgamma(1 / beta) - abs_(x) ** beta
    return found


def pdf(x: Any, beta: Any) -> Array:
    """The density."""
    x, beta = floats(x, beta)
    return exp(logpdf(x, beta))


def cdf(x: Any, beta: Any) -> Array:
    """The share below x."""
    x, beta = floats(x, beta)
    half = igamma(1 / beta, abs_(x) ** beta) / 2
    return where(x < 0, 0.5 - half, 0.5 + half)


__all__ = ["cdf", "logpdf", "pdf"]
