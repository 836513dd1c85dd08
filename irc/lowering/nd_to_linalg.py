"""Tensor mathematics becomes loop nests: `nd` on tensors turns into `linalg` and `tensor` on tensors.

Every op writes into a destination: the storage that the program gave with `into`, else a `tensor.empty` of the result's
size, whose buffer is chosen later. Broadcasts and permutations become maps, so that fusion makes them disappear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import nd
from irc.ir.builder import Builder
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.lowering import (
    nd_bits,
    nd_combining,
    nd_contractions,
    nd_convolutions,
    nd_custom_calls,
    nd_elementwise,
    nd_indexing,
    nd_ordering,
    nd_random,
    nd_scatters,
    nd_shapes,
    nd_sorting,
    nd_windows,
)
from irc.lowering.size_checks import check_sizes
from irc.lowering.sizes import shaped
from irc.lowering.tensor_shapes import cast
from irc.passes.base import Pass, PassContext
from irc.rewrite.conversion import ConversionPattern, ConversionPatterns, ConversionRewriter, ConversionTarget, convert
from irc.rewrite.type_conversion import TypeConverter

Lowering = Callable[[Any, Builder], Value | Sequence[Value]]
"""Writes what computes the results of an op. It raises `DiagnosedError` where the element type has no lowering."""

LOWERINGS: dict[type[Operation], Lowering] = {
    **nd_bits.LOWERINGS, **nd_combining.LOWERINGS, **nd_contractions.LOWERINGS, **nd_convolutions.LOWERINGS,
    **nd_custom_calls.LOWERINGS, **nd_elementwise.LOWERINGS, **nd_indexing.LOWERINGS, **nd_ordering.LOWERINGS,
    **nd_random.LOWERINGS, **nd_scatters.LOWERINGS, **nd_shapes.LOWERINGS, **nd_sorting.LOWERINGS,
    **nd_windows.LOWERINGS,
}  # fmt: skip

TARGET = ConversionTarget(legal=[nd.Print, nd.CustomCall], illegal=["nd"])
"""`nd.print` has the same form at every level, and `nd.custom_call` one on buffers."""


def _pattern(lowering: Lowering) -> ConversionPattern:
    def convert_op(op: Operation, operands: Sequence[Value], rewriter: ConversionRewriter) -> bool:
        # Types stay as they are, so the operands of `op` are converted where they stand.
        found = lowering(op, rewriter)
        values = [found] if isinstance(found, Value) else found
        for value, result in zip(values, op.results, strict=True):
            check_sizes(rewriter, value, shaped(result), op.name)
        types = [result.type for result in op.results]
        rewriter.replace(op, [cast(rewriter, *pair) for pair in zip(values, types, strict=True)])
        return True

    return convert_op


PATTERNS: ConversionPatterns = {cls: [_pattern(lowering)] for cls, lowering in LOWERINGS.items()}


class NdToLinalg(Pass):
    """Lower `nd` on tensors to `linalg` on tensors in destination-passing style."""

    def run(self, op: Operation, context: PassContext) -> None:
        convert(op, TARGET, PATTERNS, TypeConverter(), "nd-to-linalg")
