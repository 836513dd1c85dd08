"""Takes what is the same in each iteration out of loops.

Moved are ops of `nd` on tensors of floats of known sizes: these cannot fail, so they may run where the loop would not have.
What costs nothing to compute again is brought back by `fuse`.
"""

from __future__ import annotations

from irc.dialects import scf
from irc.dialects.nd_base import NdOp
from irc.ir.operation import Operation
from irc.ir.traits import Pure
from irc.ir.types import FloatType, TensorType
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext, statistic

LOOPS = (scf.For, scf.While)


class Hoist(Pass):
    """Compute before a loop what no iteration changes."""

    hoisted: str = statistic("ops that were moved out of a loop")

    def run(self, op: Operation, context: PassContext) -> None:
        # Inner loops first: what leaves them may leave the outer ones, too.
        for loop in reversed([inner for inner in op.walk() if isinstance(inner, LOOPS)]):
            for region in loop.regions:
                for inner in [inner for block in region for inner in block]:
                    if _may_run_anywhere(inner) and not any(_is_inside(value, loop) for value in inner.operands):
                        inner.move_before(loop)
                        context.count("hoisted")


def _may_run_anywhere(op: Operation) -> bool:
    values = (*op.operands, *op.results)
    return (
        isinstance(op, NdOp)
        and Pure in op.traits
        and not op.regions
        and bool(op.operands)
        and all(
            isinstance(value.type, TensorType)
            and None not in value.type.shape
            and isinstance(value.type.element_type, FloatType)
            for value in values
        )
    )


def _is_inside(value: Value, loop: Operation) -> bool:
    block = value.parent_block
    return block is not None and loop.is_ancestor_of(block.parent_op)
