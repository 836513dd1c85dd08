"""Derivatives of scalar `arith` ops."""

from __future__ import annotations

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import bilinear, derivative, linear, no_derivative
from irc.dialects import arith as ops
from irc.ir.attributes import IntegerAttr
from irc.ir.types import i64

arith = functions("arith")
math = functions("math")

ORDERED_EQUAL, ORDERED_GREATER, ORDERED_LESS = (IntegerAttr(code, i64) for code in (1, 2, 4))
"""The predicates `oeq`, `ogt` and `olt` of `arith.cmpf`."""
INTEGER_EQUAL = IntegerAttr(0, i64)
"""The predicate `eq` of `arith.cmpi`."""


def _select(condition: Expr, x: Expr, y: Expr) -> Expr:
    return arith.select(condition, x, y)


derivative(ops.NegF, -1)
derivative(ops.AddF, 1, 1)
derivative(ops.SubF, 1, -1)
bilinear(ops.MulF, lhs=lambda ct, a, b: ct * b, rhs=lambda ct, a, b: ct * a)
derivative(ops.DivF, lambda y, a, b: 1 / b, lambda y, a, b: -(y / b))
# y = a - trunc(a / b) b; the quotient is found from y, so that it is the one that y was computed with.
derivative(ops.RemF, 1, lambda y, a, b: -math.roundeven((a - y) / b))
linear(
    ops.Select,
    None,
    lambda ct, c, a, b: _select(c, ct, ct.like(0)),
    lambda ct, c, a, b: _select(c, ct.like(0), ct),
)


def _wins(y: Expr, mine: Expr, other: Expr) -> Expr:
    """1 where `mine` is the extremum `y`, 1/2 where both are, else 0."""
    equal = arith.cmpf(mine, other, predicate=ORDERED_EQUAL)
    hit = arith.cmpf(mine, y, predicate=ORDERED_EQUAL)
    return _select(equal, y.like(0.5), _select(hit, y.like(1), y.like(0)))


for _extremum in (ops.MaximumF, ops.MinimumF, ops.MaxNumF, ops.MinNumF):
    derivative(_extremum, lambda y, a, b: _wins(y, a, b), lambda y, a, b: _wins(y, b, a), bounded=True)

linear(ops.ExtF, lambda ct, x: arith.truncf(ct, result_types=[x.type]))
linear(ops.TruncF, lambda ct, x: arith.extf(ct, result_types=[x.type]))

for _integer in (
    ops.CmpF, ops.CmpI, ops.AddI, ops.SubI, ops.MulI, ops.DivSI, ops.DivUI, ops.RemSI, ops.RemUI, ops.AndI, ops.OrI,
    ops.XOrI, ops.ShLI, ops.ShRSI, ops.ShRUI, ops.MaxSI, ops.MinSI, ops.MaxUI, ops.MinUI, ops.CeilDivSI,
    ops.FloorDivSI, ops.CeilDivUI, ops.IndexCast, ops.IndexCastUI, ops.ExtSI, ops.ExtUI, ops.TruncI, ops.SIToFP,
    ops.UIToFP, ops.FPToSI, ops.FPToUI, ops.AddUIExtended, ops.MulSIExtended, ops.MulUIExtended,
):  # fmt: skip
    no_derivative(_integer, "its operands or its result are integers")
no_derivative(ops.Bitcast, "it looks at the bits of a number")
no_derivative(ops.Constant, "it has no operands")
