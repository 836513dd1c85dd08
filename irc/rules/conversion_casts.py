"""Casts that conversions leave, which cancel."""

from __future__ import annotations

from irc.dialects import builtin
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def cast_back(op: builtin.UnrealizedConversionCast, rewriter: Rewriter) -> bool:
    """Values that are cast to other types and back are what they were."""
    inner = op.inputs[0].defining_op if op.inputs else None
    if not isinstance(inner, builtin.UnrealizedConversionCast) or len(inner.results) != len(op.inputs):
        return False
    if any(value is not result for value, result in zip(op.inputs, inner.results, strict=True)):
        return False
    if [value.type for value in inner.inputs] != [result.type for result in op.results]:
        return False
    rewriter.replace(op, inner.inputs)
    return True


def cast_to_same(op: builtin.UnrealizedConversionCast, rewriter: Rewriter) -> bool:
    """A cast of values to their own types."""
    if not op.results or [value.type for value in op.inputs] != [result.type for result in op.results]:
        return False
    rewriter.replace(op, op.inputs)
    return True


CONVERSION_CASTS: Patterns = {builtin.UnrealizedConversionCast: [cast_to_same, cast_back]}
