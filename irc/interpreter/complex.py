"""How `complex` is computed: on NumPy's complex numbers, whose parts are `f32` or `f64`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import complex
from irc.dialects.complex_numpy import angle, atan2, divide, expm1, join, log1p, power, rsqrt, sign
from irc.interpreter.core import Frame, interpret
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation
from irc.ir.types import Type, element_type

FUNCTIONS: dict[type[Operation], Callable[..., Any]] = {
    complex.Add: np.add,
    complex.Sub: np.subtract,
    complex.Mul: np.multiply,
    complex.Div: divide,
    complex.Pow: power,
    complex.Atan2: atan2,
    complex.Eq: np.equal,
    complex.Neq: np.not_equal,
    complex.Abs: np.abs,
    complex.Angle: angle,
    complex.Re: np.real,
    complex.Im: np.imag,
    complex.Neg: np.negative,
    complex.Conj: np.conj,
    complex.Exp: np.exp,
    complex.Expm1: expm1,
    complex.Log: np.log,
    complex.Log1p: log1p,
    complex.Sqrt: np.sqrt,
    complex.Rsqrt: rsqrt,
    complex.Sign: sign,
    complex.Sin: np.sin,
    complex.Cos: np.cos,
    complex.Tan: np.tan,
    complex.Tanh: np.tanh,
}


@interpret(*FUNCTIONS)
def function(frame: Frame, op: Operation, *values: Any) -> Any:
    return FUNCTIONS[type(op)](*values)


def _dtype(type: Type) -> np.dtype[Any]:
    return dtype_of(element_type(type))


@interpret(complex.Constant)
def constant(frame: Frame, op: complex.Constant) -> Any:
    parts = complex.parts_of(op.value)
    assert parts is not None, "the verifier wants two floats"
    return join(*parts, _dtype(op.complex.type))


@interpret(complex.Create)
def create(frame: Frame, op: complex.Create, re: Any, im: Any) -> Any:
    return join(re, im, _dtype(op.complex.type))


@interpret(complex.Bitcast)
def bitcast(frame: Frame, op: complex.Bitcast, x: Any) -> Any:
    return np.asarray(x).view(_dtype(op.result.type))[()]
