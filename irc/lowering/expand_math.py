"""Mathematical functions become polynomials that vectorise, in place of calls of the C library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.dialects import arith, math
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.types import FloatType, Type, VectorType, element_type, f32, f64, with_element_type
from irc.ir.value import Value
from irc.lowering import math_exponentials as exponentials
from irc.lowering import math_trigonometry as trigonometry
from irc.lowering.locations import derived
from irc.lowering.math_emitter import FORMATS, Emitter
from irc.passes.base import Pass, PassContext, statistic

UNARY: dict[type[Operation], Callable[[Emitter, Value], Value]] = {
    math.Exp: exponentials.exp,
    math.ExpM1: exponentials.expm1,
    math.Log: exponentials.log,
    math.Log1p: exponentials.log1p,
    math.Tanh: exponentials.tanh,
    math.Erf: exponentials.erf,
}
PERIODIC: dict[type[Operation], Callable[[Emitter, Value], Value]] = {
    math.Sin: trigonometry.sine,
    math.Cos: trigonometry.cosine,
}


class ExpandMath(Pass):
    """Write exp, expm1, log, log1p, tanh, erf, sin, cos and powf on numbers and vectors as arithmetic.

    Errors are at most 3 units in the last place for f32 and f64; narrower types are computed in f32. sin and cos leave
    arguments beyond 2^16 (f32) or 2^20 (f64), and powf on f64 leaves everything, to the C library.
    """

    expanded: str = statistic("functions written as arithmetic")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in [
            each for each in op.walk() if type(each) in UNARY or type(each) in PERIODIC or isinstance(each, math.PowF)
        ]:
            if trigonometry.LIBRARY in inner.attributes or not _is_supported(inner.results[0].type):
                continue
            b = Builder(InsertPoint.before(inner), derived(inner.location, "expand-math"))
            value = _expanded(inner, b)
            if value is not None:
                inner.replace_with([value])
                context.count("expanded")


def _is_supported(type: Type) -> bool:
    scalar = element_type(type)
    return isinstance(type, FloatType | VectorType) and isinstance(scalar, FloatType) and scalar.kind in (
        "f16", "bf16", "f32", "f64",
    )  # fmt: skip


def _expanded(op: Operation, b: Builder) -> Value | None:
    """The value of `op`, `None` where it is left as it is."""
    type = op.results[0].type
    if element_type(type) not in FORMATS:
        return _widened(op, b)
    e = Emitter(b, type)
    if isinstance(op, math.PowF):
        return _pow(op, e) if e.is_f32 else None
    periodic = PERIODIC.get(op.__class__)
    if periodic is not None:
        return trigonometry.with_library(e, op, periodic)
    return UNARY[op.__class__](e, op.operands[0])


def _widened(op: Operation, b: Builder) -> Value | None:
    """Types narrower than `f32` are computed in it."""
    narrow = op.results[0].type
    wide = with_element_type(narrow, f32)
    operands = [b.insert(arith.ExtF(value, result_types=[wide])).result for value in op.operands]
    cls: Any = type(op)
    inner = b.insert(cls(*operands))
    value = _expanded(inner, Builder(InsertPoint.before(inner), b.location))
    if value is not None:
        inner.replace_with([value])
    result = inner.results[0] if value is None else value
    return b.insert(arith.TruncF(result, result_types=[narrow])).result


def _pow(op: math.PowF, e: Emitter) -> Value:
    b = e.b
    wide = with_element_type(e.type, f64)
    return exponentials.pow_by_double(
        e,
        Emitter(b, wide),
        op.operands[0],
        op.operands[1],
        lambda x: b.insert(arith.ExtF(x, result_types=[wide])).result,
        lambda x: b.insert(arith.TruncF(x, result_types=[e.type])).result,
    )
