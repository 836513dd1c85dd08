"""Derivatives of `nd`'s ops with regions."""

from __future__ import annotations

from irc.autodiff.rule import no_derivative
from irc.dialects import nd as ops

no_derivative(ops.Yield, "it ends a region; what the region computes is the business of the op around it")

_COMBINER = (
    "it depends on the combiner, whose derivative is not taken yet; sums, products and extrema have ops of their own"
)
for _combining in (ops.Reduce, ops.Cumulative, ops.ReduceWindow, ops.SelectAndScatter):
    no_derivative(_combining, _COMBINER)
no_derivative(ops.Sort, "where the elements went is not recorded: sort the positions with them, and gather")
