"""The `arith` dialect: integer and floating-point arithmetic on scalars, and element by element on vectors and tensors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, Literal

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import CMPF, CMPI, FastMath, Overflow, parse_flags, parse_predicate, word_of
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
from irc.dialects.arith_extended import AddUIExtended, MulSIExtended, MulUIExtended
from irc.dialects.ub import PoisonAttr
from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, ConstantLike, Elementwise, Pure, SameOperandsAndResultType
from irc.ir.types import IntegerType, Type, element_type, i1, with_element_type
from irc.ir.value import Value
from irc.ods.constraints import AnyType, BoolLike, FloatLike, SignlessIntegerLike, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.rewrite.constants import constant_value
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

I = Var("T", SignlessIntegerLike)  # noqa: E741 - the letter of the constraint
F = Var("T", FloatLike)
T = Var("T", AnyType)


class Constant(Op, name="arith.constant", traits=[Pure, ConstantLike]):
    """A number, or a dense tensor or vector of numbers: `%c = arith.constant 1.0 : f32`."""

    value: Attribute = attribute(IntegerAttr, FloatAttr, DenseElementsAttr)
    result: Value = result(AnyType)

    assembly = "attr-dict $value"

    def infer(self) -> Sequence[Type]:
        return [self.value.type]  # type: ignore[attr-defined]  # all three classes have a type

    def fold(self) -> FoldResult:
        return self.value

    def verify(self) -> None:
        if self.result.type is not self.infer()[0]:
            raise VerifyError("failed to verify that all of {value, result} have same type")
        element = element_type(self.result.type)
        if isinstance(element, IntegerType) and element.signedness != "signless":
            raise VerifyError("integer return type must be signless")

    def result_name_hint(self) -> str:
        value = self.value
        if not isinstance(value, IntegerAttr):
            return "cst"
        if value.type is i1:
            return "true" if value.value else "false"
        suffix = f"_{value.type}" if isinstance(value.type, IntegerType) else ""
        return f"c{value.value}{suffix}"


# -- binary ----------------------------------------------------------------------------------------------------------


class IntegerBinary(Op, traits=[SameOperandsAndResultType]):
    """Two integers of one type to a third.

    `compute` folds constants; `neutral` is a right operand without effect, `absorbing` one that is the result. `same` says
    what equal operands give: one of them, or zero.
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    result: Value = result(I)

    assembly = "$lhs `,` $rhs attr-dict `:` type($result)"

    compute: ClassVar[folding.IntegerFunction]
    neutral: ClassVar[int | folding.Bound | None] = None
    absorbing: ClassVar[int | folding.Bound | None] = None
    same: ClassVar[Literal["operand", "zero"] | None] = None

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.lhs is self.rhs and self.same is not None:
            return self.lhs if self.same == "operand" else folding.constant(0, self.result.type)
        if rhs is not None:
            if folding.is_integer(rhs, self.neutral):
                return self.lhs
            if folding.is_integer(rhs, self.absorbing):
                return rhs
        return folding.poison(lhs, rhs) or folding.integers(type(self).compute, lhs, rhs)


class OverflowBinary(IntegerBinary):
    """With flags that say which overflows cannot happen: `overflow<nsw, nuw>`."""

    overflowFlags: Overflow = attribute(Overflow, default=Overflow("none"))

    assembly = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($result)"


class AddI(OverflowBinary, name="arith.addi", traits=[Pure, Commutative, Elementwise]):
    """Sum modulo two to the width."""

    compute, neutral = staticmethod(lambda a, b, w: a + b), 0

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        for difference, other in ((self.lhs, self.rhs), (self.rhs, self.lhs)):
            inner = difference.defining_op
            if isinstance(inner, SubI) and inner.rhs is other:
                return inner.lhs
        return super().fold(lhs, rhs)


class SubI(OverflowBinary, name="arith.subi", traits=[Pure, Elementwise]):
    """Difference modulo two to the width."""

    compute, neutral, same = staticmethod(lambda a, b, w: a - b), 0, "zero"

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        inner = self.lhs.defining_op
        if isinstance(inner, AddI) and self.rhs in inner.operands:
            return inner.lhs if inner.rhs is self.rhs else inner.rhs
        return super().fold(lhs, rhs)


class MulI(OverflowBinary, name="arith.muli", traits=[Pure, Commutative, Elementwise]):
    """Product modulo two to the width."""

    compute, neutral = staticmethod(lambda a, b, w: a * b), 1
    absorbing = 0


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

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return folding.constant(0, self.result.type) if folding.is_integer(rhs, 1) else super().fold(lhs, rhs)


class RemUI(IntegerBinary, name="arith.remui", traits=[Pure, Elementwise]):
    """Unsigned remainder."""

    compute = staticmethod(folding.remui)

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return folding.constant(0, self.result.type) if folding.is_integer(rhs, 1) else super().fold(lhs, rhs)


class AndI(IntegerBinary, name="arith.andi", traits=[Pure, Commutative, Elementwise]):
    """Bitwise and."""

    compute, neutral, absorbing, same = staticmethod(lambda a, b, w: a & b), -1, 0, "operand"

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if _are_complements(self.lhs, self.rhs):
            return folding.constant(0, self.result.type)
        for inner, other in ((self.rhs, self.lhs), (self.lhs, self.rhs)):
            op = inner.defining_op
            if isinstance(op, AndI) and other in op.operands:
                return inner
        return super().fold(lhs, rhs)


class OrI(IntegerBinary, name="arith.ori", traits=[Pure, Commutative, Elementwise]):
    """Bitwise or."""

    compute, neutral, absorbing, same = staticmethod(lambda a, b, w: a | b), 0, -1, "operand"

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if _are_complements(self.lhs, self.rhs):
            return folding.constant(-1, self.result.type)
        return super().fold(lhs, rhs)


class XOrI(IntegerBinary, name="arith.xori", traits=[Pure, Commutative, Elementwise]):
    """Bitwise exclusive or."""

    compute, neutral, same = staticmethod(lambda a, b, w: a ^ b), 0, "zero"

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        for pair, other in ((self.lhs, self.rhs), (self.rhs, self.lhs)):
            inner = pair.defining_op
            if isinstance(inner, XOrI) and other in inner.operands:
                return inner.lhs if inner.rhs is other else inner.rhs
        return super().fold(lhs, rhs)


def _are_complements(a: Value, b: Value) -> bool:
    """Whether one of two values is the other with all bits flipped."""
    for flipped, value in ((a, b), (b, a)):
        op = flipped.defining_op
        if isinstance(op, XOrI) and op.lhs is value and folding.is_integer(constant_value(op.rhs), -1):
            return True
    return False


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

    compute, neutral, absorbing, same = staticmethod(lambda a, b, w: max(a, b)), "least", "greatest", "operand"


class MinSI(IntegerBinary, name="arith.minsi", traits=[Pure, Commutative, Elementwise]):
    """Signed minimum."""

    compute, neutral, absorbing, same = staticmethod(lambda a, b, w: min(a, b)), "greatest", "least", "operand"


class MaxUI(IntegerBinary, name="arith.maxui", traits=[Pure, Commutative, Elementwise]):
    """Unsigned maximum."""

    compute = staticmethod(lambda a, b, w: max(a % (1 << w), b % (1 << w)))
    neutral, absorbing, same = 0, -1, "operand"


class MinUI(IntegerBinary, name="arith.minui", traits=[Pure, Commutative, Elementwise]):
    """Unsigned minimum."""

    compute = staticmethod(lambda a, b, w: min(a % (1 << w), b % (1 << w)))
    neutral, absorbing, same = -1, 0, "operand"


class FloatBinary(Op, traits=[SameOperandsAndResultType]):
    """Two floats of one type to a third, by IEEE 754 (round to nearest even). `compute` folds constants."""

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    compute: ClassVar[folding.FloatFunction]
    neutral: ClassVar[float | None] = None
    same: ClassVar[bool] = False
    """Whether equal operands give themselves."""

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.same and self.lhs is self.rhs:
            return self.lhs
        if self.neutral is not None and folding.is_float(rhs, self.neutral):
            return self.lhs
        return folding.poison(lhs, rhs) or folding.floats(type(self).compute, lhs, rhs)


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

    compute, neutral, same = staticmethod(folding.maximum), -math.inf, True


class MinimumF(FloatBinary, name="arith.minimumf", traits=[Pure, Commutative, Elementwise]):
    """Minimum; NaN if an operand is NaN (IEEE 754-2019 `minimum`)."""

    compute, neutral, same = staticmethod(folding.minimum), math.inf, True


class MaxNumF(FloatBinary, name="arith.maxnumf", traits=[Pure, Commutative, Elementwise]):
    """Maximum; the other operand if one is NaN."""

    compute = staticmethod(lambda a, b: b if math.isnan(a) else a if math.isnan(b) else folding.maximum(a, b))
    neutral, same = -math.inf, True


class MinNumF(FloatBinary, name="arith.minnumf", traits=[Pure, Commutative, Elementwise]):
    """Minimum; the other operand if one is NaN."""

    compute = staticmethod(lambda a, b: b if math.isnan(a) else a if math.isnan(b) else folding.minimum(a, b))
    neutral, same = math.inf, True


class NegF(Op, name="arith.negf", traits=[Pure, Elementwise, SameOperandsAndResultType]):
    """Negation: the sign bit flipped."""

    operand: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    def fold(self, operand: Attribute | None) -> FoldResult:
        inner = self.operand.defining_op
        if isinstance(inner, NegF):
            return inner.operand
        return folding.poison(operand) or folding.combine(lambda a: -a, self.result.type, operand)


# -- comparisons and selection ---------------------------------------------------------------------------------------


class CmpI(Op, name="arith.cmpi", traits=[Pure, Elementwise]):
    """Compares integers: `%c = arith.cmpi slt, %a, %b : i32`, giving `i1`."""

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    predicate: IntegerAttr = attribute(IntegerAttr)
    result: Value = result(BoolLike)

    @property
    def word(self) -> str:
        """The predicate's word, such as `slt`."""
        return word_of(self.predicate, CMPI)

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.lhs.type, i1)]

    def verify(self) -> None:
        _check_predicate(self.predicate, CMPI)

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.lhs is self.rhs:
            return folding.constant(int(self.word in ("eq", "sle", "sge", "ule", "uge")), self.result.type)
        widened = self.lhs.defining_op
        is_bit = isinstance(widened, ExtSI | ExtUI) and widened.in_.type is self.result.type
        if is_bit and self.word == "ne" and folding.is_integer(rhs, 0):
            # An extended bit is not zero where the bit is set.
            assert widened is not None
            return widened.operands[0]
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
    """Compares floats: `%c = arith.cmpf olt, %a, %b : f32`. `o…` is false and `u…` is true where an operand is NaN."""

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    predicate: IntegerAttr = attribute(IntegerAttr)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(BoolLike)

    @property
    def word(self) -> str:
        """The predicate's word, such as `olt`."""
        return word_of(self.predicate, CMPF)

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
        fastmath = parse_flags(p, FastMath) if p.stream.accept("fastmath") else FastMath("none")
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
    """The second operand where the condition holds, the third elsewhere.

    %r = arith.select %c, %a, %b : f32        (with a condition of the operands' shape: : vector<4xi1>, vector<4xf32>)
    """

    condition: Value = operand(BoolLike)
    true_value: Value = operand(T)
    false_value: Value = operand(T)
    result: Value = result(T)

    def fold(self, condition: Attribute | None, a: Attribute | None, b: Attribute | None) -> FoldResult:
        if self.true_value is self.false_value or isinstance(b, PoisonAttr):
            return self.true_value
        if isinstance(a, PoisonAttr):
            return self.false_value
        if isinstance(condition, PoisonAttr) and a is not None and b is not None:
            return condition if self.condition.type is self.result.type else None
        if self.condition.type is self.result.type and folding.is_integer(a, -1) and folding.is_integer(b, 0):
            return self.condition
        comparison = self.condition.defining_op
        if isinstance(comparison, CmpI) and comparison.word in ("eq", "ne"):
            # Where the two are equal it does not matter which is taken.
            arms = {self.true_value, self.false_value}
            if arms == set(comparison.operands) and self.condition.type is i1:
                return self.false_value if comparison.word == "eq" else self.true_value
        known = folding.scalar(condition)
        if known is not None:
            return self.true_value if known else self.false_value
        return folding.combine(lambda c, x, y: x if c else y, self.result.type, condition, a, b)

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
    "AddUIExtended", "Bitcast", "ExtF", "ExtSI", "ExtUI", "FPToSI", "FPToUI", "FastMath", "IndexCast", "IndexCastUI",
    "MulSIExtended", "MulUIExtended", "Overflow", "SIToFP", "TruncF", "TruncI", "UIToFP",
]  # fmt: skip
