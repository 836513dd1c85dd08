"""The elements of dense attributes as numbers, for every element type, also those that NumPy has no dtype of.

An element is a Python number, or a pair of them for a complex type.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from irc.ir.attributes import DenseElementsAttr
from irc.ir.dense import NUMPY_FLOATS, dtype_of
from irc.ir.rounding import to_float
from irc.ir.types import ComplexType, FloatType, IntegerType, ShapedType, Type, i1
from irc.ir.wide_floats import WIDE_FLOATS

Number = int | float | Fraction
Element = Number | tuple[Number, Number]


def has_dtype(type: Type) -> bool:
    """Whether NumPy has a scalar type for the elements."""
    match type:
        case ComplexType():
            return isinstance(type.element_type, FloatType) and type.element_type.kind in ("f32", "f64")
        case FloatType():
            return type.kind in NUMPY_FLOATS
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
    return dtype_of(type).itemsize


def pack(elements: Sequence[Element], type: Type) -> bytes:
    """The bytes of `elements`, one after the other. Integers are in the range of the type."""
    if isinstance(type, ComplexType):
        parts = [part for element in elements for part in (element if isinstance(element, tuple) else (element, 0))]
        return pack(parts, type.element_type)
    if not has_dtype(type):
        return b"".join([_bytes(element, type) for element in elements])
    if isinstance(type, FloatType):
        with np.errstate(over="ignore"):
            numbers = [float(element) for element in elements if not isinstance(element, tuple)]
            data: bytes = to_float(np.array(numbers, np.float64), dtype_of(type)).tobytes()
            return data
    return np.array(elements, dtype_of(type)).tobytes()


def unpack(data: bytes, type: Type) -> list[Any]:
    """The elements in `data`."""
    if isinstance(type, ComplexType):
        parts = unpack(data, type.element_type)
        return list(zip(parts[::2], parts[1::2], strict=True))
    if has_dtype(type):
        array = np.frombuffer(data, dtype_of(type))
        # The narrow float types of ml_dtypes have no `tolist` that gives Python floats.
        values: list[Any] = (array.astype(np.float64) if isinstance(type, FloatType) else array).tolist()
        return values
    size = element_size(type)
    return [_number(data[at : at + size], type) for at in range(0, len(data), size)]


def dense(elements: Sequence[Element], type: ShapedType) -> DenseElementsAttr:
    """The attribute of all elements in row-major order, or of one for a splat."""
    return from_bytes(pack(elements, type.element_type), type)


def from_bytes(data: bytes, type: ShapedType) -> DenseElementsAttr:
    """The attribute of the bytes of all elements, or of one; equal elements are a splat."""
    size = element_size(type.element_type)
    count = type.num_elements
    splat = count > 0 and (len(data) == size or data == data[:size] * count)
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
