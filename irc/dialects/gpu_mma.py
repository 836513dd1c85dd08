"""Products of small matrices, each of which the threads of a subgroup hold together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects._layouts import strides_of
from irc.dialects.gpu_attributes import ElementwiseOperation
from irc.dialects.gpu_types import Matrix, MMAMatrix, matrix_of, si8, ui8
from irc.ir.attributes import IntegerAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import MemRefType, Type, VectorType, f16, f32, i8, i32
from irc.ir.value import Value
from irc.ods import attribute_constraints as attributes
from irc.ods.constraints import Constraint, Index, Var
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op, TypesMatch

_STORED = "8-bit signless integer or 32-bit signless integer or 16-bit float or 32-bit float"
_STORED_TYPES = (i8, i32, f16, f32)


def _is_stored(type: Type) -> bool:
    if not isinstance(type, MemRefType):
        return False
    element = type.element_type
    if isinstance(element, VectorType) and element.rank == 1:
        element = element.element_type
    return element in _STORED_TYPES


Stored = Constraint(f"memref of {_STORED} or vector of {_STORED} values of ranks 1 values", _is_stored)
Element = Constraint(
    "8-bit signed integer or 8-bit unsigned integer or 32-bit signless integer or 16-bit float or 32-bit float",
    lambda type: type in (si8, ui8, i32, f16, f32),
)
Factor = matrix_of("8-bit signed integer or 8-bit unsigned integer or 16-bit float or 32-bit float", si8, ui8, f16, f32)
Sum = Var("Sum", matrix_of("32-bit signless integer or 16-bit float or 32-bit float", i32, f16, f32))
AnyMatrix = matrix_of(Element.description, si8, ui8, i32, f16, f32)


def matrix_type(value: Value) -> MMAMatrix:
    """The type of a matrix."""
    assert isinstance(value.type, MMAMatrix)
    return value.type


def matrix_element(type: Type) -> Type:
    """The type of the elements of a matrix, the type itself otherwise."""
    return type.element_type if isinstance(type, MMAMatrix) else type


class SubgroupMmaLoadMatrix(MemoryEffects, Op, name="gpu.subgroup_mma_load_matrix"):
    """A matrix from a buffer, whose rows lie `leadDimension` elements apart.

    %a = gpu.subgroup_mma_load_matrix %m[%i, %j] {leadDimension = 32 : index}
      : memref<32x32xf16, 3> -> !gpu.mma_matrix<16x16xf16, "AOp">
    """

    srcMemref: Value = operand(Stored)
    indices: Sequence[Value] = variadic(Index)
    leadDimension: IntegerAttr = attribute(IntegerAttr, where=attributes.Index)
    transpose: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(Matrix)
    assembly = "$srcMemref `[` $indices `]` attr-dict `:` type($srcMemref) `->` type($res)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.srcMemref),)

    def verify(self) -> None:
        verify_unit_stride(self.srcMemref, "source")


class SubgroupMmaStoreMatrix(MemoryEffects, Op, name="gpu.subgroup_mma_store_matrix"):
    """Writes a matrix to a buffer.

    gpu.subgroup_mma_store_matrix %c, %m[%i, %j] {leadDimension = 32 : index}
      : !gpu.mma_matrix<16x16xf16, "COp">, memref<32x32xf16, 3>
    """

    src: Value = operand(AnyMatrix)
    dstMemref: Value = operand(Stored)
    indices: Sequence[Value] = variadic(Index)
    leadDimension: IntegerAttr = attribute(IntegerAttr, where=attributes.Index)
    transpose: UnitAttr | None = attribute(UnitAttr, default=None)
    assembly = "$src `,` $dstMemref `[` $indices `]` attr-dict `:` type($src) `,` type($dstMemref)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.dstMemref),)

    def verify(self) -> None:
        verify_unit_stride(self.dstMemref, "destination")
        if matrix_type(self.src).operand != "COp":
            raise VerifyError("expected the operand matrix being stored to have 'COp' operand type")


def verify_unit_stride(memref: Value, what: str) -> None:
    """Raise `VerifyError` unless the elements of a row follow each other."""
    type = memref.type
    assert isinstance(type, MemRefType)
    problem = VerifyError(f"expected {what} memref most minor dim must have unit stride")
    try:
        strides, _ = strides_of(type)
    except VerifyError:
        raise problem from None
    if strides and strides[-1] != 1:
        raise problem


class SubgroupMmaCompute(Op, name="gpu.subgroup_mma_compute", traits=[Pure]):
    """The product of two matrices, added to a third.

    %d = gpu.subgroup_mma_compute %a, %b, %c
      : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf32, "COp">
    """

    opA: Value = operand(Factor)
    opB: Value = operand(Factor)
    opC: Value = operand(Sum)
    a_transpose: UnitAttr | None = attribute(UnitAttr, default=None)
    b_transpose: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(Sum)
    assembly = "$opA `,` $opB `,` $opC attr-dict `:` type($opA) `,` type($opB) `->` type($res)"

    def verify(self) -> None:
        a, b, c = matrix_type(self.opA), matrix_type(self.opB), matrix_type(self.opC)
        if (a.operand, b.operand, c.operand) != ("AOp", "BOp", "COp"):
            raise VerifyError("operands must be in the order AOp, BOp, COp")
        if a.shape[1] != b.shape[0] or (a.shape[0], b.shape[1]) != c.shape:
            raise VerifyError("operand shapes do not satisfy matmul constraints")


class SubgroupMmaConstantMatrix(Op, name="gpu.subgroup_mma_constant_matrix", traits=[Pure]):
    """A matrix all of whose elements are one value.

    %c = gpu.subgroup_mma_constant_matrix %x : !gpu.mma_matrix<16x16xf32, "COp">
    """

    value: Value = operand(Element)
    res: Value = result(Matrix)
    types_match: ClassVar[TypesMatch] = {"value": ("res", matrix_element)}
    assembly = "$value attr-dict `:` type($res)"

    def verify(self) -> None:
        if self.value.type is not matrix_element(self.res.type):
            raise VerifyError("failed to verify that value type matches element type of mma_matrix")


class SubgroupMmaElementwise(Op, name="gpu.subgroup_mma_elementwise", traits=[Pure]):
    """An operation on each element of matrices.

    %c = gpu.subgroup_mma_elementwise addf %a, %b
      : (!gpu.mma_matrix<16x16xf16, "COp">, !gpu.mma_matrix<16x16xf16, "COp">) -> !gpu.mma_matrix<16x16xf16, "COp">
    """

    args: Sequence[Value] = variadic(Matrix)
    opType: ElementwiseOperation = attribute(ElementwiseOperation)
    res: Value = result(Matrix)
    assembly = "$opType $args attr-dict `:` functional-type($args, $res)"
