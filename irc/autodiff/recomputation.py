"""Which operations are computed again in an adjoint rather than having their results stored.

Moving data, and arithmetic of a cycle or so per element, cost no more than writing the result to memory and reading it
back. Products of matrices, reductions and functions such as `exp` do, and their results are stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from irc.autodiff.activity import all_operands
from irc.dialects import complex, nd, tensor
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike, Pure
from irc.ir.value import Value

_ELEMENTWISE: tuple[Any, ...] = (
    nd.Negative, nd.Abs, nd.Sign, nd.Add, nd.Subtract, nd.Multiply, nd.Maximum, nd.Minimum, nd.Where, nd.Cast,
    nd.LogicalAnd, nd.LogicalOr, nd.LogicalXor, nd.LogicalNot, nd.Equal, nd.NotEqual, nd.Less, nd.LessEqual, nd.Greater,
    nd.GreaterEqual, nd.BitwiseAnd, nd.BitwiseOr, nd.BitwiseXor, nd.BitwiseNot, nd.Bitcast,
)  # fmt: skip

_MOVING: tuple[Any, ...] = (
    nd.Iota, nd.Reshape, nd.BroadcastTo, nd.PermuteDims, nd.Slice, nd.DynamicSlice, nd.Reverse, tensor.Dim, tensor.Extract,
    tensor.FromElements, tensor.Cast, tensor.ExtractSlice, tensor.ExpandShape, tensor.CollapseShape, tensor.Splat,
)  # fmt: skip

_COMPLEX: tuple[Any, ...] = (
    complex.Create, complex.Re, complex.Im, complex.Add, complex.Sub, complex.Mul, complex.Neg, complex.Conj, complex.Eq,
    complex.Neq,
)  # fmt: skip

_CHEAP = frozenset((*_ELEMENTWISE, *_MOVING, *_COMPLEX))


def is_cheap(op: Operation) -> bool:
    """Whether `op` may run again in place of having its results stored."""
    if op.regions or Pure not in op.traits:
        return False
    # Whatever `arith` does takes a few cycles.
    return type(op) in _CHEAP or ConstantLike in op.traits or op.name.startswith("arith.")


def needed(block: Block, values: Iterable[Value]) -> list[Operation]:
    """The ops of `block` from which `values` are computed, in order."""
    wanted = set(values)
    found: list[Operation] = []
    for op in reversed(list(block)):
        if any(result in wanted for result in op.results):
            found.append(op)
            wanted.update(all_operands(op))
    return found[::-1]
