"""The derivative of `nd.digamma`: the trigamma function, which is no op but a formula of others."""

from __future__ import annotations

import math

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import derivative
from irc.dialects import nd as ops

nd = functions("nd")

_STEPS = 10
"""From so far on the series is as good as the numbers."""
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)


def _trigamma(x: Expr) -> Expr:
    """For x of 1/2 and more the sum of 1/(x + k)², the end of it by Euler and Maclaurin's series; below by reflection."""
    below = nd.less(x, x.like(0.5))
    z = nd.where(below, 1 - x, x)
    total = 1 / (z * z)
    for k in range(1, _STEPS):
        total = total + 1 / ((z + k) * (z + k))
    inverse = 1 / (z + _STEPS)
    square = inverse * inverse
    series = square * _BERNOULLI[-1]
    for number in reversed(_BERNOULLI[:-1]):
        series = (series + number) * square
    total = total + inverse * (1 + series) + square * 0.5
    # Away from zeros of the sine where there is no reflection.
    near = nd.where(below, x - nd.round(x), x.like(0.5))
    sine = nd.sin(near * math.pi)
    return nd.where(below, math.pi**2 / (sine * sine) - total, total)


derivative(ops.Digamma, lambda y, x: _trigamma(x))
