"""The casts of the `arith` dialect."""

from __future__ import annotations

import struct
from typing import ClassVar

from irc.dialects.arith_fold import constant, scalar, width
from irc.ir.attributes import Attribute
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure
from irc.ir.types import FloatType, IntegerType, ShapedType, Type, element_type, f32, f64
from irc.ir.value import Value
from irc.ods.constraints import AnyType, FloatLike, SignlessFixedWidthIntegerLike, SignlessIntegerLike
from irc.ods.fields import operand, result
from irc.ods.op import Op

Integer = SignlessFixedWidthIntegerLike


def _bits(type: Type) -> int:
    element = element_type(type)
    assert isinstance(element, IntegerType | FloatType)
    return element.width


def _same_shape(a: Type, b: Type) -> bool:
    if isinstance(a, ShapedType) != isinstance(b, ShapedType):
        return False
    return not isinstance(a, ShapedType) or (isinstance(b, ShapedType) and a.shape == b.shape)


class Cast(Op):
    """Base of casts: `%y = arith.<cast> %x : from to to`. `wider` says whether the result has more bits, or fewer."""

    assembly = "$in attr-dict `:` type($in) `to` type($out)"

    wider: ClassVar[bool | None] = None

    @property
    def source(self) -> Value:
        return self.operands[0]

    def verify(self) -> None:
        source, target = self.source.type, self.results[0].type
        compatible = _same_shape(source, target)
        if compatible and self.wider is not None:
            compatible = _bits(target) > _bits(source) if self.wider else _bits(target) < _bits(source)
        if not compatible:
            raise VerifyError(f"operand type '{source}' and result type '{target}' are cast incompatible")

    def fold(self, value: Attribute | None) -> FoldResult:
        number = scalar(value)
        if number is None:
            return None
        try:
            return self.convert(number)
        except (OverflowError, ValueError):
            return None

    def convert(self, number: float) -> Attribute | None:
        """The constant result for a constant operand."""
        return constant(number, self.results[0].type)


class ExtF(Cast, name="arith.extf", traits=[Pure, Elementwise]):
    """To a wider float type.

    %y = arith.extf %x : f32 to f64
    """

    in_: Value = operand(FloatLike)
    out: Value = result(FloatLike)
    wider = True


class TruncF(Cast, name="arith.truncf", traits=[Pure, Elementwise]):
    """To a narrower float type, rounded to nearest even.

    %y = arith.truncf %x : f64 to f32
    """

    in_: Value = operand(FloatLike)
    out: Value = result(FloatLike)
    wider = False


class ExtSI(Cast, name="arith.extsi", traits=[Pure, Elementwise]):
    """To a wider integer type, with the sign.

    %y = arith.extsi %x : i8 to i32
    """

    in_: Value = operand(Integer)
    out: Value = result(Integer)
    wider = True

    def convert(self, number: float) -> Attribute | None:
        signed = -number if _bits(self.in_.type) == 1 else number
        return constant(signed, self.out.type)


class ExtUI(Cast, name="arith.extui", traits=[Pure, Elementwise]):
    """To a wider integer type, with zeros.

    %y = arith.extui %x : i8 to i32
    """

    in_: Value = operand(Integer)
    out: Value = result(Integer)
    wider = True

    def convert(self, number: float) -> Attribute | None:
        return constant(int(number) % (1 << _bits(self.in_.type)), self.out.type)


class TruncI(Cast, name="arith.trunci", traits=[Pure, Elementwise]):
    """To a narrower integer type: the low bits.

    %y = arith.trunci %x : i32 to i8
    """

    in_: Value = operand(Integer)
    out: Value = result(Integer)
    wider = False


class SIToFP(Cast, name="arith.sitofp", traits=[Pure, Elementwise]):
    """A signed integer as a float.

    %y = arith.sitofp %x : i32 to f32
    """

    in_: Value = operand(Integer)
    out: Value = result(FloatLike)

    def convert(self, number: float) -> Attribute | None:
        return constant(float(-number if _bits(self.in_.type) == 1 else number), self.out.type)


class UIToFP(Cast, name="arith.uitofp", traits=[Pure, Elementwise]):
    """An unsigned integer as a float.

    %y = arith.uitofp %x : i32 to f32
    """

    in_: Value = operand(Integer)
    out: Value = result(FloatLike)

    def convert(self, number: float) -> Attribute | None:
        return constant(float(int(number) % (1 << _bits(self.in_.type))), self.out.type)


class FPToSI(Cast, name="arith.fptosi", traits=[Pure, Elementwise]):
    """A float as a signed integer, rounded towards zero; undefined where it does not fit.

    %y = arith.fptosi %x : f32 to i32
    """

    in_: Value = operand(FloatLike)
    out: Value = result(Integer)

    def convert(self, number: float) -> Attribute | None:
        bits = _bits(self.out.type)
        value = int(number)
        return constant(value, self.out.type) if -(1 << (bits - 1)) <= value < 1 << (bits - 1) else None


class FPToUI(Cast, name="arith.fptoui", traits=[Pure, Elementwise]):
    """A float as an unsigned integer, rounded towards zero; undefined where it does not fit.

    %y = arith.fptoui %x : f32 to i32
    """

    in_: Value = operand(FloatLike)
    out: Value = result(Integer)

    def convert(self, number: float) -> Attribute | None:
        value = int(number)
        return constant(value, self.out.type) if 0 <= value < 1 << _bits(self.out.type) else None


class IndexCast(Cast, name="arith.index_cast", traits=[Pure, Elementwise]):
    """Between `index` and integers, with the sign.

    %y = arith.index_cast %x : index to i64
    """

    in_: Value = operand(SignlessIntegerLike)
    out: Value = result(SignlessIntegerLike)


class IndexCastUI(Cast, name="arith.index_castui", traits=[Pure, Elementwise]):
    """Between `index` and integers, with zeros.

    %y = arith.index_castui %x : index to i64
    """

    in_: Value = operand(SignlessIntegerLike)
    out: Value = result(SignlessIntegerLike)

    def convert(self, number: float) -> Attribute | None:
        return constant(int(number) % (1 << width(self.in_.type)), self.out.type)


class Bitcast(Cast, name="arith.bitcast", traits=[Pure, Elementwise]):
    """The same bits as another type of the same width.

    %y = arith.bitcast %x : f32 to i32
    """

    in_: Value = operand(AnyType)
    out: Value = result(AnyType)

    def verify(self) -> None:
        super().verify()
        elements = [element_type(value.type) for value in (self.in_, self.out)]
        if (
            not all(isinstance(element, IntegerType | FloatType) for element in elements)
            or len({_bits(element) for element in elements}) != 1
        ):
            raise VerifyError(f"operand type '{self.in_.type}' and result type '{self.out.type}' are cast incompatible")

    def convert(self, number: float) -> Attribute | None:
        codes: dict[Type, tuple[str, str]] = {f32: ("<f", "<i"), f64: ("<d", "<q")}
        source, target = element_type(self.in_.type), element_type(self.out.type)
        if source in codes and isinstance(target, IntegerType):
            as_float, as_integer = codes[source]
            return constant(struct.unpack(as_integer, struct.pack(as_float, number))[0], self.out.type)
        if target in codes and isinstance(source, IntegerType):
            as_float, as_integer = codes[target]
            return constant(struct.unpack(as_float, struct.pack(as_integer, number))[0], self.out.type)
        return None
