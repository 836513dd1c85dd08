"""Ops whose region works on single elements: map and sort. Both have the generic form only."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import shape_text
from irc.dialects.stablehlo_base import StablehloOp, same_operands_and_result_shape
from irc.dialects.stablehlo_reducers import block_of, returned
from irc.dialects.stablehlo_shapes import same_element, tensor
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, bool_attr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import RecursiveMemoryEffects, SingleBlock
from irc.ir.types import TensorType, Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


class Map(StablehloOp, RegionBranch, name="stablehlo.map", traits=[SingleBlock, RecursiveMemoryEffects]):
    """The region applied to the elements of all inputs at each position.

    %y = "stablehlo.map"(%x, %z) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    dimensions: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    computation: Region = f.region()
    result: Value = f.result(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def infer(self) -> Sequence[Type]:
        block = block_of(self.computation, "computation")
        inputs, arguments = [tensor(value) for value in self.inputs], block.arguments
        if not inputs or len(inputs) != len(arguments):
            raise VerifyError(
                "expects number of operands to match the arity of map computation, but got: "
                f"{len(inputs)} and {len(arguments)}"
            )
        for i, (argument, type) in enumerate(zip(arguments, inputs, strict=True)):
            found = argument.type
            if not isinstance(found, TensorType) or found.rank:
                raise VerifyError(f"computation arguments must be 0-rank tensor, but got: arg #{i} of type '{found}'")
            if not same_element(found.element_type, type.element_type):
                raise VerifyError(
                    f"element type of operands and computation arguments must match, but got: '{type.element_type}' "
                    f"and '{found.element_type}'"
                )
        outputs = returned(block)
        if len(outputs) != 1:
            raise VerifyError(f"computation must return single output, but got: {len(outputs)}")
        output = outputs[0].type
        if not isinstance(output, TensorType) or output.rank:
            raise VerifyError(f"computation must return 0-rank tensor, but got: '{output}'")
        dimensions = [int(dim) for dim in self.dimensions.values]
        if dimensions != list(range(len(dimensions))):
            raise VerifyError(f"requires monotonically increasing dimension numbers, but got: {shape_text(dimensions)}")
        if len(dimensions) != inputs[0].rank:
            raise VerifyError(
                "applied to a subset of dimensions currently not supported: operand dimensions = "
                f"{inputs[0].rank}, requested map dimensions size = {len(dimensions)}"
            )
        return [with_element_type(inputs[0], output.element_type)]

    def verify(self) -> None:
        same_operands_and_result_shape(self)
        StablehloOp.verify(self)


class Sort(StablehloOp, RegionBranch, name="stablehlo.sort", traits=[SingleBlock, RecursiveMemoryEffects]):
    """The elements along a dimension in the order that the region, which compares two positions, gives.

    %y = "stablehlo.sort"(%x) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %p = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    }) : (tensor<4xf32>) -> tensor<4xf32>
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    comparator: Region = f.region()
    dimension: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=i64_attr(-1), where=ac.I64)
    is_stable: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.inputs]

    def verify(self) -> None:
        if not self.inputs:
            raise VerifyError("expected 1 or more operands, but found 0")
        same_operands_and_result_shape(self)
        StablehloOp.verify(self)
        block, rank, dim = block_of(self.comparator, "comparator"), tensor(self.inputs[0]).rank, self.dimension.value
        if not -rank <= dim < rank and not (rank == 0 and dim in (-1, 0)):
            raise VerifyError(f"dimension attribute value must be in range [-{rank}, {rank}), but found {dim}")
        if len(block.arguments) != 2 * len(self.inputs):
            raise VerifyError(f"comparator block should have {2 * len(self.inputs)} arguments")
        for i, argument in enumerate(block.arguments):
            wanted = TensorType((), tensor(self.inputs[i // 2]).element_type)
            if argument.type is not wanted:
                raise VerifyError(
                    f"comparator block argument #{i} should be of type '{wanted}' but got '{argument.type}'"
                )
        outputs = returned(block)
        if len(outputs) != 1:
            raise VerifyError(f"comparator must return single output but got {len(outputs)}")
        if outputs[0].type is not TensorType((), i1):
            raise VerifyError(f"comparator must return tensor<i1> but got '{outputs[0].type}'")
