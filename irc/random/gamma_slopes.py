"""How gamma distributed numbers move with the shape parameter.

A number of this distribution stays where a given part of the distribution is below it. So P(a, x) is constant, and with the
density p its slope is dx/da = -(dP/da) / p (M. Figurnov, S. Mohamed and A. Mnih, "Implicit reparameterization gradients",
2018).
"""

from __future__ import annotations

import math

import numpy as np

from irc.lax.incomplete import igamma
from irc.lax.special import digamma, lgamma
from irc.numpy import ufuncs
from irc.numpy.ufuncs.operands import filled
from irc.tracing.array import Array
from irc.tracing.dtypes import limits
from irc.tracing.elementwise import cast
from irc.tracing.tangents import jvp


def log_slope(a: Array, log_x: Array) -> Array:
    """The derivative of log(x) with respect to `a`."""
    wide = np.dtype(np.float32) if a.dtype.itemsize < 4 else a.dtype
    a_, at = cast(a, wide), cast(log_x, wide)
    # Where x is less than the distance of floats, P is its leading term x^a / gamma(a + 1).
    small = ufuncs.less(at, filled(at, math.log(limits(wide).eps)))
    leading = ufuncs.divide(ufuncs.subtract(digamma(ufuncs.add(a_, 1.0)), at), a_)
    near = ufuncs.where(small, 0.0, at)
    x = ufuncs.exp(near)
    _, change = jvp(lambda a: igamma(a, x), (a_,), (filled(a_, 1),))
    weight = ufuncs.exp(ufuncs.subtract(ufuncs.subtract(ufuncs.multiply(a_, near), x), lgamma(a_)))
    return cast(ufuncs.where(small, leading, ufuncs.negative(ufuncs.divide(change, weight))), a.dtype)
