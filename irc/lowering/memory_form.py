"""How elements of buffers lie in memory: as NumPy and the interpreter hold them.

LLVM leaves the spare bits of an `i7` in memory open and packs the elements of vectors. So integers of an odd width lie
in memory as integers of the next size, extended by their sign, and go through vectors of these; `i1` takes a byte.
"""

from __future__ import annotations

from irc.dialects import llvm
from irc.dialects.llvm_layout import byte_size
from irc.ir.attributes import DenseElementsAttr
from irc.ir.dense import has_odd_width
from irc.ir.types import FloatType, IntegerType, TensorType, Type, VectorType, i1, i8
from irc.ir.types import element_type as scalar_of
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering
from irc.lowering.lowered_values import UnsupportedType, convert_scalar, row_count, row_type


def bytes_of(type: Type) -> int:
    """The bytes from one element to the next. Raises `UnsupportedType`."""
    try:
        return byte_size(type)
    except ValueError as problem:
        raise UnsupportedType(str(problem)) from None


def element_type(type: Type) -> Type:
    """The type of a buffer's elements in LLVM; vectors of several dimensions lie in memory as arrays of rows."""
    if not isinstance(type, VectorType):
        return _widened(convert_scalar(type))
    if has_odd_width(type):
        raise UnsupportedType(f"vectors of '{type.element_type}' as elements of memory are not supported")
    if type.rank != 1:
        return llvm.ArrayType(row_count(type.static_shape), row_type(type))
    return convert_scalar(type)


def lane_type(type: Type) -> Type:
    """The type in memory of what vectors of elements of `type` are read from and written to."""
    scalar = convert_scalar(scalar_of(type))
    return i8 if scalar is i1 else _widened(scalar)


def row_in_memory(row: VectorType) -> VectorType:
    """The type that a row of a vector is read and written as."""
    return VectorType(row.shape, lane_type(row), row.scalable)


def _widened(scalar: Type) -> Type:
    return IntegerType(8 * bytes_of(scalar)) if has_odd_width(scalar) else scalar


def from_memory(lo: Lowering, value: Value, type: Type) -> Value:
    """A scalar or a vector of `type` that was read as its form in memory."""
    if value.type is type:
        return value
    if scalar_of(type) is i1:
        return lo.one(llvm.ICmp.of("ne", value, lo.constant(0, value.type)))
    return lo.one(llvm.Trunc(value, result_types=[type]))


def to_memory(lo: Lowering, value: Value, element: Type) -> Value:
    """The form in memory of a scalar or a vector, for a buffer of elements of type `element`."""
    type = value.type
    wide = row_in_memory(type) if isinstance(type, VectorType) else element_type(type)
    if wide is type:
        return value
    scalar = scalar_of(element)
    unsigned = scalar is i1 or (isinstance(scalar, IntegerType) and scalar.signedness == "unsigned")
    return lo.one((llvm.ZExt if unsigned else llvm.SExt)(value, result_types=[wide]))


def elements_in_memory(elements: DenseElementsAttr) -> DenseElementsAttr:
    """The elements as a buffer has them, whose bytes are those of the attribute already."""
    type = elements.type
    element = element_type(type.element_type)
    if not has_odd_width(type) and not isinstance(type.element_type, FloatType):
        return elements
    return DenseElementsAttr(TensorType(type.shape, element), elements.data, elements.is_splat)
