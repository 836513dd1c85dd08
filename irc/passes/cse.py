"""Common subexpression elimination: of pure operations that compute the same, the first is kept."""

from __future__ import annotations

from typing import Any

from irc.ir import traits as t
from irc.ir.block import Block
from irc.ir.dominance import immediate_dominators, reverse_post_order
from irc.ir.effects import is_pure
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.region import Region
from irc.passes.base import Pass, PassContext, statistic


class Cse(Pass):
    """Replace pure operations by equal ones that dominate them."""

    replaced: str = statistic("operations for which an equal one stands")

    def run(self, op: Operation, context: PassContext) -> None:
        for region in op.regions:
            _region(region, _Scope(), context)


class _Scope:
    """What has been computed where we are. Leaving a block forgets what it added."""

    def __init__(self) -> None:
        self.known: dict[Any, Operation] = {}
        self.added: list[Any] = []

    def find_or_add(self, op: Operation) -> Operation:
        key = _key(op)
        first = self.known.setdefault(key, op)
        if first is op:
            self.added.append(key)
        return first

    def forget_since(self, mark: int) -> None:
        for key in self.added[mark:]:
            del self.known[key]
        del self.added[mark:]


def _key(op: Operation) -> Any:
    """What makes two operations compute the same. The first two operands of a commutative op are sorted."""
    operands = [id(operand) for operand in op.operands]
    if t.Commutative in op.traits:
        operands[:2] = sorted(operands[:2])
    attributes = tuple(sorted(op.attributes.items(), key=lambda entry: entry[0])) if op.attributes else ()
    return type(op), op.properties, tuple(operands), attributes, tuple(result.type for result in op.results)


def _region(region: Region, scope: _Scope, context: PassContext) -> None:
    """Visit the reachable blocks, each within the scope of its dominators."""
    if region.first is None:
        return
    if region.first is region.last:
        mark = len(scope.added)
        _block(region.first, scope, context)
        scope.forget_since(mark)
        return
    children: dict[Block, list[Block]] = {}
    dominators = immediate_dominators(region)
    for block in reverse_post_order(region):
        if not block.is_entry:
            children.setdefault(dominators[block], []).append(block)
    # A number on the stack says how far to forget when the blocks above it are done.
    stack: list[Block | int] = [region.first]
    while stack:
        place = stack.pop()
        if isinstance(place, int):
            scope.forget_since(place)
            continue
        stack.append(len(scope.added))
        _block(place, scope, context)
        stack.extend(reversed(children.get(place, ())))


def _block(block: Block, scope: _Scope, context: PassContext) -> None:
    for op in block:
        if op.regions:
            inside = _Scope() if t.IsolatedFromAbove in op.traits else scope
            for region in op.regions:
                _region(region, inside, context)
        elif not isinstance(op, UnregisteredOp) and op.results and is_pure(op):
            first = scope.find_or_add(op)
            if first is not op:
                op.replace_with(first.results)
                context.count("replaced")
