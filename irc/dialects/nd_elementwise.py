"""Elementwise ops of `nd`: all operands and the result have one shape; there is no implicit broadcasting.

Names and special cases are those of the Array API standard (2024.12) unless an op says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects.nd_base import (
    BoolTensor,
    E,
    FloatTensor,
    NdOp,
    NumberTensor,
    OrderedTensor,
    R,
    RealFloatTensor,
    RealTensor,
    boolean_like,
    check_compatible,
    real_like,
    tensor_type,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Commutative, Elementwise, Pure
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.constraints import Tensor, Var
from irc.ods.fields import operand, result
from irc.ods.op import TypesMatch

F = Var("T", FloatTensor)
RF = Var("T", RealFloatTensor)
N = Var("T", NumberTensor)
RN = Var("T", RealTensor)
O = Var("T", OrderedTensor)  # noqa: E741 - the letter of the constraint
B = Var("T", BoolTensor)
X = Var("X", Tensor)
XO = Var("X", OrderedTensor)

_TRAITS = [Pure, Elementwise]


class Unary(NdOp):
    """A unary op on numbers.

    %y = {op} %x : tensor<4x?xf32>
    """

    x: Value = operand(E)
    into: Value | None = operand(E, default=None)
    result: Value = result(E)

    assembly = "$x (`into` $into^)? attr-dict `:` type($result)"


class NumberUnary(Unary):
    """A unary op on anything but booleans."""

    x: Value = operand(N)
    into: Value | None = operand(N, default=None)
    result: Value = result(N)


class FloatUnary(Unary):
    """A unary op on floats.

    %y = {op} %x : tensor<4x?xf32>
    """

    x: Value = operand(F)
    into: Value | None = operand(F, default=None)
    result: Value = result(F)


class RealFloatUnary(Unary):
    """A unary op on floats that complex numbers do not have.

    %y = {op} %x : tensor<4x?xf32>
    """

    x: Value = operand(RF)
    into: Value | None = operand(RF, default=None)
    result: Value = result(RF)


class Binary(NdOp):
    """A binary op on numbers.

    %z = {op} %x, %y : tensor<4x?xf32>
    """

    lhs: Value = operand(E)
    rhs: Value = operand(E)
    into: Value | None = operand(E, default=None)
    result: Value = result(E)

    assembly = "$lhs `,` $rhs (`into` $into^)? attr-dict `:` type($result)"


class NumberBinary(Binary):
    """A binary op on anything but booleans."""

    lhs: Value = operand(N)
    rhs: Value = operand(N)
    into: Value | None = operand(N, default=None)
    result: Value = result(N)


class RealBinary(Binary):
    """A binary op on numbers that are not complex."""

    lhs: Value = operand(RN)
    rhs: Value = operand(RN)
    into: Value | None = operand(RN, default=None)
    result: Value = result(RN)


class OrderedBinary(Binary):
    """A binary op on anything that has an order: not on complex numbers."""

    lhs: Value = operand(O)
    rhs: Value = operand(O)
    into: Value | None = operand(O, default=None)
    result: Value = result(O)


class Logical(Binary):
    """A binary op on booleans.

    %r = {op} %a, %b : tensor<4xi1>
    """

    lhs: Value = operand(B)
    rhs: Value = operand(B)
    into: Value | None = operand(B, default=None)
    result: Value = result(B)


class Comparison(NdOp):
    """A comparison: the type is that of the operands; the result is boolean, of the same shape.

    %c = {op} %x, %y : tensor<4xf32>
    """

    lhs: Value = operand(X)
    rhs: Value = operand(X)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$lhs `,` $rhs (`into` $into^)? attr-dict `:` type($lhs)"
    types_match: ClassVar[TypesMatch] = {"result": ("lhs", boolean_like), "into": ("lhs", boolean_like)}

    def infer(self) -> Sequence[Type]:
        return [boolean_like(self.lhs.type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class Ordering(Comparison):
    """A comparison by the order of the elements, which complex numbers do not have."""

    lhs: Value = operand(XO)
    rhs: Value = operand(XO)


class Negative(NumberUnary, name="nd.negative", traits=_TRAITS):
    """-x; integers wrap around."""


class Abs(NdOp, name="nd.abs", traits=_TRAITS):
    """|x|; the least integer is its own.

    Of a complex number a real one, its distance from zero: infinite where a part is infinite, even if the other is NaN
    (Array API `abs`).

    %y = nd.abs %x : tensor<4x?xf32>
    %r = nd.abs %z : tensor<4xcomplex<f32>>
    """

    x: Value = operand(Var("X", NumberTensor))
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x (`into` $into^)? attr-dict `:` type($x)"
    types_match: ClassVar[TypesMatch] = {"result": ("x", real_like), "into": ("x", real_like)}

    def infer(self) -> Sequence[Type]:
        return [real_like(self.x.type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class Sign(NumberUnary, name="nd.sign", traits=_TRAITS):
    """-1, 0 or 1 (NaN for NaN, and zeros keep their sign); x / |x| of a complex number (StableHLO `sign`)."""


class Exp(FloatUnary, name="nd.exp", traits=_TRAITS):
    """e to the power of x. Infinite and NaN parts of complex numbers are those of C's `cexp` (Array API `exp`)."""


class Expm1(FloatUnary, name="nd.expm1", traits=_TRAITS):
    """exp(x) - 1, exact near zero. Infinite and NaN parts of complex numbers as in Array API `expm1`."""


class Log(FloatUnary, name="nd.log", traits=_TRAITS):
    """Natural logarithm: -inf at zero, NaN below. Of a complex number the principal value, whose imaginary part is its
    angle in [-pi, pi]; the sign of a zero imaginary part tells the sides of the cut apart (Array API `log`)."""


class Log1p(FloatUnary, name="nd.log1p", traits=_TRAITS):
    """log(1 + x), exact near zero; of complex numbers the principal value (Array API `log1p`)."""


class Sqrt(FloatUnary, name="nd.sqrt", traits=_TRAITS):
    """Square root: NaN below zero. Of a complex number the root with a real part that is not negative, and the sign of
    the imaginary part (Array API `sqrt`)."""


class Rsqrt(FloatUnary, name="nd.rsqrt", traits=_TRAITS):
    """1 / sqrt(x)."""


class Sin(FloatUnary, name="nd.sin", traits=_TRAITS):
    """Sine."""


class Cos(FloatUnary, name="nd.cos", traits=_TRAITS):
    """Cosine."""


class Tanh(FloatUnary, name="nd.tanh", traits=_TRAITS):
    """Hyperbolic tangent. Infinite and NaN parts of complex numbers are those of C's `ctanh` (Array API `tanh`)."""


class Logistic(FloatUnary, name="nd.logistic", traits=_TRAITS):
    """1 / (1 + exp(-x)), without overflow."""


class Erf(RealFloatUnary, name="nd.erf", traits=_TRAITS):
    """Error function."""


class Floor(RealFloatUnary, name="nd.floor", traits=_TRAITS):
    """Rounded down."""


class Ceil(RealFloatUnary, name="nd.ceil", traits=_TRAITS):
    """Rounded up."""


class Round(FloatUnary, name="nd.round", traits=_TRAITS):
    """Rounded to the nearest integer, halves to even; the parts of a complex number one by one (Array API `round`)."""


class LogicalNot(Unary, name="nd.logical_not", traits=_TRAITS):
    """Boolean not.

    %r = nd.logical_not %a : tensor<4xi1>
    """

    x: Value = operand(B)
    into: Value | None = operand(B, default=None)
    result: Value = result(B)


class Add(Binary, name="nd.add", traits=[Commutative, *_TRAITS]):
    """x + y; integers wrap around, booleans are combined by or."""


class Subtract(NumberBinary, name="nd.subtract", traits=_TRAITS):
    """x - y; integers wrap around."""


class Multiply(Binary, name="nd.multiply", traits=[Commutative, *_TRAITS]):
    """x * y; integers wrap around, booleans are combined by and. A product of complex numbers is the textbook's, which
    makes NaN of some infinite parts (Array API `multiply` leaves that open)."""


class Divide(NumberBinary, name="nd.divide", traits=_TRAITS):
    """x / y; integers are rounded towards zero, and division by zero gives -1 (StableHLO `divide`). Complex numbers are
    divided by Smith's method, which overflows only where the quotient does; zero divides each part as its real part,
    and infinities give infinity and zero as in Annex G of C."""


class Pow(NumberBinary, name="nd.pow", traits=_TRAITS):
    """x to the power of y; an integer to a negative power is 0, but 1 and -1 keep their powers.

    Of complex numbers exp(y log(x)); anything to the power 0 is 1, and 0 to a power with a positive real part is 0, to
    others NaN (Array API `pow`, which leaves it open).

    %z = nd.pow %x, %y : tensor<4x?xf32>
    """


class Remainder(RealBinary, name="nd.remainder", traits=_TRAITS):
    """The remainder with the sign of x (StableHLO `remainder`, C's `fmod`)."""


class Maximum(OrderedBinary, name="nd.maximum", traits=[Commutative, *_TRAITS]):
    """The larger one; NaN if one is NaN, and +0 is larger than -0 (IEEE 754 `maximum`)."""


class Minimum(OrderedBinary, name="nd.minimum", traits=[Commutative, *_TRAITS]):
    """The smaller one; NaN if one is NaN, and -0 is smaller than +0 (IEEE 754 `minimum`)."""


class Atan2(Binary, name="nd.atan2", traits=_TRAITS):
    """The angle of the point (rhs, lhs).

    %a = nd.atan2 %y, %x : tensor<4xf32>
    """

    lhs: Value = operand(RF)
    rhs: Value = operand(RF)
    into: Value | None = operand(RF, default=None)
    result: Value = result(RF)


class LogicalAnd(Logical, name="nd.logical_and", traits=[Commutative, *_TRAITS]):
    """Boolean and."""


class LogicalOr(Logical, name="nd.logical_or", traits=[Commutative, *_TRAITS]):
    """Boolean or."""


class LogicalXor(Logical, name="nd.logical_xor", traits=[Commutative, *_TRAITS]):
    """Boolean exclusive or."""


class Equal(Comparison, name="nd.equal", traits=[Commutative, *_TRAITS]):
    """x == y; false for NaN."""


class NotEqual(Comparison, name="nd.not_equal", traits=[Commutative, *_TRAITS]):
    """x != y; true for NaN."""


class Less(Ordering, name="nd.less", traits=_TRAITS):
    """x < y."""


class LessEqual(Ordering, name="nd.less_equal", traits=_TRAITS):
    """x <= y."""


class Greater(Ordering, name="nd.greater", traits=_TRAITS):
    """x > y."""


class GreaterEqual(Ordering, name="nd.greater_equal", traits=_TRAITS):
    """x >= y."""


class Where(NdOp, name="nd.where", traits=_TRAITS):
    """x where the condition holds, y elsewhere.

    %r = nd.where %c, %x, %y : tensor<4xi1>, tensor<4xf32>
    """

    condition: Value = operand(BoolTensor)
    x: Value = operand(E)
    y: Value = operand(E)
    into: Value | None = operand(E, default=None)
    result: Value = result(E)

    assembly = "$condition `,` $x `,` $y (`into` $into^)? attr-dict `:` type($condition) `,` type($result)"

    def verify(self) -> None:
        if tensor_type(self.condition).shape != tensor_type(self.x).shape:
            raise VerifyError(f"condition '{self.condition.type}' must have the shape of '{self.x.type}'")


class Cast(NdOp, name="nd.cast", traits=_TRAITS):
    """Conversion to another element type: floats to integers towards zero, anything to boolean by comparison with zero.

    A float that is too large for an integer type saturates, and NaN gives 0; integers are reduced modulo two to the width
    (StableHLO `convert`). The imaginary part of a complex number is dropped on the way to a real type, and zero on the
    way back; as a boolean it is false where both parts are zero.

    %y = nd.cast %x : tensor<4xi32> -> tensor<4xf32>
    """

    x: Value = operand(Tensor)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    def verify(self) -> None:
        if tensor_type(self.x).shape != tensor_type(self.result).shape:
            raise VerifyError(f"operand '{self.x.type}' and result '{self.result.type}' must have the same shape")
