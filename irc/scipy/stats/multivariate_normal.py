"""The normal distribution of vectors."""

from __future__ import annotations

import math
from typing import Any

from irc.numpy import linalg, reductions
from irc.numpy.diagonals import diagonal
from irc.numpy.ufuncs.arithmetic import square
from irc.numpy.ufuncs.exponentials import exp, log
from irc.numpy.ufuncs.operands import inexact
from irc.tracing import factors
from irc.tracing.array import Array
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import broadcast_shapes, broadcast_to, reshape


def logpdf(x: Any, mean: Any, cov: Any, allow_singular: Any = None) -> Array:
    """The logarithm of the density; vectors lie along the last axis. Raises `NotImplementedError` for `allow_singular`."""
    if allow_singular is not None:
        raise NotImplementedError("allow_singular is not there: the covariances must be positive definite")
    at, middle, spread = promoted(inexact(x), inexact(mean), inexact(cov))[0]
    if not spread.ndim:
        # Independent elements of one variance.
        return -0.5 * square(at - middle) / spread - 0.5 * log(2 * math.pi * spread)
    n = spread.shape[-1]
    distance = at - middle
    root = linalg.cholesky(spread)
    batch = broadcast_shapes(distance.shape[:-1], root.shape[:-2])
    column = reshape(broadcast_to(distance, (*batch, n)), (*batch, n, 1))
    y = factors.triangular_solve(broadcast_to(root, (*batch, n, n)), column, lower=True)
    size = reductions.sum(square(reshape(y, (*batch, n))), -1)
    found: Array = -0.5 * size - n / 2 * math.log(2 * math.pi) - reductions.sum(log(diagonal(root, 0, -2, -1)), -1)
    return found


def pdf(x: Any, mean: Any, cov: Any) -> Array:
    """The density."""
    return exp(logpdf(x, mean, cov))


__all__ = ["logpdf", "pdf"]
