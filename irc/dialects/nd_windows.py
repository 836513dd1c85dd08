"""Ops of `nd` on windows that move over tensors: reductions of windows, and the scattering that is their transpose."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._windows import Window
from irc.dialects.nd_base import check_compatible, integers, tensor_type
from irc.dialects.nd_combining import TRAITS, check_inits, check_results, combined, common_shape
from irc.dialects.nd_regions import check_region
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import SameVariadicOperandSize
from irc.ir.types import Shape, TensorType, Type, i1
from irc.ir.value import Value
from irc.ods.constraints import Tensor
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op


def windows_of(rank: int, sizes: DenseArrayAttr, **others: DenseArrayAttr | None) -> list[Window]:
    """The window along each axis; what is not given is one, or nothing for padding.

    Raises `VerifyError` where there are not as many numbers as axes, or where they are not positive but should be.
    """
    lists: dict[str, list[int]] = {"size": list(integers(sizes))}
    for name, given in others.items():
        padding = name in ("low", "high")
        lists[name] = list(integers(given)) if given is not None else [0 if padding else 1] * rank
    for name, numbers in lists.items():
        if len(numbers) != rank:
            raise VerifyError(f"expects a window {name} for each of {rank} axes, got {len(numbers)}")
        if name not in ("low", "high") and any(number < 1 for number in numbers):
            raise VerifyError(f"window {name}s must be positive, got {numbers}")
    return [Window(**{name: numbers[axis] for name, numbers in lists.items()}) for axis in range(rank)]


def positions(shape: Shape, windows: Sequence[Window]) -> Shape:
    """How many positions the windows have along each axis. Raises `VerifyError` where padding removes too much."""
    for axis, (size, window) in enumerate(zip(shape, windows, strict=True)):
        if size is not None and padded_size(size, window) < 0:
            raise VerifyError(f"padding by {window.low} and {window.high} removes more than there is of axis {axis}")
    return tuple(window.positions(size) for size, window in zip(shape, windows, strict=True))


def padded_size(size: int, window: Window) -> int:
    """The size of an axis with its padding and dilation."""
    return window.low + window.high + size + (window.base_dilation - 1) * max(0, size - 1)


class ReduceWindow(Op, name="nd.reduce_window", traits=[*TRAITS, SameVariadicOperandSize]):
    """Combines the elements of each window, starting from initial values (StableHLO `reduce_window`).

    Around the operands there are `low` and `high` elements, and between neighbours `base_dilations - 1`, that are the
    initial value; negative `low` and `high` remove elements. A window has `window` elements of that along each axis,
    `window_dilations` apart, and moves by `strides`; windows that would not fit are left out. The combiner takes what was
    combined so far, one value for each operand, then one element of each operand; as in `nd.reduce` it must be associative
    and the initial value neutral, as the order is not fixed. NaN, zeros of both signs and the overflow of integers are
    what the ops of the combiner make of them. Amounts that are not given are 1, or 0 for `low` and `high`. At run time it
    is an error where the sizes of operands differ, or where more is removed than there is.

    %y = nd.reduce_window %x init %low window = [1, 2, 2, 1] strides = [1, 2, 2, 1] high = [0, 1, 1, 0] {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %m = nd.maximum %a, %b : tensor<f32>
      nd.yield %m : tensor<f32>
    } : (tensor<8x7x7x16xf32>, tensor<f32>) -> tensor<8x4x4x16xf32>
    """

    inputs: Sequence[Value] = variadic(Tensor)
    inits: Sequence[Value] = variadic(Tensor)
    window: DenseArrayAttr = attribute(DenseArrayAttr)
    combiner: Region = region()
    strides: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    base_dilations: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    window_dilations: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    low: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    high: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    outputs: Sequence[Value] = variadic_results(Tensor)

    assembly = (
        "$inputs `init` $inits `window` `=` $window (`strides` `=` $strides^)? (`base_dilations` `=` $base_dilations^)? "
        "(`window_dilations` `=` $window_dilations^)? (`low` `=` $low^)? (`high` `=` $high^)? $combiner attr-dict `:` "
        "functional-type(operands, results)"
    )

    @property
    def windows(self) -> list[Window]:
        """The window along each axis."""
        rank = tensor_type(self.inputs[0]).rank
        return windows_of(
            rank, self.window, stride=self.strides, base_dilation=self.base_dilations, dilation=self.window_dilations,
            low=self.low, high=self.high,
        )  # fmt: skip

    def infer(self) -> Sequence[Type]:
        shape = common_shape(self.inputs)
        found = positions(shape, self.windows)
        return [TensorType(found, tensor_type(value).element_type) for value in self.inputs]

    def verify(self) -> None:
        inferred = self.infer()
        check_inits(self.inputs, self.inits)
        check_results(self.outputs, inferred)
        check_region(self.combiner, "combiner", combined(self.inputs), [value.type for value in self.inputs])


class SelectAndScatter(Op, name="nd.select_and_scatter", traits=TRAITS):
    """Scatters each element of the source to one element of its window of the operand (StableHLO `select_and_scatter`).

    There is a window for each element of the source, as `nd.reduce_window` moves them. `select` tells whether of two
    elements of a window the first is taken rather than the second; the window's elements take part in row-major order,
    padding does not. The result has the operand's shape: at each place the initial value, into which `scatter` combines
    the source's elements that were sent there, in no fixed order. An element of the source is dropped if its window
    holds nothing but padding, which StableHLO leaves open. Amounts that are not given are 1, or 0 for `low` and `high`. At
    run time it is an error where the source has another size than there are windows.

    The derivative of a pooling by maxima:

    %dx = nd.select_and_scatter %x, %dy init %zero window = [2, 2] strides = [2, 2] select {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %c = nd.greater_equal %a, %b : tensor<f32>
      nd.yield %c : tensor<i1>
    } scatter {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = nd.add %a, %b : tensor<f32>
      nd.yield %s : tensor<f32>
    } : (tensor<8x6xf32>, tensor<4x3xf32>, tensor<f32>) -> tensor<8x6xf32>
    """

    x: Value = operand(Tensor)
    source: Value = operand(Tensor)
    init: Value = operand(Tensor)
    window: DenseArrayAttr = attribute(DenseArrayAttr)
    select: Region = region()
    scatter: Region = region()
    strides: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    low: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    high: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    result: Value = result(Tensor)

    assembly = (
        "$x `,` $source `init` $init `window` `=` $window (`strides` `=` $strides^)? (`low` `=` $low^)? "
        "(`high` `=` $high^)? `select` $select `scatter` $scatter attr-dict `:` functional-type(operands, results)"
    )

    @property
    def windows(self) -> list[Window]:
        """The window along each axis."""
        return windows_of(tensor_type(self.x).rank, self.window, stride=self.strides, low=self.low, high=self.high)

    def infer(self) -> Sequence[Type]:
        return [TensorType(tensor_type(self.x).shape, tensor_type(self.source).element_type)]

    def verify(self) -> None:
        x, source = tensor_type(self.x), tensor_type(self.source)
        if x.element_type is not source.element_type:
            raise VerifyError(f"operands have different element types: '{x}' and '{source}'")
        expected = TensorType(positions(x.shape, self.windows), x.element_type)
        try:
            check_compatible(source, [expected])
        except VerifyError:
            raise VerifyError(f"the windows have the positions of '{expected}', but the source is '{source}'") from None
        check_inits([self.source], [self.init])
        check_compatible(self.result.type, self.infer())
        check_region(self.select, "selection", [x, x], [TensorType((), i1)])
        check_region(self.scatter, "scattering", [source, source], [source])
