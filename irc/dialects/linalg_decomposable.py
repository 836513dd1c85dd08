"""Ops of `linalg` that are no single loop nest: `softmax` and the transforms of Winograd's convolution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects.linalg_interface import check_tensor_results, shape_of
from irc.dialects.linalg_syntax import parse_operands
from irc.ir.attributes import IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle, Effect, MemoryEffects
from irc.ir.types import MemRefType, TensorType, i64
from irc.ir.value import Value
from irc.ods.fields import attribute, operand, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Decomposable(DestinationStyle, MemoryEffects, Op):
    """One input, one output, and numbers between the op's name and them."""

    input: Value = operand()
    output: Value = operand()

    @property
    def destinations(self) -> Sequence[Value]:
        return (self.output,)

    def effects(self) -> Sequence[Effect]:
        found = [Effect("read", self.input)] if isinstance(self.input.type, MemRefType) else []
        return [*found, Effect("write", self.output)] if isinstance(self.output.type, MemRefType) else found

    @classmethod
    def parse(cls, p: OpParser) -> Decomposable:
        attributes = {}
        for field in cls.layout.attributes:
            p.stream.expect(field.name)
            p.stream.expect("(")
            attributes[field.name] = p.integer_attribute(i64)
            p.stream.expect(")")
        inputs, outputs = parse_operands(p)
        if len(inputs) != 1 or len(outputs) != 1:
            raise p.stream.error(f"'{cls.name}' op expected one input and one output")
        results = p.optional_arrow_types()
        built: Decomposable = p.build(cls, [*inputs, *outputs], results, {**attributes, **p.attr_dict()})
        return built

    def print(self, p: OpPrinter) -> None:
        for field, value in zip(type(self).layout.attributes, self.properties, strict=True):
            assert value is not None
            p(f" {field.name}(")
            p.attribute(value, with_type=False)
            p(")")
        for keyword, operand_ in (("ins", self.input), ("outs", self.output)):
            p(f" {keyword}(")
            p.value(operand_)
            p(" : ")
            p.type(operand_.type)
            p(")")
        p.arrow_types([result.type for result in self.results])
        p.attr_dict(self, [field.name for field in type(self).layout.attributes])


class Softmax(Decomposable, name="linalg.softmax"):
    """Exponentials that sum to one along a dimension.

    %y = linalg.softmax dimension(1) ins(%x : tensor<2x4xf32>) outs(%init : tensor<2x4xf32>) -> tensor<2x4xf32>
    """

    dimension: IntegerAttr = attribute(IntegerAttr)
    result_tensors: Sequence[Value] = variadic_results()

    def verify(self) -> None:
        check_tensor_results(self, [(1, self.output)] if isinstance(self.output.type, TensorType) else [])
        shape, target = shape_of(self.input.type), shape_of(self.output.type)
        known = [(a, b) for a, b in zip(shape, target, strict=False) if a is not None and b is not None]
        if len(shape) != len(target) or any(a != b for a, b in known):
            raise VerifyError("incompatible output shape")
        if not 0 <= self.dimension.value < len(shape):
            raise VerifyError("incorrect dimension specified")


class WinogradFilterTransform(Decomposable, name="linalg.winograd_filter_transform"):
    """The filters of a convolution F(m x m, r x r) in Winograd's domain (Lavin and Gray, 2016).

    %y = linalg.winograd_filter_transform m(4) r(3)
      ins(%f : tensor<2x3x3x5xf32>) outs(%init : tensor<6x6x5x2xf32>) -> tensor<6x6x5x2xf32>
    """

    m: IntegerAttr = attribute(IntegerAttr)
    r: IntegerAttr = attribute(IntegerAttr)
    result_tensors: Sequence[Value] = variadic_results()


class WinogradInputTransform(Decomposable, name="linalg.winograd_input_transform"):
    """The tiles of the input of a convolution in Winograd's domain.

    %y = linalg.winograd_input_transform m(4) r(3)
        ins(%x : tensor<2x10x10x5xf32>) outs(%init : tensor<6x6x2x2x2x5xf32>) -> tensor<6x6x2x2x2x5xf32>
    """

    m: IntegerAttr = attribute(IntegerAttr)
    r: IntegerAttr = attribute(IntegerAttr)
    result_tensors: Sequence[Value] = variadic_results()


class WinogradOutputTransform(Decomposable, name="linalg.winograd_output_transform"):
    """The output of a convolution back from Winograd's domain.

    %y = linalg.winograd_output_transform m(4) r(3)
        ins(%x : tensor<6x6x2x2x2x3xf32>) outs(%init : tensor<2x8x8x3xf32>) -> tensor<2x8x8x3xf32>
    """

    m: IntegerAttr = attribute(IntegerAttr)
    r: IntegerAttr = attribute(IntegerAttr)
    result_tensors: Sequence[Value] = variadic_results()
