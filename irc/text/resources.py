"""The metadata section at the end of a file, `{-# … #-}`, which holds the bytes of `dense_resource` attributes."""

from __future__ import annotations

from collections.abc import Iterable

from irc.ir.attributes import ArrayAttr, Attribute, DenseResourceElementsAttr, DictionaryAttr
from irc.ir.operation import Operation
from irc.text.dense import hex_bytes
from irc.text.lexer import TokenStream
from irc.text.spelling import is_bare_identifier
from irc.text.strings import quote, unquote

START, END = "{-#", "#-}"


def read_resources(stream: TokenStream) -> None:
    """Read the section, which attributes before it refer to, and take it out of the stream. Raises `DiagnosedError`.

    Sections other than `dialect_resources` are for other tools, and are skipped.
    """
    if START not in stream.tokens:
        return
    start = stream.tokens.index(START)
    stream.pos = start + 1
    while stream.peek() != END:
        section = _key(stream)
        if section == "dialect_resources":
            _dialects(stream)
        else:
            _skip(stream)
        if not stream.accept(","):
            break
    stream.expect(END)
    if stream.peek() != "":
        raise stream.error("expected end of input after the file metadata dictionary")
    del stream.tokens[start:-2], stream.offsets[start:-2]
    stream.pos = 0


def _dialects(stream: TokenStream) -> None:
    """`{ builtin: { key: "0x…" } }`."""
    stream.expect("{")
    while not stream.accept("}"):
        dialect = _key(stream)
        stream.expect("{")
        while not stream.accept("}"):
            key = _key(stream)
            position = stream.pos
            token = stream.next()
            data = hex_bytes(token) if token[:1] == '"' else None
            if data is None or len(data) < 4:
                raise stream.error("expected a string of hexadecimal digits that starts with the alignment", position)
            stream.resources[dialect, key] = data
            if stream.peek() != "}":
                stream.expect(",")
        if stream.peek() != "}":
            stream.expect(",")


def _key(stream: TokenStream) -> str:
    """`key:` or `"key":`."""
    position = stream.pos
    token = stream.next()
    if token[:1] == '"':
        token = unquote(stream, token, position)
    elif not is_bare_identifier(token):
        stream.pos = position
        raise stream.unexpected("a key of the file metadata dictionary")
    stream.expect(":")
    return token


def _skip(stream: TokenStream) -> None:
    """A value or a dictionary of values."""
    depth = 0
    while True:
        token = stream.next()
        if token in ("", END):
            stream.pos -= token == END
            raise stream.unexpected("a value of the file metadata dictionary")
        depth += (token == "{") - (token == "}")
        if depth == 0:
            return


def resources_text(root: Operation) -> str:
    """The section for what the attributes inside `root` refer to; empty if nothing."""
    blobs: dict[str, bytes] = {}
    for op in root.walk():
        _collect((value for value in (*op.properties, *op.attributes.values()) if value is not None), blobs)
    if not blobs:
        return ""
    entries = ",\n".join(
        f'      {key if is_bare_identifier(key) else quote(key)}: "0x{blob.hex().upper()}"'
        for key, blob in blobs.items()
    )
    return f"\n{START}\n  dialect_resources: {{\n    builtin: {{\n{entries}\n    }}\n  }}\n{END}\n"


def _collect(attributes: Iterable[Attribute], blobs: dict[str, bytes]) -> None:
    for attribute in attributes:
        match attribute:
            case DenseResourceElementsAttr(blob=bytes(blob)):
                blobs[attribute.key] = blob
            case ArrayAttr():
                _collect(attribute.elements, blobs)
            case DictionaryAttr():
                _collect((value for _, value in attribute.entries), blobs)
