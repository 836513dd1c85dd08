"""Convolutions of `nd`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects._conv_checks import check_groups, check_layouts
from irc.dialects._conv_layouts import Layout, Layouts, layouts_text, parse_layouts
from irc.dialects._windows import Window
from irc.dialects.nd_base import NdOp, R, check_compatible, integers, tensor_type
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import ComplexType, Dimension, FloatType, IntegerType, TensorType, Type, i1
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64, I64Array
from irc.ods.constraints import Tensor
from irc.ods.fields import attribute, operand, result
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Conv(NdOp, name="nd.conv", traits=[Pure]):
    """The products of a kernel with the windows of the input (StableHLO `convolution`), without flipping the kernel.

    `dims` tells what the dimensions of the input, the kernel and the result are: `b` and `f` batch and features, `i` and
    `o` the kernel's input and output features, numbers the spatial ones, of which there may be none. In each of these,

    - `strides` is the step from one window to the next,
    - `low` and `high` are the zeros added before and after the input; negative amounts remove elements,
    - `lhs_dilation` and `rhs_dilation` are the distances that the elements of the input (a transposed convolution) and of
      the kernel are spread to, with zeros between them,
    - `reversed` is 1 where the kernel is flipped.

    What is not given is 1, or 0 for padding and `reversed`. With `feature_groups` the features of input and kernel are
    split in as many groups, which are convolved on their own; with `batch_groups` it is the batch of the input. Where the
    padded input is smaller than the kernel, there are no windows. The result may have wider elements than the operands,
    which then are converted before they are multiplied. Integers wrap around, booleans are combined by "and" and "or", and
    the order of additions is not fixed. As in StableHLO padding counts as zeros that are multiplied: infinities and NaN in
    the kernel give NaN there.

    %y = nd.conv %x, %k dims = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] strides = [2, 2]
      : tensor<1x9x9x4xf32>, tensor<3x3x4x6xf32> -> tensor<1x4x4x6xf32>
    """

    lhs: Value = operand(Tensor)
    rhs: Value = operand(Tensor)
    lhs_dims: DenseArrayAttr = attribute(DenseArrayAttr, where=I64Array)
    rhs_dims: DenseArrayAttr = attribute(DenseArrayAttr, where=I64Array)
    result_dims: DenseArrayAttr = attribute(DenseArrayAttr, where=I64Array)
    strides: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None, where=I64Array)
    low: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None, where=I64Array)
    high: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None, where=I64Array)
    lhs_dilation: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None, where=I64Array)
    rhs_dilation: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None, where=I64Array)
    reversed: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None, where=I64Array)
    feature_groups: IntegerAttr = attribute(IntegerAttr, default=None, absent=i64_attr(1), where=I64.positive())
    batch_groups: IntegerAttr = attribute(IntegerAttr, default=None, absent=i64_attr(1), where=I64.positive())
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = (
        "$lhs `,` $rhs `dims` `=` custom<LayoutsOf>($lhs_dims, $rhs_dims, $result_dims) (`strides` `=` $strides^)? "
        "(`low` `=` $low^)? (`high` `=` $high^)? (`lhs_dilation` `=` $lhs_dilation^)? "
        "(`rhs_dilation` `=` $rhs_dilation^)? (`reversed` `=` $reversed^)? (`feature_groups` `=` $feature_groups^)? "
        "(`batch_groups` `=` $batch_groups^)? (`into` $into^)? attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)"
    )

    @property
    def layouts(self) -> Layouts:
        """What the dimensions of input, kernel and result are."""
        return _layout(self.lhs_dims), _layout(self.rhs_dims), _layout(self.result_dims)

    def listed(self, name: str, absent: int) -> tuple[int, ...]:
        """An attribute with a number for each spatial dimension."""
        given: DenseArrayAttr | None = getattr(self, name)
        return integers(given) if given is not None else (absent,) * max(0, len(self.lhs_dims.values) - 2)

    @property
    def windows(self) -> list[Window]:
        """The window of each spatial dimension, of the kernel's size as far as that is known."""
        kernel = tensor_type(self.rhs).shape
        _, (_, _, spatial), _ = self.layouts
        return [
            Window(kernel[dim], *amounts)
            for dim, *amounts in zip(
                spatial,
                self.listed("strides", 1),
                self.listed("low", 0),
                self.listed("high", 0),
                self.listed("lhs_dilation", 1),
                self.listed("rhs_dilation", 1),
                strict=True,
            )
        ]

    @property
    def is_reversed(self) -> tuple[bool, ...]:
        """Whether the kernel is flipped, for each spatial dimension."""
        return tuple(map(bool, self.listed("reversed", 0)))

    def infer(self) -> Sequence[Type]:
        lhs, rhs = tensor_type(self.lhs), tensor_type(self.rhs)
        if lhs.element_type is not rhs.element_type:
            raise VerifyError(f"operands have different element types: '{lhs}' and '{rhs}'")
        if lhs.rank != rhs.rank or lhs.rank < 2:
            raise VerifyError(f"operands must have the same rank, which is at least 2, got '{lhs}' and '{rhs}'")
        _check_lengths(self, lhs.rank)
        layouts = self.layouts
        check_layouts(layouts, lhs.rank)
        batches = self.batch_groups.value
        check_groups(lhs.shape, rhs.shape, layouts, self.feature_groups.value, batches)
        (batch, _, spatial), (_, features, _), (to_batch, to_features, to_spatial) = layouts
        sizes: list[Dimension] = [None] * lhs.rank
        for window, from_dim, to_dim in zip(self.windows, spatial, to_spatial, strict=True):
            _check_window(window)
            sizes[to_dim] = window.positions(lhs.shape[from_dim])
        count = lhs.shape[batch]
        sizes[to_batch] = None if count is None else count // batches
        sizes[to_features] = rhs.shape[features]
        return [TensorType(tuple(sizes), lhs.element_type)]

    def verify(self) -> None:
        (inferred,) = self.infer()
        assert isinstance(inferred, TensorType)
        wide = tensor_type(self.result).element_type
        if not _holds(wide, inferred.element_type):
            raise VerifyError(f"elements of type '{inferred.element_type}' cannot be combined to '{wide}'")
        check_compatible(self.result.type, [TensorType(inferred.shape, wide)])


def _holds(wide: Type, element: Type) -> bool:
    """Whether numbers of type `element` are combined in `wide`: itself, or a wider type of the same kind."""
    if wide is element:
        return True
    match wide, element:
        case FloatType(), FloatType():
            return wide.width > element.width
        case IntegerType(), IntegerType():
            signed = [type.signedness == "unsigned" for type in (wide, element)]
            return element is not i1 and signed[0] == signed[1] and wide.width > element.width
        case ComplexType(), ComplexType():
            return _holds(wide.element_type, element.element_type)
    return False


def _layout(dims: DenseArrayAttr) -> Layout:
    first, second, *spatial = integers(dims)
    return first, second, tuple(spatial)


_LISTS = ("strides", "low", "high", "lhs_dilation", "rhs_dilation", "reversed")


def _check_lengths(op: Conv, rank: int) -> None:
    for name in ("lhs_dims", "rhs_dims", "result_dims"):
        if len(getattr(op, name).values) != rank:
            raise VerifyError(f"expected {name} to name {rank} dimensions, got {len(getattr(op, name).values)}")
    for name in _LISTS:
        given: DenseArrayAttr | None = getattr(op, name)
        if given is not None and len(given.values) != rank - 2:
            raise VerifyError(f"expected {rank - 2} {name} for {rank - 2} spatial dimensions, got {len(given.values)}")


def _check_window(window: Window) -> None:
    for value, what in (
        (window.size, "a size of the kernel"), (window.stride, "a stride"), (window.base_dilation, "a dilation"),
        (window.dilation, "a dilation"),
    ):  # fmt: skip
        if value is not None and value < 1:
            raise VerifyError(f"{what} must be positive, got {value}")


def parse_layouts_of(p: OpParser) -> tuple[Any, ...]:
    """`[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]`."""
    return tuple(DenseArrayAttr.i64((first, second, *spatial)) for first, second, spatial in parse_layouts(p.stream))


def print_layouts_of(p: OpPrinter, op: Conv) -> None:
    p(layouts_text(op.layouts))
