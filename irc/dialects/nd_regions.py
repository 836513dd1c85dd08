"""Regions of `nd` ops that compute on single elements: combiners, comparators, selections.

As in StableHLO they take and yield tensors of rank 0. They hold elementwise ops of `nd`, constants, and bits read as another
type of the same width, so every executor
can run them on any number of elements at once: a lowering writes their scalars into a loop, the interpreter runs them on
whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_bits import Bitcast
from irc.dialects.nd_shape import BroadcastTo, PermuteDims, Reshape, Slice
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError, counted
from irc.ir.interfaces import DestinationStyle
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import ConstantLike, Elementwise, Pure, ReturnLike, Terminator
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods.fields import variadic
from irc.ods.op import Op

IDENTITIES: tuple[type[Operation], ...] = (BroadcastTo, PermuteDims, Reshape, Slice)
"""Ops that do nothing to a tensor of rank 0."""


class Yield(Op, name="nd.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends a region of an `nd` op and gives its values.

    nd.yield %x, %i : tensor<f32>, tensor<i32>
    """

    inputs: Sequence[Value] = variadic()
    assembly = "$inputs attr-dict `:` type($inputs)"


def element(type: Type) -> TensorType:
    """The tensor of rank 0 that stands for one element of a tensor type."""
    assert isinstance(type, TensorType)
    return TensorType((), type.element_type)


def check_region(region: Region, what: str, arguments: Sequence[Type], results: Sequence[Type]) -> None:
    """Raise `VerifyError` unless `region`, called `what`, computes elements of `results` from elements of `arguments`.

    Both are tensor types, of which only the types of the elements matter.
    """
    if region.is_empty or region.first is not region.last:
        raise VerifyError(f"expects the {what} to have one block")
    block = region.entry
    _check_types(f"arguments of the {what}", [argument.type for argument in block.arguments], arguments)
    for op in block:
        if op is not block.last:
            _check_op(op, what)
    if not isinstance(block.last, Yield):
        raise VerifyError(f"expects the {what} to end with 'nd.yield'")
    _check_types(f"values that the {what} yields", [value.type for value in block.last.inputs], results)


def _check_types(what: str, found: Sequence[Type], tensors: Sequence[Type]) -> None:
    expected = [element(type) for type in tensors]
    if list(found) != expected:
        types = ", ".join(f"'{type}'" for type in found)
        wanted = ", ".join(f"'{type}'" for type in expected)
        raise VerifyError(f"expected the {what} to be {wanted}, got {types or counted(0, 'value')}")


def _check_op(op: Operation, what: str) -> None:
    computes = op.name.startswith("nd.") and (
        Elementwise in op.traits or ConstantLike in op.traits or isinstance(op, (*IDENTITIES, Bitcast))
    )
    if not computes or (isinstance(op, DestinationStyle) and op.destinations):
        raise VerifyError(f"expects the {what} to hold elementwise 'nd' ops without destinations, got '{op.name}'")
    for value in (*op.operands, *op.results):
        if not isinstance(value.type, TensorType) or value.type.rank:
            raise VerifyError(f"expects the {what} to compute on tensors of rank 0, got '{value.type}'")


def steps(block: Block) -> list[Operation]:
    """The ops of a region's block before its terminator."""
    terminator = block.terminator
    return [op for op in block if op is not terminator]
