"""What the special functions of `nd` compute, as NumPy functions: in doubles, whatever the type."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import _special_coefficients as table
from irc.dialects import nd_special as nd
from irc.ir.operation import Operation

Array = np.ndarray[Any, Any]


def _lgamma_of(x: float) -> float:
    """Python's, which has exceptions where the function is infinite."""
    if x <= 0 and x.is_integer():
        return math.inf
    try:
        return math.lgamma(x)
    except OverflowError:
        return math.inf


def _on_each(function: Callable[[float], float]) -> Callable[[Array], Array]:
    every = np.vectorize(function, otypes=[np.float64])
    return lambda x: np.asarray(every(x)) if x.size else x


_erf, _erfc, _lgamma_of_each = _on_each(math.erf), _on_each(math.erfc), _on_each(_lgamma_of)


def _erf_inv(x: Array) -> Array:
    """Newton's method for erf(y) = x, in logarithms of erfc where that is small, from S. Winitzki's formula of 2008."""
    magnitude = np.abs(x)
    inside = np.where(magnitude < 1, magnitude, 0.5)
    log = np.log1p(-inside * inside)
    half = 2 / (math.pi * 0.147) + log / 2
    y = np.sqrt(np.sqrt(half * half - log / 0.147) - half)
    slope = 2 / math.sqrt(math.pi)
    for _ in range(4):
        density = slope * np.exp(-y * y)
        beyond = _erfc(y)
        near = (_erf(y) - inside) / density
        far = np.log((1 - inside) / beyond) * beyond / density
        y = y - np.where(inside < 0.5, near, far)
    y = np.where(magnitude == 1, np.inf, np.where(magnitude < 1, y, np.nan))
    return np.where(x == 0, x, np.copysign(y, x))


def _lgamma(x: Array) -> Array:
    """Around the zeros 1 and 2, where Python's loses digits, by a polynomial."""
    z = np.where(x < 1.5, x - 1, x - 2)
    near = z * np.polyval(table.LGAMMA[::-1], z)
    near = np.where(x < 1.5, near - np.log1p(np.where(x < 1.5, z, 0)), near)
    return np.where(np.abs(x - 1.5) < 0.75, near, _lgamma_of_each(x))


def _digamma(x: Array) -> Array:
    """By the recurrence (DLMF 5.5.2) and the asymptotic series (5.11.2); by reflection (5.5.4) for negative numbers."""
    magnitude = np.abs(x)
    value = -0.5 / (magnitude + 16) + np.log(magnitude + 16)
    square = 1 / (magnitude + 16) ** 2
    value = value - square * np.polyval(table.DIGAMMA_SERIES[::-1], square)
    for step in range(16):
        value = value - 1 / (magnitude + step)
    high, low = table.DIGAMMA_ROOT
    distance = (magnitude - high) - low
    value = np.where(np.abs(distance) < 0.25, distance * np.polyval(table.DIGAMMA_AT_ROOT[::-1], distance), value)
    turn = (x - np.rint(x)) * math.pi
    reflected = value + 1 / magnitude - math.pi * np.cos(turn) / np.sin(turn)
    value = np.where(x < 0, reflected, value)
    return np.where((x <= 0) & (x == np.rint(x)), np.nan, value)


def _in_doubles(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: np.asarray(function(x.astype(np.float64))).astype(x.dtype)


FUNCTIONS: dict[type[Operation], Callable[[Array], Array]] = {
    nd.Erfc: _in_doubles(_erfc),
    nd.ErfInv: _in_doubles(_erf_inv),
    nd.LGamma: _in_doubles(_lgamma),
    nd.Digamma: _in_doubles(_digamma),
}
"""By op class."""
