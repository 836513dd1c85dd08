"""Comparisons and the choice between two values in the `llvm` dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import FCMP_PREDICATES, ICMP_PREDICATES, FastMath, no_fastmath
from irc.ir.attributes import IntegerAttr, StringAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import Type, i1
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

F = Var("F", ty.Float)
P = Var("P", ty.IntegerOrPointer)
T = Var("T", ty.Compatible)


class Comparison(Op):
    """Base of comparisons: `"predicate" %a, %b : type`, with the predicate's number as property."""

    words: ClassVar[tuple[str, ...]] = ()

    def infer(self) -> Sequence[Type]:
        return (ty.same_shape(self.operands[0].type, i1),)

    @property
    def word(self) -> str:
        """The predicate, as a word."""
        predicate = self.properties[0]
        assert isinstance(predicate, IntegerAttr)
        return self.words[predicate.value]

    def verify(self) -> None:
        predicate = self.properties[0]
        assert isinstance(predicate, IntegerAttr)
        if not 0 <= predicate.value < len(self.words):
            raise VerifyError(f"attribute 'predicate' must be between 0 and {len(self.words) - 1}")
        if self.results[0].type is not self.infer()[0]:
            raise VerifyError("result type must be i1 or a vector of i1 shaped like the operands")

    @classmethod
    def of(cls, word: str, lhs: Value, rhs: Value) -> Any:
        """The comparison `lhs word rhs`."""
        op: Any = cls
        return op(i64_attr(cls.words.index(word)), lhs, rhs)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        position = p.stream.pos
        word = p.attribute()
        if not isinstance(word, StringAttr) or word.value not in cls.words:
            raise p.stream.error(f"expected one of the predicates {', '.join(cls.words)}", position)
        lhs = p.operand()
        p.stream.expect(",")
        rhs = p.operand()
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        values = p.resolve_all([lhs, rhs], [type, type])
        attributes["predicate"] = i64_attr(cls.words.index(word.value))
        return p.build(cls, values, [ty.same_shape(type, i1)], attributes)

    def print(self, p: OpPrinter) -> None:
        p(f' "{self.word}" ')
        p.values(self.operands)
        p.attr_dict(self, ("predicate",))
        p(" : ")
        p.type(self.operands[0].type)


class ICmp(Comparison, name="llvm.icmp", traits=[Pure]):
    """Comparison of integers or pointers.

    %c = llvm.icmp "slt" %a, %b : i32
    """

    words = ICMP_PREDICATES

    predicate: IntegerAttr = attribute(IntegerAttr)
    lhs: Value = operand(P)
    rhs: Value = operand(P)
    res: Value = result(ty.Bool)


class FCmp(Comparison, name="llvm.fcmp", traits=[Pure]):
    """Comparison of floating-point numbers; `o…` is false and `u…` true where an operand is NaN.

    %c = llvm.fcmp "olt" %a, %b : f32
    """

    words = FCMP_PREDICATES

    predicate: IntegerAttr = attribute(IntegerAttr)
    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(ty.Bool)


class Select(Op, name="llvm.select", traits=[Pure]):
    """One of two values.

    %r = llvm.select %c, %a, %b : i1, f32
    """

    condition: Value = operand(ty.Bool)
    trueValue: Value = operand(T)
    falseValue: Value = operand(T)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(T)
    assembly = "$condition `,` $trueValue `,` $falseValue attr-dict `:` type($condition) `,` type($res)"
