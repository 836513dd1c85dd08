"""The StableHLO specification's constraints on the layouts and groups of a convolution."""

from __future__ import annotations

from irc.dialects._conv_layouts import Layouts
from irc.dialects._shape_checks import distinct, shape_text
from irc.ir.diagnostic import VerifyError
from irc.ir.types import Shape


def check_layouts(layouts: Layouts, rank: int) -> None:
    """Whether the layouts name each dimension of something of that rank once, and as many spatial ones."""
    counts = [len(spatial) for _, _, spatial in layouts]
    if len(set(counts)) > 1:
        raise VerifyError(
            "expects the same size for input, kernel and output spatial-dimensions, but got "
            f"{counts[0]}, {counts[1]}, and {counts[2]} resp."
        )
    for name, (first, second, spatial) in zip(("input", "kernel", "output"), layouts, strict=True):
        listed = (first, *spatial, second)
        if not all(0 <= dim < rank for dim in listed):
            raise VerifyError(f"expects input, kernel, and output dimension-numbers to be in-range [0, {rank}).")
        if not distinct(listed):
            raise VerifyError(f"expects {name} dimension-numbers to be unique, got {{{shape_text(listed)}}}.")


def check_groups(lhs: Shape, rhs: Shape, layouts: Layouts, features: int, batches: int) -> None:
    """Whether the groups divide what they group."""
    (batch_dim, feature_dim, _), (kernel_in_dim, kernel_out_dim, _), _ = layouts
    if features > 1 and batches > 1:
        raise VerifyError(
            "expects batch_group_count and feature_group_count not to be both greater than 1. "
            f"Got {batches} and {features} resp."
        )
    batch, feature = lhs[batch_dim], lhs[feature_dim]
    kernel_in = rhs[kernel_in_dim]
    kernel_out = rhs[kernel_out_dim]
    if batch is not None and batch % batches:
        raise VerifyError(
            f"expects input batch dimension ({batch}) to be divisible by batch_group_count. "
            f"Got batch_group_count = {batches}."
        )
    if feature is not None and feature % features:
        raise VerifyError(
            f"expects input feature dimension ({feature}) to be a multiple of feature_group_count. "
            f"Got feature_group_count = {features}."
        )
    if feature is not None and kernel_in is not None and feature // features != kernel_in:
        raise VerifyError(
            f"expects input feature dimension ({feature}) / feature_group_count = kernel input feature dimension "
            f"({kernel_in}). Got feature_group_count = {features}."
        )
    if kernel_out is not None and kernel_out % batches:
        raise VerifyError(
            f"expects output feature dimension size ({kernel_out}) to be a multiple of batch_group_count. "
            f"Got batch_group_count = {batches}."
        )
    if kernel_out is not None and kernel_out % features:
        raise VerifyError(
            f"expects kernel output feature dimension ({kernel_out}) to be divisible by feature_group_count. "
            f"For feature_group_count = {features}."
        )
