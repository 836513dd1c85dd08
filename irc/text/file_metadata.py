"""The metadata of a file, `{-# … #-}`: resources that a text carries beside its operations.

    {-#
      external_resources: {
        mlir_reproducer: {
          pipeline: "builtin.module(cse)",
          disable_threading: true,
          verify_each: true
        }
      }
    #-}

The syntax is MLIR's (https://mlir.llvm.org/docs/LangRef/#file-metadata). An owner, such as `mlir_reproducer`, has entries
that are strings, truth values, or blobs, which are strings of hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from irc.ir.diagnostic import DiagnosedError
from irc.ir.location import FileLineColLoc
from irc.text.lexer import TokenStream, describe
from irc.text.spelling import is_bare_identifier
from irc.text.strings import identifier_or_string, quote, unquote

SECTIONS = ("dialect_resources", "external_resources")


@dataclass(frozen=True, slots=True)
class Resource:
    """The value of an entry, and where it stands."""

    value: str | bool
    location: FileLineColLoc


@dataclass(slots=True)
class FileMetadata:
    """The resources of a file: those of dialects and those of tools, by owner and key."""

    dialect_resources: dict[str, dict[str, Resource]]
    external_resources: dict[str, dict[str, Resource]]

    @staticmethod
    def empty() -> FileMetadata:
        return FileMetadata({}, {})

    def of_tools(self) -> dict[str, dict[str, str | bool]]:
        """The external resources without their locations."""
        return {
            owner: {key: resource.value for key, resource in entries.items()}
            for owner, entries in self.external_resources.items()
        }


def parse_file_metadata(stream: TokenStream, found: FileMetadata) -> None:
    """Read one `{-# … #-}` into `found`. Raises `DiagnosedError`; the stream then stands behind the metadata."""
    start = stream.pos
    try:
        stream.expect("{-#")
        _entries(stream, "#-}", lambda key, position: _section(stream, found, key, position))
    except DiagnosedError:
        _skip(stream, start)
        raise


def _section(stream: TokenStream, found: FileMetadata, name: str, position: int) -> None:
    if name not in SECTIONS:
        raise stream.error(f"unknown key '{name}' in file metadata dictionary", position)
    owners: dict[str, dict[str, Resource]] = getattr(found, name)
    stream.expect("{")
    _entries(stream, "}", lambda key, _: _owner(stream, owners.setdefault(key, {})))


def _owner(stream: TokenStream, entries: dict[str, Resource]) -> None:
    def entry(key: str, _position: int) -> None:
        location, position = stream.location(), stream.pos
        token = stream.next()
        if token[:1] == '"':
            entries[key] = Resource(unquote(stream, token, position), location)
        elif token in ("true", "false"):
            entries[key] = Resource(token == "true", location)
        else:
            raise stream.error(f"expected a string, true or false as a resource, got {describe(token)}", position)

    stream.expect("{")
    _entries(stream, "}", entry)


def _entries(stream: TokenStream, end: str, entry: Callable[[str, int], None]) -> None:
    """`key: …, key: …` up to `end`; `entry` reads what stands behind each colon."""
    while not stream.accept(end):
        position = stream.pos
        key = identifier_or_string(stream, "expected identifier key in file metadata dictionary")
        stream.expect(":")
        entry(key, position)
        if not stream.accept(",") and stream.peek() != end:
            raise stream.unexpected(f"',' or '{end}'")


def _skip(stream: TokenStream, start: int) -> None:
    """Go on behind the metadata that starts at `start`."""
    try:
        stream.pos = stream.tokens.index("#-}", start) + 1
    except ValueError:
        stream.pos = stream.tokens.index("", start)


Sections = Mapping[str, Mapping[str, Mapping[str, str | bool]]]
"""The entries of each owner in each section."""


def print_file_metadata(sections: Sections) -> str:
    """The metadata as text, without owners and sections that have no entries; empty if nothing is left."""
    found = {name: {owner: lines for owner, lines in owners.items() if lines} for name, owners in sections.items()}
    found = {name: owners for name, owners in found.items() if owners}
    return f"{{-#\n{_nested(found, 1)}\n#-}}\n" if found else ""


def _nested(entries: Mapping[str, Any], level: int) -> str:
    indent = "  " * level
    lines = []
    for key, value in entries.items():
        name = key if is_bare_identifier(key) else quote(key)
        if isinstance(value, Mapping):
            text = f"{{\n{_nested(value, level + 1)}\n{indent}}}"
        else:
            text = quote(value) if isinstance(value, str) else str(value).lower()
        lines.append(f"{indent}{name}: {text}")
    return ",\n".join(lines)
