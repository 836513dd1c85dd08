"""Loops and conditions of `affine` as those of `scf`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irc.dialects import affine, arith, scf
from irc.dialects._amounts import compare
from irc.dialects.arith_fold import Bound
from irc.ir.affine import AffineExpr, AffineMap
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import IntegerType, Type, i1
from irc.ir.value import Value
from irc.lowering.affine_expansion import expand_expr, expand_map, extremum
from irc.lowering.move_ops import move_ops
from irc.lowering.signedness import in_signless, relabel, signless
from irc.lowering.structured import index_constant, scalar


def lower_for(op: affine.For, b: Builder) -> Sequence[Value]:
    (lower, first), (upper, last) = op.bounds
    _check_step(op, op.step.value)
    start = extremum(b, expand_map(b, lower, first), arith.MaxSI)
    end = extremum(b, expand_map(b, upper, last), arith.MinSI)
    body = _body(op.body, b)
    return b.insert(scf.For(start, end, index_constant(b, op.step.value), op.inits, body)).results


def _check_step(op: Operation, step: int) -> None:
    if step <= 0:
        raise error(op.location, f"'{op.name}' op expected a positive step, got {step}")


def _body(region: Region, b: Builder) -> Region:
    """The blocks of a region, which now ends as those of `scf` do."""
    taken = Region()
    taken.take_blocks(region)
    if not taken.is_empty:
        ending = taken.block.terminator
        with b.at(InsertPoint.before(ending)):
            b.insert(scf.Yield(ending.operands))
        ending.erase()
    return taken


def lower_if(op: affine.If, b: Builder) -> Sequence[Value]:
    """All constraints are asked; a set without any has every point."""
    space = op.condition
    dims, symbols = op.inputs[: space.num_dims], op.inputs[space.num_dims :]
    holds: Value | None = None
    for expr, is_equality in space.constraints:
        value = expand_expr(b, expr, dims, symbols)
        found = compare(b, "eq" if is_equality else "sge", value, 0)
        holds = found if holds is None else b.insert(arith.AndI(holds, found)).result
    condition = holds if holds is not None else scalar(b, 1, i1)
    arms = [_body(region, b) for region in (op.thenRegion, op.elseRegion)]
    return b.insert(scf.If(condition, *arms, result_types=[result.type for result in op.results])).results


# -- affine.parallel -------------------------------------------------------------------------------------------------

REDUCTIONS: Mapping[str, Any] = {
    "addf": arith.AddF, "addi": arith.AddI, "mulf": arith.MulF, "muli": arith.MulI, "maximumf": arith.MaximumF,
    "minimumf": arith.MinimumF, "maxnumf": arith.MaxNumF, "minnumf": arith.MinNumF, "maxs": arith.MaxSI,
    "mins": arith.MinSI, "maxu": arith.MaxUI, "minu": arith.MinUI, "ori": arith.OrI, "andi": arith.AndI,
}  # fmt: skip
"""What combines two values, by the name of the reduction."""


def lower_parallel(op: affine.Parallel, b: Builder) -> Sequence[Value]:
    """A reduction starts with the number that changes nothing. Without dimensions the body runs once."""
    for kind in op.kinds:
        if kind not in REDUCTIONS:
            raise error(op.location, f"'{op.name}' op cannot be lowered with a reduction of kind '{kind}'")
    for step in op.step_sizes:
        _check_step(op, step)
    if not op.step_sizes:
        return move_ops(op.body.block, (), b).operands
    lower = _bounds(b, op.lower_bounds, op.lowerBoundsMap.map, op.lower_operands, arith.MaxSI)
    upper = _bounds(b, op.upper_bounds, op.upperBoundsMap.map, op.upper_operands, arith.MinSI)
    steps = [index_constant(b, step) for step in op.step_sizes]
    types = [result.type for result in op.results]
    reductions = list(zip(op.kinds, types, strict=True))
    inits = [_start(b, *each) for each in reductions]
    body = Region()
    body.take_blocks(op.body)
    ending = body.block.terminator
    with b.at(InsertPoint.before(ending)):
        b.insert(scf.Reduce(ending.operands, [_combination(b, *each) for each in reductions]))
    ending.erase()
    return b.insert(scf.Parallel(lower, upper, steps, body, inits, result_types=types)).results


def _bounds(
    b: Builder, groups: Sequence[Sequence[AffineExpr]], map: AffineMap, operands: Sequence[Value], cls: Any
) -> list[Value]:
    dims, symbols = operands[: map.num_dims], operands[map.num_dims :]
    return [extremum(b, [expand_expr(b, expr, dims, symbols) for expr in group], cls) for group in groups]


def _start(b: Builder, kind: str, type: Type) -> Value:
    """What no values are combined to. As upstream's, a sum starts with the zero that is not negative."""
    neutral: float | Bound = REDUCTIONS[kind].neutral
    if isinstance(neutral, str):
        assert isinstance(type, IntegerType)
        half = 1 << (type.width - 1)
        neutral = -half if neutral == "least" else half - 1
    return relabel(b, scalar(b, neutral + 0, signless(type)), type)


def _combination(b: Builder, kind: str, type: Type) -> Region:
    """The region that combines two values."""

    def compute(inner: Builder, *values: Value) -> Value:
        found: Value = inner.insert(REDUCTIONS[kind](*values)).result
        return found

    block = Block([type, type])
    with b.at(InsertPoint.at_end(block)):
        b.insert(scf.ReduceReturn(in_signless(compute, type)(b, *block.arguments)))
    return Region(block)
