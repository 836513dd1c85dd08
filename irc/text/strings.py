"""String literals, with MLIR's escapes."""

from __future__ import annotations

import re

from irc.text.lexer import TokenStream

_ESCAPE = re.compile(rb'\\(n|t|\\|"|[0-9a-fA-F]{2})?')
_ESCAPES = {b"n": b"\n", b"t": b"\t", b"\\": b"\\", b'"': b'"'}


def quote(text: str) -> str:
    """A string literal with MLIR's escapes."""
    parts = []
    for byte in text.encode("utf-8", "surrogateescape"):
        if byte == ord("\\"):
            parts.append("\\\\")
        else:
            parts.append(chr(byte) if 32 <= byte < 127 and byte != ord('"') else f"\\{byte:02X}")
    return '"' + "".join(parts) + '"'


def identifier_or_string(stream: TokenStream, otherwise: str) -> str:
    """A bare identifier, or the text of a string; raises the error `otherwise` where there is neither."""
    position = stream.pos
    token = stream.peek()
    if token[:1] != '"':
        return stream.identifier(otherwise)
    stream.pos += 1
    return unquote(stream, token, position)


def unquote(stream: TokenStream, token: str, position: int) -> str:
    """The text of a string token."""
    if len(token) < 2 or token[-1] != '"':
        raise stream.error("unterminated string", position)
    body = token[1:-1]
    if "\\" not in body:
        return body

    def replace(match: re.Match[bytes]) -> bytes:
        code = match.group(1)
        if code is None:
            raise stream.error("unknown escape in string literal", position)
        return _ESCAPES.get(code) or bytes.fromhex(code.decode())

    # An escape stands for a byte; bytes that are no UTF-8 are kept as surrogates.
    return _ESCAPE.sub(replace, body.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
