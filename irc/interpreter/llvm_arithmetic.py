"""Arithmetic of the `llvm` dialect: each op is computed as its counterpart in `arith` or `math` is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import arith as a
from irc.dialects import arith_casts, llvm
from irc.interpreter import arith, combine
from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.interpreter.core import RULES, Frame, interpret
from irc.ir.operation import Operation
from irc.ir.types import element_type

__all__ = ["combine"]

# An op whose rule looks itself up in a table of functions, with the op of `arith` that it is like.
_TABLES: dict[Any, dict[Any, Any]] = {
    llvm.FAdd: arith.FLOATS, llvm.FSub: arith.FLOATS, llvm.FMul: arith.FLOATS, llvm.FDiv: arith.FLOATS,
    llvm.FRem: arith.FLOATS, llvm.FNeg: arith.FLOATS,
    llvm.Add: arith.SIGNED, llvm.Sub: arith.SIGNED, llvm.Mul: arith.SIGNED, llvm.And: arith.SIGNED,
    llvm.Or: arith.SIGNED, llvm.XOr: arith.SIGNED,
    llvm.SIMPLE["smax"]: arith.SIGNED, llvm.SIMPLE["smin"]: arith.SIGNED,
    llvm.SIMPLE["umax"]: arith.UNSIGNED, llvm.SIMPLE["umin"]: arith.UNSIGNED,
    llvm.SDiv: arith.SIGNED_DIVISIONS, llvm.SRem: arith.SIGNED_DIVISIONS,
    llvm.UDiv: arith.UNSIGNED_DIVISIONS, llvm.URem: arith.UNSIGNED_DIVISIONS,
}  # fmt: skip
_ALIKE: dict[Any, Any] = {
    llvm.FAdd: a.AddF, llvm.FSub: a.SubF, llvm.FMul: a.MulF, llvm.FDiv: a.DivF, llvm.FRem: a.RemF, llvm.FNeg: a.NegF,
    llvm.Add: a.AddI, llvm.Sub: a.SubI, llvm.Mul: a.MulI, llvm.And: a.AndI, llvm.Or: a.OrI, llvm.XOr: a.XOrI,
    llvm.SIMPLE["smax"]: a.MaxSI, llvm.SIMPLE["smin"]: a.MinSI, llvm.SIMPLE["umax"]: a.MaxUI,
    llvm.SIMPLE["umin"]: a.MinUI, llvm.SDiv: a.DivSI, llvm.SRem: a.RemSI, llvm.UDiv: a.DivUI, llvm.URem: a.RemUI,
    llvm.Shl: a.ShLI, llvm.AShr: a.ShRSI, llvm.LShr: a.ShRUI, llvm.Select: a.Select, llvm.FPExt: a.ExtF,
    llvm.FPTrunc: a.TruncF, llvm.SExt: a.ExtSI, llvm.Trunc: a.TruncI, llvm.ZExt: a.ExtUI, llvm.SIToFP: a.SIToFP,
    llvm.UIToFP: a.UIToFP, llvm.FPToSI: a.FPToSI, llvm.FPToUI: a.FPToUI,
}  # fmt: skip

for _cls, _table in _TABLES.items():
    _table[_cls] = _table[_ALIKE[_cls]]
for _cls, _like in _ALIKE.items():
    RULES[_cls] = RULES[_like]

assert arith_casts.Bitcast in RULES, "the rules of arith are loaded"


@interpret(llvm.FCmp)
def compare_floats(frame: Frame, op: llvm.FCmp, x: Any, y: Any) -> Any:
    word = op.word.removeprefix("_")
    if word in arith.NEGATIONS:
        return np.logical_not(arith.COMPARE_FLOATS[arith.NEGATIONS[word]](x, y))
    return arith.COMPARE_FLOATS[word](x, y)


@interpret(llvm.BitCast)
def bitcast(frame: Frame, op: llvm.BitCast, x: Any) -> Any:
    from_bits = np.atleast_1d(np.asarray(x)).view(np.dtype(_dtype(op)))
    return from_bits if hasattr(op.res.type, "shape") else from_bits[0]
