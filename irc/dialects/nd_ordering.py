"""Ops of `nd` that change the order of elements: reversal and sorting."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import E, NdOp, check_axes, tensor_type
from irc.dialects.nd_combining import TRAITS, check_axis, check_results, common_shape
from irc.dialects.nd_regions import check_region
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, UnitAttr
from irc.ir.region import Region
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type, i1
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Tensor
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op


class Reverse(NdOp, name="nd.reverse", traits=[Pure]):
    """The elements in the opposite order along `axes` (Array API `flip`).

    %y = nd.reverse %x axes = [1] : tensor<4x6xf32>
    """

    x: Value = operand(E)
    axes: DenseArrayAttr = attribute(DenseArrayAttr)
    into: Value | None = operand(E, default=None)
    result: Value = result(E)

    assembly = "$x `axes` `=` $axes (`into` $into^)? attr-dict `:` type($result)"

    def infer(self) -> Sequence[Type]:
        return [self.x.type]

    def verify(self) -> None:
        check_axes(self.axes, tensor_type(self.x).rank)


class Sort(Op, name="nd.sort", traits=TRAITS):
    """Sorts the slices along an axis, those of several operands together (StableHLO `sort`).

    The comparator tells whether one place comes before another. It takes two elements of each operand, that of the first
    place and that of the second: `(a0, b0, a1, b1, …)`. It must be a strict weak order, else it is
    unspecified which elements the results have; so a comparator of floats must give NaN a place. With `stable`, places of
    which none comes before the other stay in their order. Operands share one shape; where sizes that are only known at run
    time differ, that is an error.

    %y, %at = nd.sort %x, %i axis = 1 stable {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>, %ia: tensor<i32>, %ib: tensor<i32>):
      %c = nd.less %a, %b : tensor<f32>
      nd.yield %c : tensor<i1>
    } : tensor<4x6xf32>, tensor<4x6xi32>
    """

    inputs: Sequence[Value] = variadic(Tensor)
    axis: IntegerAttr = attribute(IntegerAttr, where=I64)
    comparator: Region = region()
    stable: UnitAttr | None = attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = variadic_results(Tensor)

    assembly = "$inputs `axis` `=` $axis (`stable` $stable^)? $comparator attr-dict `:` type($inputs)"

    def infer(self) -> Sequence[Type]:
        check_axis(self.axis.value, common_shape(self.inputs))
        return [value.type for value in self.inputs]

    def verify(self) -> None:
        check_results(self.outputs, self.infer())
        pairs = [value.type for value in self.inputs for _ in range(2)]
        check_region(self.comparator, "comparator", pairs, [TensorType((), i1)])
