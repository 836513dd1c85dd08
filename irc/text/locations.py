"""Parsing of locations: `loc("file":1:2)`, `loc("name"(…))`, `loc(callsite(a at b))`, `loc(fused<meta>[…])`, `loc(#alias)`."""

from __future__ import annotations

from irc.ir.attributes import Attribute
from irc.ir.diagnostic import DiagnosedError
from irc.ir.location import (
    UNKNOWN,
    CallSiteLoc,
    FileLineColLoc,
    FileLineColRange,
    FusedLoc,
    Location,
    LocationAttr,
    NameLoc,
    fuse,
)
from irc.ir.operation import Operation
from irc.text.attributes import KEYWORDS, parse_attribute
from irc.text.lexer import TokenStream
from irc.text.numbers import whole_number
from irc.text.strings import unquote


class DeferredLoc(Location):
    """`#alias` where the alias is defined further down; nothing keeps one when the text has been read."""

    __slots__ = ("name", "position")

    def __init__(self, name: str, position: int) -> None:
        self.name, self.position = name, position


def parse_location(stream: TokenStream, *, now: bool = False) -> Location:
    """`loc(…)`. An alias that is not defined yet gives a `DeferredLoc`, or an error where it is needed `now`."""
    stream.expect("loc")
    stream.expect("(")
    position = stream.pos
    token = stream.peek()
    if token[:1] == "#" and token[1:] not in stream.location_aliases and not now:
        stream.pos += 1
        location: Location = DeferredLoc(token[1:], position)
        stream.has_deferred_locations = True
    else:
        expanded = stream.expanded
        location = _inner(stream)
        if not now:
            # What operations refer to is printed by name.
            stream.expanded = expanded
    stream.expect(")")
    return location


def resolve_deferred(root: Operation, stream: TokenStream) -> None:
    """Give everything inside `root` the locations that aliases stand for. Raises `DiagnosedError`."""
    for op in root.walk():
        op.location = _resolved(op.location, stream)
        for region in op.regions:
            for block in region:
                for argument in block.arguments:
                    argument.location = _resolved(argument.location, stream)


def _resolved(location: Location, stream: TokenStream) -> Location:
    if not isinstance(location, DeferredLoc):
        return location
    known = stream.location_aliases.get(location.name)
    if known is None:
        raise _undefined(stream, location.name, location.position)
    return known


def _undefined(stream: TokenStream, name: str, position: int) -> DiagnosedError:
    return stream.error(f"operation location alias '#{name}' was never defined", position)


def _inner(stream: TokenStream) -> Location:
    stream.enter("locations")
    try:
        return _location(stream)
    finally:
        stream.depth -= 1


def _location(stream: TokenStream) -> Location:
    position = stream.pos
    token = stream.next()
    if token == "unknown":
        return UNKNOWN
    if token[:1] == "#":
        known = stream.location_aliases.get(token[1:])
        if known is None:
            raise _undefined(stream, token[1:], position)
        stream.expand(token, position)
        return known
    if token[:1] == '"':
        text = unquote(stream, token, position)
        if stream.accept(":"):
            line = _integer(stream, "line")
            stream.expect(":")
            column = _integer(stream, "column")
            return _range(stream, text, line, column) if stream.accept("to") else FileLineColLoc(text, line, column)
        if stream.accept("("):
            child = _inner(stream)
            stream.expect(")")
            return NameLoc(text, child)
        return NameLoc(text, UNKNOWN)
    if token == "callsite":
        stream.expect("(")
        callee = _inner(stream)
        stream.expect("at")
        caller = _inner(stream)
        stream.expect(")")
        return CallSiteLoc(callee, caller)
    if token == "fused":
        metadata: Attribute | None = None
        if stream.accept("<"):
            metadata = parse_attribute(stream)
            stream.expect(">")
        stream.expect("[")
        parts: list[Location] = []
        while not stream.accept("]"):
            if parts:
                stream.expect(",")
            parts.append(_inner(stream))
        fused = fuse(tuple(parts), metadata)
        return fused if fused != UNKNOWN or metadata is None else FusedLoc((UNKNOWN,), metadata)
    stream.pos = position
    raise stream.unexpected("a location")


def _range(stream: TokenStream, file: str, line: int, column: int) -> Location:
    """`12:5` or, on the same line, `:5`."""
    end_line = line if stream.peek() == ":" else _integer(stream, "line")
    stream.expect(":")
    return FileLineColRange(file, line, column, end_line, _integer(stream, "column"))


def _integer(stream: TokenStream, what: str) -> int:
    number = whole_number(stream.peek())
    if number is not None and number < 1 << 32:
        stream.pos += 1
        return number
    raise stream.unexpected(f"an integer of 32 bits as {what} number")


def _attribute(stream: TokenStream) -> Attribute:
    """`loc(…)` as the value of an attribute."""
    return LocationAttr(parse_location(stream, now=True))


KEYWORDS["loc"] = _attribute
