"""Ops that exchange data with the outside, ordered by tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_attributes import ChannelHandle
from irc.dialects.stablehlo_base import StablehloOp
from irc.ir.attributes import ArrayAttr, DenseElementsAttr, IntegerAttr, StringAttr, bool_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import IntegerType, TensorType, Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

DEVICE_TO_DEVICE, DEVICE_TO_HOST, HOST_TO_DEVICE = 1, 2, 3
"""The types of channels."""

_EXCHANGE = (Effect("read"), Effect("write"))


class AfterAll(StablehloOp, name="stablehlo.after_all", traits=[Pure]):
    """A token that comes after the given ones.

    %t = stablehlo.after_all %a, %b : !stablehlo.token
    """

    inputs: Sequence[Value] = f.variadic(ty.Token)
    result: Value = f.result(ty.Token)

    def infer(self) -> Sequence[Type]:
        return [ty.token]

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        operands = p.operand_list()
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        return p.build(cls, p.resolve_all(operands, [type] * len(operands)), [type], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.inputs)
        p.attr_dict(self)
        p(" : ")
        p.type(self.results[0].type)


class CreateToken(StablehloOp, name="stablehlo.create_token", traits=[Pure]):
    """A token.

    %t = stablehlo.create_token : !stablehlo.token
    """

    output: Value = f.result(ty.Token)
    assembly = "attr-dict `:` type(results)"

    def infer(self) -> Sequence[Type]:
        return [ty.token]


class _Id(StablehloOp, traits=[Pure]):
    """Base: the number of the process.

    %r = {op} : tensor<ui32>
    """

    result: Value = f.result(ty.ranked(ty.UI32))
    assembly = "attr-dict `:` type(results)"

    def infer(self) -> Sequence[Type]:
        return [TensorType((), IntegerType(32, "unsigned"))]


class ReplicaId(_Id, name="stablehlo.replica_id"):
    """The number of the replica that runs."""


class PartitionId(_Id, name="stablehlo.partition_id"):
    """The number of the partition that runs."""


def _check_received(results: Sequence[Value], words: str) -> None:
    if not results:
        raise VerifyError("result is expected to be at least of size 1, but got 0")
    for result in results[:-1]:
        if not isinstance(result.type, TensorType):
            raise VerifyError(f"{words} of tensor type, but got '{result.type}'")
    if results[-1].type is not ty.token:
        raise VerifyError(f"last element of result types is expected to be of token type, but got '{results[-1].type}'")


class Infeed(StablehloOp, MemoryEffects, name="stablehlo.infeed"):
    """Tensors from the infeed, and the token after them.

    %x, %t = "stablehlo.infeed"(%token) <{infeed_config = "queue"}>
      : (!stablehlo.token) -> (tensor<f32>, !stablehlo.token)
    """

    token: Value = f.operand(ty.Token)
    infeed_config: StringAttr = f.attribute(StringAttr, default=StringAttr(""))
    layout_: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    outputs: Sequence[Value] = f.variadic_results(ty.StaticOrToken)

    def effects(self) -> Sequence[Effect]:
        return _EXCHANGE

    def verify(self) -> None:
        _check_received(self.results, "all elements of result types, except the last element, are expected to be")
        if self.layout_ is None:
            return
        if len(self.layout_.elements) != len(self.results) - 1:
            raise VerifyError(
                f"layout-attribute size must be {len(self.results) - 1} (which is the number of op-results - 1 (for "
                f"token result)), but got {len(self.layout_.elements)}"
            )
        for layout in self.layout_.elements:
            if not isinstance(layout, ArrayAttr):
                raise VerifyError(f"layout-attribute expected to have elements of type array, but got {layout}")
            for leaf in layout.elements:
                if not isinstance(leaf, IntegerAttr):
                    raise VerifyError(
                        f"layout-attribute's leaf elements are expected to be of type integer, but got {leaf}"
                    )


class Outfeed(StablehloOp, MemoryEffects, name="stablehlo.outfeed"):
    """Writes tensors to the outfeed and gives the token after them.

    %t = "stablehlo.outfeed"(%x, %token) <{outfeed_config = "queue"}> : (tensor<f32>, !stablehlo.token) -> !stablehlo.token
    """

    inputs: Sequence[Value] = f.variadic(ty.TensorOrPerAxis)
    token: Value = f.operand(ty.Token)
    outfeed_config: StringAttr = f.attribute(StringAttr, default=StringAttr(""))
    result: Value = f.result(ty.Token)

    def effects(self) -> Sequence[Effect]:
        return _EXCHANGE

    def infer(self) -> Sequence[Type]:
        return [ty.token]


def _check_channel(handle: ChannelHandle, is_host: bool, host_type: int, host_name: str) -> None:
    if not is_host and handle.type != DEVICE_TO_DEVICE:
        raise VerifyError("channel_type should be DEVICE_TO_DEVICE when is_host_transfer is false")
    if is_host and handle.type != host_type:
        raise VerifyError(f"channel_type should be {host_name} when is_host_transfer is true")


class Send(StablehloOp, MemoryEffects, name="stablehlo.send"):
    """Sends tensors to another process and gives the token after them.

    %t = "stablehlo.send"(%x, %token) <{
      channel_handle = #stablehlo.channel_handle<handle = 5, type = 2>, is_host_transfer = true
    }> : (tensor<f32>, !stablehlo.token) -> !stablehlo.token
    """

    inputs: Sequence[Value] = f.variadic(ty.TensorOrPerAxis)
    token: Value = f.operand(ty.Token)
    channel_handle: ChannelHandle = f.attribute(ChannelHandle)
    is_host_transfer: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    source_target_pairs: DenseElementsAttr | None = f.attribute(DenseElementsAttr, default=None, where=ac.I64Elements)
    result: Value = f.result(ty.Token)

    def effects(self) -> Sequence[Effect]:
        return _EXCHANGE

    def infer(self) -> Sequence[Type]:
        _check_channel(self.channel_handle, bool(self.is_host_transfer.value), DEVICE_TO_HOST, "DEVICE_TO_HOST")
        return [ty.token]


class Recv(StablehloOp, MemoryEffects, name="stablehlo.recv"):
    """Tensors from another process, and the token after them.

    %x, %t = "stablehlo.recv"(%token) <{
      channel_handle = #stablehlo.channel_handle<handle = 5, type = 3>, is_host_transfer = true
    }> : (!stablehlo.token) -> (tensor<f32>, !stablehlo.token)
    """

    token: Value = f.operand(ty.Token)
    channel_handle: ChannelHandle = f.attribute(ChannelHandle)
    is_host_transfer: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    source_target_pairs: DenseElementsAttr | None = f.attribute(DenseElementsAttr, default=None, where=ac.I64Elements)
    outputs: Sequence[Value] = f.variadic_results(ty.StaticOrToken)

    def effects(self) -> Sequence[Effect]:
        return _EXCHANGE

    def verify(self) -> None:
        _check_channel(self.channel_handle, bool(self.is_host_transfer.value), HOST_TO_DEVICE, "HOST_TO_DEVICE")
        _check_received(self.results, "everything but the last element of result types is expected to be")
