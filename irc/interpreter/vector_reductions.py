"""How the ops of `vector` that combine elements are computed: in order, and only those that a mask sets."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import vector
from irc.interpreter.combine import accumulate, combine, fold, neutral
from irc.interpreter.core import Frame, interpret
from irc.interpreter.values import Array, unspecified
from irc.ir.types import VectorType, element_type

Mask = Array | None


@interpret(vector.Reduction)
def reduction(frame: Frame, op: vector.Reduction, source: Any, *acc: Any) -> Any:
    """In the order of the elements, `acc` first, as LLVM's ordered reductions."""
    return fold(op.kind.value, (*acc, *np.ravel(source)), op.results[0].type)


def masked_reduction(frame: Frame, op: vector.Reduction, mask: Array, source: Any, *acc: Any) -> Any:
    kind, type = op.kind.value, op.dest.type
    return fold(kind, (*acc, *source[mask]) or (neutral(kind, type),), type)


@interpret(vector.MultiReduction)
def multi_reduction(frame: Frame, op: vector.MultiReduction, source: Any, acc: Any) -> Any:
    return masked_multi_reduction(frame, op, None, source, acc)


def masked_multi_reduction(frame: Frame, op: vector.MultiReduction, mask: Mask, source: Any, acc: Any) -> Any:
    axes = op.axes
    kept = tuple(i for i in range(source.ndim) if i not in axes)
    shape = -1, *(source.shape[i] for i in kept)
    order = *axes, *kept
    chosen = mask if mask is None else mask.transpose(order).reshape(shape)
    return accumulate(op.kind.value, acc, source.transpose(order).reshape(shape), chosen, op.results[0].type)


@interpret(vector.OuterProduct)
def outer_product(frame: Frame, op: vector.OuterProduct, lhs: Any, rhs: Any, *acc: Any) -> Any:
    type = op.results[0].type
    left, right = (lhs[:, None], rhs[None, :]) if np.ndim(rhs) else (lhs, rhs)
    product = combine("mul", left, right, type)
    return combine(op.kind.value, product, acc[0], type) if acc else product


def masked_outer_product(frame: Frame, op: vector.OuterProduct, mask: Array, lhs: Any, rhs: Any, *acc: Any) -> Any:
    type = op.result.type
    assert isinstance(type, VectorType)
    other = acc[0] if acc else unspecified(type.static_shape, element_type(type))
    return np.where(mask, outer_product(frame, op, lhs, rhs, *acc), other)


@interpret(vector.Scan)
def scan(frame: Frame, op: vector.Scan, source: Any, start: Any) -> Any:
    """An inclusive scan starts with the first element, an exclusive one with the initial value."""
    axis, kind = op.reduction_dim.value, op.kind.value
    parts = list(np.moveaxis(source, axis, 0))
    values = parts[1:] if op.inclusive.value else parts[:-1]
    totals = [parts[0] if op.inclusive.value else start]
    for value in values:
        totals.append(combine(kind, totals[-1], value, op.source.type))
    return np.stack(totals, axis), np.asarray(totals[-1])
