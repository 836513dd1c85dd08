"""Elementwise ops of one operand."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_attributes import ResultAccuracy
from irc.dialects.stablehlo_base import StablehloOp, compatible_operands_and_result, same_operands_and_result_shape
from irc.dialects.stablehlo_shapes import tensor
from irc.ir.attributes import Attribute
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure
from irc.ir.types import ComplexType, Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods import fields as f
from irc.ods.op import Op


def real_type(type: Type) -> Type:
    """The type of the parts of a complex number; other types are their own."""
    return type.element_type if isinstance(type, ComplexType) else type


class Unary(StablehloOp, traits=[Pure, Elementwise]):
    """Base: an operand and a result of the same type.

    %y = {op} %x : tensor<2xf32>
    """

    operand: Value = f.operand(ty.FloatOrQuantized)
    result: Value = f.result(ty.FloatOrQuantized)
    checks = (compatible_operands_and_result,)
    assembly = "$operand attr-dict `:` custom<SameUnary>(type($operand), type($result))"

    def infer(self) -> Sequence[Type]:
        return [self.operand.type]


class Approximate(Unary):
    """Base of elementary functions, which may be asked for an accuracy.

    %y = {op} %x : tensor<2xf32>
    """

    operand: Value = f.operand(ty.FloatComplexOrQuantized)
    result_accuracy: ResultAccuracy = f.attribute(ResultAccuracy, default=None, absent=ResultAccuracy())
    result: Value = f.result(ty.FloatComplexOrQuantized)


class Abs(StablehloOp, name="stablehlo.abs", traits=[Pure, Elementwise]):
    """The absolute value; of a complex number, a real one.

    %y = stablehlo.abs %x : tensor<2xf32>
    """

    operand: Value = f.operand(ty.ranked(ty.SInt, ty.Float, ty.Complex, ty.Quantized))
    result: Value = f.result(ty.ranked(ty.SInt, ty.Float, ty.Quantized))
    checks = (same_operands_and_result_shape,)
    assembly = "$operand attr-dict `:` custom<SameUnary>(type($operand), type($result))"

    def infer(self) -> Sequence[Type]:
        type = tensor(self.operand)
        return [with_element_type(type, real_type(type.element_type))]


class Cbrt(Approximate, name="stablehlo.cbrt"):
    """The cube root."""


class Ceil(Unary, name="stablehlo.ceil"):
    """The next integer above."""


class Convert(StablehloOp, name="stablehlo.convert", traits=[Pure, Elementwise]):
    """The same values in another element type.

    %y = stablehlo.convert %x : (tensor<2xi32>) -> tensor<2xf32>
    """

    operand: Value = f.operand(ty.NonQuantized)
    result: Value = f.result(ty.NonQuantized)
    checks = (same_operands_and_result_shape,)
    assembly = "$operand attr-dict `:` custom<SameUnary>(type($operand), type($result))"

    def fold(self, _operand: Attribute | None) -> FoldResult:
        return self.operand if self.operand.type is self.result.type else None


class CountLeadingZeros(Unary, name="stablehlo.count_leading_zeros"):
    """The number of zero bits above the highest one.

    %y = stablehlo.count_leading_zeros %x : tensor<2xi32>
    """

    operand: Value = f.operand(ty.IntTensor)
    result: Value = f.result(ty.IntTensor)


class Cosine(Approximate, name="stablehlo.cosine"):
    """The cosine."""


class Exponential(Approximate, name="stablehlo.exponential"):
    """e to the power of the operand."""


class ExponentialMinusOne(Approximate, name="stablehlo.exponential_minus_one"):
    """e to the power of the operand, less one."""


class Floor(Unary, name="stablehlo.floor"):
    """The next integer below."""


class _Part(StablehloOp, traits=[Pure, Elementwise]):
    """Base: a part of a complex number.

    %y = {op} %x : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
    """

    operand: Value = f.operand(ty.FloatOrComplex)
    result: Value = f.result(ty.FloatTensor)
    checks = (same_operands_and_result_shape,)
    assembly = "$operand attr-dict `:` custom<SameUnary>(type($operand), type($result))"

    def infer(self) -> Sequence[Type]:
        type = tensor(self.operand)
        return [with_element_type(type, real_type(type.element_type))]


class Imag(_Part, name="stablehlo.imag"):
    """The imaginary part."""


class Real(_Part, name="stablehlo.real"):
    """The real part."""


class IsFinite(StablehloOp, name="stablehlo.is_finite", traits=[Pure, Elementwise]):
    """Whether a number is neither infinite nor NaN.

    %y = stablehlo.is_finite %x : (tensor<2xf32>) -> tensor<2xi1>
    """

    x: Value = f.operand(ty.FloatOrQuantized)
    y: Value = f.result(ty.PredTensor)
    checks = (same_operands_and_result_shape,)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.x.type, i1)]


class Log(Approximate, name="stablehlo.log"):
    """The natural logarithm."""


class LogPlusOne(Approximate, name="stablehlo.log_plus_one"):
    """The natural logarithm of one more than the operand."""


class Logistic(Approximate, name="stablehlo.logistic"):
    """The logistic function 1 / (1 + exp(-x))."""


class Not(Unary, name="stablehlo.not"):
    """The complement of a truth value or of the bits.

    %y = stablehlo.not %x : tensor<2xi1>
    """

    operand: Value = f.operand(ty.PredOrInt)
    result: Value = f.result(ty.PredOrInt)

    def fold(self, _operand: Attribute | None) -> FoldResult:
        return _undone(self, Not)


class Negate(Unary, name="stablehlo.negate"):
    """The operand with the other sign."""

    operand: Value = f.operand(ty.IntFloatComplexOrQuantized)
    result: Value = f.result(ty.IntFloatComplexOrQuantized)

    def fold(self, _operand: Attribute | None) -> FoldResult:
        return _undone(self, Negate)


def _undone(op: Op, cls: type[Op]) -> FoldResult:
    """The operand of the operand, where both are the same op, which undoes itself."""
    inner = op.operands[0].defining_op
    undone = isinstance(inner, cls) and inner.operands[0].type is op.results[0].type
    return inner.operands[0] if undone and inner is not None else None


class Popcnt(Unary, name="stablehlo.popcnt"):
    """The number of bits that are one.

    %y = stablehlo.popcnt %x : tensor<2xi32>
    """

    operand: Value = f.operand(ty.IntTensor)
    result: Value = f.result(ty.IntTensor)


class RoundNearestAfz(Unary, name="stablehlo.round_nearest_afz"):
    """The nearest integer, of two the one away from zero."""


class RoundNearestEven(Unary, name="stablehlo.round_nearest_even"):
    """The nearest integer, of two the even one."""


class Rsqrt(Approximate, name="stablehlo.rsqrt"):
    """One over the square root."""


class Sign(Unary, name="stablehlo.sign"):
    """-1, 0 or 1, NaN for NaN; of a complex number, the unit vector."""

    operand: Value = f.operand(ty.ranked(ty.SInt, ty.Float, ty.Complex, ty.Quantized))
    result: Value = f.result(ty.ranked(ty.SInt, ty.Float, ty.Complex, ty.Quantized))


class Sine(Approximate, name="stablehlo.sine"):
    """The sine."""


class Sqrt(Approximate, name="stablehlo.sqrt"):
    """The square root."""


class Tan(Approximate, name="stablehlo.tan"):
    """The tangent."""


class Tanh(Approximate, name="stablehlo.tanh"):
    """The hyperbolic tangent."""


class UniformQuantize(StablehloOp, name="stablehlo.uniform_quantize", traits=[Pure, Elementwise]):
    """The nearest quantized values.

    %y = stablehlo.uniform_quantize %x : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 2.0:15>>
    """

    operand: Value = f.operand(ty.ranked(ty.Float, ty.Quantized, ty.PerAxis))
    result: Value = f.result(ty.ranked(ty.Quantized, ty.PerAxis))
    checks = (same_operands_and_result_shape,)
    assembly = "$operand attr-dict `:` custom<SameUnary>(type($operand), type($result))"


class UniformDequantize(StablehloOp, name="stablehlo.uniform_dequantize", traits=[Pure, Elementwise]):
    """The values that quantized ones stand for.

    %y = stablehlo.uniform_dequantize %x : (tensor<2x!quant.uniform<i8:f32, 2.0:15>>) -> tensor<2xf32>
    """

    operand: Value = f.operand(ty.ranked(ty.Quantized, ty.PerAxis))
    result: Value = f.result(ty.FloatTensor)
    checks = (same_operands_and_result_shape,)
    assembly = "$operand attr-dict `:` custom<SameUnary>(type($operand), type($result))"
