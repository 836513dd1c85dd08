"""The shared shape of the ops that take a strided part of a value: `op %v[%i, 0] [50, 64] [1, 1] : t to u`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from irc.dialects._slices import LISTS, Mixed, OffsetsSizesStrides, ParsedLists, slice_operands
from irc.ir.attributes import DenseArrayAttr
from irc.ir.value import Value
from irc.ods.constraints import Index
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class StridedPart(OffsetsSizesStrides, Op):
    """A part of `source`; a dialect says of which types."""

    source: Value = operand()
    offsets: Sequence[Value] = variadic(Index)
    sizes: Sequence[Value] = variadic(Index)
    strides: Sequence[Value] = variadic(Index)
    static_offsets: DenseArrayAttr = attribute(DenseArrayAttr)
    static_sizes: DenseArrayAttr = attribute(DenseArrayAttr)
    static_strides: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result()

    @classmethod
    def of(cls, source: Value, offsets: Sequence[Mixed], sizes: Sequence[Mixed], strides: Sequence[Mixed]) -> Self:
        """The part of full rank; entries are values or numbers."""
        return cls(source, *slice_operands(offsets, sizes, strides))

    @classmethod
    def parse_lists(cls, p: OpParser) -> ParsedLists:
        return ParsedLists(p)

    @classmethod
    def parse(cls, p: OpParser) -> Self:
        source = p.operand()
        lists = cls.parse_lists(p)
        attributes = {**p.attr_dict(), **lists.properties}
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("to")
        operands = [p.resolve(source, type), *lists.operands(p)]
        built: Self = p.build(cls, operands, [p.type()], attributes, segments=[1, *lists.segments])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        self.print_lists(p)
        p.attr_dict(self, LISTS)
        p(" : ")
        p.type(self.source.type)
        p(" to ")
        p.type(self.result.type)
