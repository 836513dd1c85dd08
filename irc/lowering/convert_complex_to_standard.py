"""Complex numbers become arithmetic on their parts; of `complex` only what makes a number and takes it apart is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.dialects import arith, complex
from irc.dialects._scalar_constants import scalar_constant
from irc.dialects.complex import part_type
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.types import ComplexType, FloatType, IntegerType, Type, f32
from irc.ir.value import Value
from irc.lowering import complex_arithmetic as arithmetic
from irc.lowering import complex_functions as functions
from irc.lowering.complex_arithmetic import Parts
from irc.lowering.locations import derived
from irc.lowering.math_emitter import FORMATS, Emitter
from irc.passes.base import Pass, PassContext, statistic

FUNCTIONS: dict[type[Operation], Callable[..., Parts | Value]] = {
    complex.Add: arithmetic.add, complex.Sub: arithmetic.sub, complex.Mul: arithmetic.mul, complex.Div: arithmetic.div,
    complex.Neg: arithmetic.neg, complex.Conj: arithmetic.conj, complex.Eq: arithmetic.eq, complex.Neq: arithmetic.neq,
    complex.Abs: arithmetic.abs_, complex.Angle: arithmetic.angle, complex.Sign: arithmetic.sign,
    complex.Sqrt: arithmetic.sqrt, complex.Rsqrt: arithmetic.rsqrt, complex.Exp: functions.exp,
    complex.Expm1: functions.expm1, complex.Log: functions.log, complex.Log1p: functions.log1p,
    complex.Pow: functions.pow, complex.Sin: functions.sin, complex.Cos: functions.cos, complex.Tan: functions.tan,
    complex.Tanh: functions.tanh, complex.Atan2: functions.atan2,
}  # fmt: skip
"""Each gets the parts of the operands, and gives those of the result or, where it is no complex number, the result."""


class ConvertComplexToStandard(Pass):
    """Write the arithmetic and the functions of complex numbers as those of their parts, in `arith` and `math`.

    `complex.create`, `complex.re`, `complex.im` and `complex.constant` remain. Parts narrower than f32 are computed in it;
    numbers with parts wider than f64 are left alone.
    """

    converted: str = statistic("operations on complex numbers written as arithmetic")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            value = _converted(inner)
            if value is not None:
                inner.replace_with([value])
                context.count("converted")
        # Numbers that only such ops used; a number comes after its parts.
        for inner in reversed(list(op.walk())):
            if isinstance(inner, complex.Create | complex.Constant) and not inner.complex.users:
                inner.erase()


def _converted(op: Operation) -> Value | None:
    """What the result becomes, `None` for an op that stays."""
    function = FUNCTIONS.get(type(op))
    choice = isinstance(op, arith.Select) and isinstance(op.results[0].type, ComplexType)
    if function is None and not choice and not isinstance(op, complex.Bitcast):
        return None
    b = Builder(InsertPoint.before(op), derived(op.location, "convert-complex-to-standard"))
    if isinstance(op, complex.Bitcast):
        return _bitcast(op, b)
    numbers = [parts(b, operand) for operand in op.operands if isinstance(operand.type, ComplexType)]
    result = op.results[0].type
    if function is None:
        yes, no = numbers
        chosen = [b.insert(arith.Select(op.operands[0], p, q)).result for p, q in zip(yes, no, strict=True)]
        return b.insert(complex.Create(*chosen)).complex
    element = part_type(op.operands[0].type)
    compute = element if element in FORMATS else f32
    if not isinstance(element, FloatType) or element.width > compute.width:
        return None
    e = Emitter(b, compute)
    found = function(e, *[tuple([_resized(b, part, compute) for part in number]) for number in numbers])
    if isinstance(found, Value):
        return _resized(b, found, result) if isinstance(result, FloatType) else found
    return b.insert(complex.Create(*[_resized(b, part, element) for part in found])).complex


def _resized(b: Builder, x: Value, to: Type) -> Value:
    """A float in another format."""
    assert isinstance(x.type, FloatType) and isinstance(to, FloatType)
    if x.type is to:
        return x
    return b.insert((arith.ExtF if to.width > x.type.width else arith.TruncF)(x, result_types=[to])).result


def parts(b: Builder, number: Value) -> Parts:
    """The parts of a complex number, as they are where it was made of them."""
    op: Any = number.defining_op
    if isinstance(op, complex.Create):
        return op.real, op.imaginary
    if isinstance(op, complex.Constant):
        known = complex.parts_of(op.value)
        assert known is not None, "the verifier wants two floats"
        re, im = (b.insert(scalar_constant(part, part_type(number.type))).results[0] for part in known)
        return re, im
    return b.insert(complex.Re(number)).real, b.insert(complex.Im(number)).imaginary


def _bitcast(op: complex.Bitcast, b: Builder) -> Value:
    """The real part has the low bits, as it comes first in memory."""
    source, target = op.operand.type, op.result.type
    part = part_type(source if isinstance(source, ComplexType) else target)
    assert isinstance(part, FloatType)
    narrow, wide = IntegerType(part.width), IntegerType(2 * part.width)

    def cast(cls: Any, x: Value, to: Type) -> Value:
        found: Value = x if x.type is to else b.insert(cls(x, result_types=[to])).results[0]
        return found

    shift = b.insert(scalar_constant(part.width, wide)).results[0]
    if isinstance(source, ComplexType):
        low, high = (cast(arith.ExtUI, cast(arith.Bitcast, x, narrow), wide) for x in parts(b, op.operand))
        return cast(arith.Bitcast, b.insert(arith.OrI(low, b.insert(arith.ShLI(high, shift)).result)).result, target)
    bits = cast(arith.Bitcast, op.operand, wide)
    halves = (bits, b.insert(arith.ShRUI(bits, shift)).result)
    return b.insert(complex.Create(*[cast(arith.Bitcast, cast(arith.TruncI, x, narrow), part) for x in halves])).complex
