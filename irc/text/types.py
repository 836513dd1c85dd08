"""Parsing of types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from irc.ir import types as ty
from irc.ir.attributes import AffineMapAttr, StridedLayoutAttr
from irc.ir.types import Dimension, FunctionType, Type
from irc.ods.registry import OPAQUE_DIALECTS, allows_unknown_operations, load_dialect, lookup_type
from irc.text.lexer import TokenStream
from irc.text.spelling import attribute_text, inline_location, type_text

_NAMED: dict[str, Type] = {"index": ty.index, "none": ty.none, **{kind: ty.FloatType(kind) for kind in ty.FLOAT_WIDTHS}}
_INTEGER = re.compile(r"(i|si|ui)([0-9]+)\Z")
_SIGNEDNESS: dict[str, ty.Signedness] = {"i": "signless", "si": "signed", "ui": "unsigned"}
_SHAPED = re.compile(r"(tensor|vector|memref)<((?:(?:[0-9]+|\?)x)*)([a-z][a-z0-9]*)>\Z")
_CLASSES: dict[str, Callable[[ty.Shape, Type], Type]] = {
    "tensor": ty.TensorType,
    "vector": ty.VectorType,
    "memref": ty.MemRefType,
}
_CACHE: dict[str, Type] = dict(_NAMED)


def parse_type(stream: TokenStream) -> Type:
    """A type; an error if there is none."""
    token = stream.peek()
    found = _CACHE.get(token)
    if found is not None:
        stream.pos += 1
        return found
    parsed = parse_optional_type(stream)
    if parsed is None:
        raise stream.unexpected("a type")
    return parsed


def parse_optional_type(stream: TokenStream) -> Type | None:
    """A type if the next token starts one."""
    token = stream.peek()
    found = _CACHE.get(token)
    if found is not None:
        stream.pos += 1
        return found
    position = stream.pos
    stream.enter("types")
    try:
        parsed = _one_token(stream, token) or _structured(stream, token)
    except ValueError as problem:
        raise stream.error(str(problem), position) from None
    finally:
        stream.depth -= 1
    return parsed


def _one_token(stream: TokenStream, token: str) -> Type | None:
    """`i32` or `tensor<4xf32>`, remembered by text."""
    parsed: Type | None = None
    integer = _INTEGER.match(token)
    if integer is not None:
        parsed = ty.IntegerType(int(integer.group(2)), _SIGNEDNESS[integer.group(1)])
    else:
        shaped = _SHAPED.match(token)
        if shaped is not None:
            kind, dims, element_text = shaped.groups()
            element = _CACHE.get(element_text)
            if element is None:
                integer = _INTEGER.match(element_text)
                if integer is None:
                    raise stream.error(f"expected an element type, got '{element_text}'")
                element = ty.IntegerType(int(integer.group(2)), _SIGNEDNESS[integer.group(1)])
            parsed = _CLASSES[kind](tuple(_dimension(size) for size in dims.split("x")[:-1]), element)
    if parsed is not None:
        _CACHE[token] = parsed
        stream.pos += 1
    return parsed


def _dimension(text: str) -> Dimension:
    return None if text == "?" else int(text)


def _structured(stream: TokenStream, token: str) -> Type | None:
    if token == "(":
        return parse_function_type(stream)
    if token[:1] == "!":
        return _dialect_type(stream, token)
    parse = _STRUCTURED.get(token)
    if parse is None or stream.tokens[stream.pos + 1] != "<":
        return None
    stream.pos += 2
    parsed = parse(stream)
    stream.expect(">")
    return parsed


def parse_type_list(stream: TokenStream) -> list[Type]:
    """`(t, t)`, possibly empty."""
    stream.expect("(")
    types: list[Type] = []
    while not stream.accept(")"):
        if types:
            stream.expect(",")
        types.append(parse_type(stream))
    return types


def parse_function_type(stream: TokenStream) -> FunctionType:
    """`(t, t) -> t` or `(t) -> (t, t)`."""
    inputs = parse_type_list(stream)
    stream.expect("->")
    results = parse_type_list(stream) if stream.peek() == "(" else [parse_type(stream)]
    return FunctionType(tuple(inputs), tuple(results))


def _dialect_type(stream: TokenStream, token: str) -> Type:
    """`!alias` or `!dialect.mnemonic…`."""
    position = stream.pos
    stream.pos += 1
    name = token[1:]
    if name in stream.type_aliases:
        return stream.type_aliases[name]
    if "." not in name and stream.peek() != "<":
        raise stream.error(f"undefined type alias '{token}'", position)
    cls = lookup_type(name)
    if cls is not None:
        parsed: Type = cls.parse(stream)
        return parsed
    prefix = name.partition(".")[0]
    if prefix not in OPAQUE_DIALECTS and not (stream.allow_unregistered and allows_unknown_operations(prefix)):
        what = f"unknown type '{token}'" if load_dialect(prefix) else f"dialect '{prefix}' is not registered"
        raise stream.error(what, position)
    return ty.OpaqueType(name + balanced_text(stream))


def balanced_text(stream: TokenStream) -> str:
    """The text of `<…>` with everything in it, `""` if the current token is no `<`; aliases are written out."""
    if stream.peek() != "<":
        return ""
    start = stream.pos
    depth = 0
    closing = {"<": 1, "(": 1, "[": 1, "{": 1, ">": -1, ")": -1, "]": -1, "}": -1}
    while True:
        token = stream.next()
        if not token:
            raise stream.error("unbalanced '<'", start)
        depth += closing.get(token, 0)
        if depth == 0:
            return _without_aliases(stream, start, stream.pos)


def _without_aliases(stream: TokenStream, start: int, end: int) -> str:
    """The text of some tokens, in which what is defined elsewhere is put in the place of its name."""
    parts: list[str] = []
    at = stream.offsets[start]
    for i in range(start, end):
        token = stream.tokens[i]
        name = token[1:]
        if token[:1] == "!" and name in stream.type_aliases:
            text = type_text(stream.type_aliases[name])
        elif token[:1] == "#" and name in stream.attribute_aliases:
            text = attribute_text(stream.attribute_aliases[name])
        elif token[:1] == "#" and name in stream.location_aliases:
            text = f"loc({inline_location(stream.location_aliases[name])})"
        else:
            continue
        parts += [stream.text[at : stream.offsets[i]], text]
        at = stream.offsets[i] + len(token)
    parts.append(stream.text[at : stream.offsets[end - 1] + 1])
    return "".join(parts)


# -- shaped types ----------------------------------------------------------------------------------------------------


def parse_dimensions(stream: TokenStream) -> tuple[list[Dimension], list[bool]]:
    """`4x?x[8]x`, up to the element type: the sizes, and which are scalable. Sizes and the `x` between them may share a
    token with what follows."""
    sizes: list[Dimension] = []
    scalable: list[bool] = []
    while True:
        token = stream.peek()
        bracket = token == "["
        if bracket:
            stream.pos += 1
            token = stream.peek()
        if token == "?":
            sizes.append(None)
        elif token[:2] == "0x":
            # A leading zero size has been read as a hexadecimal number.
            sizes.append(0)
            stream.tokens[stream.pos] = token[1:]
            stream.offsets[stream.pos] += 1
            stream.pos -= 1
        elif token.isdecimal():
            sizes.append(int(token))
        else:
            if bracket:
                raise stream.unexpected("a size")
            return sizes, scalable
        scalable.append(bracket)
        stream.pos += 1
        if bracket:
            stream.expect("]")
        rest = stream.peek()
        if rest[:1] != "x":
            raise stream.unexpected("'x' in the dimension list")
        match = re.match(r"x((?:[0-9]+x)*)", rest)
        assert match is not None
        for size in match.group(1).split("x")[:-1]:
            sizes.append(int(size))
            scalable.append(False)
        remainder = rest[match.end() :]
        digits = re.match(r"[0-9]+\Z", remainder)
        if digits is not None:
            raise stream.unexpected("an element type after the dimensions")
        if remainder:
            stream.tokens[stream.pos] = remainder
            stream.offsets[stream.pos] += match.end()
        else:
            stream.pos += 1


def _tensor(stream: TokenStream) -> Type:
    if stream.accept("*"):
        return ty.UnrankedTensorType(_element_after_star(stream))
    sizes, _ = parse_dimensions(stream)
    element = parse_type(stream)
    encoding = stream.parse_attribute() if stream.accept(",") else None
    return ty.TensorType(tuple(sizes), element, encoding)


def _vector(stream: TokenStream) -> Type:
    sizes, scalable = parse_dimensions(stream)
    return ty.VectorType(tuple(sizes), parse_type(stream), tuple(scalable))


def _memref(stream: TokenStream) -> Type:
    space: Any
    if stream.accept("*"):
        element = _element_after_star(stream)
        space = stream.parse_attribute() if stream.accept(",") else None
        if isinstance(space, AffineMapAttr | StridedLayoutAttr):
            raise stream.error("cannot have a layout for unranked memref type")
        return ty.UnrankedMemRefType(element, space)
    sizes, _ = parse_dimensions(stream)
    element = parse_type(stream)
    layout: Any = None
    space = None
    if stream.accept(","):
        position = stream.pos
        first = stream.parse_attribute()
        if isinstance(first, AffineMapAttr | StridedLayoutAttr):
            layout = first
            space = stream.parse_attribute() if stream.accept(",") else None
        else:
            space = first
            if stream.peek() == ",":
                raise stream.error("expected a layout before the memory space", position)
        if isinstance(layout, AffineMapAttr) and layout.map.is_identity and layout.map.num_dims == len(sizes):
            layout = None
    return ty.MemRefType(tuple(sizes), element, layout, space)


def _element_after_star(stream: TokenStream) -> Type:
    token = stream.peek()
    if token[:1] != "x":
        raise stream.unexpected("'x' after '*'")
    if token == "x":
        stream.pos += 1
    else:
        stream.tokens[stream.pos] = token[1:]
        stream.offsets[stream.pos] += 1
    return parse_type(stream)


def _complex(stream: TokenStream) -> Type:
    return ty.ComplexType(parse_type(stream))


def _tuple(stream: TokenStream) -> Type:
    types: list[Type] = []
    while stream.peek() != ">":
        if types:
            stream.expect(",")
        types.append(parse_type(stream))
    return ty.TupleType(tuple(types))


_STRUCTURED: dict[str, Callable[[TokenStream], Type]] = {
    "tensor": _tensor,
    "vector": _vector,
    "memref": _memref,
    "complex": _complex,
    "tuple": _tuple,
}
