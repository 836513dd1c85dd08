"""Derivatives of `nd`'s ops with regions."""

from __future__ import annotations

from irc.autodiff.rule import no_derivative
from irc.dialects import nd as ops

no_derivative(ops.Yield, "it ends a region; what the region computes is the business of the op around it")

# The other ops have no rule: what depends on a combiner, whose derivative is not taken yet, or on where elements went when
# they were sorted, is an error rather than a constant.
