"""`tensor`: making, indexing and reshaping immutable tensors (https://mlir.llvm.org/docs/Dialects/TensorOps/).

Slices and reshapes are in `tensor_slices`, ops with a body in `tensor_regions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import constant_index
from irc.dialects.tensor_regions import Generate, Pad, Yield
from irc.dialects.tensor_slices import CollapseShape, Concat, ExpandShape, ExtractSlice, InsertSlice, Reshape
from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr, index_attr
from irc.ir.dense import from_numpy, splat, splat_value, to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type, UnrankedTensorType, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import AnyTensor, Constraint, Index, Scalar, Tensor
from irc.ods.fields import operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

__all__ = [
    "Cast",
    "CollapseShape",
    "Concat",
    "Dim",
    "Empty",
    "ExpandShape",
    "Extract",
    "ExtractSlice",
    "FromElements",
    "Generate",
    "Insert",
    "InsertSlice",
    "Pad",
    "Rank",
    "Reshape",
    "Splat",
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


class Empty(Op, name="tensor.empty", traits=[Pure]):
    """A tensor of unspecified elements, for its shape: where a destination is needed.

    %0 = tensor.empty(%n) : tensor<?x4xf32>
    """

    dynamic_sizes: Sequence[Value] = variadic(Index, default=())
    result: Value = result(Tensor)
    assembly = "`(` $dynamic_sizes `)` attr-dict `:` type($result)"

    def verify(self) -> None:
        _verify_dynamic_sizes(len(self.dynamic_sizes), self.result.type)


class Dim(Op, name="tensor.dim", traits=[Pure]):
    """The size of a dimension.

    %n = tensor.dim %t, %c0 : tensor<?x4xf32>
    """

    source: Value = operand(NonScalarTensor)
    index: Value = operand(Index)
    result: Value = result(Index)
    assembly = "attr-dict $source `,` $index `:` type($source)"

    def infer(self) -> Sequence[Type]:
        return (index,)

    @property
    def constant_index(self) -> int | None:
        """The dimension where it is known."""
        return constant_index(self.index)

    def fold(self, source: Attribute | None, index: Attribute | None) -> FoldResult:
        type = self.source.type
        if isinstance(index, IntegerAttr) and isinstance(type, TensorType) and 0 <= index.value < type.rank:
            size = type.shape[index.value]
            if size is not None:
                return index_attr(size)
            producer = self.source.defining_op
            if isinstance(producer, Empty | Splat):
                dynamic = producer.dynamic_sizes
                return dynamic[type.shape[: index.value].count(None)]
        return None


class Rank(Op, name="tensor.rank", traits=[Pure]):
    """The number of dimensions.

    %n = tensor.rank %t : tensor<*xf32>
    """

    tensor: Value = operand(AnyTensor)
    result: Value = result(Index)
    assembly = "$tensor attr-dict `:` type($tensor)"

    def infer(self) -> Sequence[Type]:
        return (index,)

    def fold(self, tensor: Attribute | None) -> FoldResult:
        type = self.tensor.type
        return index_attr(type.rank) if isinstance(type, TensorType) else None


class Extract(Op, name="tensor.extract", traits=[Pure]):
    """One element.

    %x = tensor.extract %t[%i, %j] : tensor<4x?xf32>
    """

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
        return _scalar_attr(splat_value(tensor), self.result.type)


def _scalar_attr(value: object, type: Type) -> Attribute | None:
    if isinstance(value, float):
        return FloatAttr.of(value, type)
    return IntegerAttr(value, type) if isinstance(value, int) else None


class Insert(Op, name="tensor.insert", traits=[Pure]):
    """A tensor with one element replaced.

    %u = tensor.insert %x into %t[%i, %j] : tensor<4x?xf32>
    """

    scalar: Value = operand()
    dest: Value = operand(Tensor)
    indices: Sequence[Value] = variadic(Index, default=())
    result: Value = result(Tensor)

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    @classmethod
    def parse(cls, p: OpParser) -> Insert:
        scalar = p.operand()
        p.stream.expect("into")
        dest = p.operand()
        indices = p.operand_list("[", "]")
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [
            p.resolve(scalar, element_type(type)),
            p.resolve(dest, type),
            *(p.resolve(i, index) for i in indices),
        ]
        built: Insert = p.build(cls, operands, [type], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.scalar)
        p(" into ")
        p.value(self.dest)
        p("[")
        p.values(self.indices)
        p("]")
        p.attr_dict(self)
        p(" : ")
        p.type(self.dest.type)

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

    elements: Sequence[Value] = variadic(default=())
    result: Value = result(StaticTensor)

    def infer(self) -> Sequence[Type]:
        if not self.elements:
            raise VerifyError("needs an element to tell its type from")
        return (TensorType((len(self.elements),), self.elements[0].type),)

    @classmethod
    def parse(cls, p: OpParser) -> FromElements:
        position = p.stream.pos
        elements = p.operand_list()
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        if not StaticTensor.accepts(type):
            raise p.stream.error(f"result #0 must be {StaticTensor.description}, but got '{type}'", position)
        operands = [p.resolve(each, element_type(type)) for each in elements]
        built: FromElements = p.build(cls, operands, [type], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.elements)
        p.attr_dict(self)
        p(" : ")
        p.type(self.result.type)

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


class Splat(Op, name="tensor.splat", traits=[Pure]):
    """A tensor with one value everywhere.

    %t = tensor.splat %x[%n] : tensor<?x4xf32>
    """

    input: Value = operand(Scalar)
    dynamic_sizes: Sequence[Value] = variadic(Index, default=())
    aggregate: Value = result(Tensor)

    @classmethod
    def parse(cls, p: OpParser) -> Splat:
        value = p.operand()
        sizes = p.operand_list("[", "]") if p.stream.peek() == "[" else []
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [p.resolve(value, element_type(type)), *(p.resolve(size, index) for size in sizes)]
        built: Splat = p.build(cls, operands, [type], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.input)
        if self.dynamic_sizes:
            p("[")
            p.values(self.dynamic_sizes)
            p("]")
        p.attr_dict(self)
        p(" : ")
        p.type(self.aggregate.type)

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


class Cast(Op, name="tensor.cast", traits=[Pure]):
    """The same tensor under a type that knows more or less of its shape.

    %u = tensor.cast %t : tensor<?x4xf32> to tensor<2x4xf32>
    """

    source: Value = operand(AnyTensor)
    dest: Value = result(AnyTensor)
    assembly = "$source attr-dict `:` type($source) `to` type($dest)"

    def verify(self) -> None:
        source, dest = self.source.type, self.dest.type
        compatible = element_type(source) is element_type(dest)
        if isinstance(source, TensorType) and isinstance(dest, TensorType):
            compatible &= source.rank == dest.rank and all(
                a is None or b is None or a == b for a, b in zip(source.shape, dest.shape, strict=True)
            )
        if not compatible:
            raise VerifyError(f"operand type '{source}' and result type '{dest}' are cast incompatible")

    def fold(self, source: Attribute | None) -> FoldResult:
        if self.source.type is self.dest.type:
            return self.source
        inner = self.source.defining_op
        if isinstance(inner, Cast) and inner.source.type is self.dest.type:
            return inner.source
        return None
