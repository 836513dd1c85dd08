"""How `index` is computed: as integers of 64 bits."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import arith as a
from irc.dialects import arith_casts as c
from irc.dialects import index
from irc.interpreter import arith
from irc.interpreter.core import Frame, interpret
from irc.interpreter.integers import WORD
from irc.ir.operation import Operation

ALIKE: dict[type[Operation], type[Operation]] = {
    index.Constant: a.Constant, index.BoolConstant: a.Constant,
    index.Add: a.AddI, index.Sub: a.SubI, index.Mul: a.MulI, index.And: a.AndI, index.Or: a.OrI, index.XOr: a.XOrI,
    index.MaxS: a.MaxSI, index.MaxU: a.MaxUI, index.MinS: a.MinSI, index.MinU: a.MinUI,
    index.DivS: a.DivSI, index.DivU: a.DivUI, index.CeilDivS: a.CeilDivSI, index.CeilDivU: a.CeilDivUI,
    index.FloorDivS: a.FloorDivSI, index.RemS: a.RemSI, index.RemU: a.RemUI,
    index.Shl: a.ShLI, index.ShrS: a.ShRSI, index.ShrU: a.ShRUI,
    index.CastS: c.ExtSI, index.CastU: c.ExtUI,
}  # fmt: skip
"""Each op with the one that has the same rule."""

arith.share_rules(ALIKE)


@interpret(index.Cmp)
def compare(frame: Frame, op: index.Cmp, x: Any, y: Any) -> Any:
    return arith.compare(op.pred.value, x, y, op.lhs.type)


@interpret(index.SizeOf)
def size(frame: Frame, op: index.SizeOf) -> Any:
    return np.int64(WORD)
