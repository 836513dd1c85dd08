"""Tensors repeated along dimensions."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import distinct, same_size
from irc.dialects.stablehlo_base import StablehloOp, compatible_element_types, same_element_types
from irc.dialects.stablehlo_creation import check_shape_operand
from irc.dialects.stablehlo_shapes import Dim, constant_integers, dims, of_dims, same_element, tensor
from irc.ir.attributes import Attribute, DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


class Broadcast(StablehloOp, name="stablehlo.broadcast", traits=[Pure]):
    """The operand repeated along new leading dimensions.

    %y = stablehlo.broadcast %x, sizes = [4] : (tensor<2xf32>) -> tensor<4x2xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    broadcast_sizes: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.TensorOrPerAxis)
    checks = (same_element_types,)
    assembly = "$operand `,` `sizes` `=` $broadcast_sizes attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        operand, sizes = tensor(self.operand), [int(size) for size in self.broadcast_sizes.values]
        for size in sizes:
            if size < 0:
                raise VerifyError(f"Broadcast with negative dimension size {size}")
        return [of_dims([*map(Dim, sizes), *dims(operand)], operand.element_type)]


def _check_mapped(operand: TensorType, result: TensorType, mapped: Sequence[int], words: str) -> None:
    """Whether dimension `i` of the operand may become dimension `mapped[i]` of the result."""
    if len(mapped) != operand.rank:
        raise VerifyError(f"broadcast_dimensions size ({len(mapped)}) does not match operand rank ({operand.rank})")
    if not distinct(mapped):
        raise VerifyError("broadcast_dimensions should not have duplicates")
    for i, (dim, size) in enumerate(zip(mapped, operand.shape, strict=True)):
        if not 0 <= dim < result.rank:
            raise VerifyError(f"broadcast_dimensions contains invalid value {dim} for result with rank {result.rank}")
        if size not in (None, 1) and not same_size(size, result.shape[dim]):
            raise VerifyError(
                f"size of operand dimension {i} ({size}) {words} size of result dimension {dim} ({result.shape[dim]})"
            )


class BroadcastInDim(StablehloOp, name="stablehlo.broadcast_in_dim", traits=[Pure]):
    """The operand repeated: its dimension `i` is `dims[i]` of the result, where it is as long or has size 1.

    %y = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    broadcast_dimensions: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.StaticOrBounded)
    assembly = "$operand `,` `dims` `=` $broadcast_dimensions attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        compatible_element_types(self)
        mapped = [int(dim) for dim in self.broadcast_dimensions.values]
        _check_mapped(tensor(self.operand), tensor(self.result), mapped, "is not equal to 1 or")

    def fold(self, _operand: Attribute | None) -> FoldResult:
        mapped = self.broadcast_dimensions.values
        in_order = list(mapped) == list(range(len(mapped)))
        return self.operand if in_order and self.operand.type is self.result.type else None


class DynamicBroadcastInDim(StablehloOp, name="stablehlo.dynamic_broadcast_in_dim", traits=[Pure]):
    """The operand repeated to a shape that is computed.

    %y = stablehlo.dynamic_broadcast_in_dim %x, %s, dims = [1] : (tensor<?xf32>, tensor<2xi64>) -> tensor<?x?xf32>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    output_dimensions: Value = f.operand(ty.StaticDimensionVector)
    broadcast_dimensions: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    known_expanding_dimensions: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    known_nonexpanding_dimensions: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    result: Value = f.result(ty.TensorOrPerAxis)
    assembly = (
        "$operand `,` $output_dimensions `,` `dims` `=` $broadcast_dimensions attr-dict "
        "`:` functional-type(operands, results)"
    )

    def verify(self) -> None:
        operand, result = tensor(self.operand), tensor(self.result)
        if not same_element(operand.element_type, result.element_type):
            raise VerifyError(
                f"expects operand and result to have compatible element type. Got: '{operand}' and '{result}'"
            )
        if result.rank < operand.rank:
            raise VerifyError(f"result rank ({result.rank}) is less than operand rank ({operand.rank})")
        mapped = [int(dim) for dim in self.broadcast_dimensions.values]
        _check_mapped(operand, result, mapped, "is not compatible with")
        hints = [
            int(dim)
            for hint in (self.known_expanding_dimensions, self.known_nonexpanding_dimensions)
            for dim in (hint.values if hint is not None else ())
        ]
        if not distinct(hints):
            raise VerifyError("duplicate expansion hint for at least one operand dimension")
        for dim in hints:
            if not 0 <= dim < operand.rank:
                raise VerifyError(f"hint for expanding dimension {dim} does not refer to a valid operand dimension")
        check_shape_operand(self.output_dimensions, self.result)
        self._check_sizes(operand, mapped)

    def _check_sizes(self, operand: TensorType, mapped: Sequence[int]) -> None:
        sizes = constant_integers(self.output_dimensions)
        if sizes is None:
            return
        for i, (dim, size) in enumerate(zip(mapped, operand.shape, strict=True)):
            if size not in (None, 1, sizes[dim]):
                raise VerifyError(
                    f"size of operand dimension {i} ({size}) is not equal to 1 or value of shape at index {dim} "
                    f"({sizes[dim]})"
                )
