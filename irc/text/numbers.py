"""Number tokens as integers of so many bits and as attributes of a type."""

from __future__ import annotations

import struct
from fractions import Fraction

from irc.ir import attributes as at
from irc.ir.attributes import Attribute
from irc.ir.element_bytes import pack, unpack
from irc.ir.nan_payloads import widened
from irc.ir.types import FloatType, IndexType, IntegerType, Type, f32, f64
from irc.ir.wide_floats import WIDE_FLOATS
from irc.text.lexer import TokenStream, describe


def whole_number(token: str) -> int | None:
    """The number that a token without a sign stands for, decimal or hexadecimal; `None` if it is none."""
    if token[:2] == "0x":
        return int(token, 16)
    # Other scripts have decimal digits too.
    return int(token) if token.isdecimal() and token.isascii() else None


def parse_integer(stream: TokenStream, bits: int = 64) -> int:
    """A signed integer of so many bits."""
    position = stream.pos
    negative = stream.accept("-")
    number = _unsigned(stream)
    value = -number if negative else number
    if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
        raise stream.error("integer value too large", position)
    return value


def parse_unsigned(stream: TokenStream, bits: int = 64) -> int:
    """An unsigned integer of so many bits."""
    position = stream.pos
    number = _unsigned(stream)
    if number >> bits:
        raise stream.error("integer value too large", position)
    return number


def parse_integer_attribute(stream: TokenStream, type: Type) -> at.IntegerAttr:
    """An integer that is written without its type."""
    position = stream.pos
    negative = stream.accept("-")
    token = stream.peek()
    _unsigned(stream)
    attribute = number_attribute(stream, token, negative, type, position)
    assert isinstance(attribute, at.IntegerAttr)
    return attribute


def _unsigned(stream: TokenStream) -> int:
    number = whole_number(stream.peek())
    if number is None:
        raise stream.error(f"expected an integer, got {describe(stream.peek())}")
    stream.pos += 1
    return number


def number_attribute(stream: TokenStream, token: str, negative: bool, type: Type, position: int) -> Attribute:
    """The attribute of a number token as `type`; a hexadecimal number is the bit pattern of a float."""
    match type:
        case FloatType() if token[:2] == "0x":
            bits = int(token, 16)
            if bits >> type.width:
                raise stream.error(f"hexadecimal float constant out of range for type '{type}'", position)
            if negative:
                raise stream.error("hexadecimal float literal should not have a leading minus", position)
            return float_from_bits(bits, type)
        case FloatType():
            if "." not in token:
                raise stream.error(
                    f"unexpected decimal integer literal for a floating point value: write '{token}.0'", position
                )
            return at.FloatAttr.of(-float(token) if negative else float(token), type)
        case IntegerType() | IndexType():
            if "." in token:
                raise stream.error(f"expected an integer of type '{type}', got '{token}'", position)
            number = whole_number(token)
            if number is None:
                raise stream.error(f"expected an integer, got {describe(token)}", position)
            value = -number if negative else number
            width = type.width if isinstance(type, IntegerType) else 64
            if isinstance(type, IntegerType) and type.signedness == "unsigned":
                low, high = 0, (1 << width) - 1
            elif isinstance(type, IndexType) or type.signedness == "signed":
                low, high = -(1 << max(width - 1, 0)), (1 << max(width - 1, 0)) - 1
            else:
                low, high = -(1 << max(width - 1, 0)), (1 << width) - 1
            if not low <= value <= high:
                raise stream.error(f"integer constant out of range for type '{type}'", position)
            return at.IntegerAttr(value, type)
    raise stream.error(f"a number cannot have type '{type}'", position)


def exact_number(attribute: at.IntegerAttr | at.FloatAttr) -> int | float | Fraction:
    """The value of a number, without rounding."""
    return attribute.exact if isinstance(attribute, at.FloatAttr) else attribute.value


def bits_of_float(value: float, type: FloatType) -> int:
    """The bit pattern of a number as `type`."""
    codes = {f64: ("<d", "<Q"), f32: ("<f", "<I")}.get(type) if value == value else None
    if codes is not None:
        as_float, as_integer = codes
        bits: int = struct.unpack(as_integer, struct.pack(as_float, value))[0]
        return bits
    return int.from_bytes(pack([value], type), "little")


def float_from_bits(bits: int, type: FloatType) -> at.FloatAttr:
    """The float of `type` whose bit pattern is `bits`."""
    if type.kind in WIDE_FLOATS:
        return at.FloatAttr(bits.to_bytes(WIDE_FLOATS[type.kind].size, "little"), type)
    codes = {f64: ("<d", "<Q"), f32: ("<f", "<I")}.get(type)
    if codes is not None:
        as_float, as_integer = codes
        value: float = struct.unpack(as_float, struct.pack(as_integer, bits))[0]
        if value != value and type is f32:
            value = widened(bits, type)
        return at.FloatAttr.of(value, type)
    return at.FloatAttr.of(unpack(bits.to_bytes(-(-type.width // 8), "little"), type)[0], type)
