"""Movements of data that cancel or combine."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd as ops_nd
from irc.dialects.nd_base import integers, tensor_type
from irc.ir.attributes import DenseArrayAttr
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.pattern import ops, variables
from irc.rewrite.rewriter import Rewriter
from irc.rewrite.rules import RuleSet

nd = ops("nd")
(x,) = variables("x")


def _is_identity(op: Any) -> bool:
    """Whether the op's result has the type of its first operand, all sizes static."""
    type = op.operands[0].type
    return type is op.results[0].type and isinstance(type, TensorType) and type.has_static_shape


def _permute_once(op: Any, x: Value, rewriter: Rewriter) -> Value:
    inner = integers(op.x.owner.axes)
    axes = DenseArrayAttr.i64(tuple(inner[axis] for axis in integers(op.axes)))
    return rewriter.insert(ops_nd.PermuteDims(x, axes)).result


def _same_type(op: Any, x: Value) -> bool:
    return x.type is op.results[0].type and tensor_type(x).has_static_shape


_RULES = RuleSet(
    reshape_nothing=(nd.reshape(x) >> x).when(_is_identity),
    reshape_twice=nd.reshape(nd.reshape(x))
    >> (lambda op, x, rewriter: rewriter.insert(ops_nd.Reshape(x, op.dims, result_types=[op.results[0].type])).result),
    broadcast_nothing=(nd.broadcast_to(x) >> x).when(_is_identity),
    broadcast_twice=nd.broadcast_to(nd.broadcast_to(x))
    >> (
        lambda op, x, rewriter: (
            rewriter.insert(ops_nd.BroadcastTo(x, op.dims, result_types=[op.results[0].type])).result
        )
    ),
    permute_nothing=(nd.permute_dims(x) >> x).when(
        lambda op: list(integers(op.axes)) == list(range(tensor_type(op.x).rank))
    ),
    permute_twice=nd.permute_dims(nd.permute_dims(x)) >> _permute_once,
    sum_nothing=(nd.sum(x) >> x).when(lambda op: not op.axes.values),
    cast_nothing=(nd.cast(x) >> x).when(lambda op: op.operands[0].type is op.results[0].type),
)

SHAPES: Patterns = _RULES.patterns
