"""Modified Bessel functions of the first kind."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.numpy.reductions import mean
from irc.numpy.ufuncs import abs as abs_
from irc.numpy.ufuncs import exp, filled, inexact, sqrt, where
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.shaping import reshape


def i0e(x: Any) -> Array:
    """The modified Bessel function of order zero, times exp(-|x|)."""
    return _scaled_bessel(x, 0)


def i1e(x: Any) -> Array:
    """The modified Bessel function of order one, times exp(-|x|)."""
    return _scaled_bessel(x, 1)


def i1(x: Any) -> Array:
    """The modified Bessel function of order one."""
    a = inexact(x)
    return _scaled_bessel(a, 1) * exp(abs_(a))


def _scaled_bessel(x: Any, order: int) -> Array:
    """The mean of exp(|x| (cos t - 1)) cos(order t), by the trapezoidal rule in 256 angles; a series beyond 200."""
    a = inexact(x)
    size = abs_(a)
    far = size > 200
    angles = (np.arange(256) + 0.5) * np.pi / 256
    less, factor = (
        ConcreteArray(each.astype(a.dtype)) for each in (-2 * np.sin(angles / 2) ** 2, np.cos(order * angles))
    )
    near = where(far, filled(a, 1), size)
    found = mean(exp(reshape(near, (*a.shape, 1)) * less) * factor, -1)
    inverse, mu = 1 / where(far, size, filled(a, 1000)), 4.0 * order
    series = 1 - inverse * ((mu - 1) / 8) * (1 - inverse * ((mu - 9) / 16) * (1 - inverse * ((mu - 25) / 24)))
    found = where(far, series * sqrt(inverse / (2 * math.pi)), found)
    return where(a < 0, -found, found) if order else found


__all__ = ["i0e", "i1", "i1e"]
