"""The tables of derivatives: one formula per op, from which both modes follow.

    derivative(nd.Sin, lambda y, x: nd.cos(x))           # a factor per operand: dy = factor * dx
    derivative(nd.Subtract, 1, -1)                       # a number where it is one
    linear(nd.Reshape, lambda ct, x: reshape_like(ct, x))  # the transpose of a linear map, per operand
    bilinear(nd.MatMul, lhs=..., rhs=...)                # the transposes with respect to either operand
    transpose(nd.Concat, "inputs")                       # decorates the transpose of a map linear in these operands
    custom_vjp(nd.Cholesky)                              # decorates the vector-Jacobian product of any other op
    several(nd.CustomCall)                               # the same of an op whose results all have cotangents
    no_derivative(nd.Less, "its result is boolean")

A formula gets expressions (`irc.autodiff.expr`): first the result (`derivative`) or its cotangent (`linear`,
`bilinear`), then the operands; one with a parameter `op` also gets the operation. `None` in place of a formula says that
the operand has no derivative.

Forward mode multiplies tangents by the factors; applies an op that is linear to the tangents themselves, and a bilinear one
to the tangent of one operand at a time; the product of `custom_vjp` it transposes (`irc.autodiff.transposition`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.transposition import transposed, transposed_several
from irc.dialects.nd_base import NdOp
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.value import Value

Formula = Callable[..., Expr | float | int] | float | int | None
Vjp = Callable[[Any, Expr, Expr, Sequence[Expr]], Sequence[Expr | None]]
"""From the operation, the cotangent of its result, the result and the operands: a cotangent for each operand.

Cotangents of operands that carry no derivative (`Expr.active` is false) need not be given.
"""
Jvp = Callable[[Any, Sequence[Expr | None], Expr, Sequence[Expr]], Expr | None]
"""From the operation, the tangents of its operands, the result and the operands: the tangent of the result.

`None` is a tangent of zero.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an op is differentiated; `vjp` is `None` where it has no derivative, for the given reason.

    `kind` is what declared it, `formulas` what that was given: one per operand, or the one function of `custom`. A
    `bounded` derivative is finite wherever the operands are.
    """

    vjp: Vjp | None
    reason: str = ""
    kind: str = ""
    formulas: tuple[Any, ...] = ()
    jvp: Jvp | None = None
    bounded: bool = False
    several: bool = False
    """Whether the formula takes the cotangents of all results, where there are some, and the results."""


RULES: dict[type[Operation], Rule] = {}


def pulled_back(
    rule: Rule, op: Operation, cts: Sequence[Expr | None], primal: Callable[[Value], Expr]
) -> Sequence[Expr | None]:
    """The cotangents of the operands of an op for those of its results, of which there is one at least."""
    formula: Any = rule.vjp
    operands = [primal(operand) for operand in op.operands]
    if rule.several:
        found: Sequence[Expr | None] = formula(op, cts, [primal(result) for result in op.results], operands)
        return found
    ct = next(ct for ct in cts if ct is not None)
    only: Sequence[Expr | None] = formula(op, ct, primal(op.results[0]), operands)
    return only


def pushed_forward(
    rule: Rule, op: Operation, tangents: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]
) -> Sequence[Expr | None]:
    """The tangents of the results of an op for those of its operands."""
    assert rule.jvp is not None
    if not rule.several:
        return [rule.jvp(op, tangents, results[0], operands), *[None] * (len(results) - 1)]
    formula: Any = rule.vjp

    def pull(cts: Sequence[Expr | None], primals: Sequence[Expr]) -> Sequence[Expr | None]:
        # A result that nobody uses need not have a derivative.
        used = [ct if result.users else None for ct, result in zip(cts, op.results, strict=True)]
        found: Sequence[Expr | None] = formula(op, used, results, primals)
        return found

    return transposed_several(pull, results, operands, tangents, rule_of)


def rule_of(op: Operation) -> Rule | None:
    return RULES.get(type(op))


def _register(cls: Any, rule: Rule) -> None:
    if cls in RULES:
        raise TypeError(f"'{cls.name}' has two derivative rules")
    RULES[cls] = rule


def _caller(formula: Formula) -> Callable[..., Any]:
    """`formula` called with `op=` only if it has such a parameter."""
    if not callable(formula):
        return lambda *arguments, op: formula
    if "op" in inspect.signature(formula).parameters:
        return formula
    return lambda *arguments, op: formula(*arguments)


# -- elementwise -----------------------------------------------------------------------------------------------------


def derivative(cls: Any, *factors: Formula, bounded: bool = False) -> None:
    """An elementwise op: for each operand the factor dy/dx, a formula of the result and the operands (or a number)."""
    callers = [None if factor is None else _caller(factor) for factor in factors]

    def vjp(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
        primals = operands[: len(callers)]
        found: list[Expr | None] = [
            None if factor is None or not x.active else ct * factor(result, *primals, op=op)
            for factor, x in zip(callers, primals, strict=True)
        ]
        return found + [None] * (len(operands) - len(callers))

    def jvp(op: Any, tangents: Sequence[Expr | None], result: Expr, operands: Sequence[Expr]) -> Expr | None:
        primals = operands[: len(callers)]
        total: Expr | None = None
        for factor, tangent in zip(callers, tangents, strict=False):
            if factor is not None and tangent is not None:
                total = _plus(total, tangent, factor(result, *primals, op=op))
        return total

    numbers = all(isinstance(factor, int | float) for factor in factors)
    _register(cls, Rule(vjp, "", "derivative", factors, jvp, bounded or numbers))


def _plus(total: Expr | None, tangent: Expr, factor: Expr | float) -> Expr:
    """`total + factor * tangent`, as a difference where the factor is -1."""
    if total is None:
        return tangent * factor
    if isinstance(factor, int | float) and factor == -1:
        return total - tangent
    return total + tangent * factor


# -- linear maps -----------------------------------------------------------------------------------------------------


def linear(cls: Any, *transposes: Formula) -> None:
    """An op that is linear in the operands with a formula together: for each the transposed map of the cotangent."""
    positions = [i for i, transpose in enumerate(transposes) if transpose is not None]

    def jvp(op: Any, tangents: Sequence[Expr | None], _result: Expr, operands: Sequence[Expr]) -> Expr | None:
        return _of_tangents(op, tangents, operands, positions)

    _register(cls, Rule(_transposes(transposes), "", "linear", transposes, jvp, bounded=True))


def bilinear(cls: Any, lhs: Formula, rhs: Formula) -> None:
    """A product: the cotangents of both operands, from that of the result and the operands."""

    def jvp(op: Any, tangents: Sequence[Expr | None], _result: Expr, operands: Sequence[Expr]) -> Expr | None:
        total: Expr | None = None
        for i in range(2):
            term = _of_tangents(op, tangents, operands, [i])
            if term is not None:
                total = term if total is None else total + term
        return total

    _register(cls, Rule(_transposes((lhs, rhs)), "", "bilinear", (lhs, rhs), jvp, bounded=True))


def transpose(cls: Any, *names: str, when: Callable[[Any], bool] | None = None) -> Callable[[Vjp], Vjp]:
    """Decorates the function that gives the cotangents of all operands, for an op that is linear in those of its operands
    that have these names together; `when` says of which operations that holds, if not of all."""

    def register(vjp: Vjp) -> Vjp:
        def jvp(op: Any, tangents: Sequence[Expr | None], result: Expr, operands: Sequence[Expr]) -> Expr | None:
            if when is not None and not when(op):
                return transposed(lambda ct, primals: vjp(op, ct, result, primals), result, operands, tangents, rule_of)
            return _of_tangents(op, tangents, operands, _positions(op, names))

        _register(cls, Rule(vjp, "", "transpose", (vjp,), jvp, bounded=True))
        return vjp

    return register


def _positions(op: Any, names: Sequence[str]) -> list[int]:
    """Where the operands of these names stand among all."""
    found: list[int] = []
    at = 0
    for field in op.layout.operands:
        value = getattr(op, field.name)
        count = (value is not None) if field.arity != "variadic" else len(value)
        if field.name in names:
            found += range(at, at + count)
        at += count
    return found


def _transposes(transposes: Sequence[Formula]) -> Vjp:
    callers = [None if transpose is None else _caller(transpose) for transpose in transposes]

    def vjp(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
        primals = operands[: len(callers)]
        found: list[Expr | None] = [
            None if transpose is None or not x.active else transpose(ct, *primals, op=op)
            for transpose, x in zip(callers, primals, strict=True)
        ]
        return found + [None] * (len(operands) - len(callers))

    return vjp


def _of_tangents(
    op: Operation, tangents: Sequence[Expr | None], operands: Sequence[Expr], positions: Sequence[int]
) -> Expr | None:
    """The op applied to the tangents at `positions`, and to the other operands as they are."""
    if all(tangents[i] is None for i in positions):
        return None
    values = []
    for i, operand in enumerate(operands):
        tangent = tangents[i] if i in positions else operand
        values.append((tangent if tangent is not None else operand.like(0)).value)
    copy = clone(op, IRMapping())
    copy.operands = values
    if isinstance(copy, NdOp):
        copy.forget_destination()
    builder = operands[positions[0]].builder
    copy.location = builder.location
    return Expr.of(builder, builder.insert(copy).results[0])


# -- the rest --------------------------------------------------------------------------------------------------------


def custom_vjp(cls: Any, *, bounded: bool = False) -> Callable[[Vjp], Vjp]:
    """Decorates a function that gives the cotangents of all operands; it is linear in that of the result."""

    def register(vjp: Vjp) -> Vjp:
        def jvp(op: Any, tangents: Sequence[Expr | None], result: Expr, operands: Sequence[Expr]) -> Expr | None:
            return transposed(lambda ct, primals: vjp(op, ct, result, primals), result, operands, tangents, rule_of)

        _register(cls, Rule(vjp, "", "custom", (vjp,), jvp, bounded))
        return vjp

    return register


Several = Callable[[Any, Sequence[Expr | None], Sequence[Expr], Sequence[Expr]], Sequence[Expr | None]]
"""From the operation, the cotangents of its results (`None` is zero), the results and the operands: as `Vjp`."""


def several(cls: Any) -> Callable[[Several], Several]:
    """Decorates a function that gives the cotangents of all operands for those of all results."""

    def register(vjp: Several) -> Several:
        def jvp(op: Any, tangents: Sequence[Expr | None], result: Expr, operands: Sequence[Expr]) -> Expr | None:
            raise NotImplementedError("the tangents of all results are found together")

        formula: Any = vjp
        _register(cls, Rule(formula, "", "custom", (vjp,), jvp, several=True))
        return vjp

    return register


def no_derivative(cls: Any, reason: str) -> None:
    """State why an op has no derivative. What passes through it counts as constant."""
    _register(cls, Rule(None, reason))


def missing_derivative(cls: Any, reason: str) -> None:
    """State why the derivative of an op is not there yet. Where one has to pass it, that is an error."""
    _register(cls, Rule(None, reason, kind="missing"))
