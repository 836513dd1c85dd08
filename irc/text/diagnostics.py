"""Diagnostics as text, in Clang's style: `file:line:col: error: message`, the source line, a caret, then notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from irc.ir.attributes import StringAttr
from irc.ir.diagnostic import Diagnostic
from irc.ir.location import CallSiteLoc, FileLineColLoc, FusedLoc, Location, NameLoc

MAX_EXCERPT = 400
"""Characters of a source line that are shown at most: a line may be a whole program."""

_COLORS = {"error": "\033[1;31m", "warning": "\033[1;35m", "note": "\033[1;36m", "remark": "\033[1;34m"}


def render(diagnostic: Diagnostic, sources: Mapping[str, str], color: bool = False) -> str:
    """The text of a diagnostic with a newline at its end. `sources` maps file names to their texts."""
    place = position(diagnostic.location)
    severity = f"{_COLORS[diagnostic.severity]}{diagnostic.severity}:\033[0m" if color else f"{diagnostic.severity}:"
    head = f"{place.file}:{place.line}:{place.column}" if place is not None else "<unknown>"
    lines = [f"{head}: {severity} {diagnostic.message}"]
    if place is not None:
        lines += _excerpt(place, sources)
    text = "\n".join(lines) + "\n"
    for note in (*_origins(diagnostic.location), *diagnostic.notes):
        text += render(note, sources, color)
    # Bytes of the source that are no UTF-8 are carried as surrogates, which no stream writes.
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def position(location: Location) -> FileLineColLoc | None:
    """The first position in a file that a location names."""
    return next(location.files(), None)


def _excerpt(place: FileLineColLoc, sources: Mapping[str, str]) -> list[str]:
    lines = sources[place.file].split("\n") if place.file in sources else []
    if not 1 <= place.line <= len(lines):
        return []
    line, column = lines[place.line - 1].rstrip("\r"), place.column - 1
    if len(line) > MAX_EXCERPT:
        start = max(0, min(column, len(line)) - MAX_EXCERPT // 2)
        before, after = "..." if start else "", "..." if start + MAX_EXCERPT < len(line) else ""
        line, column = before + line[start : start + MAX_EXCERPT] + after, column - start + len(before)
    margin = "".join("\t" if char == "\t" else " " for char in line[:column])
    return [line, f"{margin}^"]


def _origins(location: Location) -> Iterator[Diagnostic]:
    """Notes on how an operation came to be: the passes that derived it and the calls it was inlined through."""
    while isinstance(location, FusedLoc | CallSiteLoc | NameLoc):
        if isinstance(location, FusedLoc):
            if isinstance(location.metadata, StringAttr) and location.locations:
                name = location.metadata.value
                yield Diagnostic(location.locations[0], f"derived by pass '{name}' from here", "note")
            return
        if isinstance(location, CallSiteLoc):
            yield Diagnostic(location.caller, "called from here", "note")
            location = location.callee
        else:
            location = location.child


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the closest candidate, nothing where none is close."""
    import difflib  # noqa: PLC0415 - only needed where something is wrong

    close = difflib.get_close_matches(name, list(candidates), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
