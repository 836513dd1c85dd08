"""The casts of the `arith` dialect."""

from __future__ import annotations

from typing import ClassVar

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import ROUNDING, FastMath, parse_flags, parse_word, word_of
from irc.dialects.arith_fold import width
from irc.dialects.ub import PoisonAttr
from irc.ir.attributes import Attribute, FloatAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure
from irc.ir.types import (
    FloatType,
    IndexType,
    IntegerType,
    MemRefType,
    ShapedType,
    Type,
    UnrankedTensorType,
    element_type,
    i32,
)
from irc.ir.value import Value
from irc.ods.constraints import AnyType, Constraint, FloatLike, SignlessFixedWidthIntegerLike, SignlessIntegerLike
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.text.numbers import bits_of_float, float_from_bits
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

Integer = SignlessFixedWidthIntegerLike


def _bits(type: Type) -> int:
    element = element_type(type)
    assert isinstance(element, IntegerType | FloatType)
    return element.width


def _same_shape(a: Type, b: Type) -> bool:
    if isinstance(a, UnrankedTensorType) or isinstance(b, UnrankedTensorType):
        return type(a) is type(b)
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
        if isinstance(value, PoisonAttr):
            return value
        try:
            return folding.combine(self.convert, self.results[0].type, value)
        except (OverflowError, ValueError):
            return None

    def convert(self, number: float) -> float | None:
        """The constant result for a constant operand, before it is rounded or wrapped to the result's type."""
        return number


class ExtF(Cast, name="arith.extf", traits=[Pure, Elementwise]):
    """To a wider float type.

    %y = arith.extf %x : f32 to f64
    """

    in_: Value = operand(FloatLike)
    fastmath: FastMath | None = attribute(FastMath, default=None)
    out: Value = result(FloatLike)
    wider = True

    assembly = "$in (`fastmath` `` $fastmath^)? attr-dict `:` type($in) `to` type($out)"

    def fold(self, value: Attribute | None) -> FoldResult:
        inner = self.in_.defining_op
        if not isinstance(inner, TruncF) or inner.in_.type is not self.out.type:
            return super().fold(value)
        # What the truncation rounds off may be kept where both allow contraction.
        contracts = all(flags is not None and flags.allows("contract") for flags in (self.fastmath, inner.fastmath))
        return inner.in_ if contracts else None


class TruncF(Cast, name="arith.truncf", traits=[Pure, Elementwise]):
    """To a narrower float type, rounded to nearest even unless a mode is given.

    A constant is folded where it is exact, so that no mode matters.

    %y = arith.truncf %x upward : f64 to f32
    """

    in_: Value = operand(FloatLike)
    roundingmode: IntegerAttr | None = attribute(IntegerAttr, default=None)
    fastmath: FastMath | None = attribute(FastMath, default=None)
    out: Value = result(FloatLike)
    wider = False

    def verify(self) -> None:
        super().verify()
        if self.roundingmode is not None and self.roundingmode.value not in ROUNDING.values():
            raise VerifyError(f"attribute 'roundingmode' has no case {self.roundingmode.value}")

    @property
    def rounds_to_nearest_even(self) -> bool:
        """Whether the rounding mode is the usual one."""
        return self.roundingmode is None or self.roundingmode.value == ROUNDING["to_nearest_even"]

    def convert(self, number: float) -> float | None:
        rounded = FloatAttr.of(number, element_type(self.out.type)).value
        return number if rounded == number or number != number else None

    @classmethod
    def parse(cls, p: OpParser) -> TruncF:
        source = p.operand()
        properties: dict[str, Attribute] = {}
        if p.stream.peek() not in (":", "{", "fastmath"):
            properties["roundingmode"] = IntegerAttr(parse_word(p, ROUNDING, "rounding mode"), i32)
        if p.stream.accept("fastmath"):
            properties["fastmath"] = parse_flags(p, FastMath)
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("to")
        op: TruncF = p.build(cls, (p.resolve(source, type),), (p.type(),), {**attributes, **properties})
        return op

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.in_)
        if self.roundingmode is not None:
            p(f" {word_of(self.roundingmode, ROUNDING)}")
        if self.fastmath is not None:
            p(f" fastmath{self.fastmath.text()}")
        p.attr_dict(self, ("roundingmode", "fastmath"))
        p(" : ")
        p.type(self.in_.type)
        p(" to ")
        p.type(self.out.type)


class ExtSI(Cast, name="arith.extsi", traits=[Pure, Elementwise]):
    """To a wider integer type, with the sign.

    %y = arith.extsi %x : i8 to i32
    """

    in_: Value = operand(Integer)
    out: Value = result(Integer)
    wider = True

    def convert(self, number: float) -> float | None:
        return -number if _bits(self.in_.type) == 1 else number


class ExtUI(Cast, name="arith.extui", traits=[Pure, Elementwise]):
    """To a wider integer type, with zeros.

    %y = arith.extui %x : i8 to i32
    """

    in_: Value = operand(Integer)
    out: Value = result(Integer)
    wider = True

    def convert(self, number: float) -> float | None:
        return int(number) % (1 << _bits(self.in_.type))


class TruncI(Cast, name="arith.trunci", traits=[Pure, Elementwise]):
    """To a narrower integer type: the low bits.

    %y = arith.trunci %x : i32 to i8
    """

    in_: Value = operand(Integer)
    out: Value = result(Integer)
    wider = False

    def fold(self, value: Attribute | None) -> FoldResult:
        inner = self.in_.defining_op
        if isinstance(inner, ExtSI | ExtUI) and inner.in_.type is self.out.type:
            return inner.in_
        return super().fold(value)


def _as_float(number: int, type: Type) -> float | None:
    """An integer as a float; `None` where the type is more precise than a double and that is not exact."""
    rounded = float(number)
    return None if rounded != number and folding.exceeds_double(type) else rounded


class SIToFP(Cast, name="arith.sitofp", traits=[Pure, Elementwise]):
    """A signed integer as a float.

    %y = arith.sitofp %x : i32 to f32
    """

    in_: Value = operand(Integer)
    out: Value = result(FloatLike)

    def convert(self, number: float) -> float | None:
        return _as_float(int(-number if _bits(self.in_.type) == 1 else number), self.out.type)


class UIToFP(Cast, name="arith.uitofp", traits=[Pure, Elementwise]):
    """An unsigned integer as a float.

    %y = arith.uitofp %x : i32 to f32
    """

    in_: Value = operand(Integer)
    out: Value = result(FloatLike)

    def convert(self, number: float) -> float | None:
        return _as_float(int(number) % (1 << _bits(self.in_.type)), self.out.type)


class FPToSI(Cast, name="arith.fptosi", traits=[Pure, Elementwise]):
    """A float as a signed integer, rounded towards zero; undefined where it does not fit.

    %y = arith.fptosi %x : f32 to i32
    """

    in_: Value = operand(FloatLike)
    out: Value = result(Integer)

    def convert(self, number: float) -> float | None:
        bits = _bits(self.out.type)
        value = int(number)
        return value if -(1 << (bits - 1)) <= value < 1 << (bits - 1) else None


class FPToUI(Cast, name="arith.fptoui", traits=[Pure, Elementwise]):
    """A float as an unsigned integer, rounded towards zero; undefined where it does not fit.

    %y = arith.fptoui %x : f32 to i32
    """

    in_: Value = operand(FloatLike)
    out: Value = result(Integer)

    def convert(self, number: float) -> float | None:
        value = int(number)
        return value if 0 <= value < 1 << _bits(self.out.type) else None


Indexable = Constraint(
    "signless-integer-like or memref of signless-integer",
    lambda type: SignlessIntegerLike.accepts(element_type(type) if isinstance(type, MemRefType) else type),
)


class AnyIndexCast(Cast):
    """Base of the casts between `index` and integers."""

    def verify(self) -> None:
        super().verify()
        types = [self.source.type, self.results[0].type]
        if sum(isinstance(element_type(type), IndexType) for type in types) != 1:
            raise VerifyError(f"operand type '{types[0]}' and result type '{types[1]}' are cast incompatible")


class IndexCast(AnyIndexCast, name="arith.index_cast", traits=[Pure, Elementwise]):
    """Between `index` and integers, with the sign.

    %y = arith.index_cast %x : index to i64
    """

    in_: Value = operand(Indexable)
    out: Value = result(Indexable)

    def convert(self, number: float) -> float | None:
        return -number if width(self.in_.type) == 1 else number


class IndexCastUI(AnyIndexCast, name="arith.index_castui", traits=[Pure, Elementwise]):
    """Between `index` and integers, with zeros.

    %y = arith.index_castui %x : index to i64
    """

    in_: Value = operand(Indexable)
    out: Value = result(Indexable)

    def convert(self, number: float) -> float | None:
        return int(number) % (1 << width(self.in_.type))


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

    def fold(self, value: Attribute | None) -> FoldResult:
        if self.in_.type is self.out.type:
            return self.in_
        return super().fold(value)

    def convert(self, number: float) -> float | None:
        source, target = element_type(self.in_.type), element_type(self.out.type)
        assert isinstance(source, IntegerType | FloatType) and isinstance(target, IntegerType | FloatType)
        bits = bits_of_float(number, source) if isinstance(source, FloatType) else int(number) % (1 << source.width)
        return float_from_bits(bits, target).value if isinstance(target, FloatType) else bits
