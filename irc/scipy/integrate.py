"""Integrals, by the names of `jax.scipy.integrate`."""

from __future__ import annotations

from irc.numpy.signals import trapezoid

__all__ = ["trapezoid"]
