"""The `math` dialect: mathematical functions of scalars, and element by element of vectors and tensors."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import FastMath
from irc.dialects.ub import PoisonAttr
from irc.ir.attributes import Attribute
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure, SameOperandsAndResultType
from irc.ir.value import Value
from irc.ods.constraints import FloatLike, SignlessIntegerLike, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

F = Var("T", FloatLike)
I = Var("T", SignlessIntegerLike)  # noqa: E741 - the letter of the constraint


class FloatUnary(Op, traits=[SameOperandsAndResultType]):
    """A function of one float. `compute` folds constants where the platform's function is exact enough; else it is `None`.

    %y = {op} %x : vector<4xf32>
    """

    operand: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    compute: ClassVar[Callable[..., float] | None] = None

    def fold(self, operand: Attribute | None) -> FoldResult:
        compute = type(self).compute
        return folding.poison(operand) or (None if compute is None else folding.floats(compute, operand))


class FloatBinary(Op, traits=[SameOperandsAndResultType]):
    """A function of two floats; `compute` folds constants.

    %r = {op} %a, %b : f32
    """

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    compute: ClassVar[Callable[..., float]]

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return folding.poison(lhs, rhs) or folding.floats(type(self).compute, lhs, rhs)


class IntegerUnary(Op, traits=[SameOperandsAndResultType]):
    """A function of one integer. `compute` folds constants; it gets the bits as an unsigned number, and their count.

    %y = {op} %x : i32
    """

    operand: Value = operand(I)
    result: Value = result(I)

    assembly = "$operand attr-dict `:` type($result)"

    compute: ClassVar[Callable[..., int]]

    def fold(self, operand: Attribute | None) -> FoldResult:
        if isinstance(operand, PoisonAttr):
            return operand
        bits = folding.width(self.operand.type)
        return folding.combine(lambda x: type(self).compute(int(x) % (1 << bits), bits), self.result.type, operand)


_TRAITS = [Pure, Elementwise]


class AbsF(FloatUnary, name="math.absf", traits=_TRAITS):
    """Absolute value."""

    compute = staticmethod(abs)


class Exp(FloatUnary, name="math.exp", traits=_TRAITS):
    """e to the power of the operand."""

    compute = staticmethod(math.exp)


class Exp2(FloatUnary, name="math.exp2", traits=_TRAITS):
    """2 to the power of the operand."""

    compute = staticmethod(math.exp2)


class ExpM1(FloatUnary, name="math.expm1", traits=_TRAITS):
    """exp(x) - 1, exact near zero."""

    compute = staticmethod(math.expm1)


class Log(FloatUnary, name="math.log", traits=_TRAITS):
    """Natural logarithm; NaN below zero."""

    compute = staticmethod(math.log)


class Log2(FloatUnary, name="math.log2", traits=_TRAITS):
    """Logarithm to base 2."""

    compute = staticmethod(math.log2)


class Log10(FloatUnary, name="math.log10", traits=_TRAITS):
    """Logarithm to base 10."""

    compute = staticmethod(math.log10)


class Log1p(FloatUnary, name="math.log1p", traits=_TRAITS):
    """log(1 + x), exact near zero."""

    compute = staticmethod(math.log1p)


class Sqrt(FloatUnary, name="math.sqrt", traits=_TRAITS):
    """Square root; NaN below zero."""

    compute = staticmethod(math.sqrt)


class Rsqrt(FloatUnary, name="math.rsqrt", traits=_TRAITS):
    """1 / sqrt(x)."""


class Cbrt(FloatUnary, name="math.cbrt", traits=_TRAITS):
    """Cube root."""


class Sin(FloatUnary, name="math.sin", traits=_TRAITS):
    """Sine."""

    compute = staticmethod(math.sin)


class Cos(FloatUnary, name="math.cos", traits=_TRAITS):
    """Cosine."""

    compute = staticmethod(math.cos)


class Tan(FloatUnary, name="math.tan", traits=_TRAITS):
    """Tangent."""

    compute = staticmethod(math.tan)


class Sinh(FloatUnary, name="math.sinh", traits=_TRAITS):
    """Hyperbolic sine."""

    compute = staticmethod(math.sinh)


class Cosh(FloatUnary, name="math.cosh", traits=_TRAITS):
    """Hyperbolic cosine."""

    compute = staticmethod(math.cosh)


class Tanh(FloatUnary, name="math.tanh", traits=_TRAITS):
    """Hyperbolic tangent."""

    compute = staticmethod(math.tanh)


class Asin(FloatUnary, name="math.asin", traits=_TRAITS):
    """Inverse sine."""

    compute = staticmethod(math.asin)


class Acos(FloatUnary, name="math.acos", traits=_TRAITS):
    """Inverse cosine."""

    compute = staticmethod(math.acos)


class Atan(FloatUnary, name="math.atan", traits=_TRAITS):
    """Inverse tangent."""

    compute = staticmethod(math.atan)


class Asinh(FloatUnary, name="math.asinh", traits=_TRAITS):
    """Inverse hyperbolic sine."""

    compute = staticmethod(math.asinh)


class Acosh(FloatUnary, name="math.acosh", traits=_TRAITS):
    """Inverse hyperbolic cosine; NaN below one."""

    compute = staticmethod(math.acosh)


class Atanh(FloatUnary, name="math.atanh", traits=_TRAITS):
    """Inverse hyperbolic tangent; NaN outside of ±1."""

    compute = staticmethod(math.atanh)


class Erf(FloatUnary, name="math.erf", traits=_TRAITS):
    """Error function."""

    compute = staticmethod(math.erf)


class Ceil(FloatUnary, name="math.ceil", traits=_TRAITS):
    """Rounded up."""

    compute = staticmethod(folding.with_sign(math.ceil))


class Floor(FloatUnary, name="math.floor", traits=_TRAITS):
    """Rounded down."""

    compute = staticmethod(folding.with_sign(math.floor))


class Round(FloatUnary, name="math.round", traits=_TRAITS):
    """Rounded to the nearest integer, halves away from zero."""

    compute = staticmethod(folding.with_sign(lambda x: math.trunc(x) + math.trunc(2 * math.fmod(x, 1.0))))


class RoundEven(FloatUnary, name="math.roundeven", traits=_TRAITS):
    """Rounded to the nearest integer, halves to even."""

    compute = staticmethod(folding.with_sign(round))


class Trunc(FloatUnary, name="math.trunc", traits=_TRAITS):
    """Rounded towards zero."""

    compute = staticmethod(folding.with_sign(math.trunc))


class PowF(FloatBinary, name="math.powf", traits=_TRAITS):
    """The first operand to the power of the second."""

    compute = staticmethod(math.pow)


class Atan2(FloatBinary, name="math.atan2", traits=_TRAITS):
    """The angle of the point (rhs, lhs)."""

    compute = staticmethod(math.atan2)


class CopySign(FloatBinary, name="math.copysign", traits=_TRAITS):
    """The magnitude of the first operand with the sign of the second."""

    compute = staticmethod(math.copysign)


class AbsI(IntegerUnary, name="math.absi", traits=_TRAITS):
    """Absolute value; the least integer is its own."""

    compute = staticmethod(lambda x, bits: (1 << bits) - x if x >> (bits - 1) else x)


class CountLeadingZeros(IntegerUnary, name="math.ctlz", traits=_TRAITS):
    """Number of leading zero bits."""

    compute = staticmethod(lambda x, bits: bits - x.bit_length())


class CountTrailingZeros(IntegerUnary, name="math.cttz", traits=_TRAITS):
    """Number of trailing zero bits."""

    compute = staticmethod(lambda x, bits: (x & -x).bit_length() - 1 if x else bits)


class CtPop(IntegerUnary, name="math.ctpop", traits=_TRAITS):
    """Number of bits set."""

    compute = staticmethod(lambda x, bits: x.bit_count())


class Fma(Op, name="math.fma", traits=_TRAITS):
    """a * b + c, rounded once.

    %r = math.fma %a, %b, %c : f32
    """

    a: Value = operand(F)
    b: Value = operand(F)
    c: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$a `,` $b `,` $c (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"


class FPowI(Op, name="math.fpowi", traits=_TRAITS):
    """A float to the power of an integer.

    %r = math.fpowi %a, %n : f32, i32
    """

    lhs: Value = operand(F)
    rhs: Value = operand(SignlessIntegerLike)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($lhs) `,` type($rhs)"


class IPowI(Op, name="math.ipowi", traits=[*_TRAITS, SameOperandsAndResultType]):
    """A signed integer to the power of another; 0 to a negative power is undefined.

    %r = math.ipowi %a, %n : i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    result: Value = result(I)

    assembly = "$lhs `,` $rhs attr-dict `:` type($result)"

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return folding.poison(lhs, rhs) or folding.integers(integer_power, lhs, rhs)


def integer_power(base: int, exponent: int, bits: int) -> int | None:
    """The power modulo two to the number of bits, rounded towards zero; `None` for 0 to a negative one."""
    if exponent >= 0:
        return pow(base, exponent, 1 << bits)
    if base == 0:
        return None
    return base ** (-exponent % 2) if base in (1, -1) else 0
