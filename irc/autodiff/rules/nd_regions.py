"""Derivatives of `nd`'s ops with regions."""

from __future__ import annotations

from irc.autodiff.rule import no_derivative
from irc.dialects import nd as ops

no_derivative(ops.Yield, "it ends a region; what the region computes is the business of the op around it")
