"""StableHLO, as JAX and others print it, becomes tensor mathematics of irc: `stablehlo` and `chlo` turn into `nd` and `scf`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.conversion.from_stablehlo import prepare
from irc.conversion.from_stablehlo.tables import LOWERINGS
from irc.conversion.from_stablehlo.values import Lowering
from irc.ir.diagnostic import VerifyError, error
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext
from irc.rewrite.conversion import ConversionPattern, ConversionPatterns, ConversionRewriter, ConversionTarget, convert
from irc.rewrite.type_conversion import TypeConverter

TARGET = ConversionTarget(illegal=["stablehlo", "chlo", "mhlo"])


def _pattern(lowering: Lowering) -> ConversionPattern:
    def convert_op(op: Operation, operands: Sequence[Value], rewriter: ConversionRewriter) -> bool:
        try:
            found = lowering(op, rewriter)
        except (VerifyError, TypeError, ValueError, NotImplementedError) as problem:
            raise error(op.location, f"'{op.name}' cannot be converted: {problem}") from problem
        rewriter.replace(op, [found] if isinstance(found, Value) else list(found))
        return True

    return convert_op


PATTERNS: ConversionPatterns = {cls: [_pattern(lowering)] for cls, lowering in LOWERINGS.items()}


class StablehloToNd(Pass):
    """Convert `stablehlo` and `chlo`, as JAX prints them, to `nd` and `scf`.

    Bounds of dynamic sizes are dropped, composites are calls of what they are made of, and `sdy` is left out: programs run
    on one device. An exchange between devices, tokens and quantized types are errors at their place.
    """

    anchor = "builtin.module"

    def run(self, op: Operation, context: PassContext) -> None:
        prepare.prepare(op)
        convert(op, TARGET, PATTERNS, TypeConverter(), "stablehlo-to-nd")
        prepare.clean(op)


__all__: list[Any] = ["StablehloToNd"]
