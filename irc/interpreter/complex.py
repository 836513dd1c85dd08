"""How `complex` is computed: on NumPy's complex numbers, whose parts are `f32` or `f64`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import complex
from irc.interpreter.core import Frame, interpret
from irc.ir.dense import dtype_of
from irc.ir.operation import Operation
from irc.ir.types import Type, element_type


def join(re: Any, im: Any, dtype: np.dtype[Any]) -> Any:
    """The numbers with these parts. No arithmetic is done, which would make a NaN of an infinite part."""
    parts = np.empty((*np.broadcast_shapes(np.shape(re), np.shape(im)), 2), np.real(dtype.type()).dtype)
    parts[..., 0], parts[..., 1] = re, im
    return parts.view(dtype)[..., 0][()]


def with_parts(re: Any, im: Any) -> Any:
    """The numbers with these parts, whose dtype says which type they have."""
    return join(re, im, np.result_type(re.dtype, np.complex64))


def angle(z: Any) -> Any:
    return np.arctan2(np.imag(z), np.real(z))


def log1p(z: Any) -> Any:
    """The real part is that of log|1 + z|² / 2, which near zero must not be formed by adding one."""
    x, y = np.real(z), np.imag(z)
    near = np.log1p(x * (2 + x) + y * y) / 2
    small = np.maximum(np.abs(x), np.abs(y)) < 0.5
    return with_parts(np.where(small, near, np.log(np.hypot(1 + x, y)))[()], np.arctan2(y, 1 + x))


def sign(z: Any) -> Any:
    size = np.abs(z)
    return np.where(z == 0, z, z / np.where(size == 0, size.dtype.type(1), size))[()]


def power(z: Any, w: Any) -> Any:
    """0 to a power with a positive real part is 0, the limit."""
    return np.where((z == 0) & (np.real(w) > 0), z.dtype.type(0), np.power(z, w))[()]


def atan2(y: Any, x: Any) -> Any:
    """-i log((x + iy) / sqrt(x² + y²))."""
    i = y.dtype.type(1j)
    return -i * np.log((x + i * y) / np.sqrt(x * x + y * y))


FUNCTIONS: dict[type[Operation], Callable[..., Any]] = {
    complex.Add: np.add,
    complex.Sub: np.subtract,
    complex.Mul: np.multiply,
    complex.Div: np.divide,
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
    complex.Expm1: np.expm1,
    complex.Log: np.log,
    complex.Log1p: log1p,
    complex.Sqrt: np.sqrt,
    complex.Rsqrt: lambda z: 1 / np.sqrt(z),
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
