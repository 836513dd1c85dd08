"""The bytes of `dense_resource` attributes, which stand in the metadata of a file."""

from __future__ import annotations

from collections.abc import Iterable

from irc.ir.attributes import ArrayAttr, Attribute, DenseResourceElementsAttr, DictionaryAttr
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.text.dense import hex_bytes
from irc.text.file_metadata import FileMetadata, parse_file_metadata
from irc.text.lexer import TokenStream

START = "{-#"


def read_resources(stream: TokenStream) -> FileMetadata:
    """Read the metadata of a file, which attributes before it refer to, and take it out of the stream.

    Raises `DiagnosedError`.
    """
    metadata = FileMetadata.empty()
    while START in stream.tokens:
        start = stream.pos = stream.tokens.index(START)
        parse_file_metadata(stream, metadata)
        del stream.tokens[start : stream.pos], stream.offsets[start : stream.pos]
    stream.pos = 0
    for dialect, entries in metadata.dialect_resources.items():
        for key, resource in entries.items():
            data = hex_bytes(f'"{resource.value}"')
            if data is None or len(data) < 4:
                raise error(resource.location, "expected a string of hexadecimal digits that starts with the alignment")
            stream.resources[dialect, key] = data
    return metadata


def referenced_blobs(root: Operation) -> dict[str, str]:
    """What the attributes inside `root` refer to, by key, as hexadecimal digits."""
    blobs: dict[str, bytes] = {}
    for op in root.walk():
        _collect((value for value in (*op.properties, *op.attributes.values()) if value is not None), blobs)
    return {key: f"0x{blob.hex().upper()}" for key, blob in blobs.items()}


def _collect(attributes: Iterable[Attribute], blobs: dict[str, bytes]) -> None:
    for attribute in attributes:
        match attribute:
            case DenseResourceElementsAttr(blob=bytes(blob)):
                blobs[attribute.key] = blob
            case ArrayAttr():
                _collect(attribute.elements, blobs)
            case DictionaryAttr():
                _collect((value for _, value in attribute.entries), blobs)
