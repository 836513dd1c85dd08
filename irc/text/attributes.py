"""Parsing of attributes."""

from __future__ import annotations

import re
from collections.abc import Callable

from irc.ir import attributes as at
from irc.ir.attributes import Attribute
from irc.ir.location import LocationAttr
from irc.ir.types import FloatType, IndexType, IntegerType, ShapedType, Type, f64, i1, i64
from irc.ods.registry import OPAQUE_DIALECTS, allows_unknown_operations, is_kept_as_text, load_dialect, lookup_attribute
from irc.text.affine import parse_affine_map, parse_integer_set
from irc.text.dense import parse_dense, parse_dense_resource, parse_sparse
from irc.text.lexer import TokenStream, describe
from irc.text.numbers import number_attribute, whole_number
from irc.text.strings import unquote
from irc.text.types import balanced_text, in_brackets, parse_declared, parse_optional_type, parse_type


def parse_attribute(stream: TokenStream, type: Type | None = None) -> Attribute:
    """An attribute. `type` is the type of a number that states none."""
    stream.enter("attributes")
    try:
        return _attribute(stream, type)
    finally:
        stream.depth -= 1


def _attribute(stream: TokenStream, type: Type | None) -> Attribute:
    token = stream.peek()
    first = token[:1]
    if first.isdecimal() or first == "-":
        return _number(stream, type)
    if first == '"':
        position = stream.pos
        stream.pos += 1
        text = unquote(stream, token, position)
        return at.StringAttr(text, parse_type(stream) if stream.accept(":") else None)
    if first == "@":
        return parse_symbol_ref(stream)
    if first == "#":
        return _dialect_attribute(stream, token)
    elements = _ELEMENTS.get(token)
    if elements is not None:
        return elements(stream, type)
    known = KEYWORDS.get(token)
    if known is not None:
        return known(stream)
    if first == "{":
        return at.DictionaryAttr.of(parse_optional_attribute_dict(stream))
    parsed = parse_optional_type(stream)
    if parsed is None:
        raise stream.unexpected("an attribute")
    return at.TypeAttr(parsed)


def parse_optional_attribute_dict(stream: TokenStream) -> dict[str, Attribute]:
    """`{a, b = 1 : i32, "quoted.key" = …}`; empty if there is no brace."""
    entries: dict[str, Attribute] = {}
    if not stream.accept("{"):
        return entries
    while not stream.accept("}"):
        if entries:
            stream.expect(",")
        position = stream.pos
        token = stream.next()
        if token[:1] == '"':
            key = unquote(stream, token, position)
        elif token[:1].isalpha() or token[:1] == "_":
            key = token
        else:
            stream.pos = position
            raise stream.unexpected("an attribute name")
        if not key:
            raise stream.error("expected valid attribute name", position)
        if key in entries:
            raise stream.error(f"duplicate key '{key}' in dictionary attribute", position)
        entries[key] = parse_attribute(stream) if stream.accept("=") else at.unit
    return entries


def parse_symbol_ref(stream: TokenStream) -> at.SymbolRefAttr:
    """`@a` or `@a::@b`."""
    names = [parse_symbol(stream)]
    while stream.accept("::"):
        names.append(parse_symbol(stream))
    return at.SymbolRefAttr(names[0], tuple(names[1:]))


def parse_symbol(stream: TokenStream) -> str:
    """The name of a symbol: `@name` or `@"any text"`."""
    position = stream.pos
    token = stream.peek()
    if token[:1] != "@":
        raise stream.unexpected("a symbol name")
    if token == "@":
        raise stream.error("@ identifier expected to start with letter or '_'")
    stream.pos += 1
    return unquote(stream, token[1:], position) if token[1] == '"' else token[1:]


def _number(stream: TokenStream, type: Type | None) -> Attribute:
    position = stream.pos
    negative = stream.accept("-")
    token = stream.next()
    if not token[:1].isdecimal():
        stream.pos = position
        raise stream.unexpected("a number")
    is_float = "." in token
    if stream.accept(":"):
        type = parse_type(stream)
    elif type is None or isinstance(type, ShapedType):
        type = f64 if is_float else i64
    return number_attribute(stream, token, negative, type, position)


def _dialect_attribute(stream: TokenStream, token: str) -> Attribute:
    """`#alias` or `#dialect.mnemonic…`."""
    position = stream.pos
    stream.pos += 1
    name = token[1:]
    if not name:
        raise stream.error("invalid attribute name", position)
    if name in stream.attribute_aliases:
        stream.expand(token, position)
        return stream.attribute_aliases[name]
    if name in stream.location_aliases:
        return LocationAttr(stream.location_aliases[name])
    if "." not in name and not in_brackets(stream):
        raise stream.error(f"undefined symbol alias id '{name}'", position)
    try:
        found = parse_declared(stream, name, lookup_attribute)
    except ValueError as problem:
        raise stream.error(str(problem), position) from None
    if found is not None:
        parsed: Attribute = found
        return parsed
    prefix = name.partition(".")[0]
    known = prefix in OPAQUE_DIALECTS or is_kept_as_text(name)
    if not known and not (stream.allow_unregistered and allows_unknown_operations(prefix)):
        what = f"unknown attribute '{token}'" if load_dialect(prefix) else f"dialect '{prefix}' is not registered"
        raise stream.error(what, position)
    text = name + (balanced_text(stream) if in_brackets(stream) else "")
    if known and prefix not in OPAQUE_DIALECTS:
        text = _on_one_line(text)
    return at.OpaqueAttr(text, parse_type(stream) if stream.accept(":") else None)


_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|(?:\s|//[^\n]*\n)+|[^\s"/]+|.', re.DOTALL)


def _on_one_line(text: str) -> str:
    """A text with the blanks that upstream has in it, and no comments."""
    parts: list[str] = []
    for piece in _PIECES.findall(text):
        if piece[0].isspace() or piece[:2] == "//":
            if parts[-1][-1] not in "<([{":
                parts.append(" ")
            continue
        if parts and parts[-1] == " " and piece[0] in ">)]}":
            parts.pop()
        parts.append(piece)
    return "".join(parts)


# -- by keyword ------------------------------------------------------------------------------------------------------


def _array(stream: TokenStream) -> Attribute:
    stream.expect("[")
    elements: list[Attribute] = []
    while not stream.accept("]"):
        if elements:
            stream.expect(",")
        elements.append(parse_attribute(stream))
    return at.ArrayAttr(tuple(elements))


def _boolean(value: at.IntegerAttr) -> Callable[[TokenStream], Attribute]:
    def parse(stream: TokenStream) -> Attribute:
        stream.pos += 1
        if stream.peek() == ":" and stream.tokens[stream.pos + 1] == "i1":
            stream.pos += 2
        return value

    return parse


def _unit(stream: TokenStream) -> Attribute:
    stream.pos += 1
    return at.unit


def _dense_array(stream: TokenStream) -> Attribute:
    """`array<i64: 1, 2>`."""
    stream.pos += 1
    stream.expect("<")
    position = stream.pos
    element = parse_type(stream)
    if not isinstance(element, FloatType | IntegerType | IndexType):
        raise stream.error(f"expected integer or float type, got: '{element}'", position)
    if isinstance(element, IntegerType) and element is not i1 and element.width % 8:
        raise stream.error("element type bitwidth must be a multiple of 8", position)
    values: list[int | float] = []
    if stream.accept(":"):
        while True:
            values.append(_array_element(stream, element))
            if not stream.accept(","):
                break
    stream.expect(">")
    return at.DenseArrayAttr(element, tuple(values))


def _array_element(stream: TokenStream, element: Type) -> int | float:
    position = stream.pos
    if element is i1 and stream.peek() in ("true", "false"):
        return int(stream.next() == "true")
    negative = stream.accept("-")
    token = stream.next()
    if not token[:1].isdecimal():
        stream.pos = position
        raise stream.unexpected("a number")
    number = number_attribute(stream, token, negative, element, position)
    assert isinstance(number, at.IntegerAttr | at.FloatAttr)
    return number.value


def _strided(stream: TokenStream) -> Attribute:
    """`strided<[s, ?], offset: o>`."""
    stream.pos += 1
    stream.expect("<")
    stream.expect("[")
    strides: list[int | None] = []
    while not stream.accept("]"):
        if strides:
            stream.expect(",")
        position = stream.pos
        strides.append(_size(stream))
        if strides[-1] == 0:
            raise stream.error("strides must not be zero", position)
    offset: int | None = 0
    if stream.accept(","):
        stream.expect("offset")
        stream.expect(":")
        offset = _size(stream)
    stream.expect(">")
    return at.StridedLayoutAttr(tuple(strides), offset)


def _size(stream: TokenStream) -> int | None:
    """A size in elements. The least integer of 64 bits is no size: MLIR has it stand for `?`."""
    if stream.accept("?"):
        return None
    position = stream.pos
    negative = stream.accept("-")
    number = whole_number(stream.peek())
    if number is None or number >= 1 << 63:
        raise stream.error(f"expected a 64-bit signed integer or '?', got {describe(stream.peek())}", position)
    stream.pos += 1
    return -number if negative else number


def _distinct(stream: TokenStream) -> Attribute:
    """`distinct[0]<attribute>`; the same number stands for the same attribute in all of a text."""
    position = stream.pos
    stream.pos += 1
    stream.expect("[")
    token = stream.next()
    stream.expect("]")
    stream.expect("<")
    referenced = parse_attribute(stream) if stream.peek() != ">" else at.unit
    stream.expect(">")
    number = whole_number(token)
    if number is None or number >= 1 << 64:
        raise stream.error("expected an unsigned 64-bit integer as the number of a distinct attribute", position)
    known = stream.distinct.setdefault(number, at.DistinctAttr(object(), referenced))
    if known.referenced is not referenced:
        raise stream.error("referenced attribute does not match previous definition", position)
    return known


def _affine_map(stream: TokenStream) -> Attribute:
    stream.pos += 1
    stream.expect("<")
    parsed = parse_affine_map(stream)
    stream.expect(">")
    return at.AffineMapAttr(parsed)


def _integer_set(stream: TokenStream) -> Attribute:
    stream.pos += 1
    stream.expect("<")
    parsed = parse_integer_set(stream)
    stream.expect(">")
    return at.IntegerSetAttr(parsed)


KEYWORDS: dict[str, Callable[[TokenStream], Attribute]] = {
    "true": _boolean(at.true),
    "false": _boolean(at.false),
    "unit": _unit,
    "[": _array,
    "array": _dense_array,
    "strided": _strided,
    "affine_map": _affine_map,
    "affine_set": _integer_set,
    "distinct": _distinct,
}
"""What a keyword starts; `irc.text.locations`, which needs this module, adds `loc`."""

_ELEMENTS: dict[str, Callable[[TokenStream, Type | None], Attribute]] = {
    "dense": parse_dense,
    "sparse": parse_sparse,
    "dense_resource": parse_dense_resource,
}

TokenStream.attribute_parser = parse_attribute
