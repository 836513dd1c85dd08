"""LLVM's intrinsics as ops: `llvm.intr.<name>`; LLVM overloads them on the types of their operands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import FastMath, no_fastmath
from irc.ir.attributes import Attribute, IntegerAttr
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import Type, element_type
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op, OpMeta

F = Var("F", ty.Float)
I = Var("I", ty.Integer)  # noqa: E741 - the letter of the type
V = Var("V", ty.Vector)

UNARY_FLOAT = {
    "fabs": "Absolute value.",
    "sqrt": "Square root; NaN below zero.",
    "exp": "e to the power of the operand.",
    "exp2": "2 to the power of the operand.",
    "log": "Natural logarithm.",
    "log2": "Logarithm to base 2.",
    "log10": "Logarithm to base 10.",
    "sin": "Sine.",
    "cos": "Cosine.",
    "tan": "Tangent.",
    "tanh": "Hyperbolic tangent.",
    "floor": "Rounded down.",
    "ceil": "Rounded up.",
    "rint": "Rounded to an integer in the current rounding mode; may raise the inexact exception.",
    "nearbyint": "Rounded to an integer in the current rounding mode, without the inexact exception.",
    "roundeven": "Rounded to the nearest integer, halves to even.",
    "round": "Rounded to the nearest integer, halves away from zero.",
    "trunc": "Rounded towards zero.",
}
BINARY_FLOAT = {
    "pow": "The first operand to the power of the second.",
    "copysign": "The magnitude of the first operand with the sign of the second.",
    "maximum": "Maximum; NaN if an operand is NaN, and 0.0 is greater than -0.0.",
    "minimum": "Minimum; NaN if an operand is NaN, and -0.0 is less than 0.0.",
    "maxnum": "Maximum; the other operand if one is NaN.",
    "minnum": "Minimum; the other operand if one is NaN.",
}
TERNARY_FLOAT = {
    "fma": "The first operand times the second plus the third, rounded once.",
    "fmuladd": "The first operand times the second plus the third, rounded once where that is faster, else twice.",
}
UNARY_INTEGER = {
    "ctpop": "Number of bits set.",
    "bitreverse": "The bits in reverse order.",
    "bswap": "The bytes in reverse order.",
}
BINARY_INTEGER = {
    "smax": "Signed maximum.",
    "smin": "Signed minimum.",
    "umax": "Unsigned maximum.",
    "umin": "Unsigned minimum.",
    "sadd.sat": "Signed sum, clamped to the range of the type.",
    "uadd.sat": "Unsigned sum, clamped to the range of the type.",
    "ssub.sat": "Signed difference, clamped to the range of the type.",
    "usub.sat": "Unsigned difference, zero where it would be negative.",
}
REDUCE_INTEGER = {
    "add": "Sum of the elements, modulo two to the width.",
    "mul": "Product of the elements, modulo two to the width.",
    "and": "Bitwise and of the elements.",
    "or": "Bitwise or of the elements.",
    "xor": "Bitwise exclusive or of the elements.",
    "smax": "Greatest element, signed.",
    "smin": "Least element, signed.",
    "umax": "Greatest element, unsigned.",
    "umin": "Least element, unsigned.",
}
REDUCE_FLOAT = {
    "fmax": "Greatest element; NaNs are left out (`maxnum`).",
    "fmin": "Least element; NaNs are left out (`minnum`).",
    "fmaximum": "Greatest element; NaN if one is NaN (`maximum`).",
    "fminimum": "Least element; NaN if one is NaN (`minimum`).",
}
REDUCE_SEQUENTIAL = {
    "fadd": "`start` plus the elements, in order unless `reassoc` is set.",
    "fmul": "`start` times the elements, in order unless `reassoc` is set.",
}
"""What each function is. These reductions start from a value."""


class Function(Op):
    """Base of what is written as a call: `llvm.intr.<name>(%x) : (type) -> type`."""

    assembly = "`(` operands `)` attr-dict `:` functional-type(operands, results)"


class UnaryFloat(Function):
    """Base of floating-point functions of one argument.

    %r = {op}(%x) : (f32) -> f32
    """

    value: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)


class BinaryFloat(Function):
    """Base of floating-point functions of two arguments.

    %r = {op}(%x, %y) : (f32, f32) -> f32
    """

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)


class TernaryFloat(Function):
    """Base of floating-point functions of three arguments.

    %r = {op}(%x, %y, %z) : (f32, f32, f32) -> f32
    """

    first: Value = operand(F)
    second: Value = operand(F)
    third: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)


class UnaryInteger(Function):
    """Base of integer functions of one argument.

    %r = {op}(%x) : (i32) -> i32
    """

    value: Value = operand(I)
    res: Value = result(I)


class BinaryInteger(Function):
    """Base of integer functions of two arguments.

    %r = {op}(%x, %y) : (i32, i32) -> i32
    """

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    res: Value = result(I)


class Reduce(Function):
    """Base of reductions of a vector to a scalar.

    %r = {op}(%v) : (vector<4xi32>) -> i32
    """

    vector: Value = operand(ty.Vector)
    res: Value = result(ty.Compatible)

    def infer(self) -> Sequence[Type]:
        return (element_type(self.operands[-1].type),)


class ReduceFloat(Reduce):
    """Base of floating-point reductions.

    %r = {op}(%v) : (vector<4xf32>) -> f32
    """

    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)


class ReduceSequential(Op):
    """Base of floating-point reductions that start from `start`.

    %r = "{op}"(%start, %v) : (f32, vector<4xf32>) -> f32
    """

    start: Value = operand(ty.Float)
    vector: Value = operand(ty.Vector)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(ty.Float)
    # The reference implementation has no custom form for these two.

    def infer(self) -> Sequence[Type]:
        return (self.start.type,)


def _declare(names: Mapping[str, str], base: type[Op], prefix: str = "") -> dict[str, Any]:
    """One op class per name, with its documentation."""
    return {
        name: OpMeta(
            "".join(part.capitalize() for part in (prefix + name).split(".")),
            (base,),
            {"__module__": __name__, "__qualname__": name, "__doc__": text},
            name=f"llvm.intr.{prefix}{name}",
            traits=[Pure],
        )
        for name, text in names.items()
    }


SIMPLE: dict[str, Any] = {
    **_declare(UNARY_FLOAT, UnaryFloat),
    **_declare(BINARY_FLOAT, BinaryFloat),
    **_declare(TERNARY_FLOAT, TernaryFloat),
    **_declare(UNARY_INTEGER, UnaryInteger),
    **_declare(BINARY_INTEGER, BinaryInteger),
}
"""Functions of scalars or vectors by name: `SIMPLE["fma"]`."""

REDUCE: dict[str, Any] = {
    **_declare(REDUCE_INTEGER, Reduce, "vector.reduce."),
    **_declare(REDUCE_FLOAT, ReduceFloat, "vector.reduce."),
    **_declare(REDUCE_SEQUENTIAL, ReduceSequential, "vector.reduce."),
}
"""Reductions by name: `REDUCE["fadd"]`."""


class Abs(Op, name="llvm.intr.abs", traits=[Pure]):
    """Absolute value of a signed integer; of the smallest one it is poison if `is_int_min_poison`, else itself.

    %r = "llvm.intr.abs"(%x) <{is_int_min_poison = false}> : (i32) -> i32
    """

    value: Value = operand(I)
    is_int_min_poison: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(I)


class CountLeadingZeros(Op, name="llvm.intr.ctlz", traits=[Pure]):
    """Leading zeros; of zero it is poison if `is_zero_poison`, else the width.

    %r = "llvm.intr.ctlz"(%x) <{is_zero_poison = false}> : (i32) -> i32
    """

    value: Value = operand(I)
    is_zero_poison: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(I)


class CountTrailingZeros(Op, name="llvm.intr.cttz", traits=[Pure]):
    """Trailing zeros; of zero it is poison if `is_zero_poison`, else the width.

    %r = "llvm.intr.cttz"(%x) <{is_zero_poison = false}> : (i32) -> i32
    """

    value: Value = operand(I)
    is_zero_poison: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(I)


class MaskedLoad(Op, MemoryEffects, name="llvm.intr.masked.load"):
    """Read the lanes whose mask is set; the others come from `pass_thru`, and their memory is not touched.

    %v = llvm.intr.masked.load %p, %mask, %other {alignment = 4 : i32}
           : (!llvm.ptr, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
    """

    data: Value = operand(ty.Pointer)
    mask: Value = operand(ty.Bool)
    pass_thru: Value = operand(V)
    alignment: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(V)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.data),)


class MaskedStore(Op, MemoryEffects, name="llvm.intr.masked.store"):
    """Write the lanes whose mask is set.

    llvm.intr.masked.store %v, %p, %mask {alignment = 4 : i32} : vector<4xf32>, vector<4xi1> into !llvm.ptr
    """

    value: Value = operand(ty.Vector)
    data: Value = operand(ty.Pointer)
    mask: Value = operand(ty.Bool)
    alignment: IntegerAttr = attribute(IntegerAttr)
    assembly = "$value `,` $data `,` $mask attr-dict `:` type($value) `,` type($mask) `into` type($data)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.data),)


class Gather(Op, MemoryEffects, name="llvm.intr.masked.gather"):
    """Read each lane whose mask is set from its own address.

    %v = llvm.intr.masked.gather %ptrs, %mask, %other {alignment = 4 : i32}
           : (!llvm.vec<4 x ptr>, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
    """

    ptrs: Value = operand(ty.PointerOrVector)
    mask: Value = operand(ty.Bool)
    pass_thru: Value = operand(V)
    alignment: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(V)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read"),)


class Scatter(Op, MemoryEffects, name="llvm.intr.masked.scatter"):
    """Write each lane whose mask is set to its own address.

    llvm.intr.masked.scatter %v, %ptrs, %mask {alignment = 4 : i32}
        : vector<4xf32>, vector<4xi1> into !llvm.vec<4 x ptr>
    """

    value: Value = operand(ty.Vector)
    ptrs: Value = operand(ty.PointerOrVector)
    mask: Value = operand(ty.Bool)
    alignment: IntegerAttr = attribute(IntegerAttr)
    assembly = "$value `,` $ptrs `,` $mask attr-dict `:` type($value) `,` type($mask) `into` type($ptrs)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write"),)


class _Copy(Op, MemoryEffects):
    """Base of copies of `len` bytes.

    "{op}"(%dst, %src, %n) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
    """

    dst: Value = operand(ty.Pointer)
    src: Value = operand(ty.Pointer)
    len: Value = operand(ty.ScalarInteger)
    isVolatile: Attribute = attribute(IntegerAttr)

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.operands[1]), Effect("write", self.operands[0]))


class MemCpy(_Copy, name="llvm.intr.memcpy"):
    """Copy bytes between places that do not overlap (or are the same)."""


class MemMove(_Copy, name="llvm.intr.memmove"):
    """Copy bytes between places that may overlap."""


class MemSet(Op, MemoryEffects, name="llvm.intr.memset"):
    """Set bytes to a value.

    "llvm.intr.memset"(%dst, %byte, %n) <{isVolatile = false}> : (!llvm.ptr, i8, i64) -> ()
    """

    dst: Value = operand(ty.Pointer)
    val: Value = operand(ty.ScalarInteger)
    len: Value = operand(ty.ScalarInteger)
    isVolatile: Attribute = attribute(IntegerAttr)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.dst),)
