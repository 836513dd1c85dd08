"""Short names in printed text, in the order in which things are met: `#map` for affine maps, `#loc` for locations, …"""

from __future__ import annotations

from irc.ir.attributes import AffineMapAttr, Attribute, DistinctAttr, IntegerSetAttr
from irc.ir.location import UNKNOWN, Location
from irc.text.spelling import attribute_text, distinct_text, inline_location, location_text

PREFIXES: dict[type[Attribute], str] = {AffineMapAttr: "map", IntegerSetAttr: "set", DistinctAttr: "distinct"}
"""The attributes that get a name, and which."""


class Aliases:
    """The names given so far in one text. With `local` there are none: all is written out where it stands."""

    __slots__ = ("_attributes", "_counts", "_local", "_locations")

    def __init__(self, local: bool = False) -> None:
        self._local = local
        self._attributes: dict[Attribute, str] = {}
        self._locations: dict[Location, str] = {}
        self._counts: dict[str, int] = {}

    def attribute(self, attribute: Attribute) -> str | None:
        """The name that stands for `attribute`, `None` where it is written out."""
        prefix = PREFIXES.get(attribute.__class__)
        # Where a distinct attribute is defined says which it is.
        if prefix is None or (self._local and prefix != "distinct"):
            return None
        alias = self._attributes.get(attribute)
        if alias is None:
            alias = self._attributes[attribute] = self._new(prefix)
        return alias

    def location(self, location: Location) -> str:
        """`#loc3`, or `unknown`. What a location is made of is named before it."""
        if location == UNKNOWN:
            return "unknown"
        if self._local:
            return inline_location(location)
        alias = self._locations.get(location)
        if alias is None:
            for part in location.parts:
                self.location(part)
            alias = self._locations[location] = self._new("loc")
        return alias

    def _new(self, prefix: str) -> str:
        count = self._counts.get(prefix, 0)
        self._counts[prefix] = count + 1
        return f"#{prefix}{count or ''}"

    def head(self) -> str:
        """The definitions of attributes, which stand before the operations."""
        lines: list[str] = []
        distinct = 0
        by_kind = sorted(self._attributes.items(), key=lambda entry: PREFIXES[entry[0].__class__])
        for attribute, alias in by_kind:
            if isinstance(attribute, DistinctAttr):
                lines.append(f"{alias} = {distinct_text(attribute, distinct)}\n")
                distinct += 1
            else:
                lines.append(f"{alias} = {attribute_text(attribute)}\n")
        return "".join(lines)

    def tail(self) -> str:
        """The definitions of locations, which may stand behind the operations."""
        return "".join(
            f"{alias} = loc({location_text(location, self.location)})\n" for location, alias in self._locations.items()
        )
