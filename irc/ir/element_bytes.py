"""The elements of dense attributes as numbers, for every element type, also those that NumPy has no dtype of.

An element is a Python number, or a pair of them for a complex type.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from irc.ir.attributes import DenseElementsAttr
from irc.ir.dense import FLOATS, dtype_of
from irc.ir.lazy_numpy import np
from irc.ir.nan_payloads import FRACTION_BITS, narrowed, widened
from irc.ir.rounding import to_float
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, ShapedType, Type, i1
from irc.ir.wide_floats import WIDE_FLOATS

Number = int | float | Fraction
Element = Number | tuple[Number, Number]


def has_dtype(type: Type) -> bool:
    """Whether NumPy has a scalar type for the elements."""
    match type:
        case ComplexType():
            return isinstance(type.element_type, FloatType) and type.element_type.kind in ("f32", "f64")
        case FloatType():
            return type.kind in FLOATS
        case IntegerType():
            return type.width <= 64
    return True


def element_size(type: Type) -> int:
    """Bytes of one element."""
    match type:
        case ComplexType():
            return 2 * element_size(type.element_type)
        case FloatType() if type.kind in WIDE_FLOATS:
            return WIDE_FLOATS[type.kind].size
        case IntegerType() if type.width > 64:
            return -(-type.width // 8)
    code = _code(type)
    return struct.calcsize(code) if code else dtype_of(type).itemsize


def pack(elements: Sequence[Element], type: Type) -> bytes:
    """The bytes of `elements`, one after the other. Integers are in the range of the type."""
    if isinstance(type, ComplexType):
        parts = [part for element in elements for part in (element if isinstance(element, tuple) else (element, 0))]
        return pack(parts, type.element_type)
    if not has_dtype(type):
        return b"".join([_bytes(element, type) for element in elements])
    if isinstance(type, FloatType):
        return _pack_floats([float(element) for element in elements if not isinstance(element, tuple)], type)
    return struct.pack(f"<{len(elements)}{_code(type)}", *elements)


def unpack(data: bytes, type: Type) -> list[Any]:
    """The elements in `data`."""
    if isinstance(type, ComplexType):
        parts = unpack(data, type.element_type)
        return list(zip(parts[::2], parts[1::2], strict=True))
    size = element_size(type)
    if not has_dtype(type):
        return [_number(data[at : at + size], type) for at in range(0, len(data), size)]
    code = _code(type)
    numbers = list(struct.unpack(f"<{len(data) // size}{code}", data)) if code else _doubles(data, type)
    if isinstance(type, FloatType) and type.kind in FRACTION_BITS:
        for i in _nans(numbers):
            numbers[i] = widened(int.from_bytes(data[i * size : (i + 1) * size], "little"), type)
    return numbers


def _code(type: Type) -> str:
    """The format of the elements in `struct`, which is there without loading NumPy; empty if it has none."""
    match type:
        case FloatType():
            return {"f32": "f", "f64": "d"}.get(type.kind, "")
        case IntegerType(width=1):
            return "?"
        case IntegerType() if type.width <= 64:
            code = "bhiq"[max(0, (type.width - 1).bit_length() - 3)]
            return code.upper() if type.signedness == "unsigned" else code
    return "q" if isinstance(type, IndexType) else ""


def _nans(numbers: Sequence[float]) -> list[int]:
    return [i for i, number in enumerate(numbers) if number != number]


def _pack_floats(numbers: list[float], type: FloatType) -> bytes:
    """The bytes of doubles as `type`, rounded to nearest even."""
    code = _code(type)
    try:
        data = bytearray(struct.pack(f"<{len(numbers)}{code}", *numbers) if code else _rounded(numbers, type))
    except OverflowError:
        # Python has no infinity for what is too large.
        data = bytearray(_rounded(numbers, type))
    if type.kind in FRACTION_BITS:
        size = element_size(type)
        for i in _nans(numbers):
            data[i * size : (i + 1) * size] = narrowed(numbers[i], type).to_bytes(size, "little")
    return bytes(data)


def _rounded(numbers: list[float], type: FloatType) -> bytes:
    with np.errstate(over="ignore", invalid="ignore"):
        data: bytes = to_float(np.array(numbers, np.float64), dtype_of(type)).tobytes()
        return data


def _doubles(data: bytes, type: Type) -> list[float]:
    """The floats of a type of NumPy or ml_dtypes as Python's."""
    with np.errstate(invalid="ignore"):
        doubles: list[float] = np.frombuffer(data, dtype_of(type)).astype(np.float64).tolist()
        return doubles


def dense(elements: Sequence[Element], type: ShapedType) -> DenseElementsAttr:
    """The attribute of all elements in row-major order, or of one for a splat."""
    return from_bytes(pack(elements, type.element_type), type)


def from_bytes(data: bytes, type: ShapedType) -> DenseElementsAttr:
    """The attribute of the bytes of all elements, or of one; equal elements are a splat, and so is one where there are none."""
    size = element_size(type.element_type)
    count = type.num_elements
    splat = len(data) == size > 0 or (count > 0 and data == data[:size] * count)
    return DenseElementsAttr(type, data[:size] if splat else data, splat)


def elements(attribute: DenseElementsAttr) -> list[Any]:
    """All elements, or the one of a splat."""
    return unpack(attribute.data, attribute.type.element_type)


def all_elements(attribute: DenseElementsAttr) -> list[Any]:
    """All elements in row-major order, also those of a splat."""
    found = elements(attribute)
    return found * attribute.type.num_elements if attribute.is_splat else found


# -- as MLIR stores them ---------------------------------------------------------------------------------------------


def blob(attribute: DenseElementsAttr) -> bytes:
    """The elements as MLIR holds them: booleans are bits, other integers take the fewest bytes."""
    element = attribute.type.element_type
    if element is i1:
        bits = np.packbits(np.frombuffer(attribute.data, np.uint8), bitorder="little").tobytes()
        return (b"\xff" if attribute.data[0] else b"\0") if attribute.is_splat else bits
    size = _mlir_size(element)
    if size == element_size(element):
        return attribute.data
    values = unpack(attribute.data, element)
    return b"".join([int(value).to_bytes(size, "little", signed=value < 0) for value in values])


def from_blob(data: bytes, type: ShapedType) -> DenseElementsAttr | None:
    """The attribute whose elements, or whose splat, MLIR holds as `data`; `None` if the size is wrong."""
    element, count = type.element_type, type.num_elements
    if element is i1:
        if data in (b"\0", b"\xff") and count:
            return from_bytes(b"\1" if data == b"\xff" else b"\0", type)
        if len(data) == count and not data.strip(b"\0\1"):
            return from_bytes(data, type)  # a byte for each, as newer versions print them
        if len(data) != -(-count // 8):
            return None
        return from_bytes(np.unpackbits(np.frombuffer(data, np.uint8), count=count, bitorder="little").tobytes(), type)
    size = _mlir_size(element)
    if len(data) not in (size, size * count):
        return None
    if size == element_size(element):
        return from_bytes(data, type)
    assert isinstance(element, IntegerType)
    signed = element.signedness != "unsigned"
    values = [int.from_bytes(data[at : at + size], "little", signed=signed) for at in range(0, len(data), size)]
    return dense(values, type)


def _mlir_size(type: Type) -> int:
    if isinstance(type, ComplexType):
        return 2 * _mlir_size(type.element_type)
    return -(-type.width // 8) if isinstance(type, IntegerType) else element_size(type)


def _bytes(element: Element, type: Type) -> bytes:
    assert not isinstance(element, tuple)
    if isinstance(type, FloatType):
        return WIDE_FLOATS[type.kind].encode(element)
    return int(element).to_bytes(element_size(type), "little", signed=element < 0)


def _number(data: bytes, type: Type) -> Number:
    if isinstance(type, FloatType):
        return WIDE_FLOATS[type.kind].decode(data)
    return int.from_bytes(data, "little", signed=not (isinstance(type, IntegerType) and type.signedness == "unsigned"))
