"""Tangents through loops, branches and calls: what is carried, yielded or passed is followed by its tangents."""

from __future__ import annotations

from irc.autodiff.forward import TANGENTS, Forward
from irc.dialects import func, scf
from irc.ir.value import Value


def _loop(forward: Forward, op: scf.For) -> None:
    varied = [i for i, argument in enumerate(op.body.block.arguments[1:]) if argument in forward.activity]
    starts = [forward.tangent_or_zero(op.inits[i]) for i in varied]
    operands = [*(forward.mapping[value] for value in op.operands), *starts]
    arguments, yielded = op.body.block.arguments[1:], op.body.block.terminator.operands
    body = forward.region(op.body, [arguments[i] for i in varied], [yielded[i] for i in varied])
    forward.rebuilt(op, operands, [op.results[i] for i in varied], [body])


def _while(forward: Forward, op: scf.While) -> None:
    before, after = op.before.block, op.after.block
    carried = [i for i, argument in enumerate(before.arguments) if argument in forward.activity]
    handed = [i for i, argument in enumerate(after.arguments) if argument in forward.activity]
    starts = [forward.tangent_or_zero(op.inits[i]) for i in carried]
    operands = [*(forward.mapping[value] for value in op.operands), *starts]
    passed, yielded = before.terminator.operands[1:], after.terminator.operands
    regions = [
        forward.region(op.before, [before.arguments[i] for i in carried], [passed[i] for i in handed]),
        forward.region(op.after, [after.arguments[i] for i in handed], [yielded[i] for i in carried]),
    ]
    forward.rebuilt(op, operands, [op.results[i] for i in handed], regions)


def _branches(forward: Forward, op: scf.If | scf.IndexSwitch) -> None:
    varied = [i for i, result in enumerate(op.results) if result in forward.activity]
    regions = []
    for region in op.regions:
        ending: list[Value] = [] if region.is_empty else [region.block.terminator.operands[i] for i in varied]
        regions.append(forward.region(region, [], ending))
    operands = [forward.mapping[value] for value in op.operands]
    forward.rebuilt(op, operands, [op.results[i] for i in varied], regions)


def _call(forward: Forward, op: func.Call) -> None:
    varied = [i for i, operand in enumerate(op.operands) if forward.tangent(operand) is not None]
    if varied:
        forward.call_jvp(forward, op, varied)
    else:
        forward.plain(op)


TANGENTS[scf.For] = _loop
TANGENTS[scf.While] = _while
TANGENTS[scf.If] = _branches
TANGENTS[scf.IndexSwitch] = _branches
TANGENTS[func.Call] = _call
