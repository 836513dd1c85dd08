"""Minimisation, by the names of `jax.scipy.optimize`."""

from __future__ import annotations

from irc.scipy.optimize.minimize import OptimizeResults, minimize

__all__ = ["OptimizeResults", "minimize"]
