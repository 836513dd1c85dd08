"""The ops of `memref` that move data without reading it, and hints: DMA, prefetching, alignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.attributes import Attribute, IntegerAttr, bool_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.types import MemRefType, Type, i32, index
from irc.ir.value import Value
from irc.ods.constraints import Index, MemRef
from irc.ods.fields import attribute, operand, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class AssumeAlignment(MemoryEffects, Op, name="memref.assume_alignment"):
    """States that a buffer starts at a multiple of so many bytes.

    memref.assume_alignment %m, 64 : memref<4x4xf32>
    """

    memref: Value = operand(MemRef)
    alignment: IntegerAttr = attribute(IntegerAttr)
    assembly = "$memref `,` custom<Alignment>($alignment) attr-dict `:` type($memref)"

    def effects(self) -> Sequence[Effect]:
        # As a write it is neither removed nor moved.
        return (Effect("write", self.memref),)

    def verify(self) -> None:
        value = self.alignment.value
        if value <= 0 or value & (value - 1):
            raise VerifyError("alignment must be power of 2")


def parse_alignment(p: OpParser) -> IntegerAttr:
    return p.integer_attribute(i32)


def print_alignment(p: OpPrinter, op: AssumeAlignment) -> None:
    p(str(op.alignment.value))


class Prefetch(MemoryEffects, Op, name="memref.prefetch"):
    """Brings an element near, to be read or written; `locality` is 0 (used once) to 3 (used often).

    memref.prefetch %m[%i, %j], read, locality<3>, data : memref<4x4xf32>
    """

    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    isWrite: IntegerAttr = attribute(IntegerAttr)
    localityHint: IntegerAttr = attribute(IntegerAttr)
    isDataCache: IntegerAttr = attribute(IntegerAttr)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.memref),)

    @classmethod
    def parse(cls, p: OpParser) -> Prefetch:
        memref = p.operand()
        names = p.operand_list("[", "]")
        attributes = parse_hints(p) | p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [p.resolve(memref, type), *[p.resolve(name, index) for name in names]]
        built: Prefetch = p.build(cls, operands, [], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.memref)
        p("[")
        p.values(self.indices)
        p("]")
        print_hints(p, self.isWrite, self.localityHint, self.isDataCache)
        p.attr_dict(self, ("isWrite", "localityHint", "isDataCache"))
        p(" : ")
        p.type(self.memref.type)

    def verify(self) -> None:
        assert isinstance(self.memref.type, MemRefType)
        if len(self.indices) != self.memref.type.rank:
            raise VerifyError("too few indices")
        if not 0 <= self.localityHint.value <= 3:
            raise VerifyError("attribute 'localityHint' failed to satisfy constraint: a value from 0 to 3")


def parse_hints(p: OpParser) -> dict[str, Attribute]:
    """`, read, locality<3>, data`: what a prefetch is for."""
    p.stream.expect(",")
    attributes: dict[str, Attribute] = {"isWrite": bool_attr(_either(p, "read", "write"))}
    for word in (",", "locality", "<"):
        p.stream.expect(word)
    attributes["localityHint"] = p.integer_attribute(i32)
    p.stream.expect(">")
    p.stream.expect(",")
    attributes["isDataCache"] = bool_attr(_either(p, "instr", "data"))
    return attributes


def print_hints(p: OpPrinter, is_write: IntegerAttr, locality: IntegerAttr, is_data: IntegerAttr) -> None:
    """What `parse_hints` reads."""
    p(f", {'write' if is_write.value else 'read'}, locality<{locality.value}>, {'data' if is_data.value else 'instr'}")


def _either(p: OpParser, no: str, yes: str) -> bool:
    position = p.stream.pos
    word = p.keyword()
    if word not in (no, yes):
        raise p.stream.error(f"expected '{no}' or '{yes}', got '{word}'", position)
    return word == yes


class DmaStart(Op, name="memref.dma_start"):
    """Starts to copy elements between memory spaces; the element of `tag` says when it is done.

    memref.dma_start %src[%i], %dst[%j], %count, %tag[%k] : memref<64xf32>, memref<64xf32, 1>, memref<1xi32>
    """

    values: Sequence[Value] = variadic()
    """The source with its indices, the target with its, the number of elements, the tag with its indices, and, if the copy
    is strided, the stride and the number of elements per stride."""

    def parts(self) -> tuple[list[tuple[Value, Sequence[Value]]], Value, Sequence[Value]]:
        """The three buffers with their indices, the number of elements, the strides. Raises `VerifyError`."""
        rest = list(self.values)
        source = _take(rest)
        target = _take(rest)
        if not rest:
            raise VerifyError("expected num elements")
        count = rest.pop(0)
        tag = _take(rest)
        return [source, target, tag], count, rest

    def verify(self) -> None:
        buffers, count, strides = self.parts()
        if len(strides) not in (0, 2):
            raise VerifyError("incorrect number of operands")
        indices = [value for _, group in buffers for value in group]
        if any(value.type is not index for value in (*indices, count, *strides)):
            raise VerifyError("expected indices, sizes and strides of index type")

    @classmethod
    def parse(cls, p: OpParser) -> DmaStart:
        groups: list[tuple[int, list[int]]] = []
        for _ in range(2):
            groups.append((p.operand(), p.operand_list("[", "]")))
            p.stream.expect(",")
        count = p.operand()
        p.stream.expect(",")
        groups.append((p.operand(), p.operand_list("[", "]")))
        strides = p.operand_list() if p.stream.accept(",") else []
        attributes = p.attr_dict()
        p.stream.expect(":")
        position = p.stream.pos
        types = p.types()
        if len(types) != 3:
            raise p.stream.error(f"fewer/more types expected: 3, got {len(types)}", position)
        values = [_group(p, group, type) for group, type in zip(groups, types, strict=True)]
        values.insert(2, [p.resolve(count, index)])
        values.append([p.resolve(name, index) for name in strides])
        built: DmaStart = p.build(cls, [value for group in values for value in group], [], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        (source, target, tag), count, strides = self.parts()
        for buffer in (source, target):
            _print_place(p, buffer)
            p(",")
        p(" ")
        p.value(count)
        p(",")
        _print_place(p, tag)
        for value in strides:
            p(", ")
            p.value(value)
        p.attr_dict(self)
        p(" : ")
        p.types([buffer.type for buffer, _ in (source, target, tag)])


class DmaWait(Op, name="memref.dma_wait"):
    """Waits until the copy that a tag stands for is done.

    memref.dma_wait %tag[%i], %count : memref<1xi32>
    """

    tagMemRef: Value = operand(MemRef)
    tagIndices: Sequence[Value] = variadic(Index)
    numElements: Value = operand(Index)
    assembly = "$tagMemRef `[` $tagIndices `]` `,` $numElements attr-dict `:` type($tagMemRef)"

    def verify(self) -> None:
        assert isinstance(self.tagMemRef.type, MemRefType)
        if len(self.tagIndices) != self.tagMemRef.type.rank:
            raise VerifyError("expected tagIndices to have the same number of elements as the tagMemRef rank")


def _take(values: list[Value]) -> tuple[Value, Sequence[Value]]:
    """Take a buffer and its indices from the front of a list. Raises `VerifyError` where they are not there."""
    if not values or not isinstance(values[0].type, MemRefType):
        raise VerifyError("expected a memref")
    rank = values[0].type.rank
    if len(values) < 1 + rank:
        raise VerifyError(f"expected {rank} indices")
    taken = values[0], values[1 : 1 + rank]
    del values[: 1 + rank]
    return taken


def _group(p: OpParser, group: tuple[int, list[int]], type: Type) -> list[Value]:
    return [p.resolve(group[0], type), *[p.resolve(name, index) for name in group[1]]]


def _print_place(p: OpPrinter, place: tuple[Value, Sequence[Value]]) -> None:
    p(" ")
    p.value(place[0])
    p("[")
    p.values(place[1])
    p("]")
