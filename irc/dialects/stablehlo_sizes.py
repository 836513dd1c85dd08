"""Sizes as values, and the bits of elements taken as elements of another size."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import same_size
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_shapes import Dim, constant_integers, dims, in_range, of_dims, tensor
from irc.ir.attributes import IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import ComplexType, FloatType, IntegerType, TensorType, Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


def _bits(type: Type) -> int | None:
    match type:
        case IntegerType() | FloatType():
            return type.width
        case ComplexType():
            part = _bits(type.element_type)
            return None if part is None else 2 * part
    return None


class BitcastConvert(StablehloOp, name="stablehlo.bitcast_convert", traits=[Pure]):
    """The bits of the elements taken as elements of another type; a last dimension makes up for the width.

    %y = stablehlo.bitcast_convert %x : (tensor<2xf32>) -> tensor<2x4xi8>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    result: Value = f.result(ty.TensorOrPerAxis)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        source, target = tensor(self.operand), tensor(self.result)
        if isinstance(source.element_type, ComplexType) != isinstance(target.element_type, ComplexType):
            raise VerifyError(f"cannot convert between real and complex types, but got: '{source}' and '{target}'")
        from_bits, to_bits = _bits(source.element_type), _bits(target.element_type)
        if from_bits is None or to_bits is None:
            return
        small, big = (source, target) if from_bits <= to_bits else (target, source)
        small_bits, big_bits = sorted((from_bits, to_bits))
        inner = 0 if small_bits == big_bits else 1
        if small.rank != big.rank + inner:
            if inner:
                raise VerifyError(
                    f"rank of smaller element type ({small.rank}) should be 1 more than rank of larger element type "
                    f"({big.rank}), but {small.rank} != {big.rank} + 1."
                )
            raise VerifyError(
                f"rank of operand and result should match for the same bit width. Got: '{source}' and '{target}'"
            )
        last = small.shape[-1] if inner else None
        if last is not None and small_bits * last != big_bits:
            raise VerifyError(
                f"requires compatible bit widths. Got: '{source}' and '{target}', but {small_bits} * {last} != "
                f"{big_bits}."
            )
        if not all(map(same_size, small.shape[: big.rank], big.shape)):
            raise VerifyError(
                "operand and result shapes must match except for the innermost dimension of the shape with the "
                f"smaller element type. Got: '{source}' and '{target}'."
            )


def check_dimension(value: Value, dimension: int) -> None:
    """Raise unless `dimension` is one of the tensor's."""
    if not in_range([dimension], tensor(value).rank):
        raise VerifyError(f"requires dimension attribute in range [0, {tensor(value).rank}); found ({dimension})")


class GetDimensionSize(StablehloOp, name="stablehlo.get_dimension_size", traits=[Pure]):
    """The size of a dimension.

    %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?xf32>) -> tensor<i32>
    """

    operand: Value = f.operand(ty.TensorOrPerAxis)
    dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    result: Value = f.result(ty.ranked(ty.I32))
    assembly = "$operand `,` `dim` `=` $dimension attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        check_dimension(self.operand, self.dimension.value)
        return [TensorType((), IntegerType(32))]


class SetDimensionSize(StablehloOp, name="stablehlo.set_dimension_size", traits=[Pure]):
    """The operand with a dimension taken as shorter.

    %y = stablehlo.set_dimension_size %x, %n, dim = 0 : (tensor<4xf32>, tensor<i32>) -> tensor<?xf32, #stablehlo.bounds<4>>
    """

    operand: Value = f.operand(ty.Tensor)
    size: Value = f.operand(ty.ranked(ty.I32))
    dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    result: Value = f.result(ty.Tensor)
    assembly = "$operand `,` $size `,` `dim` `=` $dimension attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        operand, along = tensor(self.operand), self.dimension.value
        if tensor(self.size).rank != 0:
            raise VerifyError("size operand should be of rank-0")
        check_dimension(self.operand, along)
        sizes = dims(operand)
        known = constant_integers(self.size)
        whole = known is not None and known[0] == operand.shape[along]
        sizes[along] = sizes[along] if whole else Dim(None, sizes[along].limit)
        return [of_dims(sizes, operand.element_type)]
