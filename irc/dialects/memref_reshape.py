"""The ops of `memref` that give the elements of a buffer another shape, and those that take a view to pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._layouts import collapsed_layout, expanded_layout, strided_type, strides_of
from irc.dialects._reassociation import collapsed_shape, verify_groups
from irc.dialects._reassociation_ops import Collapse, Expansion
from irc.dialects._slices import static_dims, verify_mixed
from irc.dialects.memref_views import ranked
from irc.ir.attributes import AffineMapAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import IndexType, IntegerType, MemRefType, Shape, Type, UnrankedMemRefType, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import AnyMemRef, MemRef
from irc.ods.fields import attribute, operand, result, variadic_results
from irc.ods.op import Op
from irc.text.affine import parse_affine_map
from irc.text.affine_spelling import affine_map_text

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class ExpandShape(Expansion, name="memref.expand_shape", traits=[Pure]):
    """Each dimension cut into several.

    %e = memref.expand_shape %m [[0, 1], [2]] output_shape [%n, 4, 5] : memref<?x5xf32> into memref<?x4x5xf32>
    """

    result_name = "expand_shape"

    src: Value = operand(MemRef)
    result: Value = result(MemRef)

    def infer(self) -> Sequence[Type]:
        return (expanded_layout(ranked(self.src), static_dims(self.static_output_shape), self.groups),)

    def verify(self) -> None:
        source, type = ranked(self.src), ranked(self.result)
        verify_groups(type.shape, source.shape, self.groups, expanding=True)
        if len(self.static_output_shape.values) != type.rank:
            raise VerifyError(
                f"expected number of static shape bounds to be equal to the output rank ({type.rank}) but found "
                f"{len(self.static_output_shape.values)} inputs instead"
            )
        verify_mixed("output_shape", self.output_shape, self.static_output_shape, type.rank)
        for i, (static, size) in enumerate(zip(static_dims(self.static_output_shape), type.shape, strict=True)):
            if static is not None and size is not None and static != size:
                raise VerifyError(f"invalid output shape provided at pos {i}")
        expected = expanded_layout(source, type.shape, self.groups)
        if not _same_view(expected, type):
            raise VerifyError(f"expected expanded type to be '{expected}' but found '{type}'")


def _same_view(expected: MemRefType, found: MemRefType) -> bool:
    same = expected.element_type is found.element_type and expected.memory_space is found.memory_space
    return same and expected.shape == found.shape and strides_of(expected) == strides_of(found)


class CollapseShape(Collapse, name="memref.collapse_shape", traits=[Pure]):
    """Neighbouring dimensions, which must be contiguous, joined into one.

    %c = memref.collapse_shape %m [[0, 1], [2]] : memref<?x4x5xf32> into memref<?x5xf32>
    """

    result_name = "collapse_shape"

    src: Value = operand(MemRef)
    result: Value = result(MemRef)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.src)
        return (collapsed_layout(type, collapsed_shape(type.shape, self.groups), self.groups),)

    def verify(self) -> None:
        source, type = ranked(self.src), ranked(self.result)
        verify_groups(source.shape, type.shape, self.groups, expanding=False)
        expected = collapsed_layout(source, type.shape, self.groups)
        if not _same_view(expected, type):
            raise VerifyError(f"expected collapsed type to be '{expected}' but found '{type}'")


class Reshape(Op, name="memref.reshape", traits=[Pure]):
    """A contiguous buffer under a shape that is itself in a buffer.

    %r = memref.reshape %m(%shape) : (memref<4x4xf32>, memref<1xi32>) -> memref<16xf32>
    """

    result_name = "reshape"

    source: Value = operand(AnyMemRef)
    shape: Value = operand(MemRef)
    result: Value = result(AnyMemRef)
    assembly = "$source `(` $shape `)` attr-dict `:` `(` type($source) `,` type($shape) `)` `->` type($result)"

    def verify(self) -> None:
        source, shape, type = self.source.type, ranked(self.shape), self.result.type
        if shape.rank != 1 or not isinstance(shape.element_type, IndexType | IntegerType):
            raise VerifyError(f"operand #1 must be 1D memref of signless integer or index values, but got '{shape}'")
        if element_type(source) is not element_type(type):
            raise VerifyError("element types of source and destination memref types should be the same")
        if isinstance(source, MemRefType) and source.layout is not None:
            raise VerifyError("source memref type should have identity affine map")
        if isinstance(type, UnrankedMemRefType):
            return
        assert isinstance(type, MemRefType)
        if type.layout is not None:
            raise VerifyError("result memref type should have identity affine map")
        if shape.shape[0] is None:
            raise VerifyError(
                "cannot use shape operand with dynamic length to reshape to statically-ranked memref type"
            )
        if shape.shape[0] != type.rank:
            raise VerifyError("length of shape operand differs from the result's memref rank")


class Transpose(Op, name="memref.transpose", traits=[Pure]):
    """The view with its dimensions in another order: dimension `i` of the result is `permutation[i]` of the source.

    %t = memref.transpose %m (i, j) -> (j, i) : memref<4x8xf32> to memref<8x4xf32, strided<[1, 8]>>
    """

    result_name = "transpose"

    in_: Value = operand(MemRef)
    permutation: AffineMapAttr = attribute(AffineMapAttr)
    result: Value = result(MemRef)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.in_)
        positions = self.permutation.map.dim_positions()
        if positions is None or sorted(positions) != list(range(type.rank)):
            raise VerifyError("expected a permutation map")
        strides, offset = strides_of(type)
        shape: Shape = tuple(type.shape[i] for i in positions)
        return (strided_type(type, shape, tuple(strides[i] for i in positions), offset),)

    @classmethod
    def parse(cls, p: OpParser) -> Transpose:
        source = p.operand()
        permutation = parse_affine_map(p.stream)
        attributes = {**p.attr_dict(), "permutation": AffineMapAttr(permutation)}
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("to")
        built: Transpose = p.build(cls, [p.resolve(source, type)], [p.type()], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.in_)
        p(" ")
        p(affine_map_text(self.permutation.map))
        p.attr_dict(self, ("permutation",))
        p(" : ")
        p.type(self.in_.type)
        p(" to ")
        p.type(self.result.type)

    def verify(self) -> None:
        (expected,) = self.infer()
        assert isinstance(expected, MemRefType)
        if not _same_view(expected, ranked(self.result)):
            raise VerifyError(
                f"result type '{self.result.type}' is not equivalent to the canonical transposed input type "
                f"'{expected}'"
            )


class ExtractStridedMetadata(Op, name="memref.extract_strided_metadata", traits=[Pure]):
    """The base buffer, the offset, the sizes and the strides of a view.

    %base, %offset, %size, %stride = memref.extract_strided_metadata %m
      : memref<?xf32> -> memref<f32>, index, index, index
    """

    source: Value = operand(MemRef)
    parts: Sequence[Value] = variadic_results()

    assembly = "$source attr-dict `:` type($source) `->` type($parts)"

    def result_name_hints(self) -> Sequence[str]:
        rank = len(self.results) // 2 - 1
        return "base_buffer", "offset", *["sizes"] * rank, *["strides"] * rank

    def infer(self) -> Sequence[Type]:
        type = ranked(self.source)
        base = MemRefType((), type.element_type, None, type.memory_space)
        return (base, *[index] * (1 + 2 * type.rank))

    def verify(self) -> None:
        found = tuple(each.type for each in self.results)
        if found != tuple(self.infer()):
            raise VerifyError("results do not match the base buffer, offset, sizes and strides of the source")
