"""The ops of `tensor` that take parts, put parts in, and join tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import (
    LISTS,
    Mixed,
    OffsetsSizesStrides,
    ParsedLists,
    slice_operands,
    static_dims,
    verify_rank_reduced,
)
from irc.dialects._strided_parts import StridedPart
from irc.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle, FoldResult
from irc.ir.traits import Pure, has_parent
from irc.ir.types import Dimension, TensorType, Type, compatible_shapes, i64
from irc.ir.value import Value
from irc.ods.constraints import Index, Tensor
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def ranked(value: Value) -> TensorType:
    """The type of a value that is known to be a ranked tensor."""
    type = value.type
    assert isinstance(type, TensorType)
    return type


class ExtractSlice(StridedPart, name="tensor.extract_slice", traits=[Pure]):
    """A strided part of a tensor; the result may leave out unit dimensions.

    %s = tensor.extract_slice %t[%i, 0] [50, 64] [1, 1] : tensor<100x64xf32> to tensor<50x64xf32>
    """

    result_name = "extracted_slice"

    source: Value = operand(Tensor)
    result: Value = result(Tensor)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.source)
        return (TensorType(static_dims(self.static_sizes), type.element_type, type.encoding),)

    def verify(self) -> None:
        rank = ranked(self.source).rank
        self.verify_lists(rank, rank)
        (expected,) = self.infer()
        assert isinstance(expected, TensorType)
        verify_rank_reduced(ranked(self.result), expected)

    def fold(self, *constants: Attribute | None) -> FoldResult:
        type = ranked(self.source)
        whole = self.result.type is type and type.has_static_shape
        if whole and _is_whole(self.mixed_offsets, self.mixed_strides):
            return self.source
        return None


def _is_whole(offsets: Sequence[Mixed], strides: Sequence[Mixed]) -> bool:
    return all(entry == 0 for entry in offsets) and all(entry == 1 for entry in strides)


class Insertion(OffsetsSizesStrides, Op):
    """What the ops that put a tensor into a strided part of another share."""

    source: Value = operand(Tensor)
    dest: Value = operand(Tensor)
    offsets: Sequence[Value] = variadic(Index)
    sizes: Sequence[Value] = variadic(Index)
    strides: Sequence[Value] = variadic(Index)
    static_offsets: DenseArrayAttr = attribute(DenseArrayAttr)
    static_sizes: DenseArrayAttr = attribute(DenseArrayAttr)
    static_strides: DenseArrayAttr = attribute(DenseArrayAttr)

    @classmethod
    def parse(cls, p: OpParser) -> Insertion:
        source = p.operand()
        p.stream.expect("into")
        dest = p.operand()
        lists = ParsedLists(p)
        attributes = {**p.attr_dict(), **lists.properties}
        p.stream.expect(":")
        source_type = p.type()
        p.stream.expect("into")
        type = p.type()
        operands = [p.resolve(source, source_type), p.resolve(dest, type), *lists.operands(p)]
        results = [type] if cls.layout.results else []
        built: Insertion = p.build(cls, operands, results, attributes, segments=[1, 1, *lists.segments])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        p(" into ")
        p.value(self.dest)
        self.print_lists(p)
        p.attr_dict(self, LISTS)
        p(" : ")
        p.type(self.source.type)
        p(" into ")
        p.type(self.dest.type)

    def verify(self) -> None:
        type = ranked(self.dest)
        self.verify_lists(type.rank, type.rank)
        verify_rank_reduced(ranked(self.source), TensorType(static_dims(self.static_sizes), type.element_type))


class InsertSlice(DestinationStyle, Insertion, name="tensor.insert_slice", traits=[Pure]):
    """A tensor with a strided part replaced; the source may leave out unit dimensions.

    %u = tensor.insert_slice %s into %t[%i, 0] [50, 64] [1, 1] : tensor<50x64xf32> into tensor<100x64xf32>
    """

    result_name = "inserted_slice"

    result: Value = result(Tensor)

    @classmethod
    def of(
        cls, source: Value, dest: Value, offsets: Sequence[Mixed], sizes: Sequence[Mixed], strides: Sequence[Mixed]
    ) -> InsertSlice:
        """The insertion; entries are values or numbers."""
        return cls(source, dest, *slice_operands(offsets, sizes, strides))

    @property
    def destinations(self) -> Sequence[Value]:
        return (self.dest,)

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        if self.result.type is not self.dest.type:
            raise VerifyError("failed to verify that expected result type to match dest type")
        Insertion.verify(self)

    def fold(self, *constants: Attribute | None) -> FoldResult:
        type = ranked(self.dest)
        whole = self.source.type is type and type.has_static_shape
        if whole and _is_whole(self.mixed_offsets, self.mixed_strides):
            return self.source
        return None


class ParallelInsertSlice(
    Insertion, name="tensor.parallel_insert_slice", traits=[has_parent("scf.forall.in_parallel")]
):
    """What a task puts into a shared output of `scf.forall`.

    tensor.parallel_insert_slice %s into %o[%i] [4] [1] : tensor<4xf32> into tensor<16xf32>
    """


class Concat(Op, name="tensor.concat", traits=[Pure]):
    """Tensors one after the other along a dimension.

    %c = tensor.concat dim(0) %a, %b : (tensor<3x6xf32>, tensor<3x6xf32>) -> tensor<6x6xf32>
    """

    result_name = "concat"

    inputs: Sequence[Value] = variadic(Tensor)
    dim: IntegerAttr = attribute(IntegerAttr)
    result: Value = result(Tensor)
    assembly = "`dim` `(` custom<Dimension>($dim) `)` $inputs attr-dict `:` functional-type($inputs, $result)"

    def infer(self) -> Sequence[Type]:
        if not self.inputs:
            raise VerifyError("requires at least one input")
        first, axis = ranked(self.inputs[0]), self.dim.value
        if not 0 <= axis < first.rank:
            raise VerifyError("concatenation dim must be less than the tensor rank")
        shape = list(first.shape)
        for each in self.inputs[1:]:
            other = ranked(each)
            if other.rank != first.rank:
                raise VerifyError("rank of concatenated inputs must match")
            if other.element_type is not first.element_type:
                raise VerifyError("inputs must have the same element type")
            for i, size in enumerate(other.shape):
                shape[i] = _joined(shape[i], size) if i == axis else _agreed(shape[i], size)
        return (TensorType(tuple(shape), first.element_type),)

    def verify(self) -> None:
        (expected,) = self.infer()
        type = ranked(self.result)
        assert isinstance(expected, TensorType)
        if type.element_type is not expected.element_type or not compatible_shapes(type.shape, expected.shape):
            raise VerifyError(f"result type '{type}' does not match inferred shape '{expected}' static sizes")


def _joined(size: Dimension, other: Dimension) -> Dimension:
    return None if size is None or other is None else size + other


def _agreed(size: Dimension, other: Dimension) -> Dimension:
    if size is not None and other is not None and size != other:
        raise VerifyError("static concatenation size mismatch along non-concatenated dimension")
    return other if size is None else size


def parse_dimension(p: OpParser) -> IntegerAttr:
    return p.integer_attribute(i64)


def print_dimension(p: OpPrinter, op: Concat) -> None:
    p(str(op.dim.value))
