"""Ops that are differentiated in the form which a pass gives them: the names of these passes.

`differentiate` runs such a pass on a copy of the function. What has loops inside is always lowered; an op on tensors or
buffers where a derivative has to pass it, so that the others keep their fast form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.autodiff.activity import Activity, is_buffer
from irc.autodiff.frames import is_constant
from irc.autodiff.inlining import open_region
from irc.dialects import func, linalg, scf, tensor
from irc.dialects.linalg_decomposable import Softmax
from irc.ir.operation import Operation

Lower = Callable[[str, Operation], None]
"""Runs the pass of a name on an operation, which may be replaced."""

STRUCTURE: dict[type[Operation], str] = {scf.Parallel: "scf-parallel-to-for", scf.Forall: "scf-parallel-to-for"}
PARTS: dict[type[Operation], str] = dict.fromkeys(
    (tensor.Generate, tensor.Pad, tensor.Concat, tensor.Gather, tensor.Scatter, tensor.Pack, tensor.UnPack, Softmax),
    "expand-tensors",
)


def has_lowered(function: func.Func) -> bool:
    """Whether there is an op in a function that may have to be lowered."""
    return any(_structural(op) or _elements(op) or isinstance(op, scf.ExecuteRegion) for op in function.walk())


def lower(function: func.Func, wrt: Sequence[int], run: Lower) -> None:
    """Lower what has no derivative in the form that it has."""
    # Loops of `affine` may become some of `scf` that run in parallel.
    while found := next((op for op in function.walk() if _structural(op)), None):
        run(_structural(found), found)
    for once in [op for op in function.walk() if isinstance(op, scf.ExecuteRegion)]:
        if once.body.first is once.body.last:
            open_region(once)
    block = function.body.block
    again = True
    while again:
        again = False
        activity = Activity(block, [block.arguments[i] for i in wrt])
        for op in [op for op in function.walk() if _elements(op)]:
            if _is_passed(op, activity):
                run(_elements(op), op)
                again = True


def _structural(op: Operation) -> str:
    """The pass that lowers an op whatever it computes, "" for none."""
    return "lower-affine" if op.name.startswith("affine.") else STRUCTURE.get(type(op), "")


def _elements(op: Operation) -> str:
    """The pass that lowers an op if a derivative has to pass it, "" for none."""
    if not isinstance(op, linalg.LinalgOp):
        return PARTS.get(type(op), "")
    whole = isinstance(op, linalg.Add) or (isinstance(op, linalg.Fill) and is_constant(op.operands[0]))
    return "" if whole and op.has_buffer_semantics else "linalg-to-scalar-loops"


def _is_passed(op: Operation, activity: Activity) -> bool:
    if any(result in activity and result.users for result in op.results):
        return True
    return activity.active_memory and any(is_buffer(operand) for operand in op.operands)
