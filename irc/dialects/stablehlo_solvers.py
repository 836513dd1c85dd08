"""Linear algebra and signals: Cholesky, triangular systems, Fourier transforms, batch normalization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import same_shape, same_size, shape_text
from irc.dialects.stablehlo_base import StablehloOp, compatible_element_types
from irc.dialects.stablehlo_enums import FftType, Transpose
from irc.dialects.stablehlo_shapes import Dim, dims, of_dims, tensor
from irc.ir.attributes import DenseArrayAttr, FloatAttr, IntegerAttr, bool_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import ComplexType, Type, f32, f64
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


class Cholesky(StablehloOp, name="stablehlo.cholesky", traits=[Pure]):
    """The triangular factor of positive definite matrices.

    %l = stablehlo.cholesky %a, lower = true : tensor<2x2xf32>
    """

    a: Value = f.operand(ty.FloatComplexOrQuantized)
    lower: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    result: Value = f.result(ty.FloatComplexOrQuantized)
    checks = (compatible_element_types,)
    assembly = "$a (`,` `lower` `=` $lower^)? attr-dict `:` custom<SameUnary>(type($a), type($result))"

    def infer(self) -> Sequence[Type]:
        shape = tensor(self.a).shape
        if len(shape) < 2:
            raise VerifyError(f"argument 'a' must have rank >= 2, got shape {shape_text(shape)}.")
        if not same_size(shape[-1], shape[-2]):
            raise VerifyError(f"minor dimensions of 'a' must have equal size, got shape {shape_text(shape)}.")
        return [self.a.type]


class TriangularSolve(StablehloOp, name="stablehlo.triangular_solve", traits=[Pure]):
    """The solutions of triangular systems of equations: x in a x = b, or x a = b if not `left_side`.

    %x = "stablehlo.triangular_solve"(%a, %b) <{
      left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>
    }> : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
    """

    a: Value = f.operand(ty.FloatOrComplex)
    b: Value = f.operand(ty.FloatOrComplex)
    left_side: IntegerAttr = f.attribute(IntegerAttr, where=ac.Bool)
    lower: IntegerAttr = f.attribute(IntegerAttr, where=ac.Bool)
    unit_diagonal: IntegerAttr = f.attribute(IntegerAttr, where=ac.Bool)
    transpose_a: Transpose = f.attribute(Transpose)
    result: Value = f.result(ty.FloatOrComplex)
    checks = (compatible_element_types,)

    def infer(self) -> Sequence[Type]:
        a, b = tensor(self.a), tensor(self.b)
        if a.rank < 2:
            raise VerifyError(f"operand 'a' must have rank >= 2, but got '{a}'")
        if not same_size(a.shape[-1], a.shape[-2]):
            raise VerifyError(f"two minor dimensions of operand 'a' must be compatible, but got '{a}'")
        if a.rank != b.rank:
            raise VerifyError(f"operands must have equal rank, but got '{a}' and '{b}'")
        if not same_size(a.shape[-1], b.shape[-2 if self.left_side.value else -1]):
            raise VerifyError(f"shared dimension of operands 'a' and 'b' must be compatible, but got '{a}' and '{b}'")
        if not same_shape(a.shape[:-2], b.shape[:-2]):
            raise VerifyError(f"batch dimensions of the operands must be compatible, but got '{a}' and '{b}'")
        if self.transpose_a.value == "TRANSPOSE_INVALID":
            raise VerifyError("Invalid transpose option value for triangular solve")
        return [b]


class Fft(StablehloOp, name="stablehlo.fft", traits=[Pure]):
    """The Fourier transform over the last dimensions.

    %y = stablehlo.fft %x, type = RFFT, length = [8] : (tensor<8xf32>) -> tensor<5xcomplex<f32>>
    """

    operand: Value = f.operand(ty.FloatOrComplex)
    fft_type: FftType = f.attribute(FftType)
    fft_length: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.FloatOrComplex)
    assembly = "$operand `,` `type` `=` $fft_type `,` `length` `=` $fft_length attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        operand, kind = tensor(self.operand), self.fft_type.value
        element, lengths = operand.element_type, [int(length) for length in self.fft_length.values]
        rank = len(lengths)
        if not 1 <= rank <= 3:
            raise VerifyError(f"rank must be between 1 and 3, but got {rank}.")
        if kind == "RFFT" and element not in (f32, f64):
            raise VerifyError(f"RFFT requires f32 or f64 input type, but is given '{element}'.")
        if kind != "RFFT" and not isinstance(element, ComplexType):
            raise VerifyError(f"FFT/IFFT/IRFFT take a complex tensor as input, but is given '{operand}'.")
        if operand.rank < rank:
            raise VerifyError(f"operand rank must not be less than fft rank of {rank} for operand of type '{operand}'.")
        sizes, inner = dims(operand), operand.shape[-rank:]
        got = f"Got: {shape_text(operand.shape)} but wanted {shape_text(lengths)}"
        if kind == "RFFT":
            if not same_shape(inner, tuple(lengths)):
                raise VerifyError(f"RFFT requires innermost dimensions to be compatible with fft_length. {got}.")
            if lengths[-1]:
                sizes[-1] = Dim(lengths[-1] // 2 + 1)
            return [of_dims(sizes, ComplexType(element))]
        if kind != "IRFFT":
            return [operand]
        assert isinstance(element, ComplexType)
        for size, length in zip(inner[:-1], lengths, strict=False):
            if not same_size(size, length):
                raise VerifyError(
                    f"IRFFT requires non-final dimensions to be compatible with fft_length. {got}, and {size} != "
                    f"{length}."
                )
        last = inner[-1]
        empty = same_size(last, 0) and lengths[-1] == 0
        if not empty and not same_size(last, lengths[-1] // 2 + 1):
            raise VerifyError(
                "IRFFT requires innermost dimension to be compatible with fft_length[-1]/2+1. "
                f"Got: {last} but fft_length is {shape_text(lengths)}."
            )
        sizes[-1] = Dim(lengths[-1])
        return [of_dims(sizes, element.element_type)]


_ANY = ty.ranked(ty.Float, ty.Quantized)
_VECTOR = ty.vector(ty.Float, ty.Quantized)


class BatchNorm(StablehloOp, traits=[Pure]):
    """Base: the constraints on tensors, vectors per feature, and the dimension of the features."""

    checks = (compatible_element_types,)

    def features(self) -> Type:
        """The type of a vector with one element per feature. Raises `VerifyError` where operands do not fit."""
        types = [tensor(value) for value in self.operands]
        op: Any = self
        operand, feature = types[0], op.feature_index.value
        vectors = [tensor(value) for value in self.operands if _is_vector(self, value)]
        others = [type for type, value in zip(types, self.operands, strict=True) if not _is_vector(self, value)]
        if not all(same_shape(operand.shape, type.shape) for type in others):
            raise VerifyError("expects multi-dimensional operands to have compatible shapes.")
        if not all(same_shape(vectors[0].shape, type.shape) for type in vectors):
            raise VerifyError("expects single-dimensional operands to have compatible shapes.")
        if feature >= operand.rank:
            raise VerifyError(
                "expects featureIndex to be smaller than the rank of multi-dimensional operands; got featureIndex "
                f"{feature}, and rank {operand.rank}."
            )
        size, count = vectors[0].shape[0], operand.shape[feature]
        if not same_size(size, count):
            raise VerifyError(
                "expects the size of single-dimensional operands to be compatible with feature count, but the size of "
                f"single-dimensional operands is {size} and the feature count is {count}."
            )
        return of_dims([dims(operand)[feature]], operand.element_type)


def _is_vector(op: BatchNorm, value: Value) -> bool:
    index = next(i for i, other in enumerate(op.operands) if other is value)
    return op.layout.operands[index].constraint is _VECTOR


class BatchNormTraining(BatchNorm, name="stablehlo.batch_norm_training"):
    """The operand normalized per feature by its own mean and variance, which are results too.

    %y:3 = "stablehlo.batch_norm_training"(%x, %scale, %offset) <{epsilon = 1.0e-3 : f32, feature_index = 1 : i64}>
      : (tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>)
    """

    operand: Value = f.operand(_ANY)
    scale: Value = f.operand(_VECTOR)
    offset: Value = f.operand(_VECTOR)
    epsilon: FloatAttr = f.attribute(FloatAttr, where=ac.F32)
    feature_index: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    output: Value = f.result(_ANY)
    batch_mean: Value = f.result(_VECTOR)
    batch_var: Value = f.result(_VECTOR)

    def infer(self) -> Sequence[Type]:
        vector = self.features()
        return [self.operand.type, vector, vector]


class BatchNormInference(BatchNorm, name="stablehlo.batch_norm_inference"):
    """The operand normalized per feature by a given mean and variance.

    %y = "stablehlo.batch_norm_inference"(%x, %scale, %offset, %mean, %variance)
      <{epsilon = 1.0e-3 : f32, feature_index = 1 : i64}>
      : (tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<4x3xf32>
    """

    operand: Value = f.operand(_ANY)
    scale: Value = f.operand(_VECTOR)
    offset: Value = f.operand(_VECTOR)
    mean: Value = f.operand(_VECTOR)
    variance: Value = f.operand(_VECTOR)
    epsilon: FloatAttr = f.attribute(FloatAttr, where=ac.F32)
    feature_index: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    result: Value = f.result(_ANY)

    def infer(self) -> Sequence[Type]:
        self.features()
        return [self.operand.type]


class BatchNormGrad(BatchNorm, name="stablehlo.batch_norm_grad"):
    """The cotangents of the operands of a `batch_norm_training`.

    %d:3 = "stablehlo.batch_norm_grad"(%x, %scale, %mean, %variance, %dy) <{epsilon = 1.0e-3 : f32, feature_index = 1 : i64}>
      : (tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<4x3xf32>)
      -> (tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>)
    """

    operand: Value = f.operand(_ANY)
    scale: Value = f.operand(_VECTOR)
    mean: Value = f.operand(_VECTOR)
    variance: Value = f.operand(_VECTOR)
    grad_output: Value = f.operand(_ANY)
    epsilon: FloatAttr = f.attribute(FloatAttr, where=ac.F32)
    feature_index: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    grad_operand: Value = f.result(_ANY)
    grad_scale: Value = f.result(_VECTOR)
    grad_offset: Value = f.result(_VECTOR)

    def infer(self) -> Sequence[Type]:
        vector = self.features()
        return [self.operand.type, vector, vector]
