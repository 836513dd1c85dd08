"""The adjoint of `scf.if`: a branch on the same condition, whose arms run theirs forward and then backward."""

from __future__ import annotations

from collections.abc import Sequence

from irc.autodiff.expr import Expr
from irc.autodiff.reverse import BACKWARD, Sweep, captured
from irc.dialects import scf
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.region import Region
from irc.ir.value import Value


def backward(sweep: Sweep, op: scf.If) -> None:
    """Give what the arms use from outside its cotangents."""
    if not any(result in sweep.context.activity for result in op.results):
        return
    cts: list[Value | None] = []
    for result in op.results:
        ct = sweep.cotangents.take(result)
        cts.append(None if ct is None else ct.value)
    if all(ct is None for ct in cts):
        return
    outside = captured(op, sweep.context.activity)
    if not outside:
        return
    arms = [_arm(sweep, region, cts, outside) for region in op.regions]
    condition = sweep.mapping[op.condition]
    adjoint = scf.If(condition, *arms, result_types=[value.type for value in outside])
    sweep.builder.insert(adjoint)
    for value, result in zip(outside, adjoint.results, strict=True):
        sweep.cotangents.add(value, Expr.of(sweep.builder, result))


def _arm(sweep: Sweep, region: Region, cts: Sequence[Value | None], outside: Sequence[Value]) -> Region:
    block = Block()
    with sweep.builder.at(InsertPoint.at_end(block)):
        inner = Sweep(sweep.context, sweep.builder, IRMapping(dict(sweep.mapping.values)))
        if not region.is_empty:
            inner.forward(region.block)
            for value, ct in zip(region.block.terminator.operands, cts, strict=True):
                if ct is not None:
                    inner.seed([value], [ct])
            inner.backward(region.block)
        sweep.builder.insert(scf.Yield([inner.cotangent_or_zero(value) for value in outside]))
    return Region(block)


BACKWARD[scf.If] = backward
