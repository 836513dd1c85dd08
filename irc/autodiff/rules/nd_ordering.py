"""The derivative of `nd.sort`: that of taking the elements from where they were, which positions say that are sorted along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.activity import is_differentiable
from irc.autodiff.expansion import expanded
from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import missing_derivative
from irc.autodiff.shaping import axes_attr
from irc.dialects import nd as ops
from irc.ir.attributes import i64_attr
from irc.ir.cloning import IRMapping, clone_region_into
from irc.ir.region import Region
from irc.ir.types import TensorType, i64

nd = functions("nd")

missing_derivative(ops.Sort, "where the elements went is not recorded")


@expanded(ops.Sort)
def _sort(op: Any, operands: Sequence[Expr]) -> list[Expr | None]:
    """The positions are sorted with the operands; each result takes the elements of its operand there."""
    like, b, axis = operands[0], operands[0].builder, int(op.axis.value)
    if 0 in like.shape:
        return list(operands)  # nothing is in order already
    type = TensorType(like.shape, i64)
    iota = b.insert(ops.Iota(i64_attr(axis), like.dims, result_types=[type])).result
    comparator = Region()
    clone_region_into(op.comparator, comparator, IRMapping())
    for _ in range(2):
        comparator.entry.add_argument(TensorType((), i64))
    inputs = [*(operand.value for operand in operands), iota]
    made = ops.Sort(inputs, op.axis, comparator, op.stable, result_types=[value.type for value in inputs])
    *others, at = b.insert(made).results
    found: list[Expr | None] = []
    for operand, other, result in zip(operands, others, op.results, strict=True):
        if not result.users:
            found.append(None)
        elif is_differentiable(operand.type):
            found.append(_taken(operand, Expr.of(b, at), axis))
        else:
            found.append(Expr.of(b, other))
    return found


def _taken(x: Expr, at: Expr, axis: int) -> Expr:
    """The elements of `x` at positions along an axis."""
    others = axes_attr([i for i in range(x.rank) if i != axis])
    return nd.gather(
        x,
        at,
        sizes=axes_attr([1] * x.rank),
        offset_dims=axes_attr([]),
        collapsed_slice_dims=axes_attr([axis]),
        operand_batching_dims=others,
        start_indices_batching_dims=others,
        start_index_map=axes_attr([axis]),
        index_vector_dim=i64_attr(x.rank),
    )
