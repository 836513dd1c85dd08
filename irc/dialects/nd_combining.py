"""Ops of `nd` that combine elements along axes with a function that the program gives: reductions and scans."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import check_axes, check_compatible, merge, tensor_type
from irc.dialects.nd_regions import check_region, element
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import IsolatedFromAbove, Pure, SameVariadicOperandSize, SingleBlock
from irc.ir.types import Dimension, Shape, TensorType, Type
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Tensor
from irc.ods.fields import attribute, region, variadic, variadic_results
from irc.ods.op import Op

TRAITS = [Pure, IsolatedFromAbove, SingleBlock]


def common_shape(inputs: Sequence[Value]) -> Shape:
    """The shape of all operands, with each size that one of their types states."""
    if not inputs:
        raise VerifyError("expects at least one operand")
    first = tensor_type(inputs[0])
    shape: list[Dimension] = list(first.shape)
    for value in inputs[1:]:
        type = tensor_type(value)
        if type.rank != first.rank:
            raise VerifyError(f"operands '{first}' and '{type}' must have the same shape")
        for i, size in enumerate(type.shape):
            shape[i] = merge(shape[i], size, f"axis {i} of '{first}' and '{type}'")
    return tuple(shape)


def check_inits(inputs: Sequence[Value], inits: Sequence[Value]) -> None:
    """Raise `VerifyError` unless there is a tensor of rank 0 for each operand."""
    if len(inits) != len(inputs):
        raise VerifyError(f"expects as many initial values as operands: {len(inputs)}, got {len(inits)}")
    for value, init in zip(inputs, inits, strict=True):
        if init.type is not element(value.type):
            raise VerifyError(f"the initial value of '{value.type}' must be '{element(value.type)}', got '{init.type}'")


def check_results(results: Sequence[Value], inferred: Sequence[Type]) -> None:
    """Raise `VerifyError` unless each result can be what was inferred."""
    if len(results) != len(inferred):
        raise VerifyError(f"expects {len(inferred)} results, got {len(results)}")
    for result, type in zip(results, inferred, strict=True):
        check_compatible(result.type, [type])


def check_axis(axis: int, shape: Shape) -> None:
    if not 0 <= axis < len(shape):
        raise VerifyError(f"axis {axis} is out of range for rank {len(shape)}")


def combined(inputs: Sequence[Value]) -> list[Type]:
    """The types of a combiner's arguments: what was combined so far, then what is added to it."""
    types = [value.type for value in inputs]
    return [*types, *types]


class Reduce(Op, name="nd.reduce", traits=[*TRAITS, SameVariadicOperandSize]):
    """Combines the elements along `axes`, which are dropped, starting from initial values (StableHLO `reduce`).

    The combiner takes what was combined so far, one value for each operand, then one element of each operand. It must be
    associative, and each initial value neutral or met once: the order in which elements are combined is not fixed (as in
    StableHLO), but every initial value is used exactly once for each result, which is the initial value where there are
    no elements. NaN, zeros of both signs and the overflow of integers are what the ops of the combiner make of them.
    Operands share one shape; where sizes that are only known at run time differ, that is an error.

    The greatest element and its position:

    %m, %at = nd.reduce %x, %i init %low, %none axes = [1] {
    ^bb0(%a: tensor<f32>, %ia: tensor<i32>, %b: tensor<f32>, %ib: tensor<i32>):
      %c = nd.greater_equal %a, %b : tensor<f32>
      %v = nd.where %c, %a, %b : tensor<i1>, tensor<f32>
      %w = nd.where %c, %ia, %ib : tensor<i1>, tensor<i32>
      nd.yield %v, %w : tensor<f32>, tensor<i32>
    } : (tensor<4x6xf32>, tensor<4x6xi32>, tensor<f32>, tensor<i32>) -> (tensor<4xf32>, tensor<4xi32>)
    """

    inputs: Sequence[Value] = variadic(Tensor)
    inits: Sequence[Value] = variadic(Tensor)
    axes: DenseArrayAttr = attribute(DenseArrayAttr)
    combiner: Region = region()
    outputs: Sequence[Value] = variadic_results(Tensor)

    assembly = "$inputs `init` $inits `axes` `=` $axes $combiner attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        shape = common_shape(self.inputs)
        axes = check_axes(self.axes, len(shape))
        kept = tuple(size for i, size in enumerate(shape) if i not in axes)
        return [TensorType(kept, tensor_type(value).element_type) for value in self.inputs]

    def verify(self) -> None:
        inferred = self.infer()
        check_inits(self.inputs, self.inits)
        check_results(self.outputs, inferred)
        check_region(self.combiner, "combiner", combined(self.inputs), [value.type for value in self.inputs])


class Cumulative(Op, name="nd.cumulative", traits=TRAITS):
    """Combines each element with all before it along an axis: an inclusive scan (Array API `cumulative_sum` and the like).

    The first element stays as it is; each later one is the combiner of what was combined so far, one value for each
    operand, and the element itself. With `reverse` it runs from the last element to the first. The combiner must be
    associative: as in a reduction the grouping is not fixed, but nothing is reordered. NaN, zeros of both signs and the
    overflow of integers are what the ops of the combiner make of them.

    %y = nd.cumulative %x axis = 1 {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = nd.add %a, %b : tensor<f32>
      nd.yield %s : tensor<f32>
    } : tensor<4x6xf32>
    """

    inputs: Sequence[Value] = variadic(Tensor)
    axis: IntegerAttr = attribute(IntegerAttr, where=I64)
    combiner: Region = region()
    reverse: UnitAttr | None = attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = variadic_results(Tensor)

    assembly = "$inputs `axis` `=` $axis (`reverse` $reverse^)? $combiner attr-dict `:` type($inputs)"

    def infer(self) -> Sequence[Type]:
        check_axis(self.axis.value, common_shape(self.inputs))
        return [value.type for value in self.inputs]

    def verify(self) -> None:
        check_results(self.outputs, self.infer())
        check_region(self.combiner, "combiner", combined(self.inputs), [value.type for value in self.inputs])
