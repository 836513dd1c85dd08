"""Derivatives of the operations that adjoints are made of, for derivatives of derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.rule import linear, no_derivative, transpose
from irc.autodiff.shaping import dynamic_slice, index_constant, update_slice
from irc.dialects import ad as ops


@transpose(ops.Push, "rows", "stack")
def _push(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The rows get theirs of the cotangent, the stack what is left. That is as long as the stack is at the end: it has
    zeros where the stack did not reach yet."""
    rows, _, top = operands
    starts = [top.value, *(index_constant(ct, 0) for _ in range(ct.rank - 1))]
    return [dynamic_slice(ct, starts, rows), update_slice(ct, rows.like(0), starts), None]


for _same in (ops.Barrier, ops.CheckpointName):
    linear(_same, lambda ct, x: ct)
no_derivative(ops.StopGradient, "it says that its operand counts as constant")
