"""Parsing of the elements attributes: `dense<…>`, `sparse<…>`, `dense_resource<…>`."""

from __future__ import annotations

from fractions import Fraction

from irc.ir import attributes as at
from irc.ir import element_bytes
from irc.ir.attributes import Attribute, FloatAttr, IntegerAttr
from irc.ir.dense import to_numpy
from irc.ir.types import (
    ComplexType,
    FloatType,
    IndexType,
    IntegerType,
    MemRefType,
    ShapedType,
    TensorType,
    Type,
    UnrankedMemRefType,
    UnrankedTensorType,
    VectorType,
    i64,
)
from irc.text.lexer import TokenStream
from irc.text.numbers import exact_number, number_attribute
from irc.text.strings import identifier_or_string, unquote
from irc.text.types import parse_type

Token = tuple[str, bool, int]
"""A number or a string, whether it is negated, and its position."""
Number = int | float | Fraction
Element = Number | tuple[Number, Number]
Parts = tuple[Token, ...]
"""The tokens of one element: two for a complex number."""


def parse_dense(stream: TokenStream, implied: Type | None = None) -> Attribute:
    """`dense<…> : type`; the type is stated unless the context implies it. Raises `DiagnosedError`."""
    start = stream.pos
    stream.expect("dense")
    stream.expect("<")
    literal = _Literal(stream)
    stream.expect(">")
    return literal.attribute(_shaped(stream, implied), start)


def parse_sparse(stream: TokenStream, implied: Type | None = None) -> Attribute:
    """`sparse<indices, values> : type`."""
    start = stream.pos
    stream.expect("sparse")
    stream.expect("<")
    indices = _Literal(stream)
    values = None
    if stream.accept(","):
        values = _Literal(stream, required=True)
    stream.expect(">")
    type = _shaped(stream, implied)
    if values is None:
        # `sparse<>` has no element that is not zero.
        return at.SparseElementsAttr(
            type,
            _empty(TensorType((0, type.rank), i64)),
            _empty(TensorType((0,), type.element_type)),
        )
    rows = indices.shape or []
    count = rows[0] if rows else 0 if indices.shape is None else 1
    if len(rows) == 1 and type.rank == 1:
        table = TensorType((count, 1), i64)
        indices.shape = [count, 1]
    else:
        table = TensorType((count, rows[1] if len(rows) == 2 else type.rank), i64)
    positions = indices.attribute(table, start)
    # One value stands for all; bytes say themselves how many they are.
    number = values.shape[0] if values.shape else count
    elements = values.attribute(TensorType((number,), type.element_type), start)
    assert isinstance(positions, at.DenseElementsAttr)
    _check_sparse(stream, positions, number, type, start)
    return at.SparseElementsAttr(type, positions, elements)


def parse_dense_resource(stream: TokenStream, implied: Type | None = None) -> Attribute:
    """`dense_resource<key> : type`."""
    stream.expect("dense_resource")
    stream.expect("<")
    key = identifier_or_string(stream, "expected identifier key for 'resource' entry")
    stream.expect(">")
    type = _shaped(stream, implied, static=False)
    return at.DenseResourceElementsAttr(type, key, stream.resources.get(("builtin", key)))


def _shaped(stream: TokenStream, implied: Type | None, static: bool = True) -> ShapedType:
    position = stream.pos
    type = implied
    if implied is None or stream.peek() == ":":
        stream.expect(":")
        position = stream.pos
        type = parse_type(stream)
    if static and isinstance(type, UnrankedTensorType | UnrankedMemRefType):
        raise stream.error("elements literal type must have static shape", position)
    if not isinstance(type, TensorType | VectorType | MemRefType):
        raise stream.error("elements literal must be a shaped type", position)
    if static and not type.has_static_shape:
        raise stream.error("elements literal type must have static shape", position)
    return type


def _empty(type: ShapedType) -> at.DenseElementsAttr:
    return at.DenseElementsAttr(type, b"", False)


def _check_sparse(
    stream: TokenStream, indices: at.DenseElementsAttr, count: int, type: ShapedType, position: int
) -> None:
    rows = to_numpy(indices)
    if rows.shape[1] != type.rank:
        raise stream.error(f"expected shape ([{rows.shape[0]}, {type.rank}]) of sparse indices for '{type}'", position)
    if rows.shape[0] != count:
        raise stream.error(f"expected as many sparse values as indices ({rows.shape[0]}), got {count}", position)
    if ((rows < 0) | (rows >= type.static_shape)).any():
        raise stream.error(f"sparse index is out of bounds for '{type}'", position)


class _Literal:
    """Elements as they are written: a blob of bytes, or tokens with the shape of their nesting."""

    def __init__(self, stream: TokenStream, required: bool = False) -> None:
        self.stream = stream
        self.elements: list[Parts] = []
        self.shape: list[int] | None = None
        """`[]` for a splat, `None` where nothing is written."""
        if required or stream.peek() != ">":
            self.shape = self.read()

    def read(self) -> list[int]:
        """Read an element or a list of lists; the shape."""
        stream = self.stream
        if stream.peek() != "[":
            self.elements.append(self.element())
            return []
        stream.enter("lists")
        stream.pos += 1
        inner: list[int] | None = None
        count = 0
        while not stream.accept("]"):
            if count:
                stream.expect(",")
            position = stream.pos
            shape = self.read()
            if inner is not None and shape != inner:
                raise stream.error("tensor literal is invalid; ranks are not consistent between elements", position)
            inner = shape
            count += 1
        stream.depth -= 1
        return [count, *(inner or [])]

    def element(self) -> Parts:
        stream = self.stream
        if not stream.accept("("):
            return (self.token(),)
        real = self.token()
        stream.expect(",")
        imaginary = self.token()
        stream.expect(")")
        return real, imaginary

    def token(self) -> Token:
        stream = self.stream
        position = stream.pos
        negative = stream.accept("-")
        token = stream.next()
        if not (token[:1].isdigit() or token[:1] == '"' or token in ("true", "false")):
            stream.pos = position
            raise stream.unexpected("a number or a list")
        return token, negative, position

    def attribute(self, type: ShapedType, start: int) -> Attribute:
        """The elements as those of `type`."""
        stream, element = self.stream, type.element_type
        strings = [parts[0][0][:1] == '"' for parts in self.elements]
        numeric = isinstance(element, FloatType | IntegerType | IndexType | ComplexType)
        if self.shape == [] and strings == [True] and numeric:
            return self.blob(type, start)
        if self.shape is None and type.num_elements != 0:
            raise stream.error(f"elements literal is empty, but '{type}' has {type.num_elements} elements", start)
        if self.shape and tuple(self.shape) != type.static_shape:
            raise stream.error(
                f"inferred shape of elements literal ({self.shape}) does not match type ({list(type.static_shape)})",
                start,
            )
        if strings and all(strings) and not numeric:
            values = tuple(unquote(stream, token, position) for ((token, _, position),) in self.elements)
            return at.DenseStringElementsAttr(type, values[:1] if len(set(values)) == 1 else values)
        if not numeric:
            raise stream.error(f"dense elements cannot have type '{element}'", start)
        numbers = [self.number(parts, element) for parts in self.elements]
        return element_bytes.dense(numbers, type)

    def number(self, parts: Parts, type: Type) -> Element:
        if not isinstance(type, ComplexType):
            if len(parts) == 2:
                raise self.stream.error(f"a pair cannot be an element of type '{type}'", parts[0][2])
            return self.scalar(parts[0], type)
        if len(parts) == 1:
            raise self.stream.error(f"expected a pair (real, imaginary) as an element of type '{type}'", parts[0][2])
        real, imaginary = (self.scalar(part, type.element_type) for part in parts)
        return real, imaginary

    def scalar(self, part: Token, type: Type) -> Number:
        token, negative, position = part
        if token in ("true", "false"):
            if not (isinstance(type, IntegerType) and type.width == 1):
                raise self.stream.error("expected i1 type for 'true' or 'false' values", position)
            return int(token == "true")
        if token[:1] == '"':
            raise self.stream.error("a string cannot stand among numbers", position)
        attribute = number_attribute(self.stream, token, negative, type, position)
        assert isinstance(attribute, IntegerAttr | FloatAttr)
        return exact_number(attribute)

    def blob(self, type: ShapedType, start: int) -> Attribute:
        """`"0x…"`: the bytes of all elements, or of one for a splat."""
        stream = self.stream
        token, _, position = self.elements[0][0]
        data = hex_bytes(token)
        if data is None:
            raise stream.error("expected a string of hexadecimal digits starting with 0x", position)
        found = element_bytes.from_blob(data, type)
        if found is None:
            raise stream.error(f"elements hex data size is invalid for provided type: {type}", start)
        return found


def hex_bytes(token: str) -> bytes | None:
    """The bytes that the string token `"0x…"` stands for, `None` if it does not."""
    try:
        return bytes.fromhex(token[3:-1]) if token[1:3] == "0x" else None
    except ValueError:
        return None
