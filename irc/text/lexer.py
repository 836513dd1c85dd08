"""Tokens of MLIR text.

The whole text is split up front by one compiled expression; a token is a plain string whose first character tells its
kind, so the parser compares strings and nothing else. The end of the input is the token `""`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import ClassVar

from irc.ir.attributes import Attribute, DistinctAttr
from irc.ir.diagnostic import DiagnosedError, Diagnostic, error
from irc.ir.location import FileLineColLoc, Location
from irc.ir.types import Type

# The order matters: blanks and comments, then a simple shaped type as one token, then the rest by kind. What nothing
# else matches comes out as one character, and is refused by the parser.
_PIECES = re.compile(
    r"""[\s\0]+
    |//[^\n]*
    |(?:tensor|vector|memref)<[0-9?x]*[a-z][a-z0-9]*>
    |\{-\#|\#-\}
    |[%!\#^](?:[0-9]+|[A-Za-z_$.-][\w$.-]*)
    |[A-Za-z_][\w$.]*
    |@(?:[A-Za-z_][\w$.]*|"(?:[^"\\\n]|\\.)*")
    |"(?:[^"\\\n]|\\.)*"
    |0x[0-9a-fA-F]+(?!\w)
    |[0-9]+(?:\.[0-9]*(?:[eE][-+]?[0-9]+)?)?
    |->|::|\.\.\.
    |.""",
    re.VERBOSE | re.ASCII,
)
_SKIPPED = frozenset(" \t\r\n\f\v\0/")


MAX_DEPTH = 500
"""How deep attributes, types and locations may nest in each other: well below `irc.ir.recursion.MAX_FRAMES`."""


MAX_EXPANSION = 10_000_000
"""How many tokens aliases may stand for: those of types and attributes all together, those of locations each."""


class TokenStream:
    """The tokens of one text with a position, and what the parsers share while reading it.

    Aliases are kept without their `!` or `#`; resources are blobs by dialect and key; a type that has a name of its own is
    `None` while its parts are read. `line_offset` is added to line
    numbers, for parts of a split file.
    """

    __slots__ = (
        "alias_sizes", "allow_unregistered", "attribute_aliases", "depth", "distinct", "expanded", "file",
        "has_deferred_locations", "identified_types", "line", "line_offset", "line_starts",
        "location_aliases", "offsets", "pos", "resources", "text", "tokens", "type_aliases",
    )  # fmt: skip

    attribute_parser: ClassVar[Callable[[TokenStream], Attribute]]

    def __init__(self, text: str, file: str, line_offset: int = 0) -> None:
        self.text, self.file, self.line_offset = text, file, line_offset
        pieces = _PIECES.findall(text)
        starts = accumulate(map(len, pieces), initial=0)
        kept = [
            (piece, start)
            for piece, start in zip(pieces, starts, strict=False)
            if piece[0] not in _SKIPPED or (piece[0] == "/" and piece[1:2] != "/")
        ]
        self.tokens: list[str] = [piece for piece, _ in kept]
        self.offsets: list[int] = [start for _, start in kept]
        # Parsers look one token ahead of the current one.
        self.tokens += ["", ""]
        # What is missing at the end is missed behind the last token, not behind the blank lines that follow.
        end = self.offsets[-1] + len(self.tokens[-3]) if kept else len(text)
        self.offsets += [end, end]
        self.pos = 0
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.line = 0
        self.depth = 0
        self.allow_unregistered = False
        self.type_aliases: dict[str, Type] = {}
        self.attribute_aliases: dict[str, Attribute] = {}
        self.location_aliases: dict[str, Location] = {}
        # Aliases may double what they stand for from one to the next, so that a short text stands for one without end.
        self.alias_sizes: dict[str, int] = {}
        self.expanded = 0
        self.has_deferred_locations = False
        self.distinct: dict[int, DistinctAttr] = {}
        self.identified_types: dict[str, Type | None] = {}
        self.resources: dict[tuple[str, str], bytes] = {}

    def enter(self, what: str) -> None:
        """Count one more level of nesting, to be taken back from `depth`. Raises `DiagnosedError` where it is too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"{what} are nested more than {MAX_DEPTH} deep")

    def expand(self, alias: str, position: int) -> None:
        """Count the tokens that an alias, written with its sigil, stands for. Raises `DiagnosedError` if they are too many."""
        self.expanded += self.alias_sizes.get(alias, 1)
        if self.expanded > MAX_EXPANSION:
            raise self.error(f"aliases stand for more than {MAX_EXPANSION} tokens", position)

    def peek(self) -> str:
        """The current token."""
        return self.tokens[self.pos]

    def next(self) -> str:
        """The current token, and go on. The end of the input is never passed."""
        token = self.tokens[self.pos]
        if token:
            self.pos += 1
        return token

    def accept(self, token: str) -> bool:
        """Go on if the current token is `token`; whether it was."""
        if self.tokens[self.pos] == token:
            self.pos += 1
            return True
        return False

    def expect(self, token: str) -> None:
        """Go on if the current token is `token`, else raise `DiagnosedError`."""
        if self.tokens[self.pos] != token:
            raise self.unexpected(f"'{token}'")
        self.pos += 1

    def identifier(self, otherwise: str) -> str:
        """A bare identifier, and go on; raises the error `otherwise` where there is none."""
        token = self.tokens[self.pos]
        if not (token[:1].isalpha() or token[:1] == "_"):
            raise self.error(f"{otherwise}, got {describe(token)}")
        self.pos += 1
        return token

    def unexpected(self, expected: str) -> DiagnosedError:
        """The error that `expected` was wanted where the current token stands, to be raised."""
        return self.error(f"expected {expected}, got {describe(self.peek())}")

    def starts_line(self, position: int) -> bool:
        """Whether the token at `position` is the first of its line."""
        if position == 0:
            return True
        before = position - 1
        end = self.offsets[before] + len(self.tokens[before])
        return "\n" in self.text[end : self.offsets[position]]

    def location(self, position: int | None = None) -> FileLineColLoc:
        """Where a token stands (the current one by default), counted from one."""
        offset = self.offsets[self.pos if position is None else position]
        starts, line = self.line_starts, self.line
        if starts[line] > offset or (line + 64 < len(starts) and starts[line + 64] <= offset):
            line = bisect_right(starts, offset) - 1
        else:
            while line + 1 < len(starts) and starts[line + 1] <= offset:
                line += 1
        self.line = line
        return FileLineColLoc(self.file, line + 1 + self.line_offset, offset - starts[line] + 1)

    def parse_attribute(self) -> Attribute:
        """An attribute. Types contain attributes and attributes types; `irc.text.attributes` ties this knot."""
        return TokenStream.attribute_parser(self)

    def error(self, message: str, position: int | None = None, notes: tuple[Diagnostic, ...] = ()) -> DiagnosedError:
        """An error at a token (the current one by default), to be raised."""
        return error(self.location(position), message, *notes)


def describe(token: str) -> str:
    """How messages name a token."""
    if not token:
        return "end of input"
    if token == '"':
        return "an unterminated string"
    return f"'{token}'"
