"""Locations as text: `loc("file":1:2)`, `loc("name"(…))`, `loc(callsite(a at b))`, `loc(fused<meta>[…])`, `loc(#alias)`."""

from __future__ import annotations

from irc.ir.attributes import Attribute
from irc.ir.location import UNKNOWN, CallSiteLoc, FileLineColLoc, FusedLoc, Location, NameLoc
from irc.text.attributes import parse_attribute, unquote
from irc.text.lexer import TokenStream
from irc.text.spelling import attribute_text, quote

MAX_DEPTH = 100


def parse_location(stream: TokenStream) -> Location:
    """`loc(…)`."""
    stream.expect("loc")
    stream.expect("(")
    location = _inner(stream)
    stream.expect(")")
    return location


def _inner(stream: TokenStream) -> Location:
    stream.depth += 1
    if stream.depth > MAX_DEPTH:
        raise stream.error(f"locations are nested more than {MAX_DEPTH} deep")
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
            raise stream.error(f"operation location alias '{token}' was never defined", position)
        return known
    if token[:1] == '"':
        text = unquote(stream, token, position)
        if stream.accept(":"):
            line = _integer(stream)
            stream.expect(":")
            return FileLineColLoc(text, line, _integer(stream))
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
        return FusedLoc(tuple(parts), metadata)
    stream.pos = position
    raise stream.unexpected("a location")


def _integer(stream: TokenStream) -> int:
    token = stream.peek()
    if not token.isdecimal():
        raise stream.unexpected("an integer")
    stream.pos += 1
    return int(token)


def print_location(location: Location) -> str:
    """`loc(…)`."""
    return f"loc({_text(location)})"


def _text(location: Location) -> str:
    match location:
        case FileLineColLoc():
            return f"{quote(location.file)}:{location.line}:{location.column}"
        case NameLoc():
            child = "" if location.child == UNKNOWN else f"({_text(location.child)})"
            return quote(location.name) + child
        case CallSiteLoc():
            return f"callsite({_text(location.callee)} at {_text(location.caller)})"
        case FusedLoc():
            metadata = f"<{attribute_text(location.metadata)}>" if isinstance(location.metadata, Attribute) else ""
            return f"fused{metadata}[{', '.join(_text(part) for part in location.locations)}]"
        case _:
            return "unknown"
