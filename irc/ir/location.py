"""Source locations: every operation carries one, and every pass keeps them.

The forms are MLIR's: unknown, file:line:column, named, call site, fused. An operation that a pass derives from others
carries a fused location whose metadata is the name of the pass, so the user's line stays reachable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from irc.ir.attributes import Attribute, StringAttr


class Location:
    """Base of all locations."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[Location, ...]:
        """The locations that this one is made of."""
        return ()

    def files(self) -> Iterator[FileLineColLoc]:
        """The positions in source files that this location names, nearest first."""
        for part in self.parts:
            yield from part.files()


@dataclass(frozen=True, slots=True)
class UnknownLoc(Location):
    """`loc(unknown)`."""


class FileLineColLoc(Location):
    """`loc("file":line:column)`, counted from one. Not a dataclass: the parser makes one per operation."""

    __slots__ = ("column", "file", "line")

    def __init__(self, file: str, line: int, column: int) -> None:
        self.file, self.line, self.column = file, line, column

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FileLineColLoc) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def _key(self) -> tuple[str | int, ...]:
        return self.file, self.line, self.column

    def files(self) -> Iterator[FileLineColLoc]:
        yield self


class FileLineColRange(FileLineColLoc):
    """`loc("file":line:column to end_line:end_column)`: a range, which starts where a `FileLineColLoc` points."""

    __slots__ = ("end_column", "end_line")

    def __init__(self, file: str, line: int, column: int, end_line: int, end_column: int) -> None:
        super().__init__(file, line, column)
        self.end_line, self.end_column = end_line, end_column

    def _key(self) -> tuple[str | int, ...]:
        return self.file, self.line, self.column, self.end_line, self.end_column


@dataclass(frozen=True, slots=True)
class NameLoc(Location):
    """`loc("name"(child))`."""

    name: str
    child: Location

    @property
    def parts(self) -> tuple[Location, ...]:
        return () if self.child == UNKNOWN else (self.child,)


@dataclass(frozen=True, slots=True)
class CallSiteLoc(Location):
    """`loc(callsite(callee at caller))`."""

    callee: Location
    caller: Location

    @property
    def parts(self) -> tuple[Location, ...]:
        return self.callee, self.caller


@dataclass(frozen=True, slots=True)
class FusedLoc(Location):
    """`loc(fused<metadata>[…])`; the metadata is an attribute or `None`."""

    locations: tuple[Location, ...]
    metadata: object = None

    @property
    def parts(self) -> tuple[Location, ...]:
        return self.locations


UNKNOWN = UnknownLoc()


class LocationAttr(Attribute):
    """A location as the value of an attribute."""

    location: Location


def fuse(locations: tuple[Location, ...], metadata: object = None) -> Location:
    """One location for several: duplicates and unknown ones dropped, fusions of the same metadata flattened.

    A pass gives its name as `metadata`; a `str` becomes a string attribute.
    """
    metadata = StringAttr(metadata) if isinstance(metadata, str) else metadata
    if len(locations) == 1:
        # The usual case, of every operation that a pass makes from one other.
        (location,) = locations
        if isinstance(location, UnknownLoc):
            return UNKNOWN
        if metadata is None and not isinstance(location, FusedLoc):
            return location
        if metadata is not None:
            is_same = isinstance(location, FusedLoc) and location.metadata == metadata and location.locations
            return location if is_same else FusedLoc(locations, metadata)
    flat: dict[Location, None] = {}
    for location in locations:
        if isinstance(location, FusedLoc) and location.metadata == metadata:
            flat.update(dict.fromkeys(location.locations))
        elif location != UNKNOWN:
            flat[location] = None
    if not flat:
        return UNKNOWN
    if len(flat) == 1 and metadata is None:
        return next(iter(flat))
    return FusedLoc(tuple(flat), metadata)
