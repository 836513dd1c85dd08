"""The `arith` dialect: integer and floating-point arithmetic on scalars, and element by element on vectors and tensors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import CMPF, CMPI, FastMath, Overflow, parse_predicate
from irc.dialects.arith_casts import (
    Bitcast,
    ExtF,
    ExtSI,
    ExtUI,
    FPToSI,
    FPToUI,
    IndexCast,
    IndexCastUI,
    SIToFP,
    TruncF,
    TruncI,
    UIToFP,
)  # fmt: skip
from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, ConstantLike, Elementwise, Pure
from irc.ir.types import IntegerType, Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods.constraints import AnyType, BoolLike, FloatLike, SignlessIntegerLike, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

I = Var("T", SignlessIntegerLike)  # noqa: E741 - the letter of the constraint
F = Var("T", FloatLike)
T = Var("T", AnyType)


class Constant(Op, name="arith.constant", traits=[Pure, ConstantLike]):
    """A number, or a dense tensor or vector of numbers.

    %c = arith.constant 1.0 : f32
    """

    value: Attribute = attribute(IntegerAttr, FloatAttr, DenseElementsAttr)
    result: Value = result(AnyType)

    assembly = "attr-dict $value"

    def infer(self) -> Sequence[Type]:
        return [self.value.type]  # type: ignore[attr-defined]  # all three classes have a type

    def fold(self) -> FoldResult:
        return self.value

    def verify(self) -> None:
        if self.result.type is not self.infer()[0]:
            raise VerifyError(f"result type '{self.result.type}' does not match the type of the value '{self.value}'")

    def result_name_hint(self) -> str:
        value = self.value
        if not isinstance(value, IntegerAttr):
            return "cst"
        if value.type is i1:
            return "true" if value.value else "false"
        suffix = f"_{value.type}" if isinstance(value.type, IntegerType) else ""
        return f"c{value.value}{suffix}"


# -- binary ----------------------------------------------------------------------------------------------------------


class IntegerBinary(Op):
    """Two integers of one type to a third. `compute` folds constants; `neutral` is a right operand without effect.

    %r = {op} %a, %b : i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    result: Value = result(I)

    assembly = "$lhs `,` $rhs attr-dict `:` type($result)"

    compute: ClassVar[folding.IntegerFunction]
    neutral: ClassVar[int | None] = None

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.neutral is not None and folding.is_integer(rhs, self.neutral):
            return self.lhs
        return folding.integers(type(self).compute, lhs, rhs)


class OverflowBinary(IntegerBinary):
    """With flags that say which overflows cannot happen: `overflow<nsw, nuw>`.

    %r = {op} %a, %b overflow<nsw> : i32
    """

    overflowFlags: Overflow = attribute(Overflow, default=Overflow("none"))

    assembly = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($result)"


class AddI(OverflowBinary, name="arith.addi", traits=[Pure, Commutative, Elementwise]):
    """Sum modulo two to the width."""

    compute, neutral = staticmethod(lambda a, b, w: a + b), 0


class SubI(OverflowBinary, name="arith.subi", traits=[Pure, Elementwise]):
    """Difference modulo two to the width."""

    compute, neutral = staticmethod(lambda a, b, w: a - b), 0


class MulI(OverflowBinary, name="arith.muli", traits=[Pure, Commutative, Elementwise]):
    """Product modulo two to the width."""

    compute, neutral = staticmethod(lambda a, b, w: a * b), 1


class DivSI(IntegerBinary, name="arith.divsi", traits=[Pure, Elementwise]):
    """Signed quotient, rounded towards zero. Division by zero is undefined."""

    compute, neutral = staticmethod(folding.divsi), 1


class DivUI(IntegerBinary, name="arith.divui", traits=[Pure, Elementwise]):
    """Unsigned quotient."""

    compute, neutral = staticmethod(folding.divui), 1


class CeilDivSI(IntegerBinary, name="arith.ceildivsi", traits=[Pure, Elementwise]):
    """Signed quotient, rounded up."""

    compute, neutral = staticmethod(folding.ceildivsi), 1


class CeilDivUI(IntegerBinary, name="arith.ceildivui", traits=[Pure, Elementwise]):
    """Unsigned quotient, rounded up."""

    compute, neutral = staticmethod(folding.ceildivui), 1


class FloorDivSI(IntegerBinary, name="arith.floordivsi", traits=[Pure, Elementwise]):
    """Signed quotient, rounded down."""

    compute, neutral = staticmethod(folding.floordivsi), 1


class RemSI(IntegerBinary, name="arith.remsi", traits=[Pure, Elementwise]):
    """Signed remainder, with the sign of the dividend."""

    compute = staticmethod(folding.remsi)


class RemUI(IntegerBinary, name="arith.remui", traits=[Pure, Elementwise]):
    """Unsigned remainder."""

    compute = staticmethod(folding.remui)


class AndI(IntegerBinary, name="arith.andi", traits=[Pure, Commutative, Elementwise]):
    """Bitwise and."""

    compute, neutral = staticmethod(lambda a, b, w: a & b), -1


class OrI(IntegerBinary, name="arith.ori", traits=[Pure, Commutative, Elementwise]):
    """Bitwise or."""

    compute, neutral = staticmethod(lambda a, b, w: a | b), 0


class XOrI(IntegerBinary, name="arith.xori", traits=[Pure, Commutative, Elementwise]):
    """Bitwise exclusive or."""

    compute, neutral = staticmethod(lambda a, b, w: a ^ b), 0


class ShLI(OverflowBinary, name="arith.shli", traits=[Pure, Elementwise]):
    """Shift left; by the width or more it is undefined."""

    compute, neutral = staticmethod(folding.shli), 0


class ShRSI(IntegerBinary, name="arith.shrsi", traits=[Pure, Elementwise]):
    """Arithmetic shift right."""

    compute, neutral = staticmethod(folding.shrsi), 0


class ShRUI(IntegerBinary, name="arith.shrui", traits=[Pure, Elementwise]):
    """Logical shift right."""

    compute, neutral = staticmethod(folding.shrui), 0


class MaxSI(IntegerBinary, name="arith.maxsi", traits=[Pure, Commutative, Elementwise]):
    """Signed maximum."""

    compute = staticmethod(lambda a, b, w: max(a, b))


class MinSI(IntegerBinary, name="arith.minsi", traits=[Pure, Commutative, Elementwise]):
    """Signed minimum."""

    compute = staticmethod(lambda a, b, w: min(a, b))


class MaxUI(IntegerBinary, name="arith.maxui", traits=[Pure, Commutative, Elementwise]):
    """Unsigned maximum."""

    compute = staticmethod(lambda a, b, w: max(a % (1 << w), b % (1 << w)))


class MinUI(IntegerBinary, name="arith.minui", traits=[Pure, Commutative, Elementwise]):
    """Unsigned minimum."""

    compute = staticmethod(lambda a, b, w: min(a % (1 << w), b % (1 << w)))


class FloatBinary(Op):
    """Two floats of one type to a third, by IEEE 754 (round to nearest even). `compute` folds constants.

    %r = {op} %a, %b fastmath<contract> : vector<4xf32>
    """

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    compute: ClassVar[folding.FloatFunction]
    neutral: ClassVar[float | None] = None

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.neutral is not None and folding.is_float(rhs, self.neutral):
            return self.lhs
        return folding.floats(type(self).compute, lhs, rhs)


class AddF(FloatBinary, name="arith.addf", traits=[Pure, Commutative, Elementwise]):
    """Sum. Adding -0.0 changes nothing; adding 0.0 changes -0.0."""

    compute, neutral = staticmethod(lambda a, b: a + b), -0.0


class SubF(FloatBinary, name="arith.subf", traits=[Pure, Elementwise]):
    """Difference."""

    compute, neutral = staticmethod(lambda a, b: a - b), 0.0


class MulF(FloatBinary, name="arith.mulf", traits=[Pure, Commutative, Elementwise]):
    """Product."""

    compute, neutral = staticmethod(lambda a, b: a * b), 1.0


class DivF(FloatBinary, name="arith.divf", traits=[Pure, Elementwise]):
    """Quotient."""

    compute, neutral = staticmethod(folding.divf), 1.0


class RemF(FloatBinary, name="arith.remf", traits=[Pure, Elementwise]):
    """Remainder with the sign of the dividend (C's `fmod`)."""

    compute = staticmethod(folding.remf)


class MaximumF(FloatBinary, name="arith.maximumf", traits=[Pure, Commutative, Elementwise]):
    """Maximum; NaN if an operand is NaN, and 0.0 is greater than -0.0 (IEEE 754-2019 `maximum`)."""

    compute = staticmethod(folding.maximum)


class MinimumF(FloatBinary, name="arith.minimumf", traits=[Pure, Commutative, Elementwise]):
    """Minimum; NaN if an operand is NaN (IEEE 754-2019 `minimum`)."""

    compute = staticmethod(folding.minimum)


class MaxNumF(FloatBinary, name="arith.maxnumf", traits=[Pure, Commutative, Elementwise]):
    """Maximum; the other operand if one is NaN."""

    compute = staticmethod(lambda a, b: b if math.isnan(a) else a if math.isnan(b) else folding.maximum(a, b))


class MinNumF(FloatBinary, name="arith.minnumf", traits=[Pure, Commutative, Elementwise]):
    """Minimum; the other operand if one is NaN."""

    compute = staticmethod(lambda a, b: b if math.isnan(a) else a if math.isnan(b) else folding.minimum(a, b))


class NegF(Op, name="arith.negf", traits=[Pure, Elementwise]):
    """Negation: the sign bit flipped.

    %r = arith.negf %x : f32
    """

    operand: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    def fold(self, operand: Attribute | None) -> FoldResult:
        return folding.floats(lambda a: -a, operand)


# -- comparisons and selection ---------------------------------------------------------------------------------------


def _word(predicate: IntegerAttr, words: dict[str, int]) -> str:
    return next((word for word, code in words.items() if code == predicate.value), f"<{predicate.value}>")


class CmpI(Op, name="arith.cmpi", traits=[Pure, Elementwise]):
    """Compares integers; the result is `i1`, or of the operands' shape.

    %c = arith.cmpi slt, %a, %b : i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    predicate: IntegerAttr = attribute(IntegerAttr)
    result: Value = result(BoolLike)

    @property
    def word(self) -> str:
        """The predicate's word, such as `slt`."""
        return _word(self.predicate, CMPI)

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.lhs.type, i1)]

    def verify(self) -> None:
        _check_predicate(self.predicate, CMPI)

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.lhs is self.rhs:
            return folding.constant(int(self.word in ("eq", "sle", "sge", "ule", "uge")), self.result.type)
        return folding.compare_integers(self.word, lhs, rhs, self.result.type)

    @classmethod
    def parse(cls, p: OpParser) -> CmpI:
        predicate = parse_predicate(p, CMPI)
        p.stream.expect(",")
        lhs = p.operand()
        p.stream.expect(",")
        rhs = p.operand()
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        op: CmpI = p.build(
            cls, p.resolve_all([lhs, rhs], [type, type]), [with_element_type(type, i1)],
            {**attributes, "predicate": predicate},
        )  # fmt: skip
        return op

    def print(self, p: OpPrinter) -> None:
        p(f" {self.word}, ")
        p.values(self.operands)
        p.attr_dict(self, ("predicate",))
        p(" : ")
        p.type(self.lhs.type)


class CmpF(Op, name="arith.cmpf", traits=[Pure, Elementwise]):
    """Compares floats; `o…` is false and `u…` is true where an operand is NaN.

    %c = arith.cmpf olt, %a, %b : f32
    """

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    predicate: IntegerAttr = attribute(IntegerAttr)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(BoolLike)

    @property
    def word(self) -> str:
        """The predicate's word, such as `olt`."""
        return _word(self.predicate, CMPF)

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.lhs.type, i1)]

    def verify(self) -> None:
        _check_predicate(self.predicate, CMPF)

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return folding.compare_floats(self.word, lhs, rhs, self.result.type)

    @classmethod
    def parse(cls, p: OpParser) -> CmpF:
        predicate = parse_predicate(p, CMPF)
        p.stream.expect(",")
        lhs = p.operand()
        p.stream.expect(",")
        rhs = p.operand()
        fastmath = FastMath.parse(p.stream) if p.stream.accept("fastmath") else FastMath("none")
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        op: CmpF = p.build(
            cls, p.resolve_all([lhs, rhs], [type, type]), [with_element_type(type, i1)],
            {**attributes, "predicate": predicate, "fastmath": fastmath},
        )  # fmt: skip
        return op

    def print(self, p: OpPrinter) -> None:
        p(f" {self.word}, ")
        p.values(self.operands)
        if self.fastmath.value != "none":
            p(f" fastmath{self.fastmath.text()}")
        p.attr_dict(self, ("predicate", "fastmath"))
        p(" : ")
        p.type(self.lhs.type)


def _check_predicate(predicate: IntegerAttr, words: dict[str, int]) -> None:
    if predicate.value not in words.values():
        raise VerifyError(f"attribute 'predicate' has no case {predicate.value}")


class Select(Op, name="arith.select", traits=[Pure, Elementwise]):
    """The second operand where the condition holds, the third elsewhere. A condition of the operands' shape is followed by its
    type: `: vector<4xi1>, vector<4xf32>`.

    %r = arith.select %c, %a, %b : f32
    """

    condition: Value = operand(BoolLike)
    true_value: Value = operand(T)
    false_value: Value = operand(T)
    result: Value = result(T)

    def fold(self, condition: Attribute | None, a: Attribute | None, b: Attribute | None) -> FoldResult:
        if self.true_value is self.false_value:
            return self.true_value
        known = folding.scalar(condition)
        return None if known is None else self.true_value if known else self.false_value

    @classmethod
    def parse(cls, p: OpParser) -> Select:
        names = p.operand_list()
        if len(names) != 3:
            raise p.stream.error(f"expected three operands, got {len(names)}")
        attributes = p.attr_dict()
        p.stream.expect(":")
        condition, value = i1, p.type()
        if p.stream.accept(","):
            condition, value = value, p.type()  # type: ignore[assignment]  # checked by the verifier
        op: Select = p.build(cls, p.resolve_all(names, [condition, value, value]), [value], attributes)
        return op

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p.attr_dict(self)
        p(" : ")
        if self.condition.type is not i1:
            p.type(self.condition.type)
            p(", ")
        p.type(self.result.type)


__all__ = [
    "Bitcast", "ExtF", "ExtSI", "ExtUI", "FPToSI", "FPToUI", "FastMath", "IndexCast", "IndexCastUI", "Overflow",
    "SIToFP", "TruncF", "TruncI", "UIToFP",
]  # fmt: skip
