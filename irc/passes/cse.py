"""Common subexpression elimination: of pure operations that compute the same, the first is kept."""

from __future__ import annotations

from typing import Any

from irc.ir import traits as t
from irc.ir.dominance import immediate_dominators, reverse_post_order
from irc.ir.effects import is_pure
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.region import Region
from irc.passes.base import Pass, PassContext

Scope = dict[Any, Operation]


class Cse(Pass):
    """Replace pure operations by equal ones that dominate them."""

    def run(self, op: Operation, context: PassContext) -> None:
        for region in op.regions:
            _region(region, {}, context)


def _key(op: Operation) -> Any:
    """What makes two operations compute the same. Operands of a commutative op are sorted."""
    operands = tuple(id(operand) for operand in op.operands)
    if t.Commutative in op.traits:
        operands = tuple(sorted(operands))
    attributes = tuple(sorted(op.attributes.items(), key=lambda entry: entry[0]))
    return type(op), op.properties, operands, attributes, tuple(result.type for result in op.results)


def _region(region: Region, outer: Scope, context: PassContext) -> None:
    """Each block sees what its dominators have computed."""
    if region.first is None:
        return
    known: dict[Any, Scope] = {}
    dominators = immediate_dominators(region)
    for block in reverse_post_order(region):
        above = outer if block.is_entry else known[dominators[block]]
        scope = known[block] = dict(above)
        for op in block:
            if op.regions:
                isolated = t.IsolatedFromAbove in op.traits
                for inner in op.regions:
                    _region(inner, {} if isolated else scope, context)
            elif not isinstance(op, UnregisteredOp) and op.results and is_pure(op):
                first = scope.setdefault(_key(op), op)
                if first is not op:
                    op.replace_with(first.results)
                    context.count("replaced")
