"""Arithmetic of the `llvm` dialect: each op is computed as its counterpart in `arith`, `math` or `vector` is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import arith as a
from irc.dialects import llvm
from irc.interpreter import arith, combine
from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.interpreter.core import Frame, interpret
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation
from irc.ir.types import VectorType, element_type

# -- as in arith -----------------------------------------------------------------------------------------------------

ALIKE: dict[Any, Any] = {
    llvm.FAdd: a.AddF, llvm.FSub: a.SubF, llvm.FMul: a.MulF, llvm.FDiv: a.DivF, llvm.FRem: a.RemF, llvm.FNeg: a.NegF,
    llvm.SIMPLE["maximum"]: a.MaximumF, llvm.SIMPLE["minimum"]: a.MinimumF, llvm.SIMPLE["maxnum"]: a.MaxNumF,
    llvm.SIMPLE["minnum"]: a.MinNumF,
    llvm.Add: a.AddI, llvm.Sub: a.SubI, llvm.Mul: a.MulI, llvm.And: a.AndI, llvm.Or: a.OrI, llvm.XOr: a.XOrI,
    llvm.SIMPLE["smax"]: a.MaxSI, llvm.SIMPLE["smin"]: a.MinSI, llvm.SIMPLE["umax"]: a.MaxUI,
    llvm.SIMPLE["umin"]: a.MinUI, llvm.SDiv: a.DivSI, llvm.SRem: a.RemSI, llvm.UDiv: a.DivUI, llvm.URem: a.RemUI,
    llvm.Shl: a.ShLI, llvm.AShr: a.ShRSI, llvm.LShr: a.ShRUI, llvm.Select: a.Select, llvm.FPExt: a.ExtF,
    llvm.FPTrunc: a.TruncF, llvm.SExt: a.ExtSI, llvm.Trunc: a.TruncI, llvm.ZExt: a.ExtUI, llvm.SIToFP: a.SIToFP,
    llvm.UIToFP: a.UIToFP, llvm.FPToSI: a.FPToSI, llvm.FPToUI: a.FPToUI,
}  # fmt: skip
"""Each op with the one that has the same rule."""

arith.share_rules(ALIKE)


@interpret(llvm.FCmp)
def compare_floats(frame: Frame, op: llvm.FCmp, x: Any, y: Any) -> Any:
    word = op.word.removeprefix("_")
    if word in arith.NEGATIONS:
        return np.logical_not(arith.COMPARE_FLOATS[arith.NEGATIONS[word]](x, y))
    return arith.COMPARE_FLOATS[word](x, y)


@interpret(llvm.BitCast)
def bitcast(frame: Frame, op: llvm.BitCast, x: Any) -> Any:
    type = op.res.type
    bits = np.atleast_1d(np.asarray(x)).view(dtype_of(element_type(type)))
    return bits if isinstance(type, VectorType) else bits[0]


# -- as in math ------------------------------------------------------------------------------------------------------

FLOATS: dict[str, Callable[..., Any]] = {
    "fabs": np.abs, "sqrt": np.sqrt, "exp": np.exp, "exp2": np.exp2, "log": np.log, "log2": np.log2,
    "log10": np.log10, "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh, "floor": np.floor,
    "ceil": np.ceil, "rint": np.rint, "nearbyint": np.rint, "roundeven": np.rint, "round": fl.round_half_away,
    "trunc": np.trunc, "pow": np.power, "copysign": np.copysign, "fma": fl.fma, "fmuladd": fl.fma,
}  # fmt: skip


@interpret(*[llvm.SIMPLE[name] for name in FLOATS])
def float_function(frame: Frame, op: Operation, *values: Any) -> Any:
    return fl.in_float32(FLOATS[op.name.removeprefix("llvm.intr.")], *values)


@interpret(llvm.Abs)
def absolute(frame: Frame, op: llvm.Abs, x: Any) -> Any:
    return np.abs(x)


BITS: dict[type[Operation], Callable[[int, int], int]] = {
    llvm.CountLeadingZeros: it.count_leading_zeros,
    llvm.CountTrailingZeros: it.count_trailing_zeros,
    llvm.SIMPLE["ctpop"]: it.population_count,
    llvm.SIMPLE["bitreverse"]: lambda x, width: int(f"{x:0{width}b}"[::-1], 2),
    llvm.SIMPLE["bswap"]: lambda x, width: int.from_bytes(x.to_bytes(width // 8, "little"), "big"),
}


@interpret(*BITS)
def bit_function(frame: Frame, op: Operation, x: Any) -> Any:
    return it.bitwise(BITS[type(op)], x, op.results[0].type)


def _saturating(name: str) -> Callable[[int, int, int], int]:
    signed, subtract = name[0] == "s", "sub" in name

    def compute(x: int, y: int, width: int) -> int:
        low, high = (-(1 << width - 1), (1 << width - 1) - 1) if signed else (0, (1 << width) - 1)
        return min(max(x - y if subtract else x + y, low), high)

    return compute


_SATURATING = {name: _saturating(name) for name in ("sadd.sat", "uadd.sat", "ssub.sat", "usub.sat")}


@interpret(*[llvm.SIMPLE[name] for name in _SATURATING])
def saturating(frame: Frame, op: Operation, x: Any, y: Any) -> Any:
    type_ = op.results[0].type
    name, width = op.name.removeprefix("llvm.intr."), it.width_of(type_)
    read = it.signed if name[0] == "s" else lambda value: it.unsigned(value, width)
    return it.by_number(_SATURATING[name], type_, read(x), read(y))


# -- reductions ------------------------------------------------------------------------------------------------------

KINDS = {
    "add": "add", "mul": "mul", "fadd": "add", "fmul": "mul", "and": "and", "or": "or", "xor": "xor", "smax": "maxsi",
    "smin": "minsi", "umax": "maxui", "umin": "minui", "fmax": "maxnumf", "fmin": "minnumf", "fmaximum": "maximumf",
    "fminimum": "minimumf",
}  # fmt: skip
"""Each reduction with the kind of `vector.reduction` that it is."""


@interpret(*llvm.REDUCE.values())
def reduction(frame: Frame, op: Operation, *values: Any) -> Any:
    *start, vector = values
    return combine.fold(KINDS[op.name.rpartition(".")[2]], [*start, *vector], op.results[0].type)
