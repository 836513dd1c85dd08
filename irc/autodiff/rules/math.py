"""Derivatives of scalar `math` ops."""

from __future__ import annotations

import math as constants

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import derivative, no_derivative
from irc.autodiff.rules.arith import INTEGER_EQUAL, ORDERED_GREATER, ORDERED_LESS
from irc.dialects import math as ops

math = functions("math")
arith = functions("arith")

derivative(ops.Exp, lambda y, x: y)
derivative(ops.Exp2, lambda y, x: y * constants.log(2))
derivative(ops.ExpM1, lambda y, x: y + 1)
derivative(ops.Log, lambda y, x: 1 / x)
derivative(ops.Log2, lambda y, x: 1 / (x * constants.log(2)))
derivative(ops.Log10, lambda y, x: 1 / (x * constants.log(10)))
derivative(ops.Log1p, lambda y, x: 1 / (x + 1))
derivative(ops.Sqrt, lambda y, x: 0.5 / y)
derivative(ops.Rsqrt, lambda y, x: -0.5 * (y / x))
derivative(ops.Cbrt, lambda y, x: 1 / (3 * (y * y)))
derivative(ops.Sin, lambda y, x: math.cos(x), bounded=True)
derivative(ops.Cos, lambda y, x: -math.sin(x), bounded=True)
derivative(ops.Tan, lambda y, x: 1 + y * y)
derivative(ops.Sinh, lambda y, x: math.cosh(x))
derivative(ops.Cosh, lambda y, x: math.sinh(x))
derivative(ops.Tanh, lambda y, x: 1 - y * y, bounded=True)
derivative(ops.Asin, lambda y, x: math.rsqrt(1 - x * x))
derivative(ops.Acos, lambda y, x: -math.rsqrt(1 - x * x))
derivative(ops.Atan, lambda y, x: 1 / (1 + x * x), bounded=True)
derivative(ops.Asinh, lambda y, x: math.rsqrt(x * x + 1), bounded=True)
derivative(ops.Acosh, lambda y, x: math.rsqrt(x * x - 1))
derivative(ops.Atanh, lambda y, x: 1 / (1 - x * x))
derivative(ops.Erf, lambda y, x: math.exp(-(x * x)) * (2 / constants.sqrt(constants.pi)), bounded=True)


def _sign(x: Expr) -> Expr:
    """-1, 0 or 1."""
    negative = arith.select(arith.cmpf(x, x.like(0), predicate=ORDERED_LESS), x.like(-1), x.like(0))
    return arith.select(arith.cmpf(x, x.like(0), predicate=ORDERED_GREATER), x.like(1), negative)


derivative(ops.AbsF, lambda y, x: _sign(x), bounded=True)
derivative(ops.Atan2, lambda y, a, b: b / (a * a + b * b), lambda y, a, b: -(a / (a * a + b * b)))
derivative(ops.Fma, lambda y, a, b, c: b, lambda y, a, b, c: a, 1, bounded=True)
derivative(
    ops.PowF,
    lambda y, a, b: b * math.powf(a, b - 1),
    lambda y, a, b: arith.select(arith.cmpf(a, a.like(0), predicate=ORDERED_GREATER), math.log(a) * y, a.like(0)),
)


def _integer_power(y: Expr, a: Expr, n: Expr) -> Expr:
    """n a^(n - 1), and 0 for n = 0 whatever a is."""
    below = arith.subi(n, n.like(1))
    factor = arith.sitofp(n, result_types=[a.type]) * math.fpowi(a, below)
    return arith.select(arith.cmpi(n, n.like(0), predicate=INTEGER_EQUAL), a.like(0), factor)


derivative(ops.FPowI, _integer_power, None)
derivative(ops.CopySign, lambda y, a, b: _sign(a) * _sign(y), None, bounded=True)

for _step in (ops.Floor, ops.Ceil, ops.Round, ops.RoundEven, ops.Trunc):
    no_derivative(_step, "piecewise constant: its derivative is zero wherever it exists")
for _integer in (ops.AbsI, ops.CountLeadingZeros, ops.CountTrailingZeros, ops.CtPop, ops.IPowI):
    no_derivative(_integer, "its operands and its result are integers")
