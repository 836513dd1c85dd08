"""Linear algebra of `nd`: Cholesky factors and triangular systems of equations."""

from __future__ import annotations

from irc.dialects.nd_base import E, NdOp, R, merge, tensor_type
from irc.ir.attributes import IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import ComplexType, FloatType, TensorType
from irc.ir.value import Value
from irc.ods.attribute_constraints import Bool
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, operand, result


def _check_matrices(type: TensorType, what: str) -> None:
    """Raise `VerifyError` unless these are batches of square matrices of float or complex numbers."""
    if not isinstance(type.element_type, FloatType | ComplexType):
        raise VerifyError(f"{what} must have float or complex elements, got '{type}'")
    if type.rank < 2:
        raise VerifyError(f"{what} must have two axes at least, got '{type}'")
    merge(type.shape[-2], type.shape[-1], f"last axes of {what} '{type}'")


class Cholesky(NdOp, name="nd.cholesky", traits=[Pure]):
    """The Cholesky factors of positive definite matrices, over the last two axes (StableHLO `cholesky`).

    With `lower` L in L Lᴴ = a, else U in Uᴴ U = a. Only that triangle of `a` is read (of its diagonal the real part), the
    other one of the result is zero. StableHLO leaves open what a matrix that is not positive definite gives: here NaN
    throughout the triangle, and the other matrices of a batch are not touched. This is `linalg.cholesky` of the Array
    API, which may raise an error there. Floats narrower than `f32` are computed as `f32`.

    %l = nd.cholesky %a lower = true : tensor<5x3x3xf32>
    """

    a: Value = operand(E)
    lower: IntegerAttr = attribute(IntegerAttr, where=Bool)
    into: Value | None = operand(E, default=None)
    result: Value = result(E)

    assembly = "$a `lower` `=` $lower (`into` $into^)? attr-dict `:` type($a)"

    def verify(self) -> None:
        _check_matrices(tensor_type(self.a), "the operand")


class Transpose(EnumAttr):
    """What is done to a matrix before it is used."""

    name = "nd.transpose"
    cases = ("NO_TRANSPOSE", "TRANSPOSE", "ADJOINT")


class TriangularSolve(NdOp, name="nd.triangular_solve", traits=[Pure]):
    """The solutions of triangular systems of equations, over the last two axes (StableHLO `triangular_solve`).

    With `left_side` x in op(a) x = b, else x in x op(a) = b, where op is `transpose_a`: nothing, the transpose or the
    conjugate transpose. Only the triangle of `a` that `lower` names is read, and not its diagonal with `unit_diagonal`,
    which says that it is all ones. Batch axes must agree. A zero on the diagonal gives infinities and NaN, as the division
    by it does. Floats narrower than `f32` are computed as `f32`.

    %x = nd.triangular_solve %a, %b left_side = true lower = true unit_diagonal = false transpose_a = NO_TRANSPOSE
      : tensor<3x3xf32>, tensor<3x2xf32>
    """

    a: Value = operand(E)
    b: Value = operand(R)
    left_side: IntegerAttr = attribute(IntegerAttr, where=Bool)
    lower: IntegerAttr = attribute(IntegerAttr, where=Bool)
    unit_diagonal: IntegerAttr = attribute(IntegerAttr, where=Bool)
    transpose_a: Transpose = attribute(Transpose)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = (
        "$a `,` $b `left_side` `=` $left_side `lower` `=` $lower `unit_diagonal` `=` $unit_diagonal "
        "`transpose_a` `=` $transpose_a (`into` $into^)? attr-dict `:` type($a) `,` type($b)"
    )

    def verify(self) -> None:
        a, b = tensor_type(self.a), tensor_type(self.b)
        _check_matrices(a, "the matrix")
        if a.element_type is not b.element_type or a.rank != b.rank:
            raise VerifyError(f"'{a}' and '{b}' must have the same rank and element type")
        shared = b.shape[-2 if self.left_side.value else -1]
        merge(a.shape[-1], shared, f"shared axes of '{a}' and '{b}'")
        for x, y in zip(a.shape[:-2], b.shape[:-2], strict=True):
            merge(x, y, f"batch axes of '{a}' and '{b}'")
