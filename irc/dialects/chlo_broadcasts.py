"""Elementwise ops that repeat their operands as NumPy does: shapes are aligned at the end, a size of 1 is stretched."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import chlo_types as ty
from irc.dialects import stablehlo_types as hlo
from irc.dialects._shape_checks import shape_text
from irc.dialects.chlo_attributes import ComparisonDirection, ComparisonType
from irc.dialects.stablehlo_base import StablehloOp, compatible_element_types, same_element_types
from irc.dialects.stablehlo_shapes import Dim, dims, of_dims
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Commutative, Pure
from irc.ir.types import ComplexType, TensorType, Type, UnrankedTensorType, element_type, i1
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f


def _stretch(a: Dim, b: Dim, text: str) -> Dim:
    if a.size == 1:
        return b
    if b.size == 1:
        return a
    if a.size is None or b.size is None:
        return a if b.size is None else b
    if a.size != b.size:
        raise VerifyError(f"incompatible shapes for broadcasting {text}")
    return a


def broadcast_types(types: Sequence[Type], element: Type) -> Type:
    """The type with `element` of what the tensors give together. Raises `VerifyError` where sizes do not fit."""
    ranked = [type for type in types if isinstance(type, TensorType)]
    if len(ranked) < len(types):
        return UnrankedTensorType(element)
    text = " and ".join(shape_text(type.shape) for type in ranked)
    rank = max(type.rank for type in ranked)
    sizes = [Dim(1)] * rank
    for type in ranked:
        aligned = [Dim(1)] * (rank - type.rank) + dims(type)
        sizes = [_stretch(a, b, text) for a, b in zip(sizes, aligned, strict=True)]
    return of_dims(sizes, element)


class BroadcastingBase(StablehloOp, traits=[Pure]):
    """Base: two operands; the attribute `broadcast_dimensions` may say where the dimensions of the smaller one go."""

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.Tensor)
    result: Value = f.result(ty.Tensor)
    assembly = "$lhs `,` $rhs attr-dict `:` `(` type($lhs) `,` type($rhs) `)` `->` type(results)"

    def result_element(self) -> Type:
        """The element type of the result."""
        return element_type(self.lhs.type)

    def infer(self) -> Sequence[Type]:
        lhs, rhs = self.lhs.type, self.rhs.type
        stated = self.get_attribute("broadcast_dimensions")
        if not isinstance(lhs, TensorType) or not isinstance(rhs, TensorType) or not isinstance(stated, DenseArrayAttr):
            return [broadcast_types([lhs, rhs], self.result_element())]
        if lhs.rank == rhs.rank:
            return [broadcast_types([lhs, rhs], self.result_element())]
        large, small = (lhs, rhs) if lhs.rank > rhs.rank else (rhs, lhs)
        mapped = [int(dim) for dim in stated.values]
        suffix = list(range(large.rank - small.rank, large.rank))
        if len(mapped) != small.rank or mapped != sorted(set(mapped)) or not all(0 <= d < large.rank for d in mapped):
            raise VerifyError(
                f"broadcast_dimensions ([{shape_text(mapped)}]) must be strictly increasing dimensions of the larger "
                f"operand, one for each of the smaller one's"
            )
        if mapped == suffix:
            return [broadcast_types([lhs, rhs], self.result_element())]
        sizes = dims(large)
        for dim, other in zip(mapped, dims(small), strict=True):
            sizes[dim] = _stretch(sizes[dim], other, f"{shape_text(lhs.shape)} and {shape_text(rhs.shape)}")
        return [of_dims(sizes, self.result_element())]


class Broadcasting(BroadcastingBase):
    """Base of the ops that have no other attribute.

    %y = {op} %a, %b : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
    """

    broadcast_dimensions: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)


class BroadcastAdd(Broadcasting, name="chlo.broadcast_add", traits=[Commutative]):
    """The sum."""

    checks = (compatible_element_types,)


class BroadcastAtan2(Broadcasting, name="chlo.broadcast_atan2"):
    """The angle of the point (rhs, lhs)."""

    checks = (same_element_types,)


class BroadcastDivide(Broadcasting, name="chlo.broadcast_divide"):
    """The quotient."""

    checks = (same_element_types,)


class BroadcastMaximum(Broadcasting, name="chlo.broadcast_maximum", traits=[Commutative]):
    """The larger."""

    checks = (compatible_element_types,)


class BroadcastMinimum(Broadcasting, name="chlo.broadcast_minimum", traits=[Commutative]):
    """The smaller."""

    checks = (compatible_element_types,)


class BroadcastMultiply(Broadcasting, name="chlo.broadcast_multiply", traits=[Commutative]):
    """The product."""

    checks = (same_element_types,)


class BroadcastNextAfter(Broadcasting, name="chlo.broadcast_next_after"):
    """The next float from lhs in the direction of rhs."""

    checks = (same_element_types,)


class BroadcastPolygamma(Broadcasting, name="chlo.broadcast_polygamma"):
    """Derivative lhs of the digamma function."""

    checks = (same_element_types,)


class BroadcastPower(Broadcasting, name="chlo.broadcast_power"):
    """lhs to the power of rhs."""

    checks = (same_element_types,)


class BroadcastRemainder(Broadcasting, name="chlo.broadcast_remainder"):
    """What division leaves."""

    checks = (same_element_types,)


class BroadcastShiftLeft(Broadcasting, name="chlo.broadcast_shift_left"):
    """The bits moved up.

    %y = chlo.broadcast_shift_left %a, %b : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>
    """

    checks = (same_element_types,)


class BroadcastShiftRightArithmetic(Broadcasting, name="chlo.broadcast_shift_right_arithmetic"):
    """The bits moved down, filled with the sign.

    %y = chlo.broadcast_shift_right_arithmetic %a, %b : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>
    """

    checks = (same_element_types,)


class BroadcastShiftRightLogical(Broadcasting, name="chlo.broadcast_shift_right_logical"):
    """The bits moved down, filled with zeros.

    %y = chlo.broadcast_shift_right_logical %a, %b : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>
    """

    checks = (same_element_types,)


class BroadcastSubtract(Broadcasting, name="chlo.broadcast_subtract"):
    """The difference."""

    checks = (same_element_types,)


class BroadcastZeta(Broadcasting, name="chlo.broadcast_zeta"):
    """The zeta function of Hurwitz.

    %y = chlo.broadcast_zeta %x, %q : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
    """

    lhs: Value = f.operand(ty.Float)
    rhs: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Float)
    checks = (same_element_types,)


class Logical(Broadcasting, traits=[Commutative]):
    """Base of ops on truth values and bits.

    %y = {op} %a, %b : (tensor<2xi1>, tensor<i1>) -> tensor<2xi1>
    """

    lhs: Value = f.operand(ty.PredOrInt)
    rhs: Value = f.operand(ty.PredOrInt)


class BroadcastAnd(Logical, name="chlo.broadcast_and"):
    """The conjunction."""


class BroadcastOr(Logical, name="chlo.broadcast_or"):
    """The disjunction."""


class BroadcastXor(Logical, name="chlo.broadcast_xor"):
    """Whether exactly one is true."""


class BroadcastComplex(Broadcasting, name="chlo.broadcast_complex"):
    """The complex number of a real and an imaginary part.

    %y = chlo.broadcast_complex %a, %b : (tensor<2xf32>, tensor<f32>) -> tensor<2xcomplex<f32>>
    """

    lhs: Value = f.operand(ty.Float)
    rhs: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Complex)

    def result_element(self) -> Type:
        return ComplexType(element_type(self.lhs.type))


class BroadcastCompare(BroadcastingBase, name="chlo.broadcast_compare"):
    """A comparison.

    %y = chlo.broadcast_compare %a, %b {comparison_direction = #chlo<comparison_direction LT>}
        : (tensor<2xf32>, tensor<f32>) -> tensor<2xi1>
    """

    comparison_direction: ComparisonDirection = f.attribute(ComparisonDirection)
    broadcast_dimensions: DenseArrayAttr | None = f.attribute(DenseArrayAttr, default=None, where=ac.I64Array)
    compare_type: ComparisonType | None = f.attribute(ComparisonType, default=None)
    result: Value = f.result(ty.Pred)

    def result_element(self) -> Type:
        return i1


class BroadcastSelect(StablehloOp, name="chlo.broadcast_select", traits=[Pure]):
    """One of two values.

    %y = chlo.broadcast_select %p, %a, %b : (tensor<2xi1>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
    """

    pred: Value = f.operand(hlo.PredTensor)
    on_true: Value = f.operand(ty.Tensor)
    on_false: Value = f.operand(ty.Tensor)
    result: Value = f.result(ty.Tensor)
    assembly = (
        "$pred `,` $on_true `,` $on_false attr-dict "
        "`:` `(` type($pred) `,` type($on_true) `,` type($on_false) `)` `->` type(results)"
    )

    def infer(self) -> Sequence[Type]:
        pred, values = self.pred.type, [self.on_true.type, self.on_false.type]
        if len({element_type(type) for type in values}) > 1:
            raise VerifyError("mismatched operand types")
        element = element_type(values[0])
        chosen = broadcast_types(values, element)
        scalar = isinstance(pred, TensorType) and pred.rank == 0
        return [chosen if scalar else broadcast_types([pred, chosen], element)]
