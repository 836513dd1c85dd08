"""Elementwise ops of several operands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_base import (
    Check,
    StablehloOp,
    compatible_operands_and_result,
    same_element_types,
    same_operands_and_result_shape,
)
from irc.dialects.stablehlo_shapes import most_specific, tensor
from irc.ir.attributes import Attribute, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, Elementwise, Pure
from irc.ir.types import ComplexType, FunctionType, TensorType, Type, i32, with_element_type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Binary(StablehloOp, traits=[Pure, Elementwise]):
    """Base: two operands and a result of the same type.

    %y = {op} %a, %b : tensor<2xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.Tensor)
    result: Value = f.result(ty.Tensor)
    checks: ClassVar[tuple[Check, ...]] = (compatible_operands_and_result,)
    assembly = "$lhs `,` $rhs attr-dict `:` custom<SameBinary>(type($lhs), type($rhs), type($result))"

    def infer(self) -> Sequence[Type]:
        return [most_specific([self.lhs.type, self.rhs.type])]


class Arithmetic(Binary):
    """Base of ops on numbers."""

    lhs: Value = f.operand(ty.IntFloatComplexOrQuantized)
    rhs: Value = f.operand(ty.IntFloatComplexOrQuantized)
    result: Value = f.result(ty.IntFloatComplexOrQuantized)


class Bitwise(Binary, traits=[Commutative]):
    """Base of ops on truth values and bits.

    %y = {op} %a, %b : tensor<2xi1>
    """

    lhs: Value = f.operand(ty.PredOrInt)
    rhs: Value = f.operand(ty.PredOrInt)
    result: Value = f.result(ty.PredOrInt)


class Shift(Binary):
    """Base of shifts.

    %y = {op} %a, %b : tensor<2xi32>
    """

    lhs: Value = f.operand(ty.IntTensor)
    rhs: Value = f.operand(ty.IntTensor)
    result: Value = f.result(ty.IntTensor)


class Add(Binary, name="stablehlo.add", traits=[Commutative]):
    """The sum; of truth values, the disjunction."""

    lhs: Value = f.operand(ty.TensorOrPerAxis)
    rhs: Value = f.operand(ty.TensorOrPerAxis)
    result: Value = f.result(ty.TensorOrPerAxis)
    checks = (same_operands_and_result_shape, same_element_types)


class And(Bitwise, name="stablehlo.and"):
    """The conjunction."""

    def fold(self, _lhs: Attribute | None, _rhs: Attribute | None) -> FoldResult:
        return self.lhs if self.lhs is self.rhs else None


class Atan2(Binary, name="stablehlo.atan2"):
    """The angle of the point (rhs, lhs)."""

    lhs: Value = f.operand(ty.FloatComplexOrQuantized)
    rhs: Value = f.operand(ty.FloatComplexOrQuantized)
    result: Value = f.result(ty.FloatComplexOrQuantized)


class Divide(Arithmetic, name="stablehlo.divide"):
    """The quotient, of integers rounded to zero."""


class Maximum(Binary, name="stablehlo.maximum", traits=[Commutative]):
    """The larger, NaN if one is NaN."""


class Minimum(Binary, name="stablehlo.minimum", traits=[Commutative]):
    """The smaller, NaN if one is NaN."""


class Multiply(Binary, name="stablehlo.multiply", traits=[Commutative]):
    """The product; of truth values, the conjunction."""


class Or(Bitwise, name="stablehlo.or"):
    """The disjunction."""

    def fold(self, _lhs: Attribute | None, _rhs: Attribute | None) -> FoldResult:
        return self.lhs if self.lhs is self.rhs else None


class Power(Arithmetic, name="stablehlo.power"):
    """lhs to the power of rhs."""


class Remainder(Arithmetic, name="stablehlo.remainder"):
    """What division leaves, with the sign of lhs.

    %y = stablehlo.remainder %a, %b : tensor<2xi32>
    """


class ShiftLeft(Shift, name="stablehlo.shift_left"):
    """The bits moved up."""


class ShiftRightArithmetic(Shift, name="stablehlo.shift_right_arithmetic"):
    """The bits moved down, filled with the sign."""


class ShiftRightLogical(Shift, name="stablehlo.shift_right_logical"):
    """The bits moved down, filled with zeros."""


class Subtract(Arithmetic, name="stablehlo.subtract"):
    """The difference."""


class Xor(Bitwise, name="stablehlo.xor"):
    """Whether exactly one is true."""


class Complex(StablehloOp, name="stablehlo.complex", traits=[Pure, Elementwise]):
    """The complex number of a real and an imaginary part.

    %y = stablehlo.complex %a, %b : tensor<2xcomplex<f32>>
    """

    lhs: Value = f.operand(ty.ranked(ty.Float32Or64))
    rhs: Value = f.operand(ty.ranked(ty.Float32Or64))
    result: Value = f.result(ty.ComplexTensor)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        type = tensor(self.lhs)
        return [with_element_type(type, ComplexType(type.element_type))]

    def verify(self) -> None:
        if self.lhs.type.element_type is not self.rhs.type.element_type:  # type: ignore[attr-defined]  # both are tensors
            raise VerifyError("requires the same element type for all operands")
        same_operands_and_result_shape(self)
        StablehloOp.verify(self)

    @classmethod
    def parse(cls, p: OpParser) -> Complex:
        operands = p.operand_list()
        attributes = p.attr_dict()
        p.stream.expect(":")
        position = p.stream.pos
        type = p.type()
        if isinstance(type, FunctionType):
            types = list(type.inputs)
            results = list(type.results)
        elif isinstance(type, TensorType) and isinstance(type.element_type, ComplexType):
            types = [with_element_type(type, type.element_type.element_type)] * 2
            results = [type]
        else:
            raise p.stream.error("expected tensor with complex element type", position)
        built: Complex = p.build(cls, p.resolve_all(operands, types), results, attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p.attr_dict(self)
        p(" : ")
        type = tensor(self.results[0])
        assert isinstance(type.element_type, ComplexType)
        part = with_element_type(type, type.element_type.element_type)
        if self.lhs.type is part and self.rhs.type is part:
            p.type(type)
        else:
            p.functional_type(self.operands, self.results)


class ReducePrecision(StablehloOp, name="stablehlo.reduce_precision", traits=[Pure, Elementwise]):
    """Floats rounded to a format with fewer bits.

    %y = stablehlo.reduce_precision %x, format = e5m10 : tensor<2xf32>
    """

    operand: Value = f.operand(ty.FloatOrQuantized)
    exponent_bits: IntegerAttr = f.attribute(IntegerAttr, where=ac.I32.positive())
    mantissa_bits: IntegerAttr = f.attribute(IntegerAttr, where=ac.I32.non_negative())
    output: Value = f.result(ty.FloatOrQuantized)
    checks = (compatible_operands_and_result,)
    assembly = (
        "$operand `,` `format` `=` custom<ExponentMantissa>($exponent_bits, $mantissa_bits) attr-dict "
        "`:` custom<SameUnary>(type($operand), type($output))"
    )

    def infer(self) -> Sequence[Type]:
        return [self.operand.type]


def parse_exponent_mantissa(p: OpParser) -> tuple[Attribute, Attribute]:
    """`e5m10`."""
    position = p.stream.pos
    word = p.keyword()
    exponent, _, mantissa = word[1:].partition("m")
    if word[0] != "e" or not (exponent.isdigit() and mantissa.isdigit()):
        raise p.stream.error(f"expected exponent mantissa in format e#m#, saw {word}", position)
    return IntegerAttr(int(exponent), i32), IntegerAttr(int(mantissa), i32)


def print_exponent_mantissa(p: OpPrinter, op: ReducePrecision) -> None:
    p(f"e{op.exponent_bits.value}m{op.mantissa_bits.value}")
