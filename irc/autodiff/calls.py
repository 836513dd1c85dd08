"""The adjoint of a call: a call of the function that gives the callee's results and its vector-Jacobian products."""

from __future__ import annotations

from irc.autodiff.activity import is_differentiable
from irc.autodiff.expr import Expr
from irc.autodiff.reverse import BACKWARD, Sweep
from irc.dialects import func
from irc.ir.value import Value


def backward(sweep: Sweep, op: func.Call) -> None:
    """Give the arguments of the call their cotangents."""
    activity = sweep.context.activity
    cts = sweep.cotangents.take_all(op.results)
    if all(ct is None for ct in cts):
        return
    wrt = tuple(i for i, operand in enumerate(op.operands) if operand in activity)
    seeds: list[Value] = []
    for result, ct in zip(op.results, cts, strict=True):
        if is_differentiable(result.type):
            seeds.append((ct if ct is not None else sweep.primal(result).like(0)).value)
    arguments = [sweep.mapping[operand] for operand in op.operands]
    values = sweep.context.call_vjp(sweep.builder, op, wrt, [*arguments, *seeds])
    for i, value in zip(wrt, values[len(op.results) :], strict=True):
        sweep.cotangents.add(op.operands[i], Expr.of(sweep.builder, value))


BACKWARD[func.Call] = backward
