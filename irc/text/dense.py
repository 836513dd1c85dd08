"""Parsing of `dense<…> : tensor<…>`: a splat, nested lists, or a string of the elements' bytes."""

from __future__ import annotations

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, ShapedType, Type, f32, f64
from irc.ir.wide_floats import is_wide
from irc.text.lexer import TokenStream
from irc.text.numbers import number_attribute
from irc.text.types import parse_type

Number = tuple[str, bool, int]
"""A number token, whether it is negated, and its position."""

Element = tuple[Number, ...]
"""One number, or the two parts of a complex one."""


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
    element = type.element_type.element_type if isinstance(type.element_type, ComplexType) else type.element_type
    if not isinstance(element, FloatType | IntegerType | IndexType):
        raise stream.error(f"dense elements cannot have type '{type.element_type}'", position)
    if element is not type.element_type and element not in (f32, f64):
        raise stream.error(f"dense elements of type '{type.element_type}' are not supported", position)
    if isinstance(element, FloatType) and is_wide(element.kind):
        raise stream.error(f"dense elements of type '{type.element_type}' are not supported", position)
    if blob is not None:
        return _from_blob(stream, blob, type, start)
    if shape is not None and shape != [] and tuple(shape) != type.static_shape:
        raise stream.error(
            f"inferred shape of elements literal ({shape}) does not match type ({list(type.static_shape)})", start
        )
    if shape is None and type.num_elements != 0:
        raise stream.error(f"elements literal is empty, but '{type}' has {type.num_elements} elements", start)
    return _from_elements(stream, elements, shape == [], type)


def _literal(stream: TokenStream, elements: list[Element]) -> list[int]:
    """Reads a number or a list; appends to `elements` and gives the shape."""
    if stream.peek() != "[":
        if stream.accept("("):
            real = _number(stream)
            stream.expect(",")
            elements.append((real, _number(stream)))
            stream.expect(")")
        else:
            elements.append((_number(stream),))
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


def _number(stream: TokenStream) -> Number:
    position = stream.pos
    negative = stream.accept("-")
    token = stream.next()
    if not (token[:1].isdigit() or token in ("true", "false")):
        stream.pos = position
        raise stream.unexpected("a number or a list")
    return token, negative, position


def _from_elements(stream: TokenStream, elements: list[Element], splat: bool, type: ShapedType) -> DenseElementsAttr:
    from irc.ir import dense  # noqa: PLC0415 - NumPy is loaded only where it is needed

    values = [_element(stream, element, type.element_type) for element in elements]
    if splat and type.num_elements > 0:
        return dense.splat(values[0], type)
    return dense.from_numpy(values, type) if not splat else dense.from_numpy([], type)


def _element(stream: TokenStream, element: Element, type: Type) -> int | float | complex:
    *_, position = element[0]
    if isinstance(type, ComplexType) != (len(element) == 2):
        what = "a complex number, '(re, im)'," if isinstance(type, ComplexType) else "one number"
        raise stream.error(f"expected {what} for an element of type '{type}'", position)
    if not isinstance(type, ComplexType):
        return _value(stream, element[0], type)
    return complex(*(_value(stream, part, type.element_type) for part in element))


def _value(stream: TokenStream, number: Number, type: Type) -> int | float:
    token, negative, position = number
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
