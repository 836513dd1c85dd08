"""The elements of a tensor in another arrangement: reshape, transpose, reverse, concatenate."""

from __future__ import annotations

import math
from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import distinct, same_size, shape_text
from irc.dialects.stablehlo_base import StablehloOp, commas, compatible_element_types, same_element_types
from irc.dialects.stablehlo_creation import check_shape_operand
from irc.dialects.stablehlo_shapes import Dim, constant_integers, dims, of_dims, same_element, tensor
from irc.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type, i64
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


def _check_counts(operand: TensorType, result: TensorType) -> None:
    if operand.has_static_shape and result.has_static_shape and operand.num_elements != result.num_elements:
        raise VerifyError(
            f"number of output elements ({result.num_elements}) doesn't match expected number of elements "
            f"({operand.num_elements})"
        )


class Reshape(StablehloOp, name="stablehlo.reshape", traits=[Pure]):
    """The elements in the same order in another shape.

    %y = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    result: Value = f.result(ty.StaticOrBounded)
    checks = (compatible_element_types, lambda op: _check_counts(tensor(op.operand), tensor(op.result)))
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def fold(self, _operand: Attribute | None) -> FoldResult:
        return self.operand if self.operand.type is self.result.type else None


class DynamicReshape(StablehloOp, name="stablehlo.dynamic_reshape", traits=[Pure]):
    """The elements in the same order in a shape that is computed.

    %y = stablehlo.dynamic_reshape %x, %shape : (tensor<?xf32>, tensor<2xi64>) -> tensor<?x?xf32>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    output_shape: Value = f.operand(ty.StaticDimensionVector)
    result: Value = f.result(ty.TensorOrPerAxis)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        operand, result = tensor(self.operand), tensor(self.result)
        if not same_element(operand.element_type, result.element_type):
            raise VerifyError(
                f"expects operand and result to have compatible element type. Got: '{operand}' and '{result}'"
            )
        _check_counts(operand, result)
        sizes = constant_integers(self.output_shape)
        if operand.has_static_shape and sizes is not None and math.prod(sizes) != operand.num_elements:
            raise VerifyError(
                f"output_shape is incompatible with input type of operation: input has {operand.num_elements} elements, "
                f"but output_shape has {math.prod(sizes)}"
            )
        if tensor(self.output_shape).shape[0] != result.rank:
            raise VerifyError("result should have a rank equal to the number of elements in output_shape")
        check_shape_operand(self.output_shape, self.result)


class Transpose(StablehloOp, name="stablehlo.transpose", traits=[Pure]):
    """The dimensions in another order.

    %y = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    permutation: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.TensorOrPerAxis)
    checks = (compatible_element_types,)
    assembly = "$operand `,` `dims` `=` $permutation attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        operand, order = tensor(self.operand), [int(dim) for dim in self.permutation.values]
        if len(order) != operand.rank:
            raise VerifyError(f"TransposeOp operand rank {operand.rank} does not match permutation size {len(order)}")
        if sorted(order) != list(range(operand.rank)):
            raise VerifyError(
                f"attribute permutation must be a permutation of [{shape_text(range(operand.rank))}] but got "
                f"{shape_text(order)}"
            )
        sizes = dims(operand)
        return [of_dims([sizes[dim] for dim in order], operand.element_type)]

    def fold(self, _operand: Attribute | None) -> FoldResult:
        in_order = list(self.permutation.values) == list(range(len(self.permutation.values)))
        return self.operand if in_order and self.operand.type is self.result.type else None


class Reverse(StablehloOp, name="stablehlo.reverse", traits=[Pure]):
    """The elements in reverse order along some dimensions.

    %y = stablehlo.reverse %x, dims = [0] : tensor<2x3xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    dimensions: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.Tensor)
    checks = (same_element_types,)
    assembly = "$operand `,` `dims` `=` $dimensions attr-dict `:` custom<SameUnary>(type($operand), type($result))"

    def infer(self) -> Sequence[Type]:
        rank, reversed_ = tensor(self.operand).rank, [int(dim) for dim in self.dimensions.values]
        if not distinct(reversed_):
            raise VerifyError(f"dimensions should be unique. Got: {shape_text(reversed_)}")
        for dim in reversed_:
            if dim < 0:
                raise VerifyError(f"all dimensions should be non-negative. Got dimension: {dim}.")
            if dim >= rank:
                raise VerifyError(f"all dimensions should be between [0, {rank}). Got dimension: {dim}.")
        return [self.operand.type]

    def fold(self, _operand: Attribute | None) -> FoldResult:
        same = not self.dimensions.values and self.operand.type is self.result.type
        return self.operand if same else None


class Concatenate(StablehloOp, name="stablehlo.concatenate", traits=[Pure]):
    """Tensors one after the other along a dimension.

    %y = stablehlo.concatenate %a, %b, dim = 0 : (tensor<2xf32>, tensor<3xf32>) -> tensor<5xf32>
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    result: Value = f.result(ty.Tensor)

    def infer(self) -> Sequence[Type]:
        types = [tensor(value) for value in self.inputs]
        if not types:
            raise VerifyError("expected 1 or more operands, but found 0")
        first, along = types[0], self.dimension.value
        if first.rank == 0:
            raise VerifyError("rank-0 values cannot be concatenated")
        if along >= first.rank:
            raise VerifyError(f"dimension {along} is out-of-bounds for input rank {first.rank}")
        merged = dims(first)
        for i, type in enumerate(types[1:], 1):
            if type.rank != first.rank:
                raise VerifyError(f"operands (0) and ({i}) do not match rank")
            for d, (a, b) in enumerate(zip(first.shape, type.shape, strict=True)):
                if d != along and not same_size(a, b):
                    raise VerifyError(
                        f"shapes of operand (0) and ({i}) are not compatible at non-concat index {d}: "
                        f"({shape_text(first.shape)}) != ({shape_text(type.shape)})"
                    )
            merged = [
                _joined(a, b) if d == along else (b if a.size is None else a)
                for d, (a, b) in enumerate(zip(merged, dims(type), strict=True))
            ]
        return [of_dims(merged, first.element_type)]

    def verify(self) -> None:
        same_element_types(self)
        StablehloOp.verify(self)

    def fold(self, *_inputs: Attribute | None) -> FoldResult:
        alone = len(self.inputs) == 1 and self.inputs[0].type is self.result.type
        return self.inputs[0] if alone else None

    @classmethod
    def parse(cls, p: OpParser) -> Concatenate:
        inputs = commas(p)
        p.stream.expect("dim")
        p.stream.expect("=")
        attributes: dict[str, Attribute] = {"dimension": p.integer_attribute(i64)}
        attributes |= p.attr_dict()
        p.stream.expect(":")
        signature = p.function_type()
        built: Concatenate = p.build(cls, p.resolve_all(inputs, signature.inputs), signature.results, attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.inputs)
        p(f", dim = {self.dimension.value}")
        p.attr_dict(self, ("dimension",))
        p(" : ")
        p.functional_type(self.inputs, self.results)


def _joined(a: Dim, b: Dim) -> Dim:
    if a.size is not None and b.size is not None:
        return Dim(a.size + b.size)
    return Dim(None, a.limit + b.limit if a.limit is not None and b.limit is not None else None)
