"""Tensors made from nothing: constants, index tensors, random numbers."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import same_shape
from irc.dialects.stablehlo_base import StablehloOp, all_match
from irc.dialects.stablehlo_enums import RngAlgorithm, RngDistribution
from irc.dialects.stablehlo_shapes import constant_integers, shape, tensor
from irc.ir.attributes import (
    Attribute,
    DenseElementsAttr,
    DenseResourceElementsAttr,
    IntegerAttr,
    SparseElementsAttr,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import ConstantLike, Pure
from irc.ir.types import FloatType, IntegerType, TensorType, Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

Elements = DenseElementsAttr | DenseResourceElementsAttr | SparseElementsAttr


class Constant(StablehloOp, name="stablehlo.constant", traits=[Pure, ConstantLike]):
    """A tensor that is known.

    %c = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
    """

    value: Elements = f.attribute(DenseElementsAttr, DenseResourceElementsAttr, SparseElementsAttr)
    output: Value = f.result(ty.StaticTensor)

    def infer(self) -> Sequence[Type]:
        return [self.value.type]

    def verify(self) -> None:
        # The elements of a quantized tensor are given as the integers that are stored.
        if not ty.is_quantized(tensor(self.output).element_type):
            StablehloOp.verify(self)
        elif self.value.type.shape != shape(self.output):
            raise VerifyError("requires the same shape for the value and the result")

    def fold(self) -> FoldResult:
        return self.value if self.value.type is self.output.type else None

    def result_name_hint(self) -> str:
        return "c" if isinstance(tensor(self.output).element_type, IntegerType) else "cst"

    @classmethod
    def parse(cls, p: OpParser) -> Constant:
        attributes: dict[str, Attribute] = {}
        if p.stream.accept("("):
            p.stream.expect(")")
            if p.stream.accept("<"):
                attributes |= p.attr_dict()
                p.stream.expect(">")
            attributes |= p.attr_dict()
            p.stream.expect(":")
            results = list(p.function_type().results)
        else:
            attributes |= p.attr_dict()
            position = p.stream.pos
            value = p.attribute()
            if not isinstance(value, Elements):
                raise p.stream.error(f"expected an elements attribute, got '{value}'", position)
            attributes["value"] = value
            results = [value.type]
        built: Constant = p.build(cls, [], results, attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        if self.value.type is self.output.type:
            p.attr_dict(self, ("value",))
            p(" ")
            p.attribute(self.value)
            return
        p("() <")
        p.dictionary([("value", self.value)])
        p(">")
        if self.attributes:
            p(" ")
            p.dictionary(self.attributes.items())
        p(" : ")
        p.functional_type((), self.results)


class Iota(StablehloOp, name="stablehlo.iota", traits=[Pure]):
    """0, 1, 2, … along a dimension.

    %i = stablehlo.iota dim = 0 : tensor<4xi32>
    """

    iota_dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    output: Value = f.result(ty.static(ty.Int, ty.Float, ty.Complex, ty.Quantized))
    assembly = "`dim` `=` $iota_dimension attr-dict `:` type($output)"

    def verify(self) -> None:
        rank = tensor(self.output).rank
        if rank == 0:
            raise VerifyError("does not support scalars.")
        if self.iota_dimension.value >= rank:
            raise VerifyError("iota dimension cannot go beyond the output rank.")


def check_shape_operand(operand: Value, result: Value) -> None:
    """Raise if `operand`, a vector of sizes, cannot be the shape of `result`."""
    type = tensor(result)
    (rank,) = shape(operand)
    if rank is not None and rank != type.rank:
        raise VerifyError(
            f"output shape has {rank} sizes, which is incompatible with return type of operation '{type}'"
        )
    sizes = constant_integers(operand)
    if sizes is not None and not same_shape(tuple(sizes), type.shape):
        text = ", ".join(map(str, sizes))
        raise VerifyError(f"output shape [{text}] is incompatible with return type of operation '{type}'")


class DynamicIota(StablehloOp, name="stablehlo.dynamic_iota", traits=[Pure]):
    """0, 1, 2, … along a dimension of a shape that is computed.

    %i = stablehlo.dynamic_iota %shape, dim = 0 : (tensor<1xi64>) -> tensor<?xi32>
    """

    output_shape: Value = f.operand(ty.StaticDimensionVector)
    iota_dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    result: Value = f.result(ty.Tensor)
    assembly = "$output_shape `,` `dim` `=` $iota_dimension attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        check_shape_operand(self.output_shape, self.result)
        if self.iota_dimension.value >= tensor(self.result).rank:
            raise VerifyError("iota dimension cannot go beyond the output rank.")


class Rng(StablehloOp, name="stablehlo.rng"):
    """Random numbers of a distribution: from `a` to `b`, or with mean `a` and deviation `b`.

    %r = stablehlo.rng %a, %b, %shape, distribution = NORMAL : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
    """

    a: Value = f.operand(ty.scalar(ty.Pred, ty.Int, ty.Float))
    b: Value = f.operand(ty.scalar(ty.Pred, ty.Int, ty.Float))
    shape: Value = f.operand(ty.StaticDimensionVector)
    rng_distribution: RngDistribution = f.attribute(RngDistribution)
    result: Value = f.result(ty.ranked(ty.Pred, ty.Int, ty.Float))
    checks = (all_match("a", "b", "result"),)
    assembly = (
        "$a `,` $b `,` $shape `,` `distribution` `=` $rng_distribution attr-dict `:` functional-type(operands, results)"
    )

    def infer(self) -> Sequence[Type]:
        element = tensor(self.a).element_type
        if self.rng_distribution.value == "NORMAL" and not isinstance(element, FloatType):
            raise VerifyError("mu and sigma must be floats")
        sizes = constant_integers(self.shape)
        rank = shape(self.shape)[0] or 0
        return [TensorType(tuple(sizes) if sizes is not None else (None,) * rank, element)]


class RngBitGenerator(StablehloOp, name="stablehlo.rng_bit_generator", traits=[Pure]):
    """Random bits, and the state of the generator after them.

    %s, %bits = stablehlo.rng_bit_generator %state, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui32>)
    """

    rng_algorithm: RngAlgorithm = f.attribute(RngAlgorithm)
    initial_state: Value = f.operand(ty.IntOrFloat)
    output_state: Value = f.result(ty.IntOrFloat)
    output: Value = f.result(ty.static(ty.Int, ty.Float))
    assembly = "$initial_state `,` `algorithm` `=` $rng_algorithm attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        before, after = tensor(self.initial_state), tensor(self.output_state)
        if not same_shape(before.shape, after.shape):
            raise VerifyError(
                f"output state shape must be compatible with initial state shape. Got: '{before}' and '{after}'"
            )
