"""Complex numbers of `nd`, made from their parts and taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects.nd_base import FloatTensor, NdOp, R, check_compatible, real_like
from irc.ir.attributes import Attribute
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure
from irc.ir.types import ComplexType, TensorType, Type, element_type, f32, f64, with_element_type
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Var
from irc.ods.fields import operand, result
from irc.ods.op import Op, TypesMatch

PartTensor = Constraint(
    "ranked tensor of f32 or f64 values", lambda type: isinstance(type, TensorType) and type.element_type in (f32, f64)
)
P = Var("P", PartTensor)


def complex_like(type: Type) -> Type:
    """The tensor type of complex numbers with parts of this type; any other type, which the verifier rejects, stays."""
    return with_element_type(type, ComplexType(element_type(type))) if PartTensor.accepts(type) else type


class Complex(NdOp, name="nd.complex", traits=[Pure, Elementwise]):
    """The complex numbers with these real and imaginary parts, whatever they are: infinite ones, NaN, zeros of either sign
    (StableHLO `complex`).

    %z = nd.complex %re, %im : tensor<4x?xf32>
    """

    real: Value = operand(P)
    imag: Value = operand(P)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$real `,` $imag (`into` $into^)? attr-dict `:` type($real)"
    types_match: ClassVar[TypesMatch] = {"result": ("real", complex_like), "into": ("real", complex_like)}

    def infer(self) -> Sequence[Type]:
        return [complex_like(self.real.type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())

    def fold(self, *constants: Attribute | None) -> FoldResult:
        re, im = self.real.defining_op, self.imag.defining_op
        whole = re.x if isinstance(re, Real) and isinstance(im, Imag) and re.x is im.x else None
        return whole if _stands_for(self, whole) else super().fold(*constants)


class Part(NdOp):
    """One of the two parts of each number.

    %x = {op} %z : tensor<4x?xcomplex<f32>>
    """

    x: Value = operand(Var("X", FloatTensor))
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x (`into` $into^)? attr-dict `:` type($x)"
    types_match: ClassVar[TypesMatch] = {"result": ("x", real_like), "into": ("x", real_like)}

    def infer(self) -> Sequence[Type]:
        return [real_like(self.x.type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())

    def part(self) -> Value | None:
        """The part, where it is there already."""
        raise NotImplementedError

    def fold(self, *constants: Attribute | None) -> FoldResult:
        known = self.part()
        return known if _stands_for(self, known) else super().fold(*constants)


class Real(Part, name="nd.real", traits=[Pure, Elementwise]):
    """The real part; a real number is its own (StableHLO `real`)."""

    def part(self) -> Value | None:
        inner = self.x.defining_op
        if isinstance(inner, Complex):
            return inner.real
        return None if isinstance(element_type(self.x.type), ComplexType) else self.x


class Imag(Part, name="nd.imag", traits=[Pure, Elementwise]):
    """The imaginary part; +0 for every real number, NaN too (StableHLO `imag`)."""

    def part(self) -> Value | None:
        inner = self.x.defining_op
        return inner.imag if isinstance(inner, Complex) else None


def _stands_for(op: Op, value: Value | None) -> bool:
    """Whether `value` may take the place of the result: one that is given a destination is in that storage."""
    return value is not None and value.type is op.results[0].type and not getattr(op, "destinations", ())
