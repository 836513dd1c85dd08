"""MLIR text to operations: a file is alias definitions, operations and metadata; a module is put around the operations
where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError
from irc.ir.location import FileLineColLoc
from irc.ir.operation import Operation
from irc.ir.recursion import deep_calls
from irc.ir.region import Region
from irc.ods.registry import lookup_op
from irc.text.attributes import parse_attribute
from irc.text.digits import any_number_of_digits
from irc.text.file_metadata import FileMetadata
from irc.text.lexer import TokenStream
from irc.text.locations import parse_location, resolve_deferred
from irc.text.op_parser import OpParser, TooManyErrorsError
from irc.text.resources import read_resources
from irc.text.types import parse_type


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What a file holds: its `builtin.module`, and the resources that it carries beside it."""

    module: Any
    metadata: FileMetadata


def parse_module(text: str, file: str = "-", *, allow_unregistered: bool = False, line_offset: int = 0) -> Any:
    """The `builtin.module` of an MLIR text; as `parse_file`, without the metadata."""
    return parse_file(text, file, allow_unregistered=allow_unregistered, line_offset=line_offset).module


@any_number_of_digits()
@deep_calls
def parse_file(text: str, file: str = "-", *, allow_unregistered: bool = False, line_offset: int = 0) -> ParsedFile:
    """The `builtin.module` and the metadata of an MLIR text.

    `file` names the text in locations, `line_offset` is added to its line numbers; a module that the text leaves out is
    at line 0. Raises `DiagnosedError` with all errors that were found.
    """
    stream = TokenStream(text, file, line_offset)
    stream.allow_unregistered = allow_unregistered
    metadata = read_resources(stream)
    parser = OpParser(stream)
    block = Block()
    region = Region(block)
    try:
        _file(parser, block)
    except TooManyErrorsError:
        pass
    except RecursionError:
        # Whatever nests is bounded where it is read; this stands for what is not bounded tightly enough.
        raise stream.error("the text is nested too deep") from None
    if parser.errors:
        raise DiagnosedError(*parser.errors)
    only = block.first
    if only is not None and only is block.last and only.name == "builtin.module":
        only.detach()
        module: Operation = only
    else:
        module = lookup_op("builtin.module")(region, location=FileLineColLoc(file, 0, 0))
    if stream.has_deferred_locations:
        resolve_deferred(module, stream)
    return ParsedFile(module, metadata)


def _file(parser: OpParser, block: Block) -> None:
    """Read everything up to the end of the text, going on behind errors."""
    stream = parser.stream
    while stream.peek() != "":
        token, position = stream.peek(), stream.pos
        try:
            if token[:1] in "#!" and stream.tokens[stream.pos + 1] == "=":
                _alias(parser, token)
            else:
                _operation(parser, block)
        except DiagnosedError as problem:
            parser.report(problem)
            parser.recover(position)
            if stream.pos == position or stream.peek() == "}":
                stream.next()
    try:
        parser.close_scope(None)
    except DiagnosedError as problem:
        parser.report(problem)


def _operation(parser: OpParser, block: Block) -> None:
    scope, dialect = parser.scope, parser.default_dialect
    try:
        block.append(parser.operation())
    except DiagnosedError:
        parser.depth, parser.scope, parser.default_dialect = 0, scope, dialect
        raise


def _alias(parser: OpParser, name: str) -> None:
    """`!t = type`, `#a = attribute` or `#loc = loc(…)`."""
    start = parser.stream.pos
    try:
        _definition(parser, name)
    except DiagnosedError:
        parser.recover(start)
        raise


def _definition(parser: OpParser, name: str) -> None:
    stream = parser.stream
    position = stream.pos
    stream.next()
    stream.expect("=")
    kind = "type" if name[0] == "!" else "attribute"
    if len(name) == 1:
        raise stream.error(f"invalid {kind} identifier", position)
    if "." in name:
        raise stream.error(f"{kind} names with a '.' are reserved for dialect-defined names", position)
    types, attributes = (stream.type_aliases,), (stream.attribute_aliases, stream.location_aliases)
    tables: tuple[dict[str, Any], ...] = types if kind == "type" else attributes
    if any(name[1:] in table for table in tables):
        raise stream.error(f"redefinition of {kind} alias id '{name[1:]}'", position)
    start, expanded = stream.pos, stream.expanded
    if kind == "type":
        stream.type_aliases[name[1:]] = parse_type(stream)
    elif stream.peek() == "loc":
        stream.location_aliases[name[1:]] = parse_location(stream, now=True)
    else:
        stream.attribute_aliases[name[1:]] = parse_attribute(stream)
    stream.alias_sizes[name] = stream.pos - start + stream.expanded - expanded
