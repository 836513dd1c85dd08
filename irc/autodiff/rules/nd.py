"""Derivatives of `nd`'s elementwise ops, of products and of reductions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import bilinear, custom_vjp, derivative, linear, missing_derivative, no_derivative
from irc.autodiff.rules.nd_complex import is_complex
from irc.autodiff.shaping import (
    attribute_values,
    broadcast_along,
    reshape,
    reshape_like,
    transpose_matrix,
    unbroadcast,
)
from irc.dialects import nd as ops

nd = functions("nd")

_SQRT_PI = math.sqrt(math.pi)


def _where(condition: Expr, x: Expr, otherwise: float) -> Expr:
    return nd.where(condition, x, x.like(otherwise))


# -- elementwise, one operand ----------------------------------------------------------------------------------------

derivative(ops.Negative, -1)
derivative(ops.Exp, lambda y, x: y)
derivative(ops.Expm1, lambda y, x: y + 1)
derivative(ops.Log, lambda y, x: 1 / x)
derivative(ops.Log1p, lambda y, x: 1 / (x + 1))
derivative(ops.Sqrt, lambda y, x: 0.5 / y)
derivative(ops.Rsqrt, lambda y, x: -0.5 * (y / x))
derivative(ops.Sin, lambda y, x: nd.cos(x), bounded=True)
derivative(ops.Cos, lambda y, x: -nd.sin(x), bounded=True)
derivative(ops.Tanh, lambda y, x: 1 - y * y, bounded=True)
derivative(ops.Logistic, lambda y, x: y * (1 - y), bounded=True)
derivative(ops.Erf, lambda y, x: nd.exp(-(x * x)) * (2 / _SQRT_PI), bounded=True)
derivative(ops.Erfc, lambda y, x: nd.exp(-(x * x)) * (-2 / _SQRT_PI), bounded=True)
derivative(ops.ErfInv, lambda y, x: nd.exp(y * y) * (_SQRT_PI / 2))
derivative(ops.LGamma, lambda y, x: nd.digamma(x))
missing_derivative(ops.Digamma, "it would be the trigamma function, which is no op")

_STEPS = "piecewise constant: its derivative is zero wherever it exists"
for _step in (ops.Floor, ops.Ceil, ops.Round):
    no_derivative(_step, _STEPS)

# -- elementwise, two operands ---------------------------------------------------------------------------------------


def _share(y: Expr, x: Expr) -> Expr:
    """Where `x` is the extremum `y`, the whole cotangent; half of it where both operands are, as JAX does."""
    return nd.where(nd.equal(x, y), y.like(1), y.like(0))


def _extremum(y: Expr, mine: Expr, other: Expr) -> Expr:
    return _share(y, mine) / (_share(y, mine) + _share(y, other))


def _has_log(a: Expr) -> Expr:
    """Where `a` has a finite logarithm."""
    return nd.not_equal(a, a.like(0)) if is_complex(a) else nd.greater(a, a.like(0))


derivative(ops.Add, 1, 1)
derivative(ops.Subtract, 1, -1)
bilinear(ops.Multiply, lhs=lambda ct, a, b: ct * b, rhs=lambda ct, a, b: ct * a)
derivative(ops.Divide, lambda y, a, b: 1 / b, lambda y, a, b: -(y / b))
derivative(
    ops.Pow,
    lambda y, a, b: _where(nd.not_equal(b, b.like(0)), b * nd.pow(a, b - 1), 0),
    lambda y, a, b: _where(_has_log(a), nd.log(nd.where(_has_log(a), a, a.like(1))) * y, 0),
)
derivative(ops.Maximum, lambda y, a, b: _extremum(y, a, b), lambda y, a, b: _extremum(y, b, a), bounded=True)
derivative(ops.Minimum, lambda y, a, b: _extremum(y, a, b), lambda y, a, b: _extremum(y, b, a), bounded=True)
derivative(ops.Atan2, lambda y, a, b: b / (a * a + b * b), lambda y, a, b: -(a / (a * a + b * b)))
derivative(ops.Remainder, 1, lambda y, a, b: -nd.round((a - y) / b))

# -- selection and conversion ----------------------------------------------------------------------------------------

# Each branch gets the cotangent only where it was taken, so a NaN in the other one does no harm.
linear(
    ops.Where,
    None,
    lambda ct, c, a, b: nd.where(c, ct, ct.like(0)),
    lambda ct, c, a, b: nd.where(c, ct.like(0), ct),
)
linear(ops.Cast, lambda ct, x: nd.cast(ct, result_types=[x.type]))

# -- products and reductions -----------------------------------------------------------------------------------------


def _as_matrices(ct: Expr, a: Expr, b: Expr) -> tuple[Expr, Expr, Expr]:
    """The operands of a product with vectors made one-row or one-column matrices."""
    shape, dims = ct.shape, ct.dims
    if b.rank == 1:
        b = reshape(b, (b.shape[0], 1), b.dims)
        shape = (*shape, 1)
    if a.rank == 1:
        a = reshape(a, (1, a.shape[0]), a.dims)
        shape = (*shape[:-1], 1, shape[-1])
    return reshape(ct, shape, dims), a, b


def _matmul_lhs(ct: Expr, a: Expr, b: Expr) -> Expr:
    matrix, rows, columns = _as_matrices(ct, a, b)
    return reshape_like(unbroadcast(_matmul(matrix, transpose_matrix(columns)), rows), a)


def _matmul_rhs(ct: Expr, a: Expr, b: Expr) -> Expr:
    matrix, rows, columns = _as_matrices(ct, a, b)
    return reshape_like(unbroadcast(_matmul(transpose_matrix(rows), matrix), columns), b)


def _matmul(a: Expr, b: Expr) -> Expr:
    return nd.matmul(a, b)


bilinear(ops.MatMul, lhs=_matmul_lhs, rhs=_matmul_rhs)
linear(ops.Sum, lambda ct, x, op: broadcast_along(ct, attribute_values(op.axes), x))


def _reduced_extremum(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The cotangent goes to the extremal elements, in equal shares where there are several."""
    x = operands[0]
    axes = attribute_values(op.axes)
    hit = nd.where(nd.equal(x, broadcast_along(result, axes, x)), x.like(1), x.like(0))
    count = nd.sum(hit, axes=op.axes)
    return [hit * broadcast_along(ct / count, axes, x)] + [None] * (len(operands) - 1)


custom_vjp(ops.Max)(_reduced_extremum)
custom_vjp(ops.Min)(_reduced_extremum)


_BOOLEAN = "its result is boolean"
for _predicate in (
    ops.Equal, ops.NotEqual, ops.Less, ops.LessEqual, ops.Greater, ops.GreaterEqual, ops.LogicalAnd, ops.LogicalOr,
    ops.LogicalXor, ops.LogicalNot, ops.Any, ops.All,
):  # fmt: skip
    no_derivative(_predicate, _BOOLEAN)

for _bits in (
    ops.BitwiseAnd, ops.BitwiseOr, ops.BitwiseXor, ops.BitwiseNot, ops.BitwiseLeftShift, ops.BitwiseRightShift,
    ops.LogicalRightShift, ops.PopCount, ops.CountLeadingZeros,
):  # fmt: skip
    no_derivative(_bits, "its operands and its result are integers")
no_derivative(ops.Bitcast, "it looks at the bits of a number")
