"""`tensor`: making, indexing and reshaping immutable tensors (https://mlir.llvm.org/docs/Dialects/TensorOps/).

Slices are in `tensor_slices`, reshapes in `tensor_reshape`, ops with a body in `tensor_regions`,
tiles in `tensor_packing`, slices at positions that are data in `tensor_gather`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects._shape_queries import DynamicallySized, RankQuery, SizeQuery
from irc.dialects.tensor_gather import Gather, Scatter
from irc.dialects.tensor_packing import Pack, UnPack
from irc.dialects.tensor_regions import Generate, Pad, Yield
from irc.dialects.tensor_reshape import CollapseShape, ExpandShape, Reshape
from irc.dialects.tensor_slices import (
    Concat,
    ExtractSlice,
    InsertSlice,
    ParallelInsertSlice,
)
from irc.ir.attributes import Attribute, DenseElementsAttr, IntegerAttr, scalar_attr
from irc.ir.dense import from_numpy, splat, splat_value, to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type, UnrankedTensorType, compatible_shapes, element_type
from irc.ir.value import Value
from irc.ods.constraints import AnyTensor, Constraint, Index, Scalar, Tensor
from irc.ods.fields import operand, result, variadic
from irc.ods.op import Op, TypesMatch

__all__ = [
    "Bitcast",
    "Cast",
    "CollapseShape",
    "Concat",
    "Dim",
    "Empty",
    "ExpandShape",
    "Extract",
    "ExtractSlice",
    "FromElements",
    "Gather",
    "Generate",
    "Insert",
    "InsertSlice",
    "Pack",
    "Pad",
    "ParallelInsertSlice",
    "Rank",
    "Reshape",
    "Scatter",
    "Splat",
    "UnPack",
    "Yield",
]

NonScalarTensor = Constraint(
    "non-0-ranked or unranked tensor",
    lambda type: isinstance(type, UnrankedTensorType) or (isinstance(type, TensorType) and type.rank > 0),
)
StaticTensor = Constraint(
    "statically shaped tensor of any type values", lambda type: isinstance(type, TensorType) and type.has_static_shape
)


def _verify_dynamic_sizes(count: int, type: Type) -> None:
    expected = type.num_dynamic_dims if isinstance(type, TensorType) else 0
    if count != expected:
        raise VerifyError(f"incorrect number of dynamic sizes, has {count}, expected {expected}")


class Empty(DynamicallySized, Op, name="tensor.empty", traits=[Pure]):
    """A tensor of unspecified elements, for its shape: where a destination is needed.

    %0 = tensor.empty(%n) : tensor<?x4xf32>
    """

    dynamic_sizes: Sequence[Value] = variadic(Index, default=())
    result: Value = result(Tensor)
    assembly = "`(` $dynamic_sizes `)` attr-dict `:` type($result)"

    def verify(self) -> None:
        _verify_dynamic_sizes(len(self.dynamic_sizes), self.result.type)


class Dim(SizeQuery, name="tensor.dim", traits=[Pure]):
    """The size of a dimension.

    %n = tensor.dim %t, %c0 : tensor<?x4xf32>
    """

    result_name = "dim"

    source: Value = operand(NonScalarTensor)


class Rank(RankQuery, name="tensor.rank", traits=[Pure]):
    """The number of dimensions.

    %n = tensor.rank %t : tensor<*xf32>
    """

    result_name = "rank"

    tensor: Value = operand(AnyTensor)
    assembly = "$tensor attr-dict `:` type($tensor)"


class Extract(Op, name="tensor.extract", traits=[Pure]):
    """One element.

    %x = tensor.extract %t[%i, %j] : tensor<4x?xf32>
    """

    result_name = "extracted"

    tensor: Value = operand(Tensor)
    indices: Sequence[Value] = variadic(Index, default=())
    result: Value = result()
    assembly = "$tensor `[` $indices `]` attr-dict `:` type($tensor)"

    def infer(self) -> Sequence[Type]:
        return (element_type(self.tensor.type),)

    def verify(self) -> None:
        type = self.tensor.type
        assert isinstance(type, TensorType)
        if self.result.type is not type.element_type:
            raise VerifyError("failed to verify that result type matches element type of tensor")
        if len(self.indices) != type.rank:
            raise VerifyError("incorrect number of indices for extract_element")

    def fold(self, tensor: Attribute | None, *indices: Attribute | None) -> FoldResult:
        position = tuple(i.value for i in indices if isinstance(i, IntegerAttr))
        if not isinstance(tensor, DenseElementsAttr):
            return None
        if not tensor.is_splat:
            if len(position) != len(indices):
                return None
            if not all(0 <= i < size for i, size in zip(position, tensor.type.static_shape, strict=True)):
                return None
            scalar = TensorType((), tensor.type.element_type)
            tensor = from_numpy(to_numpy(tensor)[position], scalar)
        number = splat_value(tensor)
        return scalar_attr(number, self.result.type) if isinstance(number, int | float) else None


class Insert(Op, name="tensor.insert", traits=[Pure]):
    """A tensor with one element replaced.

    %u = tensor.insert %x into %t[%i, %j] : tensor<4x?xf32>
    """

    result_name = "inserted"

    scalar: Value = operand()
    dest: Value = operand(Tensor)
    indices: Sequence[Value] = variadic(Index, default=())
    result: Value = result(Tensor)
    assembly = "$scalar `into` $dest `[` $indices `]` attr-dict `:` type($dest)"
    types_match: ClassVar[TypesMatch] = {"scalar": ("dest", element_type)}

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        type = self.dest.type
        assert isinstance(type, TensorType)
        if self.scalar.type is not type.element_type:
            raise VerifyError("failed to verify that scalar type matches element type of dest")
        if self.result.type is not type:
            raise VerifyError("failed to verify that expected result type to match dest type")
        if len(self.indices) != type.rank:
            raise VerifyError("incorrect number of indices")


class FromElements(Op, name="tensor.from_elements", traits=[Pure]):
    """A tensor of the given elements, row-major.

    %t = tensor.from_elements %a, %b : tensor<2xf32>
    """

    result_name = "from_elements"

    elements: Sequence[Value] = variadic(default=())
    result: Value = result(StaticTensor)
    assembly = "$elements attr-dict `:` type($result)"
    types_match: ClassVar[TypesMatch] = {"elements": ("result", element_type)}

    def infer(self) -> Sequence[Type]:
        if not self.elements:
            raise VerifyError("needs an element to tell its type from")
        return (TensorType((len(self.elements),), self.elements[0].type),)

    def verify(self) -> None:
        type = self.result.type
        assert isinstance(type, TensorType)
        if any(each.type is not type.element_type for each in self.elements):
            raise VerifyError("failed to verify that operand types match result element type")
        if len(self.elements) != type.num_elements:
            raise VerifyError(
                f"number of operands ({len(self.elements)}) does not match the number of elements of the result "
                f"({type.num_elements})"
            )

    def fold(self, *elements: Attribute | None) -> FoldResult:
        values = [splat_value(each) for each in elements]
        type = self.result.type
        assert isinstance(type, TensorType)
        return None if None in values or not values else from_numpy(values, type)


class Splat(DynamicallySized, Op, name="tensor.splat", traits=[Pure]):
    """A tensor with one value everywhere.

    %t = tensor.splat %x[%n] : tensor<?x4xf32>
    """

    result_name = "splat"

    input: Value = operand(Scalar)
    dynamic_sizes: Sequence[Value] = variadic(Index, default=())
    aggregate: Value = result(Tensor)
    assembly = "$input (`[` $dynamic_sizes^ `]`)? attr-dict `:` type($aggregate)"
    types_match: ClassVar[TypesMatch] = {"input": ("aggregate", element_type)}

    def verify(self) -> None:
        if self.input.type is not element_type(self.aggregate.type):
            raise VerifyError("failed to verify that operand type matches element type of result")
        _verify_dynamic_sizes(len(self.dynamic_sizes), self.aggregate.type)

    def fold(self, value: Attribute | None, *sizes: Attribute | None) -> FoldResult:
        type = self.aggregate.type
        constant = splat_value(value)
        if constant is None or not isinstance(type, TensorType) or not type.has_static_shape:
            return None
        return splat(constant, type)


class Bitcast(Op, name="tensor.bitcast", traits=[Pure]):
    """The same bits as elements of another type of the same width.

    %i = tensor.bitcast %x : tensor<4xf32> to tensor<4xi32>
    """

    source: Value = operand(AnyTensor)
    dest: Value = result(AnyTensor)
    assembly = "$source attr-dict `:` type($source) `to` type($dest)"

    def verify(self) -> None:
        source, dest = self.source.type, self.dest.type
        widths = [getattr(element_type(type), "width", None) for type in (source, dest)]
        fits = type(source) is type(dest) and None not in widths and widths[0] == widths[1]
        if isinstance(source, TensorType) and isinstance(dest, TensorType):
            fits = fits and source.shape == dest.shape
        if not fits:
            raise VerifyError(f"operand type '{source}' and result type '{dest}' are cast incompatible")


class Cast(Op, name="tensor.cast", traits=[Pure]):
    """The same tensor under a type that knows more or less of its shape.

    %u = tensor.cast %t : tensor<?x4xf32> to tensor<2x4xf32>
    """

    result_name = "cast"

    source: Value = operand(AnyTensor)
    dest: Value = result(AnyTensor)
    assembly = "$source attr-dict `:` type($source) `to` type($dest)"

    def verify(self) -> None:
        source, dest = self.source.type, self.dest.type
        compatible = element_type(source) is element_type(dest)
        if isinstance(source, TensorType) and isinstance(dest, TensorType):
            compatible &= compatible_shapes(source.shape, dest.shape)
        if not compatible:
            raise VerifyError(f"operand type '{source}' and result type '{dest}' are cast incompatible")

    def fold(self, source: Attribute | None) -> FoldResult:
        if self.source.type is self.dest.type:
            return self.source
        inner = self.source.defining_op
        if isinstance(inner, Cast) and inner.source.type is self.dest.type:
            return inner.source
        return None
