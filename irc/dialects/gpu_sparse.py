"""Computations with sparse matrices by a library; these ops are close to the library's calls.

The matrices are made and destroyed by the ops of `gpu_sparse_handles`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects.gpu_async import (
    ASYNC,
    AsyncOp,
    AsyncStep,
    parse_async_dependencies,
    print_async_dependencies,
)
from irc.dialects.gpu_attributes import SpGEMMKind, TransposeMode
from irc.dialects.gpu_types import DenseTensor, SparseMatrix, SpGEMM, Token, token
from irc.ir.attributes import Attribute, DenseArrayAttr, TypeAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.types import index
from irc.ir.value import Value
from irc.ods.constraints import Index, MemRef
from irc.ods.fields import attribute, operand, optional_result, result, variadic, variadic_results
from irc.text.assembly_helpers import parse_enum

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

AS_IT_IS = TransposeMode("NON_TRANSPOSE")
_MODE_A, _MODE_B = "(`{` $modeA^ `}`)? `,` ", "(`{` $modeB^ `}`)? `,` "


class SpMVBufferSize(AsyncOp, name="gpu.spmv_buffer_size"):
    """The size of the buffer that `gpu.spmv` needs.

    %size, %t = gpu.spmv_buffer_size async [%d] %a, %x, %y into f32
    """

    spmatA: Value = operand(SparseMatrix)
    dnX: Value = operand(DenseTensor)
    dnY: Value = operand(DenseTensor)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    bufferSz: Value = result(Index)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "$spmatA " + _MODE_A + "$dnX `,` $dnY attr-dict `into` $computeType"


class SpMV(AsyncStep, name="gpu.spmv"):
    """`y = A x`, of a sparse matrix and a dense vector.

    %t = gpu.spmv async [%d] %a{TRANSPOSE}, %x, %y, %buffer : memref<?xf64> into f32
    """

    spmatA: Value = operand(SparseMatrix)
    dnX: Value = operand(DenseTensor)
    dnY: Value = operand(DenseTensor)
    buffer: Value = operand(MemRef)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    assembly = (
        ASYNC + "$spmatA " + _MODE_A + "$dnX `,` $dnY `,` $buffer attr-dict `:` type($buffer) `into` $computeType"
    )


class SpMM(AsyncStep, name="gpu.spmm"):
    """`C = A B`, of a sparse and a dense matrix.

    %t = gpu.spmm async [%d] %a{TRANSPOSE}, %b, %c, %buffer : memref<?xi8> into f32
    """

    spmatA: Value = operand(SparseMatrix)
    dnmatB: Value = operand(DenseTensor)
    dnmatC: Value = operand(DenseTensor)
    buffers: Sequence[Value] = variadic(MemRef)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    modeB: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    assembly = (
        ASYNC
        + "$spmatA "
        + _MODE_A
        + "$dnmatB "
        + _MODE_B
        + "$dnmatC `,` $buffers attr-dict `:` type($buffers) `into` "
        "$computeType"
    )


class SpMMBufferSize(AsyncOp, name="gpu.spmm_buffer_size"):
    """The sizes of the buffers that `gpu.spmm` needs.

    %size, %t = gpu.spmm_buffer_size async [%d] %a{TRANSPOSE}, %b, %c : index into f32
    """

    spmatA: Value = operand(SparseMatrix)
    dnmatB: Value = operand(DenseTensor)
    dnmatC: Value = operand(DenseTensor)
    resultSegmentSizes: DenseArrayAttr = attribute(DenseArrayAttr)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    modeB: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    outputs: Sequence[Value] = variadic_results()

    @property
    def bufferSzs(self) -> Sequence[Value]:
        return self.results[: int(self.resultSegmentSizes.values[0])]

    @property
    def asyncToken(self) -> Value | None:
        return self.results[-1] if self.resultSegmentSizes.values[1] else None

    def result_name_hints(self) -> Sequence[str]:
        return [*["bufferSzs"] * len(self.bufferSzs), "asyncToken"] if self.asyncToken is not None else ()

    def result_name_hint(self) -> str:
        return "bufferSzs" if self.bufferSzs else "asyncToken"

    def verify(self) -> None:
        sizes = self.resultSegmentSizes.values
        if len(sizes) != 2 or sizes[0] < 0 or sizes[1] not in (0, 1) or sum(sizes) != len(self.results):
            raise VerifyError("resultSegmentSizes does not match the results")
        for i, output in enumerate(self.results):
            expected = token if output is self.asyncToken else index
            if output.type is not expected:
                raise VerifyError(f"result #{i} must be '{expected}', but got '{output.type}'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        tokens, dependencies = parse_async_dependencies(p)
        attributes: dict[str, Attribute] = {}
        matrices = []
        for mode in ("modeA", "modeB", ""):
            matrices.append(p.operand())
            if mode and p.stream.accept("{"):
                attributes[mode] = parse_enum(p, TransposeMode)
                p.stream.expect("}")
            if mode:
                p.stream.expect(",")
        attributes |= p.attr_dict()
        p.stream.expect(":")
        sizes = p.types()
        p.stream.expect("into")
        attributes["computeType"] = TypeAttr(p.type())
        attributes["resultSegmentSizes"] = DenseArrayAttr.i32((len(sizes), len(tokens)))
        fields = cls.layout.operands[-3:]
        operands = [p.resolve(each, token) for each in dependencies]
        operands += [p.resolve(each, field.constraint.only) for each, field in zip(matrices, fields, strict=True)]
        return p.build(cls, operands, [*sizes, *tokens], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        print_async_dependencies(p, self)
        for value, mode in ((self.spmatA, self.modeA), (self.dnmatB, self.modeB)):
            p(" ")
            p.value(value)
            p(f"{{{mode.value}}}," if mode is not AS_IT_IS else ",")
        p(" ")
        p.value(self.dnmatC)
        p.attr_dict(self, ("modeA", "modeB", "computeType", "resultSegmentSizes"))
        p(" : ")
        p.types([value.type for value in self.bufferSzs])
        p(" into ")
        p.type(self.computeType.type)


class SDDMMBufferSize(AsyncOp, name="gpu.sddmm_buffer_size"):
    """The size of the buffer that `gpu.sddmm` needs.

    %size, %t = gpu.sddmm_buffer_size async [%d] %a{TRANSPOSE}, %b, %c into f32
    """

    dnmatA: Value = operand(DenseTensor)
    dnmatB: Value = operand(DenseTensor)
    spmatC: Value = operand(SparseMatrix)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    modeB: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    bufferSz: Value = result(Index)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "$dnmatA " + _MODE_A + "$dnmatB " + _MODE_B + "$spmatC attr-dict `into` $computeType"


class SDDMM(AsyncStep, name="gpu.sddmm"):
    """`C = (A B)` where the sparse `C` has elements, of two dense matrices.

    %t = gpu.sddmm async [%d] %a{TRANSPOSE}, %b, %c, %buffer : memref<?xi8> into f32
    """

    dnmatA: Value = operand(DenseTensor)
    dnmatB: Value = operand(DenseTensor)
    spmatC: Value = operand(SparseMatrix)
    buffer: Value = operand(MemRef)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    modeB: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    assembly = (
        ASYNC + "$dnmatA " + _MODE_A + "$dnmatB " + _MODE_B + "$spmatC `,` $buffer attr-dict `:` type($buffer) `into` "
        "$computeType"
    )


class SpGEMMCreateDescr(AsyncOp, name="gpu.spgemm_create_descr"):
    """Begins a product of two sparse matrices.

    %g, %t = gpu.spgemm_create_descr async [%d]
    """

    desc: Value = result(SpGEMM)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "attr-dict"


class SpGEMMDestroyDescr(AsyncStep, name="gpu.spgemm_destroy_descr"):
    """Ends a product of two sparse matrices.

    %t = gpu.spgemm_destroy_descr async [%d] %g
    """

    desc: Value = operand(SpGEMM)
    assembly = ASYNC + "$desc attr-dict"


class SpGEMMWorkEstimationOrCompute(AsyncOp, name="gpu.spgemm_work_estimation_or_compute"):
    """One of the two parts of a product of sparse matrices: the size of the buffer that it needs, or the work itself.

    %size, %t = gpu.spgemm_work_estimation_or_compute async [%d] {COMPUTE} %a, %b, %c, %g, %n, %buffer
      : f32 into memref<?xi8>
    """

    desc: Value = operand(SpGEMM)
    spmatA: Value = operand(SparseMatrix)
    spmatB: Value = operand(SparseMatrix)
    spmatC: Value = operand(SparseMatrix)
    bufferSz: Value = operand(Index)
    buffer: Value = operand(MemRef)
    kind: SpGEMMKind = attribute(SpGEMMKind)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    modeB: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    bufferSzNew: Value = result(Index)
    asyncToken: Value | None = optional_result(Token)
    assembly = (
        ASYNC
        + "`{` $kind `}` $spmatA "
        + _MODE_A
        + "$spmatB "
        + _MODE_B
        + "$spmatC `,` $desc `,` $bufferSz `,` $buffer "
        "attr-dict `:` $computeType `into` type($buffer)"
    )


class SpGEMMCopy(AsyncStep, name="gpu.spgemm_copy"):
    """Puts the product of two sparse matrices into a third.

    %t = gpu.spgemm_copy async [%d] %a, %b, %c, %g : f32
    """

    desc: Value = operand(SpGEMM)
    spmatA: Value = operand(SparseMatrix)
    spmatB: Value = operand(SparseMatrix)
    spmatC: Value = operand(SparseMatrix)
    computeType: TypeAttr = attribute(TypeAttr)
    modeA: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    modeB: TransposeMode = attribute(TransposeMode, default=AS_IT_IS)
    assembly = ASYNC + "$spmatA " + _MODE_A + "$spmatB " + _MODE_B + "$spmatC `,` $desc attr-dict `:` $computeType"
