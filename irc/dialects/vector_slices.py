"""The ops of `vector` that take blocks out, put them in, and give elements another order."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.vector_memory import vector_type
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import Type, VectorType
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64s
from irc.ods.constraints import Vector
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op


class Shuffle(Op, name="vector.shuffle", traits=[Pure]):
    """Elements of two vectors, in any order: positions count along the first dimension, through one and then the other.

    %s = vector.shuffle %a, %b [0, 4] : vector<4xf32>, vector<4xf32>
    """

    v1: Value = operand(Vector)
    v2: Value = operand(Vector)
    mask: ArrayAttr = attribute(ArrayAttr, where=I64s)
    vector: Value = result(Vector)
    assembly = "operands $mask attr-dict `:` type(operands)"

    @property
    def positions(self) -> tuple[int, ...]:
        return integers(self.mask)

    def infer(self) -> Sequence[Type]:
        type = vector_type(self.v1)
        if not self.mask.elements:
            raise VerifyError("mask must not be empty")
        return (VectorType((len(self.mask.elements), *type.shape[1:]), type.element_type),)

    def verify(self) -> None:
        first, second = vector_type(self.v1), vector_type(self.v2)
        if first.shape[1:] != second.shape[1:] or first.element_type is not second.element_type:
            raise VerifyError("dimension mismatch")
        if vector_type(self.vector) is not self.infer()[0]:
            raise VerifyError("mask length mismatch")
        count = sum(type.shape[0] or 0 if type.rank else 1 for type in (first, second))
        for i, position in enumerate(self.positions):
            if not 0 <= position < count:
                raise VerifyError(f"mask index #{i + 1} out of range")


def integers(attribute: ArrayAttr | None) -> tuple[int, ...]:
    """The numbers of an array of integers."""
    elements = attribute.elements if attribute is not None else ()
    return tuple(each.value for each in elements if isinstance(each, IntegerAttr))


class Transpose(Op, name="vector.transpose", traits=[Pure]):
    """Dimensions in another order: dimension `i` of the result is dimension `permutation[i]` of the operand.

    %t = vector.transpose %v, [1, 0] : vector<4x8xf32> to vector<8x4xf32>
    """

    vector: Value = operand(Vector)
    permutation: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result(Vector)
    assembly = "$vector `,` $permutation attr-dict `:` type($vector) `to` type($result)"

    def infer(self) -> Sequence[Type]:
        type = vector_type(self.vector)
        order = [int(i) for i in self.permutation.values]
        if len(order) != type.rank:
            raise VerifyError(f"transposition length mismatch: {len(order)}")
        if sorted(order) != list(range(type.rank)):
            raise VerifyError("transposition must be a permutation of the dimensions")
        return (
            VectorType(tuple(type.shape[i] for i in order), type.element_type, tuple(type.scalable[i] for i in order)),
        )

    def verify(self) -> None:
        (expected,) = self.infer()
        if self.result.type is not expected:
            raise VerifyError("dimension size mismatch")

    def fold(self, vector: Attribute | None) -> FoldResult:
        order = tuple(int(i) for i in self.permutation.values)
        return self.vector if order == tuple(range(len(order))) else None


class ExtractStridedSlice(Op, name="vector.extract_strided_slice", traits=[Pure]):
    """A block of a vector; dimensions that are not named are taken whole.

    %s = vector.extract_strided_slice %v {offsets = [0], sizes = [2], strides = [1]}
           : vector<4x8xf32> to vector<2x8xf32>
    """

    vector: Value = operand(Vector)
    offsets: ArrayAttr = attribute(ArrayAttr, where=I64s)
    sizes: ArrayAttr = attribute(ArrayAttr, where=I64s)
    strides: ArrayAttr = attribute(ArrayAttr, where=I64s)
    result: Value = result(Vector)
    assembly = "$vector attr-dict `:` type($vector) `to` type($result)"

    def infer(self) -> Sequence[Type]:
        type, sizes = vector_type(self.vector), integers(self.sizes)
        return (VectorType((*sizes, *type.shape[len(sizes) :]), type.element_type, type.scalable),)

    def verify(self) -> None:
        type = vector_type(self.vector)
        offsets, sizes, strides = integers(self.offsets), integers(self.sizes), integers(self.strides)
        if not len(offsets) == len(sizes) == len(strides):
            raise VerifyError("expected offsets, sizes and strides attributes of same size")
        if len(offsets) > type.rank:
            raise VerifyError("expected offsets attribute of rank no greater than vector rank")
        if any(stride != 1 for stride in strides):
            raise VerifyError("expected strides to be confined to [1, 2)")
        for i, (offset, size, full) in enumerate(zip(offsets, sizes, type.shape, strict=False)):
            assert full is not None
            if not 0 <= offset < full:
                raise VerifyError(f"expected offsets dimension {i} to be confined to [0, {full})")
            if not 1 <= size <= full:
                raise VerifyError(f"expected sizes dimension {i} to be confined to [1, {full + 1})")
            if offset + size > full:
                raise VerifyError(f"expected sum(offsets, sizes) dimension {i} to be confined to [1, {full + 1})")
        (expected,) = self.infer()
        if self.result.type is not expected:
            raise VerifyError(f"expected result type to be '{expected}'")


class InsertStridedSlice(Op, name="vector.insert_strided_slice", traits=[Pure]):
    """A vector with a block replaced.

    %u = vector.insert_strided_slice %s, %v {offsets = [0, 2], strides = [1]} : vector<4xf32> into vector<2x8xf32>
    """

    source: Value = operand(Vector)
    dest: Value = operand(Vector)
    offsets: ArrayAttr = attribute(ArrayAttr, where=I64s)
    strides: ArrayAttr = attribute(ArrayAttr, where=I64s)
    result: Value = result(Vector)
    assembly = "$source `,` $dest attr-dict `:` type($source) `into` type($dest)"

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        source, dest = vector_type(self.source), vector_type(self.dest)
        offsets, strides = integers(self.offsets), integers(self.strides)
        if len(offsets) != dest.rank:
            raise VerifyError("expected offsets of same size as destination vector rank")
        if len(strides) != source.rank:
            raise VerifyError("expected strides of same size as source vector rank")
        if source.rank > dest.rank:
            raise VerifyError("expected source rank to be no greater than destination rank")
        if any(stride != 1 for stride in strides):
            raise VerifyError("expected strides to be confined to [1, 2)")
        if source.element_type is not dest.element_type:
            raise VerifyError("expected source and destination vectors of the same element type")
        shape = (1,) * (dest.rank - source.rank) + source.shape
        for i, (offset, size, full) in enumerate(zip(offsets, shape, dest.shape, strict=True)):
            assert full is not None
            assert size is not None
            if not 0 <= offset < full:
                raise VerifyError(f"expected offsets dimension {i} to be confined to [0, {full})")
            if offset + size > full:
                raise VerifyError(
                    f"expected sum(offsets, source vector shape) dimension {i} to be confined to [1, {full + 1})"
                )
