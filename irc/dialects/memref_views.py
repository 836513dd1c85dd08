"""The ops of `memref` that give another view of the same buffer, without touching its elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._layouts import add, multiply, strided_type, strides_of
from irc.dialects._slices import (
    ParsedLists,
    dropped_dims,
    print_mixed,
    static_dims,
)
from irc.dialects._strided_parts import StridedPart
from irc.ir.attributes import Attribute
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import MemRefType, Shape, Type, UnrankedMemRefType, compatible_shapes, element_type, i8, index
from irc.ir.value import Value
from irc.ods.constraints import AnyMemRef, Index, MemRef
from irc.ods.fields import operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def ranked(value: Value) -> MemRefType:
    """The type of a value that is known to be a ranked memref."""
    type = value.type
    assert isinstance(type, MemRefType)
    return type


class Cast(Op, name="memref.cast", traits=[Pure]):
    """The same view under a type that knows more or less of its shape and layout.

    %u = memref.cast %m : memref<4xf32> to memref<?xf32>
    """

    result_name = "cast"

    source: Value = operand(AnyMemRef)
    dest: Value = result(AnyMemRef)
    assembly = "$source attr-dict `:` type($source) `to` type($dest)"

    def verify(self) -> None:
        source, dest = self.source.type, self.dest.type
        assert isinstance(source, MemRefType | UnrankedMemRefType)
        assert isinstance(dest, MemRefType | UnrankedMemRefType)
        compatible = element_type(source) is element_type(dest) and source.memory_space is dest.memory_space
        if isinstance(source, MemRefType) and isinstance(dest, MemRefType):
            compatible &= compatible_shapes(source.shape, dest.shape)
            if source.layout is not dest.layout and compatible:
                (strides, offset), (others, other) = strides_of(source), strides_of(dest)
                compatible &= compatible_shapes((*strides, offset), (*others, other))
        elif isinstance(source, UnrankedMemRefType) and isinstance(dest, UnrankedMemRefType):
            compatible = False
        if not compatible:
            raise VerifyError(f"operand type '{source}' and result type '{dest}' are cast incompatible")

    def fold(self, source: Attribute | None) -> FoldResult:
        return self.source if self.source.type is self.dest.type else None


class MemorySpaceCast(Op, name="memref.memory_space_cast", traits=[Pure]):
    """The same view under another memory space.

    %u = memref.memory_space_cast %m : memref<4xf32, 1> to memref<4xf32>
    """

    result_name = "memspacecast"

    source: Value = operand(AnyMemRef)
    dest: Value = result(AnyMemRef)
    assembly = "$source attr-dict `:` type($source) `to` type($dest)"

    def verify(self) -> None:
        source, dest = self.source.type, self.dest.type
        assert isinstance(source, MemRefType | UnrankedMemRefType)
        assert isinstance(dest, MemRefType | UnrankedMemRefType)
        if isinstance(source, MemRefType):
            moved: Type = MemRefType(source.shape, source.element_type, source.layout, dest.memory_space)
        else:
            moved = UnrankedMemRefType(source.element_type, dest.memory_space)
        if moved is not dest:
            raise VerifyError(f"operand type '{source}' and result type '{dest}' are cast incompatible")

    def fold(self, source: Attribute | None) -> FoldResult:
        return self.source if self.source.type is self.dest.type else None


class ExtractAlignedPointerAsIndex(Op, name="memref.extract_aligned_pointer_as_index", traits=[Pure]):
    """The address of a buffer.

    %p = memref.extract_aligned_pointer_as_index %m : memref<4x4xf32> -> index
    """

    result_name = "intptr"

    source: Value = operand(AnyMemRef)
    aligned_pointer: Value = result(Index)
    assembly = "$source `:` type($source) `->` type($aligned_pointer) attr-dict"

    def infer(self) -> Sequence[Type]:
        return (index,)


class SubView(StridedPart, name="memref.subview", traits=[Pure]):
    """A strided part of a buffer; the result may leave out unit dimensions.

    %s = memref.subview %m[%i, 0] [4, 8] [1, 1] : memref<16x8xf32> to memref<4x8xf32, strided<[8, 1], offset: ?>>
    """

    result_name = "subview"

    source: Value = operand(MemRef)
    result: Value = result(MemRef)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.source)
        strides, offset = strides_of(type)
        lists = [static_dims(each) for each in (self.static_offsets, self.static_sizes, self.static_strides)]
        for begin, stride in zip(lists[0], strides, strict=True):
            offset = add(offset, multiply(begin, stride))
        steps = tuple(multiply(step, stride) for step, stride in zip(lists[2], strides, strict=True))
        return (strided_type(type, lists[1], steps, offset),)

    def verify(self) -> None:
        source, type = ranked(self.source), ranked(self.result)
        self.verify_lists(source.rank, source.rank)
        if source.memory_space is not type.memory_space:
            raise VerifyError(
                f"different memory spaces specified for base memref type '{source}' and subview memref type '{type}'"
            )
        (expected,) = self.infer()
        assert isinstance(expected, MemRefType)
        if type.rank > expected.rank:
            raise VerifyError(f"expected result rank to be smaller or equal to the source rank, but got '{type}'")
        dropped = dropped_dims(expected.shape, type.shape)
        if dropped is None:
            raise VerifyError(
                f"expected result type to be '{expected}' or a rank-reduced version. (mismatch of result sizes)"
            )
        if type.element_type is not expected.element_type:
            raise VerifyError(
                f"expected result element type to be '{expected.element_type}', but got '{type.element_type}'"
            )
        strides, offset = strides_of(expected)
        kept = tuple(stride for i, stride in enumerate(strides) if i not in dropped)
        found, found_offset = strides_of(type)
        if found != kept and not (dropped and _equal_where_it_matters(type.shape, found, kept)):
            raise VerifyError(
                f"expected result type to be '{expected}' or a rank-reduced version. (mismatch of result layout)"
            )
        if found_offset != offset:
            raise VerifyError(
                f"expected result type to be '{expected}' or a rank-reduced version. (mismatch of result layout)"
            )

    def fold(self, *constants: Attribute | None) -> FoldResult:
        type = ranked(self.source)
        whole = self.result.type is type and type.has_static_shape
        zero = all(entry == 0 for entry in self.mixed_offsets)
        return self.source if whole and zero and all(entry == 1 for entry in self.mixed_strides) else None


def _equal_where_it_matters(shape: Shape, strides: Shape, others: Shape) -> bool:
    # A greedy choice among several unit dimensions may keep another one than the program did; its stride is of no use.
    return all(size == 1 or a == b for size, a, b in zip(shape, strides, others, strict=True))


class View(Op, name="memref.view", traits=[Pure]):
    """A contiguous row-major view into a buffer of bytes, from a byte position on.

    %v = memref.view %bytes[%at][%n] : memref<2048xi8> to memref<?x4xf32>
    """

    result_name = "view"

    source: Value = operand(MemRef)
    byte_shift: Value = operand(Index)
    sizes: Sequence[Value] = variadic(Index)
    result: Value = result(MemRef)
    assembly = "$source `[` $byte_shift `]` `` `[` $sizes `]` attr-dict `:` type($source) `to` type(results)"

    def verify(self) -> None:
        source, type = ranked(self.source), ranked(self.result)
        if source.rank != 1 or source.element_type is not i8:
            raise VerifyError(f"operand #0 must be 1D memref of 8-bit signless integer values, but got '{source}'")
        if source.layout is not None:
            raise VerifyError("unsupported map for base memref type")
        if type.layout is not None:
            raise VerifyError("unsupported map for result memref type")
        if source.memory_space is not type.memory_space:
            raise VerifyError(
                f"different memory spaces specified for base memref type '{source}' and view memref type '{type}'"
            )
        if len(self.sizes) != type.num_dynamic_dims:
            raise VerifyError("incorrect number of size operands for type")


class ReinterpretCast(StridedPart, name="memref.reinterpret_cast", traits=[Pure]):
    """The buffer under any offset, sizes and strides, counted in elements from its start.

    %r = memref.reinterpret_cast %m to offset: [%o], sizes: [4, 4], strides: [%s, 1]
           : memref<?xf32> to memref<4x4xf32, strided<[?, 1], offset: ?>>
    """

    result_name = "reinterpret_cast"

    source: Value = operand(AnyMemRef)
    result: Value = result(MemRef)

    def infer(self) -> Sequence[Type]:
        source = self.source.type
        assert isinstance(source, MemRefType | UnrankedMemRefType)
        (offset,) = static_dims(self.static_offsets)
        shape = static_dims(self.static_sizes)
        like = MemRefType(shape, source.element_type, None, source.memory_space)
        return (strided_type(like, shape, static_dims(self.static_strides), offset),)

    @classmethod
    def parse_lists(cls, p: OpParser) -> ParsedLists:
        p.stream.expect("to")
        return ParsedLists(p, ("offset", "sizes", "strides"))

    def print_lists(self, p: OpPrinter) -> None:
        p(" to offset: ")
        print_mixed(p, self.offsets, self.static_offsets)
        p(", sizes: ")
        print_mixed(p, self.sizes, self.static_sizes)
        p(", strides: ")
        print_mixed(p, self.strides, self.static_strides)

    def verify(self) -> None:
        source, type = self.source.type, ranked(self.result)
        assert isinstance(source, MemRefType | UnrankedMemRefType)
        self.verify_lists(1, type.rank)
        if source.memory_space is not type.memory_space:
            raise VerifyError(
                f"different memory spaces specified for source type '{source}' and result memref type '{type}'"
            )
        if source.element_type is not type.element_type:
            raise VerifyError(
                f"different element types specified for source type '{source}' and result memref type '{type}'"
            )
        for i, (expected, size) in enumerate(zip(static_dims(self.static_sizes), type.shape, strict=True)):
            if size is not None and expected != size:
                raise VerifyError(f"expected result type with size = {_text(expected)} instead of {size} in dim = {i}")
        strides, offset = strides_of(type)
        (expected_offset,) = static_dims(self.static_offsets)
        if offset is not None and offset != expected_offset:
            raise VerifyError(f"expected result type with offset = {_text(expected_offset)} instead of {offset}")
        for i, (expected, stride) in enumerate(zip(static_dims(self.static_strides), strides, strict=True)):
            if stride is not None and expected != stride:
                raise VerifyError(
                    f"expected result type with stride = {_text(expected)} instead of {stride} in dim = {i}"
                )


def _text(size: int | None) -> str:
    return "dynamic" if size is None else str(size)
