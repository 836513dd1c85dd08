"""The distribution of Dirichlet, of shares that add up to one."""

from __future__ import annotations

import math
from typing import Any

from irc.lax.special import lgamma
from irc.numpy import reductions
from irc.numpy.manipulation import concat
from irc.numpy.ufuncs.exponentials import exp
from irc.numpy.ufuncs.operands import inexact
from irc.numpy.ufuncs.signs import abs as abs_
from irc.scipy.special import xlogy
from irc.scipy.stats.arguments import chosen
from irc.tracing.array import Array
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import reshape


def logpdf(x: Any, alpha: Any) -> Array:
    """The logarithm of the density; shares lie along the first axis, of which the last one may be left out."""
    shares, weights = promoted(inexact(x), inexact(alpha))[0]
    if weights.ndim != 1 or shares.shape[0] not in (weights.shape[0], weights.shape[0] - 1):
        raise ValueError(f"dirichlet has {weights.shape} weights for an array of shape {shares.shape}")
    if shares.shape[0] != weights.shape[0]:
        shares = concat([shares, 1 - reductions.sum(shares, 0, keepdims=True)], axis=0)
    inside = reductions.all(shares >= 0, 0) & (abs_(reductions.sum(shares, 0) - 1) < 1e-4)
    powers = reductions.sum(xlogy(reshape(weights - 1, (-1, *(1,) * (shares.ndim - 1))), shares), 0)
    constant = reductions.sum(lgamma(weights)) - lgamma(reductions.sum(weights))
    return chosen(inside, powers - constant, -math.inf)


def pdf(x: Any, alpha: Any) -> Array:
    """The density."""
    return exp(logpdf(x, alpha))


__all__ = ["logpdf", "pdf"]
