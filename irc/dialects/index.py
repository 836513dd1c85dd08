"""The `index` dialect: integers of the machine's word size, whose number of bits a program does not know.

What folds is what 32 and 64 bits agree on: the low half of the 64-bit result is the 32-bit result.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import ClassVar

from irc.dialects import arith_fold as folding
from irc.ir.attributes import Attribute, IntegerAttr, bool_attr, index_attr, wrap_integer
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, ConstantLike, Pure
from irc.ir.types import IndexType, Type, i1, i32, i64, index
from irc.ir.value import Value
from irc.ods.constraints import I1, AnyInteger, Index
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class CmpPredicate(EnumAttr):
    """`#index<cmp_predicate slt>`."""

    name: ClassVar[str] = "index.cmp_predicate"
    cases: ClassVar[tuple[str, ...]] = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
    bare: ClassVar[bool] = True


class Constant(Op, name="index.constant", traits=[Pure, ConstantLike]):
    """A number.

    %c = index.constant 42
    """

    value: IntegerAttr = attribute(IntegerAttr)
    result: Value = result(Index)

    def infer(self) -> Sequence[Type]:
        return [index]

    def verify(self) -> None:
        if self.value.type is not index:
            raise VerifyError("attribute 'value' failed to satisfy constraint: index attribute")

    def fold(self) -> FoldResult:
        return self.value

    def result_name_hint(self) -> str:
        return f"idx{self.value.value}"

    @classmethod
    def parse(cls, p: OpParser) -> Constant:
        attributes = p.attr_dict()
        op: Constant = p.build(cls, (), (index,), {**attributes, "value": p.integer_attribute(index)})
        return op

    def print(self, p: OpPrinter) -> None:
        p.attr_dict(self, ("value",))
        p(f" {self.value.value}")


class BoolConstant(Op, name="index.bool.constant", traits=[Pure, ConstantLike]):
    """The constant that a comparison folds to.

    %t = index.bool.constant true
    """

    value: IntegerAttr = attribute(IntegerAttr)
    result: Value = result(I1)

    def infer(self) -> Sequence[Type]:
        return [i1]

    def verify(self) -> None:
        if self.value.type is not i1:
            raise VerifyError("attribute 'value' failed to satisfy constraint: bool attribute")

    def fold(self) -> FoldResult:
        return self.value

    def result_name_hint(self) -> str:
        return "true" if self.value.value else "false"

    @classmethod
    def parse(cls, p: OpParser) -> BoolConstant:
        attributes = p.attr_dict()
        position = p.stream.pos
        word = p.stream.next()
        if word not in ("true", "false"):
            raise p.stream.error(f"expected 'true' or 'false', got '{word}'", position)
        op: BoolConstant = p.build(cls, (), (i1,), {**attributes, "value": bool_attr(word == "true")})
        return op

    def print(self, p: OpPrinter) -> None:
        p.attr_dict(self, ("value",))
        p(f" {self.result_name_hint()}")


class SizeOf(Op, name="index.sizeof", traits=[Pure]):
    """The number of bits of an index.

    %bits = index.sizeof
    """

    result: Value = result(Index)
    assembly = "attr-dict"

    def infer(self) -> Sequence[Type]:
        return [index]


# -- binary ----------------------------------------------------------------------------------------------------------


class Binary(Op):
    """Two indices to a third. `compute` gets both and the width, and may decline.

    `neutral` is a right operand without effect, `absorbing` one that is the result.

    %c = {op} %a, %b
    """

    lhs: Value = operand(Index)
    rhs: Value = operand(Index)
    result: Value = result(Index)

    assembly = "$lhs `,` $rhs attr-dict"

    compute: ClassVar[folding.IntegerFunction]
    neutral: ClassVar[int | None] = None
    absorbing: ClassVar[int | None] = None

    def infer(self) -> Sequence[Type]:
        return [index]

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if isinstance(rhs, IntegerAttr):
            if rhs.value == self.neutral:
                return self.lhs
            if rhs.value == self.absorbing:
                return rhs
            if isinstance(lhs, IntegerAttr):
                return in_both_widths(type(self).compute, lhs.value, rhs.value)
        return None


def in_both_widths(compute: folding.IntegerFunction, a: int, b: int) -> IntegerAttr | None:
    """The 64-bit result if its low half is the 32-bit result."""
    wide = compute(a, b, 64)
    narrow = compute(wrap_integer(a, i32), wrap_integer(b, i32), 32)
    if wide is None or narrow is None or wrap_integer(wide, i32) != wrap_integer(narrow, i32):
        return None
    return index_attr(wide)


def _shift(function: folding.IntegerFunction) -> folding.IntegerFunction:
    """A shift that declines what is undefined in 32 bits."""
    return lambda a, b, bits: function(a, b, bits) if 0 <= b < 32 else None


class Add(Binary, name="index.add", traits=[Pure, Commutative]):
    """Sum."""

    compute, neutral = staticmethod(lambda a, b, w: a + b), 0


class Sub(Binary, name="index.sub", traits=[Pure]):
    """Difference."""

    compute, neutral = staticmethod(lambda a, b, w: a - b), 0


class Mul(Binary, name="index.mul", traits=[Pure, Commutative]):
    """Product."""

    compute, neutral, absorbing = staticmethod(lambda a, b, w: a * b), 1, 0


class DivS(Binary, name="index.divs", traits=[Pure]):
    """Signed quotient, rounded towards zero. Division by zero is undefined."""

    compute = staticmethod(folding.divsi)


class DivU(Binary, name="index.divu", traits=[Pure]):
    """Unsigned quotient."""

    compute = staticmethod(folding.divui)


class CeilDivS(Binary, name="index.ceildivs", traits=[Pure]):
    """Signed quotient, rounded up."""

    compute = staticmethod(folding.ceildivsi)


class CeilDivU(Binary, name="index.ceildivu", traits=[Pure]):
    """Unsigned quotient, rounded up."""

    compute = staticmethod(folding.ceildivui)


class FloorDivS(Binary, name="index.floordivs", traits=[Pure]):
    """Signed quotient, rounded down."""

    compute = staticmethod(folding.floordivsi)


class RemS(Binary, name="index.rems", traits=[Pure]):
    """Signed remainder, with the sign of the dividend."""

    compute = staticmethod(folding.remsi)


class RemU(Binary, name="index.remu", traits=[Pure]):
    """Unsigned remainder."""

    compute = staticmethod(folding.remui)


class MaxS(Binary, name="index.maxs", traits=[Pure, Commutative]):
    """Signed maximum."""

    compute = staticmethod(lambda a, b, w: max(a, b))


class MaxU(Binary, name="index.maxu", traits=[Pure, Commutative]):
    """Unsigned maximum."""

    compute = staticmethod(lambda a, b, w: max(a % (1 << w), b % (1 << w)))


class MinS(Binary, name="index.mins", traits=[Pure, Commutative]):
    """Signed minimum."""

    compute = staticmethod(lambda a, b, w: min(a, b))


class MinU(Binary, name="index.minu", traits=[Pure, Commutative]):
    """Unsigned minimum."""

    compute = staticmethod(lambda a, b, w: min(a % (1 << w), b % (1 << w)))


class Shl(Binary, name="index.shl", traits=[Pure]):
    """Shift left; by the width or more it is undefined."""

    compute = staticmethod(_shift(folding.shli))


class ShrS(Binary, name="index.shrs", traits=[Pure]):
    """Arithmetic shift right."""

    compute = staticmethod(_shift(folding.shrsi))


class ShrU(Binary, name="index.shru", traits=[Pure]):
    """Logical shift right."""

    compute = staticmethod(_shift(folding.shrui))


class And(Binary, name="index.and", traits=[Pure, Commutative]):
    """Bitwise and."""

    compute = staticmethod(lambda a, b, w: a & b)


class Or(Binary, name="index.or", traits=[Pure, Commutative]):
    """Bitwise or."""

    compute = staticmethod(lambda a, b, w: a | b)


class XOr(Binary, name="index.xor", traits=[Pure, Commutative]):
    """Bitwise exclusive or."""

    compute = staticmethod(lambda a, b, w: a ^ b)


# -- comparison ------------------------------------------------------------------------------------------------------

ORDERS: dict[str, Callable[[int, int], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip


class Cmp(Op, name="index.cmp", traits=[Pure]):
    """Compares two indices, giving `i1`.

    %c = index.cmp slt(%a, %b)
    """

    pred: CmpPredicate = attribute(CmpPredicate)
    lhs: Value = operand(Index)
    rhs: Value = operand(Index)
    result: Value = result(I1)

    assembly = "$pred `(` $lhs `,` $rhs `)` attr-dict"

    def infer(self) -> Sequence[Type]:
        return [i1]

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        word = self.pred.value
        if self.lhs is self.rhs:
            return bool_attr(word in ("eq", "sle", "sge", "ule", "uge"))
        if not isinstance(lhs, IntegerAttr) or not isinstance(rhs, IntegerAttr):
            return None
        answers = {holds(word, lhs.value, rhs.value, width) for width in (32, 64)}
        return bool_attr(answers.pop()) if len(answers) == 1 else None


def holds(word: str, a: int, b: int, width: int) -> bool:
    """Whether the predicate holds of the low `width` bits of two numbers."""
    type = i32 if width == 32 else i64
    x, y = wrap_integer(a, type), wrap_integer(b, type)
    if word[0] == "u":
        x, y = x % (1 << width), y % (1 << width)
    return ORDERS[word[-2:]](x, y)


# -- casts -----------------------------------------------------------------------------------------------------------


class Cast(Op):
    """Between `index` and an integer.

    %i = {op} %x : index to i32
    """

    input: Value = operand(AnyInteger | Index)
    output: Value = result(AnyInteger | Index)

    assembly = "$input attr-dict `:` type($input) `to` type($output)"
    signed: ClassVar[bool]

    def verify(self) -> None:
        source, target = self.input.type, self.output.type
        if isinstance(source, IndexType) == isinstance(target, IndexType):
            raise VerifyError(f"operand type '{source}' and result type '{target}' are cast incompatible")

    def fold(self, input: Attribute | None) -> FoldResult:
        if not isinstance(input, IntegerAttr):
            return None
        source, target = self.input.type, self.output.type
        if isinstance(target, IndexType):
            return index_attr(_extended(input.value, folding.width(source), self.signed))
        # The result must be the same whether the index has 32 or 64 bits.
        results = {wrap_integer(_extended(input.value, bits, self.signed), target) for bits in (32, 64)}
        return IntegerAttr(results.pop(), target) if len(results) == 1 else None


def _extended(value: int, bits: int, signed: bool) -> int:
    """The low `bits` of a number, read with or without a sign."""
    value %= 1 << bits
    return value - (1 << bits) if signed and bits and value >> (bits - 1) else value


class CastS(Cast, name="index.casts", traits=[Pure]):
    """Between `index` and an integer, with the sign."""

    signed = True


class CastU(Cast, name="index.castu", traits=[Pure]):
    """Between `index` and an integer, with zeros."""

    signed = False
