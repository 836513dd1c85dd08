"""The adjoint of a call: a call of the callee's backward function. The call itself becomes one of its forward function, which
also returns what the backward function needs."""

from __future__ import annotations

from irc.autodiff.activity import is_differentiable
from irc.autodiff.expr import Expr
from irc.autodiff.missing import PASSES_BUFFERS, undifferentiable
from irc.autodiff.reverse import BACKWARD, Sweep
from irc.autodiff.split import Split
from irc.dialects import func
from irc.ir.attributes import SymbolRefAttr
from irc.ir.types import MemRefType


class Forwards:
    """The forward functions that are called in place of a callee, with what their results before the residuals are."""

    __slots__ = ("_calls", "count", "op")

    def __init__(self, op: func.Call) -> None:
        self.op, self.count = op, len(op.results)
        self._calls: dict[str, func.Call] = {}

    def call(self, split: Split) -> func.Call:
        """The call that gives the residuals of `split`."""
        forward = split.forward
        if forward is None:
            return self.op
        name, types = forward.sym_name.value, forward.signature.results
        found = self._calls.get(name)
        if found is None:
            if not self._calls:
                found = self.op
                found.callee = SymbolRefAttr(name)
                found.add_results(types[self.count :])
            else:
                operands, location = self.op.operands, self.op.location
                found = func.Call(SymbolRefAttr(name), operands, result_types=types, location=location)
                assert self.op.parent is not None
                self.op.parent.insert_before(found, self.op)
            self._calls[name] = found
        return found


def backward(sweep: Sweep, op: func.Call) -> None:
    """Give the arguments of the call their cotangents."""
    activity = sweep.context.activity
    if activity.active_memory and any(isinstance(value.type, MemRefType) for value in op.operands):
        raise undifferentiable(op, PASSES_BUFFERS)
    cts = sweep.cotangents.take_all(op.results)
    seeded = tuple(i for i, ct in enumerate(cts) if ct is not None)
    wrt = tuple(i for i, operand in enumerate(op.operands) if operand in activity and is_differentiable(operand.type))
    if not seeded or not wrt:
        return
    forwards = sweep.context.tape(op, Forwards)
    split = sweep.context.split_call(op, wrt, seeded)
    call = forwards.call(split)
    kept = split.residual_values(op.operands, call.results[forwards.count :])
    residuals = [sweep.frame.fetch(value) for value in kept]
    seeds = []
    for i in split.seeded:
        ct = cts[i]
        seeds.append((ct if ct is not None else sweep.primal(op.results[i]).like(0)).value)
    symbol = SymbolRefAttr(split.backward.sym_name.value)
    types = split.backward.signature.results
    pulled = sweep.builder.insert(func.Call(symbol, [*residuals, *seeds], result_types=types))
    for i, value in zip(split.reached, pulled.results, strict=True):
        if op.operands[i] in activity:
            sweep.cotangents.add(op.operands[i], Expr.of(sweep.builder, value))


BACKWARD[func.Call] = backward
