"""The maps and the kinds of loops of `linalg.generic` and `vector.contract`, which stand in braces after the name:
`{indexing_maps = [affine_map<…>], iterator_types = ["parallel", "reduction"]}`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from irc.ir.affine import AffineMap
from irc.ir.attributes import AffineMapAttr, ArrayAttr, Attribute, DictionaryAttr, StringAttr
from irc.ods.enums import EnumAttr

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser


@cache
def maps_of(indexing_maps: ArrayAttr) -> tuple[AffineMap, ...]:
    """The affine maps among the elements; the verifiers check that all are."""
    return tuple(each.map for each in indexing_maps.elements if isinstance(each, AffineMapAttr))


def parse_indexing(p: OpParser, iterator: type[EnumAttr]) -> dict[str, Attribute]:
    """The entries of the braces, or of a dictionary attribute in their place; the words become `iterator`s."""
    position = p.stream.pos
    head = p.attribute() if p.stream.peek() != "{" else DictionaryAttr.of(p.attr_dict())
    if not isinstance(head, DictionaryAttr):
        raise p.stream.error("expected a dictionary of attributes", position)
    attributes: dict[str, Attribute] = dict(head.entries)
    words = attributes.get("iterator_types")
    if isinstance(words, ArrayAttr):
        try:
            kinds = [iterator(each.value) if isinstance(each, StringAttr) else each for each in words.elements]
        except ValueError as problem:
            raise p.stream.error(f"unexpected iterator_type: {problem}", position) from None
        attributes["iterator_types"] = ArrayAttr(tuple(kinds))
    return attributes


def words_of(iterators: Sequence[EnumAttr]) -> ArrayAttr:
    """The kinds of loops as they are written."""
    return ArrayAttr(tuple(StringAttr(each.value) for each in iterators))
