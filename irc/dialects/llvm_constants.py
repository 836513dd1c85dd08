"""Constants of the `llvm` dialect."""

from __future__ import annotations

from irc.dialects import llvm_types as ty
from irc.ir.attributes import ArrayAttr, Attribute, DenseElementsAttr, FloatAttr, IntegerAttr, StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import ConstantLike, Pure
from irc.ir.types import IntegerType, Type, VectorType
from irc.ir.value import Value
from irc.ods.fields import attribute, result
from irc.ods.op import Op


class Constant(Op, name="llvm.mlir.constant", traits=[Pure, ConstantLike]):
    """A number, a string (as an array of bytes), the elements of a vector or an array, or the parts of a complex number.

    %c = llvm.mlir.constant(1.0 : f32) : f32
    """

    value: Attribute = attribute(IntegerAttr, FloatAttr, DenseElementsAttr, StringAttr, ArrayAttr)
    res: Value = result(ty.Compatible)
    assembly = "`(` $value `)` attr-dict `:` type($res)"

    def verify(self) -> None:
        value, type = self.value, self.res.type
        match value:
            case IntegerAttr():
                fits = isinstance(type, IntegerType)
            case FloatAttr():
                fits = type is value.type
            case ArrayAttr():
                fits = is_complex_constant(value, type)
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


def is_complex_constant(value: ArrayAttr, type: Type) -> bool:
    """Whether the elements are the members of a struct of two floats, a complex number."""
    found = [part.type if isinstance(part, FloatAttr) else None for part in value.elements]
    return isinstance(type, ty.StructType) and len(found) == 2 and found == list(type.members)


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
