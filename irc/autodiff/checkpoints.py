"""The adjoint of `ad.checkpoint`: the region once more, from the values that it uses, and then the adjoint of that.

A barrier in front of the copy keeps it from being taken for the region of the forward run, whose values would have to be kept
for it then.
"""

from __future__ import annotations

from irc.autodiff.activity import used_from_outside
from irc.autodiff.branches import Exports
from irc.autodiff.expr import Expr
from irc.autodiff.frames import Frame, is_constant, run_again
from irc.autodiff.missing import undifferentiable
from irc.autodiff.reverse import BACKWARD, Sweep
from irc.dialects import ad
from irc.ir.cloning import IRMapping
from irc.ir.types import MemRefType, TensorType
from irc.ir.value import Value


def backward(sweep: Sweep, op: ad.Checkpoint) -> None:
    """Give what the region uses from outside its cotangents."""
    cts = [None if ct is None else ct.value for ct in sweep.cotangents.take_all(op.results)]
    if any(isinstance(value.type, MemRefType) for inner in op.walk() for value in (*inner.operands, *inner.results)):
        # What stands in a buffer may be something else by then.
        raise undifferentiable(op, "works on buffers, and cannot run again")
    if all(ct is None for ct in cts):
        return
    builder, activity, block = sweep.builder, sweep.context.activity, op.body.block
    ops = list(block)[:-1]
    exports = sweep.context.tape(op, Exports)
    mapping = IRMapping()
    outside = used_from_outside(op)
    fetched = {value: sweep.frame.fetch(value) for value in outside}
    for value, here in fetched.items():
        mapping[value] = here if is_constant(value) else _behind_barrier(sweep, here)
    saved: dict[Value, Value] = {}
    copies = []
    for inner in ops:
        copy = builder.insert(run_again(inner, mapping))
        copies.append(copy)
        if op.stores(inner):
            results = [
                _behind_barrier(sweep, sweep.frame.fetch(exports.result(block, result))) for result in inner.results
            ]
            saved.update(zip(copy.results, results, strict=True))
    activity.active.update(new for old, new in mapping.values.items() if old in activity)
    inner_sweep = Sweep(sweep.context, builder, Frame(builder, sweep.frame))
    for value, ct in zip(block.terminator.operands, cts, strict=False):
        if ct is not None:
            inner_sweep.seed([mapping[value]], [ct])
    inner_sweep.backward(copies)
    for value in outside:
        found = inner_sweep.cotangents.take(mapping[value])
        if found is not None:
            sweep.cotangents.add(value, Expr.of(builder, found.value))
    for again, kept in saved.items():
        again.replace_all_uses_with(kept)  # what computed it again is dead then


def _behind_barrier(sweep: Sweep, value: Value) -> Value:
    return sweep.builder.insert(ad.Barrier(value)).result if isinstance(value.type, TensorType) else value


BACKWARD[ad.Checkpoint] = backward
