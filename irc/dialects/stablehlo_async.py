"""Operations that run beside the program: a start gives a future, of which the result is asked later."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_reducers import block_of, returned
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import IsolatedFromAbove, SingleBlock
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods import fields as f

STARTABLE = frozenset(
    f"stablehlo.{name}"
    for name in (
        "all_gather", "all_reduce", "all_to_all", "collective_broadcast", "collective_permute", "dynamic_slice",
        "dynamic_update_slice", "reduce_scatter", "slice",
    )
)  # fmt: skip
"""The ops that may run beside the program."""


class AsyncStart(StablehloOp, RegionBranch, name="stablehlo.async_start", traits=[SingleBlock, IsolatedFromAbove]):
    """Starts the only op of its region.

    %f = "stablehlo.async_start"(%x) ({
    ^bb0(%a: tensor<4xf32>):
      %s = stablehlo.slice %a [0:2] : (tensor<4xf32>) -> tensor<2xf32>
      stablehlo.return %s : tensor<2xf32>
    }) : (tensor<4xf32>) -> !stablehlo.future<tensor<2xf32>>
    """

    operands_: Sequence[Value] = f.variadic(ty.Tensor)
    body: Region = f.region()
    result: Value = f.result(ty.Future)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return self.operands_

    def infer(self) -> Sequence[Type]:
        if self.body.is_empty:
            raise VerifyError("region must not be empty")
        block = block_of(self.body, "body")
        inner = block.first
        if inner is None or inner.next is None or inner.next is not block.last:
            raise VerifyError("region must contain exactly one operation and a return")
        if inner.name not in STARTABLE:
            raise VerifyError("region must contain a collective or slice operation")
        arguments = block.arguments
        if len(arguments) != len(self.operands_):
            raise VerifyError(
                f"number of operands ({len(self.operands_)}) must match number of region arguments ({len(arguments)})"
            )
        for i, (value, argument) in enumerate(zip(self.operands_, arguments, strict=True)):
            if value.type is not argument.type:
                raise VerifyError(
                    f"operand type '{value.type}' at index {i} must match region argument type '{argument.type}'"
                )
        values = returned(block)
        if len(values) != 1:
            raise VerifyError(f"region must return exactly one value, but got {len(values)}")
        return [ty.FutureType((values[0].type,))]


class AsyncDone(StablehloOp, name="stablehlo.async_done"):
    """Waits for a future.

    %y = "stablehlo.async_done"(%f) : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>
    """

    operand: Value = f.operand(ty.Future)
    result: Value = f.result(ty.Tensor)

    def infer(self) -> Sequence[Type]:
        type = self.operand.type
        assert isinstance(type, ty.FutureType)
        if len(type.types) != 1:
            raise VerifyError(f"future must have exactly one type parameter, but got {len(type.types)}")
        return [type.types[0]]
