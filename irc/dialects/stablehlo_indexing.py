"""Gather and scatter: slices read from, or written to, positions that a tensor lists. Both have the generic form only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects._index_checks import check_gather_numbers, check_scatter_numbers, check_slices, check_updates
from irc.dialects._shape_checks import same_shape
from irc.dialects.stablehlo_attributes import GatherDimensionNumbers, ScatterDimensionNumbers
from irc.dialects.stablehlo_base import StablehloOp, all_match
from irc.dialects.stablehlo_reducers import block_of, check_reducer
from irc.dialects.stablehlo_reduction import accumulated
from irc.dialects.stablehlo_shapes import Dim, constant_integers, dims, of_dims, tensor
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, bool_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import Pure, RecursiveMemoryEffects, SameVariadicOperandSize, SingleBlock
from irc.ir.types import Dimension, TensorType, Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


class GatherLike(StablehloOp, traits=[Pure]):
    """Base: the sizes of the slices are an attribute or an operand."""

    def gathered(self, sizes: Sequence[Dimension]) -> TensorType:
        """The type of the result of slices with the given sizes."""
        op: Any = self
        numbers: GatherDimensionNumbers = op.dimension_numbers
        operand, indices = tensor(op.operand), tensor(op.start_indices)
        check_gather_numbers(operand, indices, len(sizes), numbers)
        check_slices(operand, sizes, numbers)
        left_out = (*numbers.collapsed_slice_dims, *numbers.operand_batching_dims)
        offsets = iter([Dim(size) for i, size in enumerate(sizes) if i not in left_out])
        batch = iter([dim for i, dim in enumerate(dims(indices)) if i != numbers.index_vector_dim])
        rank = len(numbers.offset_dims) + indices.rank - (numbers.index_vector_dim < indices.rank)
        return of_dims(
            [next(offsets) if i in numbers.offset_dims else next(batch) for i in range(rank)], operand.element_type
        )


class Gather(GatherLike, name="stablehlo.gather"):
    """Slices of the operand that start at the listed positions.

    %y = "stablehlo.gather"(%x, %starts) <{
      dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0],
                                             start_index_map = [0], index_vector_dim = 1>,
      slice_sizes = array<i64: 1, 4>
    }> : (tensor<8x4xf32>, tensor<3x1xi32>) -> tensor<3x4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    start_indices: Value = f.operand(ty.IntTensor)
    dimension_numbers: GatherDimensionNumbers = f.attribute(GatherDimensionNumbers)
    slice_sizes: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    indices_are_sorted: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    result: Value = f.result(ty.Tensor)
    checks = (all_match("operand", "result"),)

    def infer(self) -> Sequence[Type]:
        return [self.gathered([int(size) for size in self.slice_sizes.values])]


class DynamicGather(GatherLike, name="stablehlo.dynamic_gather"):
    """A gather whose slices have computed sizes.

    %y = "stablehlo.dynamic_gather"(%x, %starts, %sizes) <{
      dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0],
                                             start_index_map = [0], index_vector_dim = 1>
    }> : (tensor<8x4xf32>, tensor<3x1xi32>, tensor<2xi32>) -> tensor<3x4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    start_indices: Value = f.operand(ty.IntTensor)
    slice_sizes: Value = f.operand(ty.StaticIntVector)
    dimension_numbers: GatherDimensionNumbers = f.attribute(GatherDimensionNumbers)
    indices_are_sorted: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    result: Value = f.result(ty.Tensor)

    def infer(self) -> Sequence[Type]:
        (count,) = tensor(self.slice_sizes).static_shape
        known = constant_integers(self.slice_sizes)
        return [self.gathered(known if known is not None else [None] * count)]


class Scatter(StablehloOp, RegionBranch, name="stablehlo.scatter",
              traits=[SingleBlock, RecursiveMemoryEffects, SameVariadicOperandSize]):  # fmt: skip
    """The inputs with slices at the listed positions combined with updates by the region.

    %y = "stablehlo.scatter"(%x, %starts, %updates) <{
      scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0],
                                                     scatter_dims_to_operand_dims = [0], index_vector_dim = 1>
    }> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) : (tensor<8x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<8x4xf32>
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    scatter_indices: Value = f.operand(ty.ranked(ty.AnyInt, ty.Index))
    updates: Sequence[Value] = f.variadic(ty.Tensor)
    scatter_dimension_numbers: ScatterDimensionNumbers = f.attribute(ScatterDimensionNumbers)
    update_computation: Region = f.region()
    indices_are_sorted: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    unique_indices: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def infer(self) -> Sequence[Type]:
        inputs = [tensor(value) for value in self.inputs]
        elements = accumulated(self.update_computation, inputs)
        return [of_dims(dims(type), element) for type, element in zip(inputs, elements, strict=True)]

    def verify(self) -> None:
        block = block_of(self.update_computation, "update_computation")
        inputs = [tensor(value) for value in self.inputs]
        updates = [tensor(value) for value in self.updates]
        indices, numbers = tensor(self.scatter_indices), self.scatter_dimension_numbers
        if not inputs:
            raise VerifyError("expected 1 or more operands, but found 0")
        for name, types in (("inputs", inputs), ("updates", updates)):
            if not all(same_shape(types[0].shape, type.shape) for type in types):
                raise VerifyError(f"Not all {name} have compatible shapes.")
        if not 0 <= numbers.index_vector_dim <= indices.rank:
            raise VerifyError(
                f"Expects index_vector_dim to be in range [0, rank-of('scatter_indices')] i.e. [0, {indices.rank}]. "
                f"got: {numbers.index_vector_dim}."
            )
        inits = [TensorType((), type.element_type) for type in updates]
        check_reducer(block, inputs, inits, [])
        expanded = (*indices.shape, *([1] if numbers.index_vector_dim == indices.rank else []))
        rank = len(expanded) - 1 + len(numbers.update_window_dims)
        for type in updates:
            if type.rank != rank:
                raise VerifyError(
                    f"expects updates tensor must be of rank {rank} ( == rank-of('scatter_indices') - 1 + "
                    "size-of('update_window_dims'), where 'scatter_indices' is expanded by a trailing 1 dimension if "
                    f"'index_vector_dim' == rank-of('scatter_indices')), but got {type.rank}."
                )
        for source, update in zip(inputs, updates, strict=True):
            check_scatter_numbers(source, expanded, update, numbers)
            check_updates(source, expanded, update, numbers)
        StablehloOp.verify(self)


class TorchIndexSelect(StablehloOp, name="stablehlo.torch_index_select", traits=[Pure]):
    """Slices of the operand along `dim` that a vector of indices chooses.

    %y = "stablehlo.torch_index_select"(%x, %i) <{batch_dims = 0 : i64, dim = 0 : i64}>
      : (tensor<8x4xf32>, tensor<3xi32>) -> tensor<3x4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    index: Value = f.operand(ty.Tensor)
    dim: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64)
    batch_dims: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64)
    result: Value = f.result(ty.Tensor)
