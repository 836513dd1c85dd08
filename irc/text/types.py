"""Parsing of types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from irc.ir import types as ty
from irc.ir.attributes import AffineMapAttr, DictionaryAttr, IntegerAttr, OpaqueAttr, StridedLayoutAttr, StringAttr
from irc.ir.types import Dimension, FunctionType, Type
from irc.ods.registry import OPAQUE_DIALECTS, allows_unknown_types, load_dialect, lookup_type
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
    if not name:
        raise stream.error("invalid type identifier", position)
    if name in stream.type_aliases:
        stream.expand(token, position)
        return stream.type_aliases[name]
    if "." not in name and not in_brackets(stream):
        raise stream.error(f"undefined type alias '{token}'", position)
    found = parse_declared(stream, name, lookup_type)
    if found is not None:
        parsed: Type = found
        return parsed
    prefix = name.partition(".")[0]
    if prefix not in OPAQUE_DIALECTS and not (stream.allow_unregistered and allows_unknown_types(prefix)):
        what = f"unknown type '{token}'" if load_dialect(prefix) else f"dialect '{prefix}' is not registered"
        raise stream.error(what, position)
    return ty.OpaqueType(name + (balanced_text(stream) if in_brackets(stream) else ""))


def parse_declared(stream: TokenStream, name: str, lookup: Callable[[str], Any]) -> Any:
    """The type or attribute of which `name` has been read, `None` where `lookup` finds no class for it.

    Both forms are read: `dialect.mnemonic…` and `dialect<mnemonic …>`.
    """
    cls = lookup(name)
    if cls is not None:
        return cls.parse(stream)
    if "." in name or stream.peek() != "<":
        return None
    cls = lookup(f"{name}.{stream.tokens[stream.pos + 1]}")
    if cls is None:
        return None
    stream.pos += 2
    parsed = cls.parse(stream)
    stream.expect(">")
    return parsed


def in_brackets(stream: TokenStream) -> bool:
    """Whether `<` stands right behind the name before it."""
    before = stream.pos - 1
    return stream.peek() == "<" and stream.offsets[stream.pos] == stream.offsets[before] + len(stream.tokens[before])


def balanced_text(stream: TokenStream, opening: str = "<") -> str:
    """The text of `<…>` with everything in it, `""` if the current token is not `opening`; aliases are written out."""
    if stream.peek() != opening:
        return ""
    start = stream.pos
    opened: list[int] = []
    while True:
        position = stream.pos
        token = stream.next()
        if token in _CLOSING:
            opened.append(position)
        elif not token or token in _CLOSING.values():
            innermost = stream.tokens[opened[-1]]
            if token != _CLOSING[innermost]:
                raise stream.error(f"unbalanced '{innermost}' character in pretty dialect name", opened[-1])
            opened.pop()
            if not opened:
                return _without_aliases(stream, start, stream.pos)
        elif token == '"':
            raise stream.error("expected '\"' in string literal", position)


_CLOSING = {"<": ">", "(": ")", "[": "]", "{": "}"}


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
        stream.expand(token, i)
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
    if stream.accept("*"):
        element = _element_after_star(stream)
        layout, space = _layout_and_space(stream)
        if layout is not None:
            raise stream.error("cannot have affine map for unranked memref type")
        return ty.UnrankedMemRefType(element, space)
    sizes, _ = parse_dimensions(stream)
    element = parse_type(stream)
    layout, space = _layout_and_space(stream)
    if isinstance(layout, AffineMapAttr) and layout.map.is_identity and layout.map.num_dims == len(sizes):
        layout = None
    return ty.MemRefType(tuple(sizes), element, layout, space)


def _layout_and_space(stream: TokenStream) -> tuple[Any, Any]:
    """`, layout, space`, of which each may be missing. Of several layouts MLIR takes the last."""
    layout: Any = None
    space: Any = None
    while stream.accept(","):
        position = stream.pos
        parsed = stream.parse_attribute()
        is_layout = isinstance(parsed, AffineMapAttr | StridedLayoutAttr)
        if space is not None:
            what = "expected memory space to be last" if is_layout else "multiple memory spaces specified"
            raise stream.error(f"{what} in memref type", position)
        if is_layout:
            layout = parsed
        elif _may_be_space(parsed):
            space = parsed
        else:
            raise stream.error("unsupported memory space Attribute", position)
    return layout, space


def _may_be_space(attribute: Any) -> bool:
    """Numbers, names and dictionaries name memory spaces, and what a dialect has for it."""
    if isinstance(attribute, OpaqueAttr):
        return re.split("[.<]", attribute.text, maxsplit=1)[0] in OPAQUE_DIALECTS
    return bool(attribute.name) or isinstance(attribute, IntegerAttr | StringAttr | DictionaryAttr)


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
