"""Conversions between types in the `llvm` dialect."""

from __future__ import annotations

from typing import ClassVar

from irc.dialects import llvm_types as ty
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import FloatType, IntegerType, Type, VectorType, element_type
from irc.ir.value import Value
from irc.ods.fields import operand, result
from irc.ods.op import Op


def _width(type: Type) -> int:
    scalar = element_type(type)
    return scalar.width if isinstance(scalar, IntegerType | FloatType) else 64


class Conversion(Op):
    """Base of what makes a value of another type of one: `llvm.<op> %x : type to type`."""

    arg: Value = operand()
    res: Value = result()
    assembly = "$arg attr-dict `:` type($arg) `to` type($res)"


class Cast(Conversion):
    """Base of conversions of numbers. `widens` says whether the result must be wider (narrower if false) than the operand."""

    widens: ClassVar[bool | None] = None

    def verify(self) -> None:
        source, target = self.arg.type, self.res.type
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


class FloatToFloat(Cast):
    """Base of conversions between floating-point types."""

    arg: Value = operand(ty.Float)
    res: Value = result(ty.Float)


class IntegerToFloat(Cast):
    """Base of conversions from integers to floating-point numbers.

    %r = {op} %x : i32 to f32
    """

    arg: Value = operand(ty.Integer)
    res: Value = result(ty.Float)


class FloatToInteger(Cast):
    """Base of conversions from floating-point numbers to integers, towards zero; out of range it is poison.

    %r = {op} %x : f32 to i32
    """

    arg: Value = operand(ty.Float)
    res: Value = result(ty.Integer)


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


class BitCast(Conversion, name="llvm.bitcast", traits=[Pure]):
    """The same bits as a value of another type.

    %r = llvm.bitcast %x : f32 to i32
    """

    arg: Value = operand(ty.Compatible)
    res: Value = result(ty.Compatible)

    def verify(self) -> None:
        source, target = self.arg.type, self.res.type
        if bit_width(source) != bit_width(target):
            raise VerifyError(f"input type '{source}' and result type '{target}' must have the same number of bits")


def bit_width(type: Type) -> int:
    """Bits of a scalar or a vector; pointers have 64."""
    count = type.num_elements if isinstance(type, VectorType) else 1
    return _width(type) * count


class IntToPtr(Conversion, name="llvm.inttoptr", traits=[Pure]):
    """An integer as a pointer.

    %p = llvm.inttoptr %x : i64 to !llvm.ptr
    """

    arg: Value = operand(ty.Integer)
    res: Value = result(ty.PointerOrVector)


class PtrToInt(Conversion, name="llvm.ptrtoint", traits=[Pure]):
    """A pointer as an integer.

    %x = llvm.ptrtoint %p : !llvm.ptr to i64
    """

    arg: Value = operand(ty.PointerOrVector)
    res: Value = result(ty.Integer)


class AddrSpaceCast(Conversion, name="llvm.addrspacecast", traits=[Pure]):
    """A pointer to the same place in another address space.

    %q = llvm.addrspacecast %p : !llvm.ptr to !llvm.ptr<1>
    """

    arg: Value = operand(ty.PointerOrVector)
    res: Value = result(ty.PointerOrVector)
