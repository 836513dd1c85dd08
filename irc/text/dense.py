"""Parsing of `dense<…> : tensor<…>`: a splat, nested lists, or a string of the elements' bytes."""

from __future__ import annotations

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.types import FloatType, IndexType, IntegerType, ShapedType, Type
from irc.text.lexer import TokenStream
from irc.text.numbers import number_attribute
from irc.text.types import parse_type

Element = tuple[str, bool, int]
"""A number token, whether it is negated, and its position."""


def parse_dense(stream: TokenStream, implied: Type | None = None) -> Attribute:
    """The attribute; its type is stated unless the context implies it. Raises `DiagnosedError` where elements do not fit."""
    start = stream.pos
    stream.pos += 1
    stream.expect("<")
    blob: str | None = None
    elements: list[Element] = []
    shape: list[int] | None = None
    if stream.peek()[:1] == '"':
        blob = stream.next()
    elif stream.peek() != ">":
        shape = _literal(stream, elements)
    stream.expect(">")
    position = stream.pos
    if implied is not None and stream.peek() != ":":
        type = implied
    else:
        stream.expect(":")
        position = stream.pos
        type = parse_type(stream)
    if not isinstance(type, ShapedType) or not type.has_static_shape:
        raise stream.error("elements literal must be a shaped type with a static shape", position)
    if not isinstance(type.element_type, FloatType | IntegerType | IndexType) or not _is_storable(type.element_type):
        raise stream.error(f"dense elements cannot have type '{type.element_type}'", position)
    if blob is not None:
        return _from_blob(stream, blob, type, start)
    if shape is not None and shape != [] and tuple(shape) != type.static_shape:
        raise stream.error(
            f"inferred shape of elements literal ({shape}) does not match type ({list(type.static_shape)})", start
        )
    if shape is None and type.num_elements != 0:
        raise stream.error(f"elements literal is empty, but '{type}' has {type.num_elements} elements", start)
    return _from_elements(stream, elements, shape == [], type)


def _is_storable(type: Type) -> bool:
    from irc.ir.dense import dtype_of  # noqa: PLC0415 - NumPy is loaded only where it is needed

    try:
        dtype_of(type)
    except ValueError:
        return False
    return True


def _literal(stream: TokenStream, elements: list[Element]) -> list[int]:
    """Reads a number or a list; appends to `elements` and gives the shape."""
    if stream.peek() != "[":
        position = stream.pos
        negative = stream.accept("-")
        token = stream.next()
        if not (token[:1].isdecimal() or token in ("true", "false")):
            stream.pos = position
            raise stream.unexpected("a number or a list")
        elements.append((token, negative, position))
        return []
    stream.depth += 1
    if stream.depth > 100:
        raise stream.error("lists are nested more than 100 deep")
    stream.pos += 1
    inner: list[int] | None = None
    count = 0
    while not stream.accept("]"):
        if count:
            stream.expect(",")
        position = stream.pos
        shape = _literal(stream, elements)
        if inner is not None and shape != inner:
            raise stream.error("tensor literal is invalid; ranks are not consistent between elements", position)
        inner = shape
        count += 1
    stream.depth -= 1
    return [count, *(inner or [])]


def _from_elements(stream: TokenStream, elements: list[Element], splat: bool, type: ShapedType) -> DenseElementsAttr:
    from irc.ir import dense  # noqa: PLC0415 - NumPy is loaded only where it is needed

    values = [_value(stream, element, type.element_type) for element in elements]
    if splat and type.num_elements > 0:
        return dense.splat(values[0], type)
    return dense.from_numpy(values, type) if not splat else dense.from_numpy([], type)


def _value(stream: TokenStream, element: Element, type: Type) -> int | float:
    token, negative, position = element
    if token in ("true", "false"):
        if not (isinstance(type, IntegerType) and type.width == 1):
            raise stream.error("expected i1 type for 'true' or 'false' values", position)
        return int(token == "true")
    attribute = number_attribute(stream, token, negative, type, position)
    assert isinstance(attribute, IntegerAttr | FloatAttr)
    return attribute.value


def _from_blob(stream: TokenStream, token: str, type: ShapedType, position: int) -> DenseElementsAttr:
    """`"0x…"`: the bytes of all elements, or of one for a splat."""
    from irc.ir.dense import dtype_of  # noqa: PLC0415 - NumPy is loaded only where it is needed

    text = token[1:-1]
    try:
        if text[:2] != "0x":
            raise ValueError
        data = bytes.fromhex(text[2:])
    except ValueError:
        raise stream.error("expected a string of hexadecimal digits starting with 0x", position) from None
    size = dtype_of(type.element_type).itemsize
    if len(data) == size * type.num_elements:
        splat = type.num_elements > 0 and data == data[:size] * type.num_elements
        return DenseElementsAttr(type, data[:size] if splat else data, splat)
    if len(data) == size:
        return DenseElementsAttr(type, data, True)
    raise stream.error(f"elements hex data size is invalid for provided type: {type}", position)
