"""How `math` is computed: NumPy's functions, at the precision of the operand's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import math
from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.interpreter.core import Frame, fail, interpret
from irc.ir.operation import Operation

FLOATS: dict[type[Operation], Callable[..., Any]] = {
    math.AbsF: np.abs,
    math.Exp: np.exp,
    math.Exp2: np.exp2,
    math.ExpM1: np.expm1,
    math.Log: np.log,
    math.Log2: np.log2,
    math.Log10: np.log10,
    math.Log1p: np.log1p,
    math.Sqrt: np.sqrt,
    math.Rsqrt: fl.rsqrt,
    math.Cbrt: np.cbrt,
    math.Sin: np.sin,
    math.Cos: np.cos,
    math.Tan: np.tan,
    math.Sinh: np.sinh,
    math.Cosh: np.cosh,
    math.Tanh: np.tanh,
    math.Asin: np.arcsin,
    math.Acos: np.arccos,
    math.Atan: np.arctan,
    math.Asinh: np.arcsinh,
    math.Acosh: np.arccosh,
    math.Atanh: np.arctanh,
    math.Erf: fl.erf,
    math.Ceil: np.ceil,
    math.Floor: np.floor,
    math.Round: fl.round_half_away,
    math.RoundEven: np.rint,
    math.Trunc: np.trunc,
    math.PowF: np.power,
    math.Atan2: np.arctan2,
    math.CopySign: np.copysign,
    math.Fma: fl.fma,
}

BITS: dict[type[Operation], Callable[[int, int], int]] = {
    math.CountLeadingZeros: it.count_leading_zeros,
    math.CountTrailingZeros: it.count_trailing_zeros,
    math.CtPop: it.population_count,
}


@interpret(*FLOATS)
def float_function(frame: Frame, op: Operation, *values: Any) -> Any:
    return fl.in_float32(FLOATS[type(op)], *values)


@interpret(*BITS)
def bit_function(frame: Frame, op: Operation, x: Any) -> Any:
    return it.bitwise(BITS[type(op)], x, op.operands[0].type)


@interpret(math.AbsI)
def absolute(frame: Frame, op: math.AbsI, x: Any) -> Any:
    return it.back(np.abs(it.signed(x)), op.results[0].type)


@interpret(math.FPowI)
def power(frame: Frame, op: math.FPowI, x: Any, n: Any) -> Any:
    return np.power(x.astype(np.float64), it.signed(n).astype(np.float64)).astype(x.dtype)


@interpret(math.IPowI)
def integer_power(frame: Frame, op: math.IPowI, x: Any, n: Any) -> Any:
    x, n = it.signed(x), it.signed(n)
    if np.any((x == 0) & (n < 0)):
        fail(op, "raises 0 to a negative power")
    return it.by_number(math.integer_power, op.result.type, x, n)
