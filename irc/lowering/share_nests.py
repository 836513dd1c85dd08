"""Equal structured ops of a module as one function that all of them call: their loops are long, and compiled once.

Layers of a network, and the updates of their parameters, repeat the same ops on buffers of the same shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from irc.analysis.trip_counts import runs_of
from irc.dialects import func, linalg
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import clone
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.loop_plan import Nest
from irc.lowering.outlining import OutlinedBody, outline
from irc.passes.base import Pass, PassContext, statistic
from irc.rewrite.constants import constant_value

MIN_WORK = 1 << 10
"""Scalar operations of an op that is worth a call; below that, what surrounds it may profit from seeing it."""

MIN_BODY = 2
"""Operations of a body, beside its end, whose loops are long enough to be worth sharing: not of one that only moves."""


class ShareNests(Pass):
    """Give the structured ops on buffers that occur several times, with the same shapes and layouts, a function."""

    anchor = "builtin.module"
    shared: str = statistic("operations that became calls")

    def run(self, op: Operation, context: PassContext) -> None:
        found: dict[Any, list[linalg.LinalgOp]] = {}
        for inner in op.walk():
            if isinstance(inner, linalg.LinalgOp) and inner.has_buffer_semantics and _is_long(inner):
                key = _key(inner)
                if key is not None:
                    found.setdefault(key, []).append(inner)
        table: SymbolTable | None = None
        for ops in found.values():
            if len(ops) > 1:
                table = table or SymbolTable(op)
                _share(ops, table, self.name)
                context.count(self.shared, len(ops))


def _is_long(op: linalg.LinalgOp) -> bool:
    nest = Nest.of(op)
    length, iterations = len(nest.body) - 1, nest.product(range(nest.num_loops))
    return length >= MIN_BODY and (iterations is None or iterations * length >= MIN_WORK)


def _key(op: linalg.LinalgOp) -> Any:
    """What makes two ops do the same to their operands; `None` where that takes more than a look at the body's ops."""
    numbers: dict[Value, int] = {argument: i for i, argument in enumerate(op.body.arguments)}
    parts: list[Any] = [op.__class__, tuple(value.type for value in op.operands), tuple(op.maps), tuple(op.iterators)]
    for inner in op.body:
        if inner.regions:
            return None
        operands = tuple(numbers.get(value, constant_value(value) or value) for value in inner.operands)
        parts.append((inner.__class__, inner.properties, operands, tuple(result.type for result in inner.results)))
        for result in inner.results:
            numbers[result] = len(numbers)
    return tuple(parts)


def _outside(op: linalg.LinalgOp) -> Iterator[Value]:
    """What the body uses of what is computed outside of it."""
    for inner in op.body:
        for value in inner.operands:
            if value.parent_block is not op.body:
                yield value


def _share(ops: list[linalg.LinalgOp], table: SymbolTable, name: str) -> None:
    first = ops[0]
    # Constants are made in the function, where loops profit from knowing them; other values are the same for all ops.
    body = OutlinedBody([value.type for value in first.operands])
    for value in _outside(first):
        body.take(value)
    nest = clone(first, body.mapping)
    # By position: that the first op reads a buffer twice does not mean that the others do.
    nest.operands = tuple(body.block.arguments[: len(nest.operands)])
    body.block.append(nest)
    symbol = outline(table, "__shared", body.block, [], derived(first.location, name), calls=_sum(map(runs_of, ops)))
    for op in ops:
        call = func.Call(symbol, [*op.operands, *body.handed], result_types=[])
        Builder(InsertPoint.before(op), derived(op.location, name)).insert(call)
        op.erase()


def _sum(numbers: Iterable[int | None]) -> int | None:
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
