"""Arithmetic on floats of a byte or less, and on `bf16`, becomes arithmetic on `f32`, and conversions work on bits.

Hardly a processor computes with such floats; what is computed is rounded once. Ops that only move elements stay:
in the llvm dialect elements of less than two bytes are bytes.
"""

from __future__ import annotations

from typing import Any

from irc.dialects import arith, nd, vector
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.traits import Elementwise
from irc.ir.types import FloatType, Type, element_type, f32, f64, with_element_type
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.math_emitter import Emitter
from irc.lowering.small_float_bits import KINDS, UPPER_HALF, from_f32, round_to_odd, to_f32
from irc.passes.base import Pass, PassContext, statistic

MOVES = (arith.Constant, arith.Select, arith.Bitcast)
"""Ops of these dialects that take elements as they are."""
COMPUTING = (vector.Reduction, vector.FMA, nd.Print)
"""Ops of other dialects that look at numbers."""


class ExpandSmallFloats(Pass):
    """Compute with floats of a byte or less, and with bf16, element by element or on vectors, in f32."""

    expanded: str = statistic("operations computed in f32")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            dialect = inner.name.partition(".")[0]
            computes = dialect in ("arith", "math") and Elementwise in inner.traits and not isinstance(inner, MOVES)
            if not computes and not isinstance(inner, COMPUTING):
                continue
            if any(_is_small(value.type) for value in (*inner.operands, *inner.results)):
                _expand(inner, Builder(InsertPoint.before(inner), derived(inner.location, "expand-small-floats")))
                context.count("expanded")


def _is_small(type: Type) -> bool:
    scalar = element_type(type)
    return isinstance(scalar, FloatType) and scalar.kind in (*KINDS, UPPER_HALF)


def _expand(op: Any, b: Builder) -> None:
    operands = [_widened(b, value) for value in op.operands]
    if isinstance(op, arith.ExtF) or (isinstance(op, arith.TruncF) and op.rounds_to_nearest_even):
        convert = _narrowed if _is_small(op.out.type) else _resized
        op.replace_with([convert(b, operands[0], op.out.type)])
    elif not isinstance(op, arith.TruncF):
        types = [_computed_in(result.type) for result in op.results]
        wide = b.insert(type(op).create(operands, types, op.properties, op.attributes))
        op.replace_with([_narrowed(b, new, old.type) for new, old in zip(wide.results, op.results, strict=True)])


def _computed_in(type: Type) -> Type:
    return with_element_type(type, f32) if _is_small(type) else type


def _widened(b: Builder, x: Value) -> Value:
    scalar = element_type(x.type)
    if not isinstance(scalar, FloatType) or not _is_small(x.type):
        return x
    return to_f32(Emitter(b, with_element_type(x.type, f32)), x, scalar.kind)


def _narrowed(b: Builder, x: Value, type: Type) -> Value:
    """`x`, of a wider type, rounded once."""
    scalar = element_type(type)
    if not isinstance(scalar, FloatType) or not _is_small(type):
        return x
    e = Emitter(b, with_element_type(type, f32))
    exact = round_to_odd(e, x) if element_type(x.type) is f64 else _resized(b, x, e.type)
    return from_f32(e, exact, scalar.kind)


def _resized(b: Builder, x: Value, type: Type) -> Value:
    """`x`, of `f32` or narrower, as a type that is no small one."""
    before, after = element_type(x.type), element_type(type)
    assert isinstance(before, FloatType) and isinstance(after, FloatType)
    if before is after:
        return x
    cls = arith.ExtF if after.width > before.width else arith.TruncF
    return b.insert(cls(x, result_types=[type])).result
