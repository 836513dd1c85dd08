"""Arithmetic, comparisons and casts of the `llvm` dialect (https://mlir.llvm.org/docs/Dialects/LLVM/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import (
    FCMP_PREDICATES,
    ICMP_PREDICATES,
    FastMath,
    Overflow,
    no_fastmath,
    no_overflow,
)
from irc.ir.attributes import (
    Attribute,
    DenseElementsAttr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    i64_attr,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Commutative, ConstantLike, Pure
from irc.ir.types import FloatType, IntegerType, Type, VectorType, element_type, i1
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

I = Var("I", ty.Integer)  # noqa: E741 - the letter of the type
F = Var("F", ty.Float)
P = Var("P", ty.IntegerOrPointer)
T = Var("T", ty.Compatible)


class IntegerBinary(Op):
    """Base of integer operations of two operands.

    %r = {op} %a, %b : i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    res: Value = result(I)
    assembly = "$lhs `,` $rhs attr-dict `:` type($res)"


class WrappingBinary(Op):
    """Base of integer operations that may promise not to wrap.

    %r = {op} %a, %b overflow<nsw> : i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    overflowFlags: Overflow = attribute(Overflow, default=no_overflow)
    res: Value = result(I)
    assembly = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($res)"


class Add(WrappingBinary, name="llvm.add", traits=[Pure, Commutative]):
    """Integer addition."""


class Sub(WrappingBinary, name="llvm.sub", traits=[Pure]):
    """Integer subtraction."""


class Mul(WrappingBinary, name="llvm.mul", traits=[Pure, Commutative]):
    """Integer multiplication."""


class Shl(WrappingBinary, name="llvm.shl", traits=[Pure]):
    """Left shift."""


class UDiv(IntegerBinary, name="llvm.udiv", traits=[Pure]):
    """Unsigned division."""


class SDiv(IntegerBinary, name="llvm.sdiv", traits=[Pure]):
    """Signed division, towards zero."""


class URem(IntegerBinary, name="llvm.urem", traits=[Pure]):
    """Unsigned remainder."""


class SRem(IntegerBinary, name="llvm.srem", traits=[Pure]):
    """Signed remainder, with the sign of the dividend."""


class And(IntegerBinary, name="llvm.and", traits=[Pure, Commutative]):
    """Bitwise and."""


class Or(IntegerBinary, name="llvm.or", traits=[Pure, Commutative]):
    """Bitwise or."""


class XOr(IntegerBinary, name="llvm.xor", traits=[Pure, Commutative]):
    """Bitwise exclusive or."""


class LShr(IntegerBinary, name="llvm.lshr", traits=[Pure]):
    """Right shift that fills with zeros."""


class AShr(IntegerBinary, name="llvm.ashr", traits=[Pure]):
    """Right shift that fills with the sign."""


class FloatBinary(Op):
    """Base of floating-point operations of two operands.

    %r = {op} %a, %b {fastmathFlags = #llvm.fastmath<contract>} : f32
    """

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)
    assembly = "$lhs `,` $rhs attr-dict `:` type($res)"


class FAdd(FloatBinary, name="llvm.fadd", traits=[Pure, Commutative]):
    """Floating-point addition."""


class FSub(FloatBinary, name="llvm.fsub", traits=[Pure]):
    """Floating-point subtraction."""


class FMul(FloatBinary, name="llvm.fmul", traits=[Pure, Commutative]):
    """Floating-point multiplication."""


class FDiv(FloatBinary, name="llvm.fdiv", traits=[Pure]):
    """Floating-point division."""


class FRem(FloatBinary, name="llvm.frem", traits=[Pure]):
    """Floating-point remainder, as C's `fmod`."""


class FNeg(Op, name="llvm.fneg", traits=[Pure]):
    """Floating-point negation: the sign bit flipped.

    %r = llvm.fneg %x : f32
    """

    operand: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)
    assembly = "$operand attr-dict `:` type($res)"


# -- comparisons and select ------------------------------------------------------------------------------------------


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


# -- casts -----------------------------------------------------------------------------------------------------------


def _width(type: Type) -> int:
    scalar = element_type(type)
    return scalar.width if isinstance(scalar, IntegerType | FloatType) else 64


class Cast(Op):
    """Base of conversions. `widens` says whether the result must be wider (narrower if false) than the operand."""

    widens: ClassVar[bool | None] = None

    def verify(self) -> None:
        source, target = self.operands[0].type, self.results[0].type
        if getattr(source, "shape", ()) != getattr(target, "shape", ()):
            raise VerifyError(f"input type '{source}' and result type '{target}' must have the same shape")
        if self.widens is not None:
            low, high = (source, target) if self.widens else (target, source)
            if _width(low) >= _width(high):
                word = "larger" if self.widens else "smaller"
                raise VerifyError(f"result type '{target}' must be {word} than input type '{source}'")


class IntegerToInteger(Cast):
    """Base of conversions between integers."""

    arg: Value = operand(ty.Integer)
    res: Value = result(ty.Integer)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


class FloatToFloat(Cast):
    """Base of conversions between floating-point types."""

    arg: Value = operand(ty.Float)
    res: Value = result(ty.Float)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


class IntegerToFloat(Cast):
    """Base of conversions from integers to floating-point numbers.

    %r = {op} %x : i32 to f32
    """

    arg: Value = operand(ty.Integer)
    res: Value = result(ty.Float)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


class FloatToInteger(Cast):
    """Base of conversions from floating-point numbers to integers, towards zero; out of range it is poison.

    %r = {op} %x : f32 to i32
    """

    arg: Value = operand(ty.Float)
    res: Value = result(ty.Integer)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


class ZExt(IntegerToInteger, name="llvm.zext", traits=[Pure]):
    """Widening of an unsigned integer.

    %r = llvm.zext %x : i32 to i64
    """

    widens = True


class SExt(IntegerToInteger, name="llvm.sext", traits=[Pure]):
    """Widening of a signed integer.

    %r = llvm.sext %x : i32 to i64
    """

    widens = True


class Trunc(IntegerToInteger, name="llvm.trunc", traits=[Pure]):
    """Narrowing of an integer to its low bits.

    %r = llvm.trunc %x : i64 to i32
    """

    widens = False


class FPExt(FloatToFloat, name="llvm.fpext", traits=[Pure]):
    """Widening of a floating-point number.

    %r = llvm.fpext %x : f32 to f64
    """

    widens = True


class FPTrunc(FloatToFloat, name="llvm.fptrunc", traits=[Pure]):
    """Narrowing of a floating-point number, rounded to nearest.

    %r = llvm.fptrunc %x : f64 to f32
    """

    widens = False


class SIToFP(IntegerToFloat, name="llvm.sitofp", traits=[Pure]):
    """A signed integer as a floating-point number."""


class UIToFP(IntegerToFloat, name="llvm.uitofp", traits=[Pure]):
    """An unsigned integer as a floating-point number."""


class FPToSI(FloatToInteger, name="llvm.fptosi", traits=[Pure]):
    """A floating-point number as a signed integer."""


class FPToUI(FloatToInteger, name="llvm.fptoui", traits=[Pure]):
    """A floating-point number as an unsigned integer."""


class BitCast(Op, name="llvm.bitcast", traits=[Pure]):
    """The same bits as a value of another type.

    %r = llvm.bitcast %x : f32 to i32
    """

    arg: Value = operand(ty.Compatible)
    res: Value = result(ty.Compatible)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"

    def verify(self) -> None:
        source, target = self.arg.type, self.res.type
        if bit_width(source) != bit_width(target):
            raise VerifyError(f"input type '{source}' and result type '{target}' must have the same number of bits")


def bit_width(type: Type) -> int:
    """Bits of a scalar or a vector; pointers have 64."""
    count = type.num_elements if isinstance(type, VectorType) else 1
    return _width(type) * count


class IntToPtr(Op, name="llvm.inttoptr", traits=[Pure]):
    """An integer as a pointer.

    %p = llvm.inttoptr %x : i64 to !llvm.ptr
    """

    arg: Value = operand(ty.Integer)
    res: Value = result(ty.PointerOrVector)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


class PtrToInt(Op, name="llvm.ptrtoint", traits=[Pure]):
    """A pointer as an integer.

    %x = llvm.ptrtoint %p : !llvm.ptr to i64
    """

    arg: Value = operand(ty.PointerOrVector)
    res: Value = result(ty.Integer)
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


# -- constants -------------------------------------------------------------------------------------------------------


class Constant(Op, name="llvm.mlir.constant", traits=[Pure, ConstantLike]):
    """A number, a string (as an array of bytes), or the elements of a vector or an array.

    %c = llvm.mlir.constant(1.0 : f32) : f32
    """

    value: Attribute = attribute(IntegerAttr, FloatAttr, DenseElementsAttr, StringAttr)
    res: Value = result(ty.Compatible)
    assembly = "`(` $value `)` attr-dict `:` type($res)"

    def verify(self) -> None:
        value, type = self.value, self.res.type
        match value:
            case IntegerAttr():
                fits = isinstance(type, IntegerType)
            case FloatAttr():
                fits = type is value.type
            case StringAttr():
                fits = type is ty.string_type(value.value)
            case DenseElementsAttr():
                count = value.type.num_elements
                fits = (isinstance(type, VectorType) and type.num_elements == count) or (
                    isinstance(type, ty.ArrayType) and array_elements(type) == count
                )
            case _:
                fits = False
        if not fits:
            raise VerifyError(f"attribute '{value}' does not fit the result type '{type}'")


def array_elements(type: Type) -> int:
    """The number of scalars in nested arrays and vectors."""
    if isinstance(type, ty.ArrayType):
        return type.size * array_elements(type.element)
    return type.num_elements if isinstance(type, VectorType) else 1


class Nullary(Op):
    """Base of operations that only have a type.

    %x = {op} : !llvm.struct<(i32, ptr)>
    """

    res: Value = result(ty.Compatible)
    assembly = "attr-dict `:` type($res)"


class Undef(Nullary, name="llvm.mlir.undef", traits=[Pure]):
    """A value of no particular content."""


class Poison(Nullary, name="llvm.mlir.poison", traits=[Pure]):
    """A value whose use is undefined behaviour."""


class Zero(Nullary, name="llvm.mlir.zero", traits=[Pure]):
    """The value whose bits are all zero; the null pointer."""
