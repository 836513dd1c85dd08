"""Ops that have no meaning in a program of one device, and types of elements that are not numbers."""

from __future__ import annotations

from typing import Any

from irc.conversion.from_stablehlo.values import Lowering, unsupported
from irc.dialects import stablehlo as hlo
from irc.ir.builder import Builder

OPS: tuple[Any, ...] = (
    hlo.AfterAll, hlo.AllGather, hlo.AllReduce, hlo.AllToAll, hlo.AsyncDone, hlo.AsyncStart, hlo.CollectiveBroadcast,
    hlo.CollectivePermute, hlo.CreateToken, hlo.CrossReplicaSum, hlo.Infeed, hlo.Outfeed, hlo.PartitionId, hlo.Recv,
    hlo.ReduceScatter, hlo.ReplicaId, hlo.Send,
)  # fmt: skip
"""Exchange between devices, and with what feeds a program."""

QUANTIZED: tuple[Any, ...] = (hlo.UniformDequantize, hlo.UniformQuantize)


def _refuse(why: str) -> Lowering:
    def lower(op: Any, _b: Builder) -> Any:
        raise unsupported(op, why)

    return lower


LOWERINGS: dict[Any, Lowering] = {
    **dict.fromkeys(OPS, _refuse("is not supported on one device")),
    **dict.fromkeys(QUANTIZED, _refuse("is not supported: quantized types have no meaning here")),
}
