"""Comparisons, and the choice between values."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import same_shape, shape_text
from irc.dialects.stablehlo_base import (
    StablehloOp,
    compatible_element_types,
    compatible_operand_elements,
    same_operands_and_result_shape,
)
from irc.dialects.stablehlo_enums import ComparisonDirection, ComparisonType
from irc.dialects.stablehlo_shapes import compatible, most_specific, shape
from irc.ir.attributes import Attribute
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Elementwise, Pure
from irc.ir.types import FunctionType, Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Compare(StablehloOp, name="stablehlo.compare", traits=[Pure, Elementwise]):
    """A comparison.

    %y = stablehlo.compare LT, %a, %b, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.Tensor)
    comparison_direction: ComparisonDirection = f.attribute(ComparisonDirection)
    compare_type: ComparisonType | None = f.attribute(ComparisonType, default=None)
    result: Value = f.result(ty.PredTensor)
    checks = (compatible_operand_elements, same_operands_and_result_shape)
    assembly = (
        "$comparison_direction `,` $lhs `,` $rhs (`,` $compare_type^)? attr-dict `:` functional-type(operands, results)"
    )

    def infer(self) -> Sequence[Type]:
        return [with_element_type(most_specific([self.lhs.type, self.rhs.type]), i1)]


class Clamp(StablehloOp, name="stablehlo.clamp", traits=[Pure, Elementwise]):
    """The operand moved into the range from `min` to `max`, which may be scalars.

    %y = stablehlo.clamp %min, %x, %max : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
    """

    min: Value = f.operand(ty.Tensor)
    operand: Value = f.operand(ty.Tensor)
    max: Value = f.operand(ty.Tensor)
    result: Value = f.result(ty.Tensor)
    checks = (compatible_element_types,)
    assembly = (
        "$min `,` $operand `,` $max attr-dict "
        "`:` custom<SameTernary>(type($min), type($operand), type($max), type($result))"
    )

    def infer(self) -> Sequence[Type]:
        wanted = shape(self.operand)
        for name, bound in (("min", shape(self.min)), ("max", shape(self.max))):
            if bound and not same_shape(bound, wanted):
                raise VerifyError(
                    f"{name} shape [{shape_text(bound)}] is not scalar and is not compatible to operand shape "
                    f"[{shape_text(wanted)}]"
                )
        return [self.operand.type]


class Select(StablehloOp, name="stablehlo.select", traits=[Pure]):
    """One of two values, element by element or, with a scalar predicate, as a whole.

    %y = stablehlo.select %p, %a, %b : tensor<2xi1>, tensor<2xf32>
    """

    pred: Value = f.operand(ty.PredTensor)
    on_true: Value = f.operand(ty.Tensor)
    on_false: Value = f.operand(ty.Tensor)
    result: Value = f.result(ty.Tensor)

    def infer(self) -> Sequence[Type]:
        if not compatible(self.on_true.type, self.on_false.type):
            raise VerifyError("requires compatible types for non-predicate operands")
        if shape(self.pred) and not same_shape(shape(self.pred), shape(self.on_true)):
            raise VerifyError("requires the same shape for all operands")
        return [most_specific([self.on_true.type, self.on_false.type])]

    def fold(self, _pred: Attribute | None, _on_true: Attribute | None, _on_false: Attribute | None) -> FoldResult:
        same = self.on_true is self.on_false and self.on_true.type is self.result.type
        return self.on_true if same else None

    @classmethod
    def parse(cls, p: OpParser) -> Select:
        operands = p.operand_list()
        attributes = p.attr_dict()
        p.stream.expect(":")
        position = p.stream.pos
        types = p.types()
        match types:
            case [FunctionType(inputs=inputs, results=results)]:
                operand_types = list(inputs)
                result_types = list(results)
            case [pred, each]:
                operand_types = [pred, each, each]
                result_types = [each]
            case _:
                raise p.stream.error("expected functional type or list of two types", position)
        built: Select = p.build(cls, p.resolve_all(operands, operand_types), result_types, attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p.attr_dict(self)
        p(" : ")
        wanted = self.results[0].type
        if self.on_true.type is wanted and self.on_false.type is wanted:
            p.types([self.pred.type, wanted])
        else:
            p.functional_type(self.operands, self.results)
