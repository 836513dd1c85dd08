"""Comparisons and selection in `arith`."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import CMPF, CMPI, FastMath, parse_flags, parse_predicate, word_of
from irc.dialects.arith_casts import ExtSI, ExtUI
from irc.dialects.ub import PoisonAttr
from irc.ir.attributes import Attribute, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure
from irc.ir.types import Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods.constraints import AnyType, BoolLike, FloatLike, SignlessIntegerLike, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.rewrite.constants import number_attribute, scalar
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

I = Var("T", SignlessIntegerLike)  # noqa: E741 - the letter of the constraint
F = Var("T", FloatLike)
T = Var("T", AnyType)


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
        return word_of(self.predicate, CMPI)

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.lhs.type, i1)]

    def verify(self) -> None:
        _check_predicate(self.predicate, CMPI)

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.lhs is self.rhs:
            return number_attribute(int(self.word in ("eq", "sle", "sge", "ule", "uge")), self.result.type)
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
    """The second operand where the condition holds, the third elsewhere. A condition of the operands' shape is followed by its
    type: `: vector<4xi1>, vector<4xf32>`.

    %r = arith.select %c, %a, %b : f32
    """

    condition: Value = operand(BoolLike)
    true_value: Value = operand(T)
    false_value: Value = operand(T)
    result: Value = result(T)

    def fold(self, condition: Attribute | None, a: Attribute | None, b: Attribute | None) -> FoldResult:
        known = scalar(condition)
        if known is not None:
            return self.true_value if known else self.false_value
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
