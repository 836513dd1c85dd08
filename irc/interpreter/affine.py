"""How `affine` is executed: maps and sets are evaluated, loops and conditions run as those of `scf` do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import affine
from irc.interpreter import affine_memory
from irc.interpreter.combine import combine, neutral
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.interpreter.memref_atomics import COMBINING
from irc.interpreter.scf import results
from irc.interpreter.scf_parallel import positions
from irc.ir.affine import AffineExpr, AffineMap, evaluate
from irc.ir.value import Value

__all__ = ["affine_memory"]


@interpret(affine.Apply, affine.Min, affine.Max)
def from_map(frame: Frame, op: affine.MapOp, *operands: Any) -> Any:
    return np.int64(op.evaluate([int(operand) for operand in operands]))


@interpret(affine.DelinearizeIndex)
def delinearize(frame: Frame, op: affine.DelinearizeIndex, number: Any, *basis: Any) -> Any:
    """The first size bounds nothing: the first index is what is left."""
    sizes = [int(size) for size in basis]
    if any(size <= 0 for size in sizes[1:]):
        fail(op, f"expected positive sizes, got {sizes}")
    rest, found = int(number), []
    for i in range(len(sizes)):
        index, rest = divmod(rest, math.prod(sizes[i + 1 :]))
        found.append(np.int64(index))
    return found[0] if len(found) == 1 else tuple(found)


@interpret(affine.Yield)
def leave(frame: Frame, op: affine.Yield, *values: Any) -> Leave:
    return Leave(op, values)


def numbers(frame: Frame, values: Sequence[Value]) -> list[int]:
    return [int(frame.values[value]) for value in values]


@interpret(affine.For)
def count(frame: Frame, op: affine.For, *operands: Any) -> Any:
    (lower, first), (upper, last) = op.bounds
    start, end = max(lower.at(numbers(frame, first))), min(upper.at(numbers(frame, last)))
    carried = tuple(frame.values[init] for init in op.inits)
    for position in positions(op, [start], [end], [op.step.value]):
        carried = tuple(frame.run(op.body, (*position, *carried)).values)
    return results(op, carried)


@interpret(affine.If)
def choose(frame: Frame, op: affine.If, *operands: Any) -> Any:
    holds = op.condition.contains_at([int(operand) for operand in operands])
    region = op.thenRegion if holds else op.elseRegion
    return results(op, frame.run(region).values) if not region.is_empty else None


def bounds(
    frame: Frame, groups: Sequence[Sequence[AffineExpr]], map: AffineMap, operands: Sequence[Value], choose: Any
) -> list[int]:
    """For each loop of a nest the bound that is chosen among its expressions."""
    point = numbers(frame, operands)
    dims, symbols = point[: map.num_dims], point[map.num_dims :]
    return [choose(evaluate(expr, dims, symbols) for expr in group) for group in groups]


@interpret(affine.Parallel)
def parallel(frame: Frame, op: affine.Parallel, *operands: Any) -> Any:
    """The iterations run in order; each result combines what they yield, and is neutral without any."""
    if "assign" in op.kinds:
        fail(op, "is not executed with reductions of kind 'assign': which iteration is the last one is not defined")
    lower = bounds(frame, op.lower_bounds, op.lowerBoundsMap.map, op.lower_operands, max)
    upper = bounds(frame, op.upper_bounds, op.upperBoundsMap.map, op.upper_operands, min)
    kinds = [(COMBINING[kind], result.type) for kind, result in zip(op.kinds, op.results, strict=True)]
    totals = [neutral(*kind) for kind in kinds]
    for position in positions(op, lower, upper, op.step_sizes):
        values = frame.run(op.body, position).values
        totals = [
            combine(kind, total, value, type) for (kind, type), total, value in zip(kinds, totals, values, strict=True)
        ]
    return results(op, totals)
