"""The ops of `arith` with a second result: the carry of a sum, the high half of a product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects import arith_fold as folding
from irc.ir.attributes import Attribute
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, Elementwise, Pure
from irc.ir.types import ShapedType, Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods.constraints import BoolLike, SignlessIntegerLike, Var
from irc.ods.fields import operand, result
from irc.ods.op import Op
from irc.rewrite.constants import number_attribute

I = Var("T", SignlessIntegerLike)  # noqa: E741 - the letter of the constraint


class AddUIExtended(Op, name="arith.addui_extended", traits=[Pure, Commutative, Elementwise]):
    """The unsigned sum and whether it overflows.

    %sum, %overflow = arith.addui_extended %a, %b : i32, i1
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    sum: Value = result(I)
    overflow: Value = result(BoolLike)

    assembly = "$lhs `,` $rhs attr-dict `:` type($sum) `,` type($overflow)"

    def infer(self) -> Sequence[Type]:
        return [self.lhs.type, with_element_type(self.lhs.type, i1)]

    def verify(self) -> None:
        types = self.sum.type, self.overflow.type
        if isinstance(types[0], ShapedType) != isinstance(types[1], ShapedType):
            raise VerifyError("if an operand is non-scalar, then all results must be non-scalar")
        if types[1] is not self.infer()[1]:
            raise VerifyError("all non-scalar operands/results must have the same shape and base type")

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        overflow = self.overflow.type
        if folding.is_integer(rhs, 0):
            none = number_attribute(0, overflow)
            return None if none is None else [self.lhs, none]
        total = folding.integers(lambda a, b, w: a + b, lhs, rhs)
        carry = folding.integers(lambda a, b, w: (a % (1 << w) + b % (1 << w)) >> w, lhs, rhs, overflow)
        return None if total is None or carry is None else [total, carry]

    def result_name_hints(self) -> tuple[str, ...]:
        return "sum", "overflow"


class MulExtended(Op):
    """The low and the high half of a product.

    %low, %high = {op} %a, %b : i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    low: Value = result(I)
    high: Value = result(I)

    assembly = "$lhs `,` $rhs attr-dict `:` type($lhs)"
    high_half: ClassVar[folding.IntegerFunction]
    neutral: ClassVar[int | None] = None

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if folding.is_integer(rhs, 0):
            assert rhs is not None
            return [rhs, rhs]
        if self.neutral is not None and folding.is_integer(rhs, self.neutral):
            none = number_attribute(0, self.high.type)
            return None if none is None else [self.lhs, none]
        low = folding.integers(lambda a, b, w: a * b, lhs, rhs)
        high = folding.integers(type(self).high_half, lhs, rhs)
        return None if low is None or high is None else [low, high]

    def result_name_hints(self) -> tuple[str, ...]:
        return "low", "high"


class MulSIExtended(MulExtended, name="arith.mulsi_extended", traits=[Pure, Commutative, Elementwise]):
    """The product of signed integers in twice the width."""

    high_half = staticmethod(lambda a, b, w: (a * b) >> w)


class MulUIExtended(MulExtended, name="arith.mului_extended", traits=[Pure, Commutative, Elementwise]):
    """The product of unsigned integers in twice the width."""

    high_half = staticmethod(lambda a, b, w: ((a % (1 << w)) * (b % (1 << w))) >> w)
    neutral = 1
