"""Integer and floating-point arithmetic of the `llvm` dialect (https://mlir.llvm.org/docs/Dialects/LLVM/)."""

from __future__ import annotations

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import FastMath, Overflow, no_fastmath, no_overflow
from irc.ir.traits import Commutative, Pure
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

I = Var("I", ty.Integer)  # noqa: E741 - the letter of the type
F = Var("F", ty.Float)


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
