"""Derivatives of scalar `complex` ops, in the convention of `irc.autodiff.rules.nd_complex`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import bilinear, custom_vjp, derivative, linear, no_derivative
from irc.dialects import complex as ops

complex = functions("complex")
arith = functions("arith")


def _real(ct: Expr) -> Expr:
    return complex.create(ct, ct.like(0))


def _imaginary(ct: Expr) -> Expr:
    return complex.create(ct.like(0), -ct)


def _where_not_zero(z: Expr, value: Expr) -> Expr:
    return arith.select(complex.neq(z, z.like(0)), value, z.like(0))


linear(ops.Create, lambda ct, re, im: complex.re(ct), lambda ct, re, im: -complex.im(ct))
linear(ops.Re, lambda ct, z: _real(ct))
linear(ops.Im, lambda ct, z: _imaginary(ct))
derivative(ops.Neg, -1)
linear(ops.Conj, lambda ct, z: complex.conj(ct))
derivative(ops.Add, 1, 1)
derivative(ops.Sub, 1, -1)
bilinear(ops.Mul, lhs=lambda ct, z, w: ct * w, rhs=lambda ct, z, w: ct * z)
derivative(ops.Div, lambda y, z, w: 1 / w, lambda y, z, w: -(y / w))
derivative(
    ops.Pow,
    lambda y, z, w: _where_not_zero(w, w * complex.pow(z, w - 1)),
    lambda y, z, w: _where_not_zero(z, complex.log(z) * y),
)
derivative(ops.Atan2, lambda y, z, w: w / (z * z + w * w), lambda y, z, w: -(z / (z * z + w * w)))
derivative(ops.Exp, lambda y, z: y)
derivative(ops.Expm1, lambda y, z: y + 1)
derivative(ops.Log, lambda y, z: 1 / z)
derivative(ops.Log1p, lambda y, z: 1 / (z + 1))
derivative(ops.Sqrt, lambda y, z: 0.5 / y)
derivative(ops.Rsqrt, lambda y, z: -0.5 * (y / z))
derivative(ops.Sin, lambda y, z: complex.cos(z))
derivative(ops.Cos, lambda y, z: -complex.sin(z))
derivative(ops.Tan, lambda y, z: 1 + y * y)
derivative(ops.Tanh, lambda y, z: 1 - y * y)


# The size grows along the number, the angle across it.
@custom_vjp(ops.Abs)
def _abs(op: Any, ct: Expr, _y: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    return [_real(ct) * complex.conj(complex.sign(operands[0]))]


@custom_vjp(ops.Angle)
def _angle(op: Any, ct: Expr, _y: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    return [_imaginary(ct) / operands[0]]


@custom_vjp(ops.Sign)
def _sign(op: Any, ct: Expr, y: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """It turns with the angle, by i sign(z) per radian."""
    z = operands[0]
    return [_where_not_zero(z, _imaginary(-complex.im(ct * y)) / z)]


for _predicate in (ops.Eq, ops.Neq):
    no_derivative(_predicate, "its result is boolean")
no_derivative(ops.Bitcast, "it looks at the bits of a number")
no_derivative(ops.Constant, "it has no operands")
