"""Numbers with names."""

from __future__ import annotations

import math

e = math.e
pi = math.pi
inf = math.inf
nan = math.nan
euler_gamma = 0.5772156649015329
newaxis = None

__all__ = ["e", "euler_gamma", "inf", "nan", "newaxis", "pi"]
