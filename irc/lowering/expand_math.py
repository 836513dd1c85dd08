"""Mathematical functions become polynomials that vectorise, in place of calls of the C library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import arith, builtin, func, math
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import clone
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import FloatType, Type, VectorType, element_type, f32, f64, with_element_type
from irc.ir.value import Value
from irc.lowering import math_exponentials as exponentials
from irc.lowering import math_trigonometry as trigonometry
from irc.lowering.locations import derived
from irc.lowering.math_emitter import FORMATS, Emitter
from irc.lowering.outlining import outline
from irc.passes.base import Pass, PassContext, option, statistic
from irc.rewrite.constants import number_of

NAME = "expand-math"

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
    arguments beyond 2^16 (f32) or 2^20 (f64), and powf on f64 leaves all but small constant exponents, to the C library.
    """

    expanded: str = statistic("functions written as arithmetic")
    most_inline: int = option(
        16, "how often the same function is written out at most; used more often, it is called", at_least=0
    )

    def run(self, op: Operation, context: PassContext) -> None:
        found: dict[Any, list[Operation]] = {}
        for inner in op.walk():
            if _has_expansion(inner):
                key = inner.__class__, inner.results[0].type, inner.properties, _exponent(inner)
                found.setdefault(key, []).append(inner)
        table = SymbolTable(op) if isinstance(op, builtin.Module) else None
        for same in found.values():
            if table is not None and len(same) > self.most_inline and _exponent(same[0]) is None:
                same = [_outlined(same, table)]
            for inner in same:
                value = _expanded(inner, Builder(InsertPoint.before(inner), derived(inner.location, NAME)))
                if value is not None:
                    inner.replace_with([value])
                    context.count("expanded")


def _has_expansion(op: Operation) -> bool:
    known = type(op) in UNARY or type(op) in PERIODIC or isinstance(op, math.PowF)
    return known and trigonometry.LIBRARY not in op.attributes and _is_supported(op.results[0].type)


def _exponent(op: Operation) -> float | None:
    """The exponent of a power that a few products give."""
    if not isinstance(op, math.PowF) or element_type(op.results[0].type) not in FORMATS:
        return None
    number = number_of(op.operands[1])
    return number if number in exponentials.PRODUCTS else None


def _outlined(ops: Sequence[Operation], table: SymbolTable) -> Operation:
    """Make calls of `ops`, which are the same but for their operands: the one op in the function that is called."""
    first = ops[0]
    location = derived(first.location, NAME)
    block = Block([value.type for value in first.operands])
    inner = clone(first)
    inner.operands = tuple(block.arguments)
    block.append(inner)
    symbol = outline(table, f"__{first.name.replace('.', '_')}", block, inner.results, location)
    for op in ops:
        b = Builder(InsertPoint.before(op), derived(op.location, NAME))
        op.replace_with(b.insert(func.Call(symbol, op.operands, result_types=[op.results[0].type])).results)
    return inner


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
        exponent = _exponent(op)
        if exponent is not None:
            return exponentials.pow_by_products(e, op.operands[0], exponent)
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
