"""Products by their subscripts: matrix, vector and batched products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects.linalg_functions import CAST_UNSIGNED, TypeFn
from irc.dialects.linalg_interface import PARALLEL, REDUCTION, IteratorType
from irc.dialects.linalg_named import Structured, named
from irc.dialects.linalg_payload import Payload
from irc.ir.affine import AffineMap
from irc.ir.traits import SingleBlock
from irc.ir.value import Value
from irc.ods.fields import attribute


class Contraction(Structured):
    """Sums of products over the letters that the output lacks: `output += lhs * rhs`, in the output's type."""

    subscripts: ClassVar[str] = ""
    """As for `numpy.einsum`."""
    loops: ClassVar[str] = ""
    """The letter of each loop, outermost first; if empty, those of the output, then the others as they appear."""

    @property
    def letters(self) -> str:
        """The letter of each loop."""
        operands, output = type(self).subscripts.split("->")
        return type(self).loops or "".join(dict.fromkeys(output + operands.replace(",", "")))

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        letters = self.letters
        lhs, rhs, output = type(self).subscripts.replace("->", ",").split(",")
        words = [lhs, rhs, *[""] * (len(self.inputs) - 2), output]
        return tuple(AffineMap.of_dims(len(letters), [letters.index(letter) for letter in word]) for word in words)

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        output = type(self).subscripts.split("->")[1]
        return tuple(PARALLEL if letter in output else REDUCTION for letter in self.letters)

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        lhs, rhs, output = arguments
        unsigned = self.get_attribute("cast") is CAST_UNSIGNED
        factors = [write.cast(value, output.type, unsigned=unsigned) for value in (lhs, rhs)]
        return write.call("add", output, write.call("mul", *factors))


class CastingContraction(Contraction):
    """A contraction that says how narrower integers are widened: `{cast = #linalg.type_fn<cast_unsigned>}`."""

    cast: TypeFn | None = attribute(TypeFn, default=None)


class QuantizedContraction(Contraction):
    """A contraction of integers, from which their zero points, the third and the fourth input, are subtracted."""

    arity = (4, 1)

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return quantized_product(write, arguments)


def quantized_product(write: Payload, arguments: Sequence[Value]) -> Value:
    """`output + (lhs - lhs_zero) * (rhs - rhs_zero)`, in the output's type."""
    *inputs, output = arguments
    factors = []
    for value, zero in zip(inputs[:2], inputs[2:], strict=True):
        number = write.cast(value, output.type)
        factors.append(write.call("sub", number, write.cast(zero, output.type)))
    return write.call("add", output, write.call("mul", *factors))


@named
class MatMul(CastingContraction, name="linalg.matmul", traits=[SingleBlock]):
    """Matrix product, added to the output.

    %d = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x16xf32>) outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts = "mk,kn->mn"


@named
class MatMulTransposeA(CastingContraction, name="linalg.matmul_transpose_a", traits=[SingleBlock]):
    """Matrix product with the left factor transposed.

    %z = linalg.matmul_transpose_a ins(%x, %y : tensor<8x4xf32>, tensor<8x16xf32>)
                                   outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts = "km,kn->mn"


@named
class MatMulTransposeB(CastingContraction, name="linalg.matmul_transpose_b", traits=[SingleBlock]):
    """Matrix product with the right factor transposed.

    %z = linalg.matmul_transpose_b ins(%x, %y : tensor<4x8xf32>, tensor<16x8xf32>)
                                   outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts = "mk,nk->mn"


@named
class BatchMatMul(Contraction, name="linalg.batch_matmul", traits=[SingleBlock]):
    """One matrix product per batch.

    %z = linalg.batch_matmul ins(%x, %y : tensor<2x4x8xf32>, tensor<2x8x16xf32>)
                             outs(%c : tensor<2x4x16xf32>) -> tensor<2x4x16xf32>
    """

    subscripts = "bmk,bkn->bmn"


@named
class BatchMatMulTransposeA(CastingContraction, name="linalg.batch_matmul_transpose_a", traits=[SingleBlock]):
    """One matrix product per batch, with the left factor transposed.

    %z = linalg.batch_matmul_transpose_a ins(%x, %y : tensor<2x8x4xf32>, tensor<2x8x16xf32>)
                                         outs(%c : tensor<2x4x16xf32>) -> tensor<2x4x16xf32>
    """

    subscripts = "bkm,bkn->bmn"


@named
class BatchMatMulTransposeB(CastingContraction, name="linalg.batch_matmul_transpose_b", traits=[SingleBlock]):
    """One matrix product per batch, with the right factor transposed.

    %z = linalg.batch_matmul_transpose_b ins(%x, %y : tensor<2x4x8xf32>, tensor<2x16x8xf32>)
                                         outs(%c : tensor<2x4x16xf32>) -> tensor<2x4x16xf32>
    """

    subscripts = "bmk,bnk->bmn"


@named
class MatVec(Contraction, name="linalg.matvec", traits=[SingleBlock]):
    """Matrix times vector.

    %z = linalg.matvec ins(%x, %y : tensor<4x8xf32>, tensor<8xf32>) outs(%c : tensor<4xf32>) -> tensor<4xf32>
    """

    subscripts = "mn,n->m"


@named
class VecMat(Contraction, name="linalg.vecmat", traits=[SingleBlock]):
    """Vector times matrix.

    %z = linalg.vecmat ins(%x, %y : tensor<4xf32>, tensor<4x8xf32>) outs(%c : tensor<8xf32>) -> tensor<8xf32>
    """

    subscripts = "m,mn->n"


@named
class BatchMatVec(Contraction, name="linalg.batch_matvec", traits=[SingleBlock]):
    """Matrix times vector per batch.

    %z = linalg.batch_matvec ins(%x, %y : tensor<2x4x8xf32>, tensor<2x8xf32>)
                             outs(%c : tensor<2x4xf32>) -> tensor<2x4xf32>
    """

    subscripts = "bmk,bk->bm"


@named
class BatchVecMat(Contraction, name="linalg.batch_vecmat", traits=[SingleBlock]):
    """Vector times matrix per batch.

    %z = linalg.batch_vecmat ins(%x, %y : tensor<2x4xf32>, tensor<2x4x8xf32>)
                             outs(%c : tensor<2x8xf32>) -> tensor<2x8xf32>
    """

    subscripts = "bk,bkn->bn"


@named
class Dot(Contraction, name="linalg.dot", traits=[SingleBlock]):
    """Inner product of two vectors, added to the output.

    %z = linalg.dot ins(%x, %y : tensor<4xf32>, tensor<4xf32>) outs(%c : tensor<f32>) -> tensor<f32>
    """

    subscripts = "m,m->"


@named
class BatchReduceMatMul(Contraction, name="linalg.batch_reduce_matmul", traits=[SingleBlock]):
    """The sum of the matrix products of a batch.

    %y = linalg.batch_reduce_matmul ins(%a, %b : tensor<3x4x8xf32>, tensor<3x8x16xf32>)
        outs(%init : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts, loops = "bmk,bkn->mn", "bmnk"


@named
class MmT4D(Contraction, name="linalg.mmt4d", traits=[SingleBlock]):
    """Matrix product of tiled matrices, the right one transposed: `MKmk,NKnk->MNmn` in capitals for tiles.

    %y = linalg.mmt4d ins(%a, %b : tensor<2x3x8x4xf32>, tensor<5x3x16x4xf32>)
        outs(%init : tensor<2x5x8x16xf32>) -> tensor<2x5x8x16xf32>
    """

    subscripts, loops = "mkac,nkbc->mnab", "mnkabc"


@named
class BatchMmT4D(Contraction, name="linalg.batch_mmt4d", traits=[SingleBlock]):
    """Matrix products of tiled matrices, the right ones transposed.

    %y = linalg.batch_mmt4d ins(%a, %b : tensor<7x2x3x8x4xf32>, tensor<7x5x3x16x4xf32>)
        outs(%init : tensor<7x2x5x8x16xf32>) -> tensor<7x2x5x8x16xf32>
    """

    subscripts, loops = "zmkac,znkbc->zmnab", "zmnkabc"


@named
class QuantizedMatMul(QuantizedContraction, name="linalg.quantized_matmul", traits=[SingleBlock]):
    """Matrix product of quantized matrices.

    %y = linalg.quantized_matmul ins(%a, %b, %az, %bz : tensor<4x8xi8>, tensor<8x16xi8>, i32, i32)
        outs(%init : tensor<4x16xi32>) -> tensor<4x16xi32>
    """

    subscripts = "mk,kn->mn"


@named
class QuantizedBatchMatMul(QuantizedContraction, name="linalg.quantized_batch_matmul", traits=[SingleBlock]):
    """One matrix product of quantized matrices per batch.

    %y = linalg.quantized_batch_matmul ins(%a, %b, %az, %bz : tensor<2x4x8xi8>, tensor<2x8x16xi8>, i32, i32)
        outs(%init : tensor<2x4x16xi32>) -> tensor<2x4x16xi32>
    """

    subscripts = "bmk,bkn->bmn"
