"""The derivatives of `nd.custom_call`, by the name of what is called; of a function without one nothing is known.

    @of("irc.eigh")
    def _eigh(op, cts, results, operands): ...

A formula gets the cotangents of all results, `None` for zero, and gives those of the operands, as that of `rule.several`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import Several, several
from irc.dialects import nd
from irc.dialects.nd_custom_call import call_of
from irc.ir.types import Type
from irc.ir.value import Value

FORMULAS: dict[str, Several] = {}


def of(name: str) -> Callable[[Several], Several]:
    """Decorates the formula of the function that is called by a name."""

    def register(formula: Several) -> Several:
        FORMULAS[name] = formula
        return formula

    return register


@several(nd.CustomCall)
def _custom_call(
    op: Any, cts: Sequence[Expr | None], results: Sequence[Expr], operands: Sequence[Expr]
) -> list[Expr | None]:
    """That of the function that is called."""
    name = op.target.value
    formula = FORMULAS.get(name)
    if formula is None:
        raise undifferentiable(op, f"has no derivative: nothing is known about that of '@{name}'")
    found = formula(op, cts, results, operands)
    return [*found, *[None] * (len(operands) - len(found))]


def called(name: str, x: Expr, types: Sequence[Type], options: Any, dims: Sequence[Value] = ()) -> list[Expr]:
    """The results of a call of the same kind, for a formula that needs more of them."""
    made = x.builder.insert(call_of(name, [x.value], types, dict(options.entries), dims))
    return [Expr.of(x.builder, result) for result in made.results]
