"""Tensor mathematics becomes loop nests: `nd` on tensors turns into `linalg` and `tensor` on tensors.

Every op writes into a destination: the storage that the program gave with `into`, else a `tensor.empty` of the result's
size, whose buffer is chosen later. Broadcasts and permutations become maps, so that fusion makes them disappear.
"""

from __future__ import annotations

from typing import Any

from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.lowering import nd_contractions, nd_elementwise, nd_shapes
from irc.lowering.locations import derived
from irc.lowering.tensor_shapes import cast
from irc.passes.base import Pass, PassContext

LOWERINGS: dict[Any, Any] = {**nd_elementwise.LOWERINGS, **nd_contractions.LOWERINGS, **nd_shapes.LOWERINGS}
"""From the class of an op to the function that builds its result."""

KEPT = frozenset({"nd.print"})
"""Ops of the dialect that have the same form at every level."""


class NdToLinalg(Pass):
    """Lower `nd` on tensors to `linalg` on tensors in destination-passing style."""

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in op.walk():
            if inner.name.startswith("nd.") and inner.name not in KEPT:
                lower(inner)


def lower(op: Operation) -> None:
    """Replace one `nd` op; raises `DiagnosedError` where its element type has no lowering."""
    lowering = LOWERINGS.get(type(op))
    if lowering is None:
        raise error(op.location, f"'{op.name}' op has no lowering to 'linalg'")
    b = Builder(InsertPoint.before(op), derived(op.location, "nd-to-linalg"))
    value = lowering(op, b)
    op.replace_with([cast(b, value, op.results[0].type)])
