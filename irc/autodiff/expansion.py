"""Ops whose derivative is that of other ops: before a function is differentiated they are written as these in a copy of it.

    @expanded(nd.Sort)
    def _sort(op, operands): ...

A formula gets the operation and its operands, and gives its results; or `None` where the op is to stay as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.activity import Activity
from irc.autodiff.expr import Expr
from irc.dialects import func
from irc.ir.attributes import StringAttr
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import fuse
from irc.ir.operation import Operation

Expansion = Callable[[Any, Sequence[Expr]], Sequence[Expr | None] | None]
"""From an operation and its operands the results; `None` for one that nobody uses, or for all where the op stays."""

EXPANSIONS: dict[type[Operation], Expansion] = {}
_PASS_NAME = StringAttr("differentiate")


def expanded(cls: Any) -> Callable[[Expansion], Expansion]:
    """Decorates the formula of an op."""

    def register(formula: Expansion) -> Expansion:
        EXPANSIONS[cls] = formula
        return formula

    return register


def has_expansions(function: func.Func) -> bool:
    """Whether there is an op in a function that may be written as others."""
    return any(type(op) in EXPANSIONS for op in function.walk())


def expand(function: func.Func, wrt: Sequence[int]) -> None:
    """Write the ops that the derivative with respect to some arguments has to pass as others, where there is a formula."""
    while _expand_once(function, wrt):
        pass


def _expand_once(function: func.Func, wrt: Sequence[int]) -> bool:
    """Whether something was written, which might have a formula itself."""
    block = function.body.block
    activity = Activity(block, [block.arguments[i] for i in wrt])
    again = False
    for op in [op for op in function.walk() if type(op) in EXPANSIONS]:
        if not any(result in activity and result.users for result in op.results):
            continue
        builder = Builder(InsertPoint.before(op), fuse((op.location,), _PASS_NAME))
        found = EXPANSIONS[type(op)](op, [Expr.of(builder, operand) for operand in op.operands])
        if found is None:
            continue
        for result, value in zip(op.results, found, strict=True):
            if value is not None:
                result.replace_all_uses_with(value.value)
        again = True
        op.erase()
    return again
