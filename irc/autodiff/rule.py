"""The tables of derivatives: one formula per op, from which both modes follow.

    derivative(nd.Sin, lambda y, x: nd.cos(x))           # a factor per operand: dy = factor * dx
    linear(nd.Negative, lambda ct, x: -ct)               # the transpose of a linear map, per operand
    bilinear(nd.MatMul, lhs=..., rhs=...)                # the transposes with respect to either operand
    no_derivative(nd.Less, "its result is boolean")

A formula gets expressions (`irc.autodiff.expr`): first the result (`derivative`) or its cotangent (`linear`,
`bilinear`), then the operands; one with a parameter `op` also gets the operation. `None` in place of a formula says that
the operand has no derivative.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from irc.autodiff.expr import Expr
from irc.ir.operation import Operation

Formula = Callable[..., Expr | float | int] | None
Vjp = Callable[[Any, Expr, Expr, Sequence[Expr]], Sequence[Expr | None]]
"""From the operation, the cotangent of its result, the result and the operands: a cotangent for each operand.

Cotangents of operands that carry no derivative (`Expr.active` is false) need not be given.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an op is differentiated; `vjp` is `None` where it has no derivative, for the given reason.

    `kind` is what declared it, `formulas` what that was given: one per operand, or the one function of `custom`.
    """

    vjp: Vjp | None
    reason: str = ""
    kind: str = ""
    formulas: tuple[Callable[..., Any] | None, ...] = ()


RULES: dict[type[Operation], Rule] = {}


def rule_of(op: Operation) -> Rule | None:
    return RULES.get(type(op))


def _register(cls: Any, rule: Rule) -> None:
    if cls in RULES:
        raise TypeError(f"'{cls.name}' has two derivative rules")
    RULES[cls] = rule


def _caller(formula: Callable[..., Any]) -> Callable[..., Any]:
    """`formula` called with `op=` only if it has such a parameter."""
    if "op" in inspect.signature(formula).parameters:
        return formula
    return lambda *arguments, op: formula(*arguments)


def derivative(cls: Any, *factors: Formula) -> None:
    """An elementwise op: for each operand the factor dy/dx, a formula of the result and the operands (or a number)."""
    callers = [None if factor is None else _caller(factor) for factor in factors]

    def vjp(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
        primals = operands[: len(callers)]
        found: list[Expr | None] = [
            None if factor is None or not x.active else ct * factor(result, *primals, op=op)
            for factor, x in zip(callers, primals, strict=True)
        ]
        return found + [None] * (len(operands) - len(callers))

    _register(cls, Rule(vjp, kind="derivative", formulas=factors))


def linear(cls: Any, *transposes: Formula) -> None:
    """An op that is linear in each operand with a formula: for each the transposed map of the cotangent."""
    callers = [None if transpose is None else _caller(transpose) for transpose in transposes]

    def vjp(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
        primals = operands[: len(callers)]
        found: list[Expr | None] = [
            None if transpose is None or not x.active else transpose(ct, *primals, op=op)
            for transpose, x in zip(callers, primals, strict=True)
        ]
        return found + [None] * (len(operands) - len(callers))

    _register(cls, Rule(vjp, kind="linear", formulas=transposes))


def bilinear(cls: Any, lhs: Formula, rhs: Formula) -> None:
    """A product: the cotangents of both operands, from that of the result and the operands."""
    linear(cls, lhs, rhs)


def custom_vjp(cls: Any) -> Callable[[Vjp], Vjp]:
    """Decorates a function that gives the cotangents of all operands, for ops whose operands vary in number."""

    def register(vjp: Vjp) -> Vjp:
        _register(cls, Rule(vjp, kind="custom", formulas=(vjp,)))
        return vjp

    return register


def no_derivative(cls: Any, reason: str) -> None:
    """State why an op has no derivative. What passes through it counts as constant."""
    _register(cls, Rule(None, reason))


def missing_derivative(cls: Any, reason: str) -> None:
    """State why the derivative of an op is not there yet. Where one has to pass it, that is an error."""
    _register(cls, Rule(None, reason, kind="missing"))
