"""`index` in the llvm dialect: as `arith` on integers of 64 bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, index, llvm
from irc.ir.types import i64
from irc.lowering.arith_to_llvm import ARITH, binary
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, rowwise


def _compare(op: index.Cmp, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [rowwise(lambda a, b: lo.one(llvm.ICmp.of(op.pred.value, a, b)), *operands)]


def _size(op: index.SizeOf, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [lo.constant(i64.width, i64)]


ALIKE: dict[Any, Any] = {
    index.Constant: arith.Constant, index.BoolConstant: arith.Constant, index.DivS: arith.DivSI,
    index.DivU: arith.DivUI, index.CeilDivS: arith.CeilDivSI, index.CeilDivU: arith.CeilDivUI,
    index.FloorDivS: arith.FloorDivSI, index.RemS: arith.RemSI, index.RemU: arith.RemUI, index.And: arith.AndI,
    index.Or: arith.OrI, index.XOr: arith.XOrI, index.ShrS: arith.ShRSI, index.ShrU: arith.ShRUI,
    index.MaxS: arith.MaxSI, index.MaxU: arith.MaxUI, index.MinS: arith.MinSI, index.MinU: arith.MinUI,
    index.CastS: arith.IndexCast, index.CastU: arith.IndexCastUI,
}  # fmt: skip
"""Each op with the one that is lowered in the same way."""

INDEX: Table = {
    **{cls: ARITH[like] for cls, like in ALIKE.items()},
    index.Add: binary(llvm.Add),
    index.Sub: binary(llvm.Sub),
    index.Mul: binary(llvm.Mul),
    index.Shl: binary(llvm.Shl),
    index.Cmp: _compare,
    index.SizeOf: _size,
}
