"""Replaces the requests of the `ad` dialect by calls of derivative functions that it writes."""

from __future__ import annotations

from collections.abc import Sequence

from irc.autodiff.functions import Derivatives
from irc.autodiff.inlining import open_region
from irc.autodiff.revolve import SNAPSHOTS
from irc.dialects import ad, arith, nd, scf, tensor
from irc.ir.operation import Operation
from irc.ir.recursion import frames
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext
from irc.passes.registry import find_pass

MAX_FRAMES = 100_000
"""Calls of the program are followed by calls of Python: some ten for each."""

REQUESTS = (ad.ValueAndGrad, ad.VJP, ad.JVP, ad.Linearize)
SAID = (ad.StopGradient, ad.CheckpointName, ad.Checkpoint, ad.CustomJVP, ad.CustomVJP)


class Differentiate(Pass):
    """Write the derivatives that `ad` operations ask for, in forward or reverse mode, and call them.

    What says how derivatives are taken, as `ad.stop_gradient`, `ad.checkpoint`, custom derivatives and `ad.snapshots` of loops
    do, has done its work then and goes.
    """

    def run(self, op: Operation, context: PassContext) -> None:
        found = [inner for inner in op.walk() if isinstance(inner, (*REQUESTS, *SAID))]
        requests = [inner for inner in found if isinstance(inner, REQUESTS)]
        if requests:
            derivatives = Derivatives(op, lower_part)
            with frames(MAX_FRAMES):
                for request in requests:
                    # Writing a derivative may have expanded it already, as part of a function that is differentiated.
                    if request.parent is not None:
                        derivatives.expand(request)
        for inner in op.walk():
            if isinstance(inner, scf.For) and SNAPSHOTS in inner.attributes:
                inner.set_attribute(SNAPSHOTS, None)
        if not found:
            return
        for inner in [inner for inner in op.walk() if isinstance(inner, SAID)]:
            if isinstance(inner, ad.StopGradient | ad.CheckpointName):
                users = list(inner.output.users) if isinstance(inner, ad.StopGradient) else []
                inner.replace_with([inner.input])
                _fold_selections(users)
            elif isinstance(inner, ad.Checkpoint):
                open_region(inner)
            else:
                inner.erase()


def _fold_selections(ops: Sequence[Operation]) -> None:
    """Selections between a value and itself, which said where a derivative of it matters, are the value."""
    for op in ops:
        if isinstance(op, nd.Where | arith.Select) and op.operands[1] is op.operands[2]:
            condition: Value | None = op.operands[0]
            op.replace_with([op.operands[1]])
            # What brought the condition to the shape of the value.
            while condition is not None and not condition.users:
                made = condition.defining_op
                if not isinstance(made, nd.BroadcastTo | tensor.FromElements | tensor.Extract):
                    break
                condition = made.operands[0]
                made.erase()


def lower_part(name: str, op: Operation) -> None:
    """Run a pass on a part of a function that is to be differentiated."""
    found = find_pass(name)
    assert found is not None
    found().run(op, PassContext())
