"""Number tokens as attributes of a type."""

from __future__ import annotations

import struct

from irc.ir import attributes as at
from irc.ir.attributes import Attribute
from irc.ir.types import FloatType, IndexType, IntegerType, Type, f32, f64
from irc.text.lexer import TokenStream


def number_attribute(stream: TokenStream, token: str, negative: bool, type: Type, position: int) -> Attribute:
    """The attribute of a number token as `type`; a hexadecimal number is the bit pattern of a float."""
    match type:
        case FloatType(kind="tf32" | "f80" | "f128"):
            raise stream.error(f"numbers of type '{type}' are not supported", position)
        case FloatType() if token[:2] == "0x":
            bits = int(token, 16)
            if bits >> type.width:
                raise stream.error(f"hexadecimal float constant out of range for type '{type}'", position)
            return at.FloatAttr.of(float_from_bits(bits, type), type)
        case FloatType():
            if "." not in token:
                raise stream.error(
                    f"unexpected decimal integer literal for a floating point value: write '{token}.0'", position
                )
            return at.FloatAttr.of(-float(token) if negative else float(token), type)
        case IntegerType() | IndexType():
            if "." in token:
                raise stream.error(f"expected an integer of type '{type}', got '{token}'", position)
            value = int(token, 16 if token[:2] == "0x" else 10) * (-1 if negative else 1)
            width = type.width if isinstance(type, IntegerType) else 64
            if isinstance(type, IntegerType) and type.signedness == "unsigned":
                low, high = 0, (1 << width) - 1
            elif isinstance(type, IntegerType) and type.signedness == "signed":
                low, high = -(1 << max(width - 1, 0)), (1 << max(width - 1, 0)) - 1
            else:
                low, high = -(1 << max(width - 1, 0)), (1 << width) - 1
            if not low <= value <= high:
                raise stream.error(f"integer constant out of range for type '{type}'", position)
            return at.IntegerAttr(value, type)
    raise stream.error(f"a number cannot have type '{type}'", position)


def float_from_bits(bits: int, type: FloatType) -> float:
    """The float of `type` whose bit pattern is `bits`."""
    codes = {f64: ("<d", "<Q"), f32: ("<f", "<I")}.get(type)
    if codes is not None:
        as_float, as_integer = codes
        value: float = struct.unpack(as_float, struct.pack(as_integer, bits))[0]
        return value
    from irc.ir.dense import scalar_from_bytes  # noqa: PLC0415 - NumPy is loaded only where it is needed

    return scalar_from_bytes(bits.to_bytes((type.width + 7) // 8, "little"), type)
