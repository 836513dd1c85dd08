"""Derivatives of `nd`'s ops between complex numbers and their parts.

The convention is JAX's: cotangents are multiplied by derivatives without conjugating them, so the formulas of holomorphic
functions are those of real ones, and the gradient of a real function of z = x + iy is its derivative by x minus i times
that by y.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import custom_vjp, linear
from irc.dialects import nd as ops
from irc.ir.types import ComplexType, element_type

nd = functions("nd")


def is_complex(x: Expr) -> bool:
    return isinstance(element_type(x.type), ComplexType)


def _real(ct: Expr, x: Expr) -> Expr:
    return nd.complex(ct, ct.like(0)) if is_complex(x) else ct


def _imag(ct: Expr, x: Expr) -> Expr:
    return nd.complex(ct.like(0), -ct) if is_complex(x) else ct.like(0)


linear(ops.Complex, lambda ct, re, im: nd.real(ct), lambda ct, re, im: -nd.imag(ct))
linear(ops.Real, _real)
linear(ops.Imag, _imag)


def _conjugate(z: Expr) -> Expr:
    return nd.complex(nd.real(z), -nd.imag(z))


@custom_vjp(ops.Abs, bounded=True)
def _abs(op: Any, ct: Expr, _y: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The sign, conjugated: the absolute value grows in the direction of the number. At zero it is 1, as in JAX, and that of
    complex numbers zero."""
    x = operands[0]
    if is_complex(x):
        found = nd.complex(ct, ct.like(0)) * _conjugate(nd.sign(x))
    else:
        found = nd.where(nd.greater_equal(x, x.like(0)), ct, -ct)
    return [found] + [None] * (len(operands) - 1)


@custom_vjp(ops.Sign)
def _sign(op: Any, ct: Expr, y: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Zero wherever it exists on real numbers; a complex number's turns with its angle, by i sign(z) per radian."""
    x = operands[0]
    if not is_complex(x):
        return [None] * len(operands)
    size = nd.abs(x)
    by = nd.where(nd.equal(size, size.like(0)), size.like(1), size)
    turned = -nd.imag(ct * y) / by
    return [_imag(turned, x) * _conjugate(y)] + [None] * (len(operands) - 1)
