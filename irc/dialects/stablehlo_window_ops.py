"""Reductions over windows, and the scattering that is their transpose. Both have the generic form only."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._windows import Window
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_reducers import block_of, check_reducer, promotable, returned
from irc.dialects.stablehlo_reduction import accumulated, check_same_shapes
from irc.dialects.stablehlo_shapes import Dim, dims, of_dims, same_shape, tensor
from irc.dialects.stablehlo_windows import output_dims, padding_pairs, windows
from irc.ir.attributes import DenseArrayAttr, DenseElementsAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import RecursiveMemoryEffects, SameVariadicOperandSize, SingleBlock
from irc.ir.types import TensorType, Type, i1
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


class ReduceWindow(StablehloOp, RegionBranch, name="stablehlo.reduce_window",
                   traits=[SingleBlock, RecursiveMemoryEffects, SameVariadicOperandSize]):  # fmt: skip
    """The elements of each window combined.

    %y = "stablehlo.reduce_window"(%x, %c) <{window_dimensions = array<i64: 2>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) : (tensor<4xf32>, tensor<f32>) -> tensor<3xf32>
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    init_values: Sequence[Value] = f.variadic(ty.Tensor)
    window_dimensions: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    body: Region = f.region()
    window_strides: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    base_dilations: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    window_dilations: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    padding: DenseElementsAttr | None = f.attribute(DenseElementsAttr, default=None, where=ac.I64Elements)
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def windows(self) -> list[Window]:
        """The window along each dimension, with defaults filled in."""
        sizes = [int(size) for size in self.window_dimensions.values]
        pairs = padding_pairs(self.padding, len(sizes))
        return windows(sizes, self.window_strides, pairs, self.base_dilations, self.window_dilations)

    def output_dims(self) -> list[list[Dim]]:
        """The sizes of the results. Raises `VerifyError` where inputs or attributes do not fit."""
        types = [tensor(value) for value in self.inputs]
        if not types:
            raise VerifyError("requires at least 1 input value")
        check_same_shapes(types)
        count = len(self.window_dimensions.values)
        for type in types:
            if count != type.rank:
                raise VerifyError(
                    f"expects window-dimensions size == input rank, but got window-dimensions size: {count} and "
                    f"input: '{type}' with rank = {type.rank}."
                )
        found = self.windows()
        return [output_dims(dims(type), found) for type in types]

    def infer(self) -> Sequence[Type]:
        sizes = self.output_dims()
        elements = accumulated(self.body, [tensor(value) for value in self.inputs])
        return [of_dims(each, element) for each, element in zip(sizes, elements, strict=True)]

    def verify(self) -> None:
        block = block_of(self.body, "body")
        self.output_dims()
        inputs, inits = ([tensor(value) for value in values] for values in (self.inputs, self.init_values))
        check_reducer(block, inputs, inits, [int(size) for size in self.window_dimensions.values])
        StablehloOp.verify(self)


class SelectAndScatter(StablehloOp, RegionBranch, name="stablehlo.select_and_scatter",
                       traits=[SingleBlock, RecursiveMemoryEffects]):  # fmt: skip
    """For each window the first region selects an element, and the second combines the source's element into it.

    %y = "stablehlo.select_and_scatter"(%x, %s, %c) <{
      window_dimensions = array<i64: 2>, window_strides = array<i64: 2>
    }> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %p = stablehlo.compare GE, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    }, {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %t = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %t : tensor<f32>
    }) : (tensor<4xf32>, tensor<2xf32>, tensor<f32>) -> tensor<4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    source: Value = f.operand(ty.Tensor)
    init_value: Value = f.operand(ty.Tensor)
    select: Region = f.region()
    scatter: Region = f.region()
    window_dimensions: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    window_strides: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    padding: DenseElementsAttr | None = f.attribute(DenseElementsAttr, default=None, where=ac.I64Elements)
    result: Value = f.result(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def windows(self) -> list[Window]:
        """The window along each dimension, with defaults filled in."""
        declared = self.window_dimensions
        sizes = [1] * tensor(self.operand).rank if declared is None else [int(size) for size in declared.values]
        return windows(sizes, self.window_strides, padding_pairs(self.padding, len(sizes)), None, None)

    def infer(self) -> Sequence[Type]:
        operand = tensor(self.operand)
        (element,) = accumulated(self.scatter, [operand])
        return [of_dims(dims(operand), element)]

    def verify(self) -> None:
        block_of(self.select, "select")
        block_of(self.scatter, "scatter", 1)
        operand, source = tensor(self.operand), tensor(self.source)
        self._check_select(TensorType((), operand.element_type))
        check_reducer(self.scatter.entry, [TensorType((), source.element_type)], [tensor(self.init_value)], [])
        count = 0 if self.window_dimensions is None else len(self.window_dimensions.values)
        if count != operand.rank:
            raise VerifyError(
                f"expects window-dimensions size == operand rank, but got window-dimensions size: {count} and "
                f"operand-type: '{operand}' with rank = {operand.rank}."
            )
        wanted = of_dims(output_dims(dims(operand), self.windows()), operand.element_type)
        if not same_shape(wanted.shape, source.shape) or not promotable(wanted.element_type, source.element_type):
            raise VerifyError(f"expects source-type to be '{wanted}', but got'{source}'")
        StablehloOp.verify(self)

    def _check_select(self, scalar: TensorType) -> None:
        block = self.select.entry
        if len(block.arguments) != 2:
            raise VerifyError(f"expects the select-region to take 2 parameters, but takes {len(block.arguments)}")
        for i, argument in enumerate(block.arguments):
            type = argument.type
            fits = (
                isinstance(type, TensorType) and type.rank == 0 and promotable(scalar.element_type, type.element_type)
            )
            if not fits:
                raise VerifyError(
                    f"expects the type of select-region's parameter at index {i} to be '{scalar}', but got '{type}'"
                )
        values = returned(block)
        if len(values) != 1:
            raise VerifyError(f"expects select-region to return single value, but got: {len(values)}")
        if values[0].type is not TensorType((), i1):
            raise VerifyError(f"expects the return-type of select-region to be tensor<i1>, but got: '{values[0].type}'")
