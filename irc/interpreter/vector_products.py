"""How `vector.contract` and the product of flattened matrices are computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import vector
from irc.dialects.vector_contraction import REDUCTION
from irc.interpreter import integers as it
from irc.interpreter.combine import accumulate, combine
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.values import Array
from irc.ir.dense import dtype_of
from irc.ir.types import FloatType, Type, element_type


@interpret(vector.Contract)
def contract(frame: Frame, op: vector.Contract, lhs: Any, rhs: Any, acc: Any) -> Any:
    return masked_contract(frame, op, None, lhs, rhs, acc)


def masked_contract(frame: Frame, op: vector.Contract, mask: Array | None, lhs: Any, rhs: Any, acc: Any) -> Any:
    """The products at all points, combined in order; the mask has an element for each point."""
    places = [map.dim_positions() or () for map in op.maps]
    summed = [i for i, kind in enumerate(op.iterators) if kind is REDUCTION]
    kept = places[2]
    if any(len(set(each)) != len(each) for each in places) or sorted((*summed, *kept)) != list(
        range(len(op.iterators))
    ):
        fail(op, "needs each dimension once, in the result or as a reduction")
    type = op.result.type
    factors = [(lhs, places[0]), (rhs, places[1])]
    extents = {i: size for array, place in factors for i, size in zip(place, array.shape, strict=True)}
    shape = tuple(extents[i] for i in range(len(op.iterators)))
    left, right = (spread(extended(array, type), place, len(shape)) for array, place in factors)
    products = np.broadcast_to(combine("mul", left, right, type), shape)

    def steps(points: Array) -> Array:
        return points.transpose(*summed, *kept).reshape(-1, *(shape[i] for i in kept))

    return accumulate(op.kind.value, acc, steps(products), None if mask is None else steps(mask), type)


def extended(array: Array, type: Type) -> Any:
    """Factors with the type of the result, which may be wider; integers have a sign."""
    element = element_type(type)
    return array.astype(dtype_of(element)) if isinstance(element, FloatType) else it.back(it.signed(array), element)


def spread(array: Array, places: Sequence[int], rank: int) -> Array:
    """A view with dimension i at `places[i]` of `rank`, and of size 1 elsewhere."""
    order = np.argsort(places) if places else ()
    return array.transpose(order)[(*(slice(None) if i in places else None for i in range(rank)), ...)]


@interpret(vector.MatMul)
def matrix_multiply(frame: Frame, op: vector.MatMul, lhs: Any, rhs: Any) -> Any:
    """All matrices lie column after column."""
    inner, type = op.lhs_columns.value, op.res.type
    left, right = lhs.reshape(inner, op.lhs_rows.value), rhs.reshape(op.rhs_columns.value, inner)
    products = combine("mul", left[:, None, :], right.T[:, :, None], type)
    return accumulate("add", products[0], products[1:], None, type).ravel()
