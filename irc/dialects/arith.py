"""The `arith` dialect: integer and floating-point arithmetic on scalars, and element by element on vectors and tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import FastMath, Overflow
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
from irc.dialects.arith_conditions import CmpF, CmpI, Select
from irc.dialects.arith_extended import AddUIExtended, MulSIExtended, MulUIExtended
from irc.dialects.arith_floats import (
    AddF,
    DivF,
    MaximumF,
    MaxNumF,
    MinimumF,
    MinNumF,
    MulF,
    NegF,
    RemF,
    SubF,
)
from irc.ir.attributes import Attribute, ElementsAttr, FloatAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, ConstantLike, Elementwise, Pure, SameOperandsAndResultType
from irc.ir.types import IntegerType, Type, element_type, i1
from irc.ir.value import Value
from irc.ods.constraints import AnyType, SignlessIntegerLike, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.rewrite.constants import constant_value, number_attribute

I = Var("T", SignlessIntegerLike)  # noqa: E741 - the letter of the constraint


class Constant(Op, name="arith.constant", traits=[Pure, ConstantLike]):
    """A number, or a dense tensor or vector of numbers.

    %c = arith.constant 1.0 : f32
    """

    value: Attribute = attribute(IntegerAttr, FloatAttr, ElementsAttr)
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

    %r = {op} %a, %b : i32
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
            return self.lhs if self.same == "operand" else number_attribute(0, self.result.type)
        if rhs is None:
            return folding.poison(lhs)
        if folding.is_integer(rhs, self.neutral):
            return self.lhs
        if folding.is_integer(rhs, self.absorbing):
            return rhs
        if lhs is None:
            return folding.poison(rhs)
        return folding.poison(lhs, rhs) or folding.integers(type(self).compute, lhs, rhs)


class OverflowBinary(IntegerBinary):
    """With flags that say which overflows cannot happen: `overflow<nsw, nuw>`.

    %r = {op} %a, %b overflow<nsw> : i32
    """

    overflowFlags: Overflow = attribute(Overflow, default=Overflow("none"))

    assembly = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($result)"


class AddI(OverflowBinary, name="arith.addi", traits=[Pure, Commutative, Elementwise]):
    """Sum modulo two to the width."""

    compute, neutral = staticmethod(lambda a, b, w: a + b), 0

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        a, b = self.lhs, self.rhs
        left, right = a.defining_op, b.defining_op
        if isinstance(left, SubI) and left.rhs is b:
            return left.lhs
        if isinstance(right, SubI) and right.rhs is a:
            return right.lhs
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
        return number_attribute(0, self.result.type) if folding.is_integer(rhs, 1) else super().fold(lhs, rhs)


class RemUI(IntegerBinary, name="arith.remui", traits=[Pure, Elementwise]):
    """Unsigned remainder."""

    compute = staticmethod(folding.remui)

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        return number_attribute(0, self.result.type) if folding.is_integer(rhs, 1) else super().fold(lhs, rhs)


class AndI(IntegerBinary, name="arith.andi", traits=[Pure, Commutative, Elementwise]):
    """Bitwise and."""

    compute, neutral, absorbing, same = staticmethod(lambda a, b, w: a & b), -1, 0, "operand"

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if _are_complements(self.lhs, self.rhs):
            return number_attribute(0, self.result.type)
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
            return number_attribute(-1, self.result.type)
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


__all__ = [
    "AddF", "AddUIExtended", "Bitcast", "CmpF", "CmpI", "DivF", "ExtF", "ExtSI", "ExtUI", "FPToSI", "FPToUI", "FastMath",
    "IndexCast", "IndexCastUI", "MaxNumF", "MaximumF", "MinNumF", "MinimumF", "MulF", "MulSIExtended", "MulUIExtended",
    "NegF", "Overflow", "RemF", "SIToFP", "Select", "SubF", "TruncF", "TruncI", "UIToFP",
]  # fmt: skip
