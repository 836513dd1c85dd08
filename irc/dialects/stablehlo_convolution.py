"""Convolutions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects._conv_checks import check_groups, check_layouts
from irc.dialects._shape_checks import shape_text
from irc.dialects.stablehlo_attributes import dims_text, parse_dims
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_contraction import check_precision, check_shape
from irc.dialects.stablehlo_conv_numbers import ConvDimensionNumbers, parse_conv_numbers
from irc.dialects.stablehlo_shapes import Dim, dims, of_dims, same_element, tensor
from irc.dialects.stablehlo_windows import output_dims, padding_pairs, windows
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, DenseElementsAttr, IntegerAttr
from irc.ir.dense import from_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import TensorType, i1, i64
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class ConvolutionLike(StablehloOp, traits=[Pure]):
    """Base: a convolution whose padding is an attribute or an operand."""

    def convolved(self, padding: Sequence[tuple[int, int]] | None) -> TensorType:
        """The type of the result; without `padding` its spatial sizes are unknown."""
        op: Any = self
        numbers: ConvDimensionNumbers = op.dimension_numbers
        lhs, rhs = tensor(op.lhs), tensor(op.rhs)
        got = f"Got: '{lhs}' and '{rhs}'."
        if lhs.rank < 2 or rhs.rank < 2:
            raise VerifyError(f"expects convolution arguments to have >= 2 dimensions. {got}")
        if lhs.rank != rhs.rank:
            raise VerifyError(f"expects convolution arguments to have same number of dimensions. {got}")
        if not ty.is_quantized(rhs.element_type) and not same_element(lhs.element_type, rhs.element_type):
            raise VerifyError(
                f"expects lhs and rhs to have compatible element type. Got: '{lhs.element_type}' and "
                f"'{rhs.element_type}'"
            )
        if len(numbers.input_spatial_dimensions) + 2 != lhs.rank:
            raise VerifyError(
                f"expects convolution arguments to have {len(numbers.input_spatial_dimensions) + 2} dimensions. "
                f"Got: {lhs.rank}"
            )
        check_layouts(numbers.layouts(), lhs.rank)
        batches = op.batch_group_count.value
        check_groups(lhs.shape, rhs.shape, numbers.layouts(), op.feature_group_count.value, batches)
        check_precision(op.precision_config)
        kernel = [rhs.shape[dim] for dim in numbers.kernel_spatial_dimensions]
        found = windows(
            kernel, op.window_strides, padding or [(0, 0)] * len(kernel), op.lhs_dilation, op.rhs_dilation,
            ("base-dilation factors", "window-dilation factors"),
        )  # fmt: skip
        reversal = op.window_reversal
        if reversal is not None and len(reversal.values) != len(kernel):
            raise VerifyError(
                f"expects window-reversal to have same dimension-size as size of window dimensions ({len(kernel)}), "
                f"but got: {len(reversal.values)}."
            )
        base = dims(lhs)
        spatial = output_dims([base[dim] for dim in numbers.input_spatial_dimensions], found)
        sizes = [Dim(None)] * lhs.rank
        for dim, size in zip(numbers.output_spatial_dimensions, spatial, strict=True):
            sizes[dim] = size if padding is not None else Dim(None)
        batch = base[numbers.input_batch_dimension]
        sizes[numbers.output_batch_dimension] = Dim(
            batch.size // batches if batch.size is not None else None,
            batch.bound // batches if batch.bound is not None else None,
        )
        sizes[numbers.output_feature_dimension] = dims(rhs)[numbers.kernel_output_feature_dimension]
        return of_dims(sizes, lhs.element_type)


class Convolution(ConvolutionLike, name="stablehlo.convolution"):
    """The products of a kernel with the windows of the input.

    %y = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2]}
      {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
      : (tensor<1x9x9x4xf32>, tensor<3x3x4x6xf32>) -> tensor<1x4x4x6xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.TensorOrPerAxis)
    dimension_numbers: ConvDimensionNumbers = f.attribute(ConvDimensionNumbers)
    feature_group_count: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.positive())
    batch_group_count: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.positive())
    window_strides: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    padding: DenseElementsAttr | None = f.attribute(DenseElementsAttr, default=None, where=ac.I64Elements)
    lhs_dilation: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    rhs_dilation: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    window_reversal: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.BoolArray)
    precision_config: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    result: Value = f.result(ty.TensorOrPerAxis)

    def verify(self) -> None:
        count = len(self.dimension_numbers.input_spatial_dimensions)
        check_shape(self.convolved(padding_pairs(self.padding, count)), self.result)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        operands = p.operand_list("(", ")")
        for word in ("dim_numbers", "="):
            stream.expect(word)
        attributes: dict[str, Attribute] = {"dimension_numbers": parse_conv_numbers(stream)}
        for word in (",", "window", "="):
            stream.expect(word)
        attributes |= _parse_window(p)
        attributes |= p.attr_dict()
        stream.expect(":")
        signature = p.function_type()
        return p.build(cls, p.resolve_all(operands, signature.inputs), signature.results, attributes)

    def print(self, p: OpPrinter) -> None:
        p("(")
        p.values(self.operands)
        p(f") dim_numbers = {self.dimension_numbers.spelled()}, window = {{")
        parts = []
        for word, (name, _, spelled) in _WINDOW.items():
            value = self.get_attribute(name)
            if value is not None:
                parts.append(f"{word} = {spelled(value)}")
        p(", ".join(parts))
        p("}")
        p.attr_dict(self, ("dimension_numbers", *(name for name, _, _ in _WINDOW.values())))
        p(" : ")
        p.functional_type(self.operands, self.results)


def _parse_window(p: OpParser) -> dict[str, Attribute]:
    """`{stride = [1, 1], pad = [[0, 0], [1, 1]]}`."""
    stream = p.stream
    found: dict[str, Attribute] = {}
    stream.expect("{")
    while not stream.accept("}"):
        if found:
            stream.expect(",")
        position = stream.pos
        word = stream.next()
        name, read, _ = _WINDOW.get(word, ("", None, str))
        if read is None or name in found:
            raise stream.error(f"Unexpected keyword {word}", position)
        stream.expect("=")
        found[name] = read(p)
    return found


def _read_array(p: OpParser) -> Attribute:
    return DenseArrayAttr.i64(parse_dims(p.stream))


def _read_flags(p: OpParser) -> Attribute:
    stream = p.stream
    stream.expect("[")
    flags: list[int] = []
    while not stream.accept("]"):
        if flags:
            stream.expect(",")
        flags.append(int(stream.next() not in ("false", "0")))
    return DenseArrayAttr(i1, tuple(flags))


def _read_pairs(p: OpParser) -> Attribute:
    stream = p.stream
    stream.expect("[")
    rows: list[tuple[int, ...]] = []
    while not stream.accept("]"):
        if rows:
            stream.expect(",")
        position = stream.pos
        row = parse_dims(stream)
        if len(row) != 2:
            raise stream.error(f"Expected array with 2 elements, got {len(row)} elements instead", position)
        rows.append(row)
    return from_numpy(rows, TensorType((len(rows), 2), i64))


def _array_text(value: Any) -> str:
    return dims_text(value.values)


def _flags_text(value: Any) -> str:
    return "[" + ", ".join("true" if flag else "false" for flag in value.values) + "]"


def _pairs_text(value: Any) -> str:
    return "[" + ", ".join(dims_text(pair) for pair in padding_pairs(value, 0)) + "]"


_WINDOW: dict[str, tuple[str, Callable[[OpParser], Attribute] | None, Callable[[Any], str]]] = {
    "stride": ("window_strides", _read_array, _array_text),
    "pad": ("padding", _read_pairs, _pairs_text),
    "lhs_dilate": ("lhs_dilation", _read_array, _array_text),
    "rhs_dilate": ("rhs_dilation", _read_array, _array_text),
    "reverse": ("window_reversal", _read_flags, _flags_text),
}


class DynamicConv(ConvolutionLike, name="stablehlo.dynamic_conv"):
    """A convolution whose padding is computed.

    %y = "stablehlo.dynamic_conv"(%x, %k, %padding) <{
      batch_group_count = 1 : i64, feature_group_count = 1 : i64,
      dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>
    }> : (tensor<1x8x8x4xf32>, tensor<3x3x4x6xf32>, tensor<2x2xi64>) -> tensor<1x?x?x6xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.Tensor)
    padding: Value = f.operand(ty.StaticIntMatrix)
    dimension_numbers: ConvDimensionNumbers = f.attribute(ConvDimensionNumbers)
    feature_group_count: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.positive())
    batch_group_count: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.positive())
    window_strides: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    lhs_dilation: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    rhs_dilation: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    window_reversal: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.BoolArray)
    precision_config: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    result: Value = f.result(ty.Tensor)

    def verify(self) -> None:
        count = len(self.dimension_numbers.input_spatial_dimensions)
        table = tensor(self.padding).shape
        inferred = self.convolved(None)
        if table != (count, 2):
            raise VerifyError(f"expects padding to be of shape [{count}, 2], but got [{shape_text(table)}]")
        check_shape(inferred, self.result)
