"""Copies of `affine` that run beside the program: started, and waited for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects.affine_memory import parse_place
from irc.dialects.affine_scopes import check_indices
from irc.dialects.affine_syntax import print_subscripts
from irc.ir.affine import AffineMap
from irc.ir.attributes import AffineMapAttr, Attribute
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, index
from irc.ir.value import Value
from irc.ods.fields import variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

_PLACES = (("src_map", "source", "src"), ("dst_map", "destination", "dst"), ("tag_map", "tag", "tag"))
"""Of each buffer the attribute with the map of its indices, and its names in messages."""

Place = tuple[Value, AffineMap, Sequence[Value]]


def _take(op: Operation, rest: list[Value], attribute: str, name: str, short: str) -> Place:
    """A buffer and its indices, from the front of the operands. Raises `VerifyError`."""
    map = op.attributes.get(attribute)
    if not isinstance(map, AffineMapAttr):
        raise VerifyError(f"requires an affine map attribute named '{attribute}'")
    if not rest or not isinstance(rest[0].type, MemRefType):
        raise VerifyError(f"expected DMA {name} to be of memref type")
    count = map.map.num_dims + map.map.num_symbols
    buffer, indices = rest[0], rest[1 : count + 1]
    del rest[: count + 1]
    if len(indices) != count:
        raise VerifyError("incorrect number of operands")
    if any(value.type is not index for value in indices):
        raise VerifyError(f"{short} index must have 'index' type")
    return buffer, map.map, indices


def _print_place(p: OpPrinter, place: Place) -> None:
    buffer, map, indices = place
    p(" ")
    p.value(buffer)
    print_subscripts(p, map, indices)
    p(",")


class DmaStart(Op, name="affine.dma_start"):
    """Starts to copy elements between memory spaces; the element of the last buffer says when it is done.

    affine.dma_start %src[%i], %dst[%j + 1], %tag[0], %count : memref<64xf32>, memref<64xf32, 1>, memref<1xi32>
    """

    values: Sequence[Value] = variadic()
    """The source with its indices, the target with its, the tag with its, the number of elements, and, if the copy is
    strided, the stride and the number of elements per stride."""

    def parts(self) -> tuple[list[Place], list[Value]]:
        """The three buffers, the number of elements and the strides. Raises `VerifyError`."""
        rest = list(self.values)
        return [_take(self, rest, *names) for names in _PLACES], rest

    def verify(self) -> None:
        places, rest = self.parts()
        if len(rest) not in (1, 3):
            raise VerifyError("incorrect number of operands")
        if any(value.type is not index for value in rest):
            raise VerifyError("expected sizes and strides of index type")
        for (_, _, indices), (_, _, short) in zip(places, _PLACES, strict=True):
            check_indices(self, indices, f"{short} index")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        places = []
        for _ in _PLACES:
            places.append(parse_place(p))
            p.stream.expect(",")
        position = p.stream.pos
        rest = [p.operand()]
        if p.stream.accept(","):  # upstream lets it stand alone
            rest += p.operand_list()
        if len(rest) not in (1, 3):
            raise p.stream.error("expected two stride related operands", position)
        p.stream.expect(":")
        position = p.stream.pos
        types = p.types()
        if len(types) != len(places):
            raise p.stream.error("fewer/more types expected", position)
        operands: list[Value] = []
        attributes: dict[str, Attribute] = {}
        for (name, _, _), (buffer, map, indices), type in zip(_PLACES, places, types, strict=True):
            operands += [p.resolve(buffer, type), *indices]
            attributes[name] = AffineMapAttr(map)
        operands += [p.resolve(each, index) for each in rest]
        return p.build(cls, operands, (), attributes)

    def fits_custom_form(self) -> bool:
        return self.attributes.keys() == {name for name, _, _ in _PLACES}

    def print(self, p: OpPrinter) -> None:
        places, rest = self.parts()
        for place in places:
            _print_place(p, place)
        p(" ")
        p.values(rest)
        p(" : ")
        p.types([buffer.type for buffer, _, _ in places])


class DmaWait(Op, name="affine.dma_wait"):
    """Waits until the copy with this tag is done.

    affine.dma_wait %tag[%i], %count : memref<1xi32>
    """

    values: Sequence[Value] = variadic()
    """The tag with its indices, and the number of elements."""

    def parts(self) -> tuple[Place, list[Value]]:
        """The tag, and the number of elements. Raises `VerifyError`."""
        rest = list(self.values)
        return _take(self, rest, *_PLACES[-1]), rest

    def verify(self) -> None:
        (_, _, indices), rest = self.parts()
        if len(rest) != 1 or rest[0].type is not index:
            raise VerifyError("expected a number of elements of index type")
        check_indices(self, indices)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        buffer, map, indices = parse_place(p)
        p.stream.expect(",")
        count = p.operand()
        p.stream.expect(":")
        operands = [p.resolve(buffer, p.type()), *indices, p.resolve(count, index)]
        return p.build(cls, operands, (), {"tag_map": AffineMapAttr(map)})

    def fits_custom_form(self) -> bool:
        return self.attributes.keys() == {"tag_map"}

    def print(self, p: OpPrinter) -> None:
        place, rest = self.parts()
        _print_place(p, place)
        p(" ")
        p.values(rest)
        p(" : ")
        p.type(place[0].type)
