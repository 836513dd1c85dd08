"""Handles of the sparse and dense tensors that a library computes with: made of buffers, asked, destroyed."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.gpu_async import ASYNC, AsyncOp, AsyncStep
from irc.dialects.gpu_attributes import PruneFlag
from irc.dialects.gpu_types import DenseTensor, SparseMatrix, Token
from irc.ir.value import Value
from irc.ods.constraints import Index, MemRef
from irc.ods.fields import attribute, operand, optional_result, result, variadic


class CreateDnTensor(AsyncOp, name="gpu.create_dn_tensor"):
    """A dense tensor of the given sizes, whose elements are in a buffer.

    %x, %t = gpu.create_dn_tensor async [%d] %m, %n, %k : index, index into memref<?xf64>
    """

    memref: Value = operand(MemRef)
    dims: Sequence[Value] = variadic(Index)
    dnTensor: Value = result(DenseTensor)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "$memref `,` $dims attr-dict `:` type($dims) `into` type($memref)"


class DestroyDnTensor(AsyncStep, name="gpu.destroy_dn_tensor"):
    """Releases a dense tensor, not its buffer.

    %t = gpu.destroy_dn_tensor async [%d] %x
    """

    dnTensor: Value = operand(DenseTensor)
    assembly = ASYNC + "$dnTensor attr-dict"


class Create(AsyncOp):
    """Base of ops that make a sparse matrix of `rows` by `cols`, of which `nnz` elements are stored."""

    rows: Value = operand(Index)
    cols: Value = operand(Index)
    nnz: Value = operand(Index)


class CreateCoo(Create, name="gpu.create_coo"):
    """A sparse matrix by the row, the column and the value of each element.

    %a, %t = gpu.create_coo async [%d] %rows, %cols, %nnz, %i, %j, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
    """

    rowIdxs: Value = operand(MemRef)
    colIdxs: Value = operand(MemRef)
    values: Value = operand(MemRef)
    spmat: Value = result(SparseMatrix)
    asyncToken: Value | None = optional_result(Token)
    assembly = (
        ASYNC + "$rows `,` $cols `,` $nnz `,` $rowIdxs `,` $colIdxs `,` $values attr-dict `:` type($rowIdxs) `,` "
        "type($colIdxs) `,` type($values)"
    )


class CreateCooAoS(Create, name="gpu.create_coo_aos"):
    """A sparse matrix by pairs of the row and the column of each element, and its value.

    %a, %t = gpu.create_coo_aos async [%d] %rows, %cols, %nnz, %ij, %v : memref<?xindex>, memref<?xf64>
    """

    idxs: Value = operand(MemRef)
    values: Value = operand(MemRef)
    spmat: Value = result(SparseMatrix)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "$rows `,` $cols `,` $nnz `,` $idxs `,` $values attr-dict `:` type($idxs) `,` type($values)"


class CreateCsr(Create, name="gpu.create_csr"):
    """A sparse matrix row after row: where each row starts, the column and the value of each element.

    %a, %t = gpu.create_csr async [%d] %rows, %cols, %nnz, %p, %j, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
    """

    rowPos: Value = operand(MemRef)
    colIdxs: Value = operand(MemRef)
    values: Value = operand(MemRef)
    spmat: Value = result(SparseMatrix)
    asyncToken: Value | None = optional_result(Token)
    assembly = (
        ASYNC + "$rows `,` $cols `,` $nnz `,` $rowPos `,` $colIdxs `,` $values attr-dict `:` type($rowPos) `,` "
        "type($colIdxs) `,` type($values)"
    )


class CreateCsc(Create, name="gpu.create_csc"):
    """A sparse matrix column after column: where each column starts, the row and the value of each element.

    %a, %t = gpu.create_csc async [%d] %rows, %cols, %nnz, %p, %i, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
    """

    colPos: Value = operand(MemRef)
    rowIdxs: Value = operand(MemRef)
    values: Value = operand(MemRef)
    spmat: Value = result(SparseMatrix)
    asyncToken: Value | None = optional_result(Token)
    assembly = (
        ASYNC + "$rows `,` $cols `,` $nnz `,` $colPos `,` $rowIdxs `,` $values attr-dict `:` type($colPos) `,` "
        "type($rowIdxs) `,` type($values)"
    )


class CreateBsr(AsyncOp, name="gpu.create_bsr"):
    """A sparse matrix of dense blocks, row after row.

    %a, %t = gpu.create_bsr async [%d] %rows, %cols, %nnz, %h, %w, %p, %j, %v
      : memref<?xindex>, memref<?xindex>, memref<?xf64>
    """

    brows: Value = operand(Index)
    bcols: Value = operand(Index)
    bnnz: Value = operand(Index)
    rBlockSize: Value = operand(Index)
    cBlockSize: Value = operand(Index)
    bRowPos: Value = operand(MemRef)
    bColIdxs: Value = operand(MemRef)
    values: Value = operand(MemRef)
    spmat: Value = result(SparseMatrix)
    asyncToken: Value | None = optional_result(Token)
    assembly = (
        ASYNC + "$brows `,` $bcols `,` $bnnz `,` $rBlockSize `,` $cBlockSize `,` $bRowPos `,` $bColIdxs `,` $values "
        "attr-dict `:` type($bRowPos) `,` type($bColIdxs) `,` type($values)"
    )


class Create2To4SpMat(AsyncOp, name="gpu.create_2to4_spmat"):
    """A matrix of which two of each four elements are zero, from a dense one.

    %a, %t = gpu.create_2to4_spmat async [%d] {PRUNE_AND_CHECK} %rows, %cols, %m : memref<?xf64>
    """

    rows: Value = operand(Index)
    cols: Value = operand(Index)
    memref: Value = operand(MemRef)
    pruneFlag: PruneFlag = attribute(PruneFlag, default=PruneFlag("PRUNE_AND_CHECK"))
    spMat: Value = result(SparseMatrix)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "`{` $pruneFlag `}` $rows `,` $cols `,` $memref attr-dict `:` type($memref)"


class DestroySpMat(AsyncStep, name="gpu.destroy_sp_mat"):
    """Releases a sparse matrix, not its buffers.

    %t = gpu.destroy_sp_mat async [%d] %a
    """

    spmat: Value = operand(SparseMatrix)
    assembly = ASYNC + "$spmat attr-dict"


class SpMatGetSize(AsyncOp, name="gpu.spmat_get_size"):
    """The numbers of rows, of columns and of stored elements.

    %rows, %cols, %nnz, %t = gpu.spmat_get_size async [%d] %a
    """

    spmat: Value = operand(SparseMatrix)
    rows: Value = result(Index)
    cols: Value = result(Index)
    nnz: Value = result(Index)
    asyncToken: Value | None = optional_result(Token)
    assembly = ASYNC + "$spmat attr-dict"


class SetCsrPointers(AsyncStep, name="gpu.set_csr_pointers"):
    """The buffers that a matrix in rows has from now on.

    %t = gpu.set_csr_pointers async [%d] %a, %p, %j, %v : memref<?xindex>, memref<?xindex>, memref<?xf32>
    """

    spmat: Value = operand(SparseMatrix)
    positions: Value = operand(MemRef)
    coordinates: Value = operand(MemRef)
    values: Value = operand(MemRef)
    assembly = (
        ASYNC + "$spmat `,` $positions `,` $coordinates `,` $values attr-dict `:` type($positions) `,` "
        "type($coordinates) `,` type($values)"
    )
