"""LLVM's intrinsics as ops: `llvm.intr.<name>`; LLVM overloads them on the types of their operands."""

from __future__ import annotations

from collections.abc import Sequence
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

UNARY_FLOAT = (
    "fabs", "sqrt", "exp", "exp2", "log", "log2", "log10", "sin", "cos", "tan", "tanh", "floor", "ceil", "rint",
    "nearbyint", "roundeven", "round", "trunc",
)  # fmt: skip
BINARY_FLOAT = ("pow", "copysign", "maximum", "minimum", "maxnum", "minnum")
TERNARY_FLOAT = ("fma", "fmuladd")
UNARY_INTEGER = ("ctpop", "bitreverse", "bswap")
BINARY_INTEGER = ("smax", "smin", "umax", "umin", "sadd.sat", "uadd.sat", "ssub.sat", "usub.sat")
REDUCE_INTEGER = ("add", "mul", "and", "or", "xor", "smax", "smin", "umax", "umin")
REDUCE_FLOAT = ("fmax", "fmin", "fmaximum", "fminimum")
REDUCE_SEQUENTIAL = ("fadd", "fmul")
"""Reductions that start from a value, and go in order unless `reassoc` is set."""


class Function(Op):
    """Base of what is written as a call: `llvm.intr.<name>(%x) : (type) -> type`."""

    assembly = "`(` operands `)` attr-dict `:` functional-type(operands, results)"


class UnaryFloat(Function):
    """Base of floating-point functions of one argument."""

    value: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)


class BinaryFloat(Function):
    """Base of floating-point functions of two arguments."""

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)


class TernaryFloat(Function):
    """Base of floating-point functions of three arguments."""

    first: Value = operand(F)
    second: Value = operand(F)
    third: Value = operand(F)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(F)


class UnaryInteger(Function):
    """Base of integer functions of one argument."""

    value: Value = operand(I)
    res: Value = result(I)


class BinaryInteger(Function):
    """Base of integer functions of two arguments."""

    lhs: Value = operand(I)
    rhs: Value = operand(I)
    res: Value = result(I)


class Reduce(Function):
    """Base of reductions of a vector to a scalar."""

    vector: Value = operand(ty.Vector)
    res: Value = result(ty.Compatible)

    def infer(self) -> Sequence[Type]:
        return (element_type(self.operands[-1].type),)


class ReduceFloat(Reduce):
    """Base of floating-point reductions."""

    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)


class ReduceSequential(Op):
    """Base of floating-point reductions that start from `start`."""

    start: Value = operand(ty.Float)
    vector: Value = operand(ty.Vector)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    res: Value = result(ty.Float)
    # The reference implementation has no custom form for these two.

    def infer(self) -> Sequence[Type]:
        return (self.start.type,)


def _declare(names: Sequence[str], base: type[Op], prefix: str = "") -> dict[str, Any]:
    """One op class per name."""
    return {
        name: OpMeta(
            "".join(part.capitalize() for part in (prefix + name).split(".")),
            (base,),
            {"__module__": __name__, "__qualname__": name, "__doc__": f"LLVM's `llvm.{prefix}{name}`."},
            name=f"llvm.intr.{prefix}{name}",
            traits=[Pure],
        )
        for name in names
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
    """Absolute value of a signed integer; of the smallest one it is poison if `is_int_min_poison`, else itself."""

    value: Value = operand(I)
    is_int_min_poison: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(I)


class CountLeadingZeros(Op, name="llvm.intr.ctlz", traits=[Pure]):
    """Leading zeros; of zero it is poison if `is_zero_poison`, else the width."""

    value: Value = operand(I)
    is_zero_poison: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(I)


class CountTrailingZeros(Op, name="llvm.intr.cttz", traits=[Pure]):
    """Trailing zeros; of zero it is poison if `is_zero_poison`, else the width."""

    value: Value = operand(I)
    is_zero_poison: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(I)


class MaskedLoad(Op, MemoryEffects, name="llvm.intr.masked.load"):
    """Read the lanes whose mask is set; the others come from `pass_thru`, and their memory is not touched."""

    data: Value = operand(ty.Pointer)
    mask: Value = operand(ty.Bool)
    pass_thru: Value = operand(V)
    alignment: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(V)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.data),)


class MaskedStore(Op, MemoryEffects, name="llvm.intr.masked.store"):
    """Write the lanes whose mask is set."""

    value: Value = operand(ty.Vector)
    data: Value = operand(ty.Pointer)
    mask: Value = operand(ty.Bool)
    alignment: IntegerAttr = attribute(IntegerAttr)
    assembly = "$value `,` $data `,` $mask attr-dict `:` type($value) `,` type($mask) `into` type($data)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.data),)


class Gather(Op, MemoryEffects, name="llvm.intr.masked.gather"):
    """Read each lane whose mask is set from its own address."""

    ptrs: Value = operand(ty.PointerOrVector)
    mask: Value = operand(ty.Bool)
    pass_thru: Value = operand(V)
    alignment: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(V)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read"),)


class Scatter(Op, MemoryEffects, name="llvm.intr.masked.scatter"):
    """Write each lane whose mask is set to its own address."""

    value: Value = operand(ty.Vector)
    ptrs: Value = operand(ty.PointerOrVector)
    mask: Value = operand(ty.Bool)
    alignment: IntegerAttr = attribute(IntegerAttr)
    assembly = "$value `,` $ptrs `,` $mask attr-dict `:` type($value) `,` type($mask) `into` type($ptrs)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write"),)


class _Copy(Op, MemoryEffects):
    """Base of copies of `len` bytes."""

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
    """Set bytes to a value."""

    dst: Value = operand(ty.Pointer)
    val: Value = operand(ty.ScalarInteger)
    len: Value = operand(ty.ScalarInteger)
    isVolatile: Attribute = attribute(IntegerAttr)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.dst),)
