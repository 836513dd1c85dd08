"""The `complex` dialect: complex numbers with parts of a float type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects.arith_attributes import FastMath
from irc.ir.attributes import ArrayAttr, Attribute, FloatAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import ConstantLike, Elementwise, Pure, SameOperandsAndResultType
from irc.ir.types import ComplexType, FloatType, IntegerType, Type, i1
from irc.ir.value import Value
from irc.ods.constraints import I1, AnyFloat, AnyType, Constraint, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


def _is_complex(type: Type) -> bool:
    return isinstance(type, ComplexType) and isinstance(type.element_type, FloatType)


Complex = Constraint("complex type with floating-point elements", _is_complex)
C = Var("T", Complex)


def part_type(type: Type) -> Type:
    """The type of the parts of a complex type; any other type, which the verifier rejects, stays."""
    return type.element_type if isinstance(type, ComplexType) else type


def parts_of(attribute: Attribute | None) -> tuple[float, float] | None:
    """The real and imaginary part of a constant."""
    if not isinstance(attribute, ArrayAttr) or len(attribute.elements) != 2:
        return None
    real, imaginary = attribute.elements
    if isinstance(real, FloatAttr) and isinstance(imaginary, FloatAttr):
        return real.value, imaginary.value
    return None


class Constant(Op, name="complex.constant", traits=[Pure, ConstantLike]):
    """A number by its parts.

    %c = complex.constant [0.5, -1.0] : complex<f64>
    """

    value: ArrayAttr = attribute(ArrayAttr)
    complex: Value = result(Complex)

    def verify(self) -> None:
        parts = self.value.elements
        if len(parts) != 2:
            raise VerifyError("requires 'value' to be a complex constant, represented as array of two values")
        element = part_type(self.complex.type)
        types = [part.type if isinstance(part, FloatAttr | IntegerAttr) else None for part in parts]
        if types != [element, element]:
            shown = ", ".join("'none'" if type is None else f"'{type}'" for type in types)
            raise VerifyError(
                f"requires attribute's element types ({shown}) to match the element type of the op's return type "
                f"('{element}')"
            )

    def fold(self) -> FoldResult:
        return self.value

    def result_name_hint(self) -> str:
        return "cst"

    @classmethod
    def parse(cls, p: OpParser) -> Constant:
        position = p.stream.pos
        value = p.attribute()
        if not isinstance(value, ArrayAttr):
            raise p.stream.error("expected an array of the real and the imaginary part", position)
        attributes = p.attr_dict()
        p.stream.expect(":")
        op: Constant = p.build(cls, (), (p.type(),), {**attributes, "value": value})
        return op

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.attribute(self.value)
        p.attr_dict(self, ("value",))
        p(" : ")
        p.type(self.complex.type)


class Create(Op, name="complex.create", traits=[Pure]):
    """A number from its parts.

    %z = complex.create %re, %im : complex<f32>
    """

    real: Value = operand(AnyFloat)
    imaginary: Value = operand(AnyFloat)
    complex: Value = result(Complex)

    assembly = "$real `,` $imaginary attr-dict `:` type($complex)"
    types_match: ClassVar = {"real": ("complex", part_type), "imaginary": ("complex", part_type)}

    def infer(self) -> Sequence[Type]:
        return [ComplexType(self.real.type)]

    def verify(self) -> None:
        if self.real.type is not self.imaginary.type:
            raise VerifyError("failed to verify that all of {real, imaginary} have same type")
        if part_type(self.complex.type) is not self.real.type:
            raise VerifyError("failed to verify that complex element type matches real operand type")

    def fold(self, real: Attribute | None, imaginary: Attribute | None) -> FoldResult:
        re, im = self.real.defining_op, self.imaginary.defining_op
        if isinstance(re, Re) and isinstance(im, Im) and re.complex is im.complex:
            return re.complex
        return None


class Unary(Op):
    """A complex number to another. `inverse` is the op that undoes it.

    %w = {op} %z : complex<f32>
    """

    complex: Value = operand(C)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(C)

    assembly = "$complex (`fastmath` `` $fastmath^)? attr-dict `:` type($complex)"
    inverse: ClassVar[str] = ""

    def fold(self, complex: Attribute | None) -> FoldResult:
        inner = self.complex.defining_op
        return inner.operands[0] if inner is not None and inner.name == self.inverse else None


class ToReal(Op):
    """A complex number to a float.

    %x = {op} %z : complex<f32>
    """

    complex: Value = operand(Complex)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(AnyFloat)

    assembly = "$complex (`fastmath` `` $fastmath^)? attr-dict `:` type($complex)"
    types_match: ClassVar = {"result": ("complex", part_type)}

    def infer(self) -> Sequence[Type]:
        return [part_type(self.complex.type)]

    def verify(self) -> None:
        if self.results[0].type is not part_type(self.complex.type):
            raise VerifyError("failed to verify that complex element type matches result type")


class Part(Op):
    """One of the two parts of a complex number; `part` says which.

    %x = {op} %z : complex<f32>
    """

    complex: Value = operand(Complex)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))

    assembly = "$complex (`fastmath` `` $fastmath^)? attr-dict `:` type($complex)"
    part: ClassVar[int]

    def infer(self) -> Sequence[Type]:
        return [part_type(self.complex.type)]

    def verify(self) -> None:
        if self.results[0].type is not part_type(self.complex.type):
            raise VerifyError("failed to verify that complex element type matches result type")

    def fold(self, complex: Attribute | None) -> FoldResult:
        if isinstance(complex, ArrayAttr) and len(complex.elements) == 2:
            return complex.elements[self.part]
        inner = self.complex.defining_op
        return inner.operands[self.part] if isinstance(inner, Create) else None


class Binary(Op):
    """Two complex numbers to a third.

    %r = {op} %z, %w : complex<f32>
    """

    lhs: Value = operand(C)
    rhs: Value = operand(C)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(C)

    assembly = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"


class Comparison(Op):
    """Two complex numbers to `i1`.

    %r = {op} %z, %w : complex<f32>
    """

    lhs: Value = operand(C)
    rhs: Value = operand(C)
    result: Value = result(I1)

    assembly = "$lhs `,` $rhs attr-dict `:` type($lhs)"

    def infer(self) -> Sequence[Type]:
        return [i1]


_TRAITS = [Pure, Elementwise, SameOperandsAndResultType]
_ZERO, _ONE = (0.0, 0.0), (1.0, 0.0)


def _operands_of(value: Value, name: str) -> Sequence[Value]:
    """The operands of the op that defines `value`, if it is called `name`."""
    op = value.defining_op
    return op.operands if op is not None and op.name == name else ()


class Add(Binary, name="complex.add", traits=_TRAITS):
    """Sum."""

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        for difference, other in ((self.lhs, self.rhs), (self.rhs, self.lhs)):
            inner = _operands_of(difference, "complex.sub")
            if inner and inner[1] is other:
                return inner[0]
        return self.lhs if parts_of(rhs) == _ZERO else None


class Sub(Binary, name="complex.sub", traits=_TRAITS):
    """Difference."""

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        inner = _operands_of(self.lhs, "complex.add")
        if inner and inner[1] is self.rhs:
            return inner[0]
        return self.lhs if parts_of(rhs) == _ZERO else None


class Mul(Binary, name="complex.mul", traits=_TRAITS):
    """Product."""

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return self.lhs if parts_of(rhs) == _ONE else None


class Div(Binary, name="complex.div", traits=_TRAITS):
    """Quotient."""

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return self.lhs if parts_of(rhs) == _ONE else None


class Pow(Binary, name="complex.pow", traits=_TRAITS):
    """The first operand to the power of the second."""


class Atan2(Binary, name="complex.atan2", traits=_TRAITS):
    """-i log((rhs + i lhs) / sqrt(lhs² + rhs²)), which is the angle of the point (rhs, lhs) for real operands."""


class Eq(Comparison, name="complex.eq", traits=[Pure, Elementwise]):
    """Whether both parts are equal."""


class Neq(Comparison, name="complex.neq", traits=[Pure, Elementwise]):
    """Whether a part differs."""


class Abs(ToReal, name="complex.abs", traits=[Pure, Elementwise]):
    """Absolute value."""


class Angle(ToReal, name="complex.angle", traits=[Pure, Elementwise]):
    """The argument, with a branch cut along the negative real axis."""


class Re(Part, name="complex.re", traits=[Pure, Elementwise]):
    """The real part."""

    real: Value = result(AnyFloat)
    part = 0


class Im(Part, name="complex.im", traits=[Pure, Elementwise]):
    """The imaginary part."""

    imaginary: Value = result(AnyFloat)
    part = 1


class Neg(Unary, name="complex.neg", traits=_TRAITS):
    """Negation."""

    inverse = "complex.neg"


class Conj(Unary, name="complex.conj", traits=_TRAITS):
    """The complex conjugate."""

    inverse = "complex.conj"


class Exp(Unary, name="complex.exp", traits=_TRAITS):
    """e to the power of the operand."""

    inverse = "complex.log"


class Expm1(Unary, name="complex.expm1", traits=_TRAITS):
    """exp(z) - 1, exact near zero."""


class Log(Unary, name="complex.log", traits=_TRAITS):
    """The natural logarithm, with a branch cut along the negative real axis."""

    inverse = "complex.exp"


class Log1p(Unary, name="complex.log1p", traits=_TRAITS):
    """log(1 + z), exact near zero."""


class Sqrt(Unary, name="complex.sqrt", traits=_TRAITS):
    """Square root, with a branch cut along the negative real axis."""


class Rsqrt(Unary, name="complex.rsqrt", traits=_TRAITS):
    """1 / sqrt(z)."""


class Sign(Unary, name="complex.sign", traits=_TRAITS):
    """z / |z|, and 0 for 0."""


class Sin(Unary, name="complex.sin", traits=_TRAITS):
    """Sine."""


class Cos(Unary, name="complex.cos", traits=_TRAITS):
    """Cosine."""


class Tan(Unary, name="complex.tan", traits=_TRAITS):
    """Tangent."""


class Tanh(Unary, name="complex.tanh", traits=_TRAITS):
    """Hyperbolic tangent."""


def _bits(type: Type) -> int | None:
    """The number of bits of a number of the type, `None` if that is no number."""
    if isinstance(type, ComplexType):
        part = _bits(type.element_type)
        return None if part is None else 2 * part
    return type.width if isinstance(type, IntegerType | FloatType) else None


class Bitcast(Op, name="complex.bitcast", traits=[Pure]):
    """The same bits as a complex number, or those of one as another number.

    %i = complex.bitcast %z : complex<f32> to i64
    """

    operand: Value = operand(AnyType)
    result: Value = result(AnyType)

    assembly = "$operand attr-dict `:` type($operand) `to` type($result)"

    def verify(self) -> None:
        source, target = self.operand.type, self.result.type
        bits = [_bits(source), _bits(target)]
        if bits[0] is None:
            raise VerifyError("operand must be int/float/complex")
        if bits[1] is None:
            raise VerifyError("result must be int/float/complex")
        if isinstance(source, ComplexType) == isinstance(target, ComplexType):
            raise VerifyError("requires that either input or output has a complex type")
        if bits[0] != bits[1]:
            raise VerifyError("casting bitwidths do not match")

    def fold(self, operand: Attribute | None) -> FoldResult:
        inner = self.operand.defining_op
        if isinstance(inner, Bitcast) and inner.operand.type is self.result.type:
            return inner.operand
        return None
