"""The builtin attributes: interned, immutable, compared by identity.

Spelling and meaning are MLIR's (https://mlir.llvm.org/docs/Dialects/Builtin/#attributes).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from irc.ir.affine import AffineMap, IntegerSet
from irc.ir.dialect_symbols import canonical_dialect_symbol
from irc.ir.interning import Interned
from irc.ir.nan_payloads import FRACTION_BITS, narrowed, widened
from irc.ir.types import Dimension, FloatType, IndexType, IntegerType, ShapedType, Type, f32, f64, i1, i32, i64, index
from irc.ir.wide_floats import WIDE_FLOATS


class Attribute(Interned):
    """Base of all attributes. A dialect's attribute sets `name`, for instance `arith.fastmath`."""

    name: ClassVar[str] = ""


class UnitAttr(Attribute):
    """`unit`: an attribute whose presence is its meaning."""


class IntegerAttr(Attribute):
    """`42 : i32`; `true` and `false` are integers of type `i1`. `value` is kept in the range of the type."""

    value: int
    type: Type

    @staticmethod
    def canonical(value: int, type: Type) -> tuple[int, Type]:
        return wrap_integer(int(value), type), type


class FloatAttr(Attribute):
    """`1.5 : f32`. `bits` are those of the value in double precision, so that NaN and -0.0 are kept apart; those of the
    type's own format where it is one of `WIDE_FLOATS`."""

    bits: bytes
    type: FloatType

    @classmethod
    def of(cls, value: float | Fraction, type: Type) -> FloatAttr:
        """The attribute of `value` rounded to `type`, a float type."""
        assert isinstance(type, FloatType)
        wide = WIDE_FLOATS.get(type.kind)
        if wide is not None:
            return cls(wide.encode(value), type)
        return cls(struct.pack("<d", round_to(float(value), type)), type)

    @property
    def exact(self) -> float | Fraction:
        """The value; a fraction where a Python float may not hold it."""
        wide = WIDE_FLOATS.get(self.type.kind)
        if wide is not None:
            return wide.decode(self.bits)
        result: float = struct.unpack("<d", self.bits)[0]
        return result

    @property
    def value(self) -> float:
        """The value as a Python float, rounded where the type is `f80` or `f128`."""
        return float(self.exact)


class StringAttr(Attribute):
    """`"text"`, or `"text" : type`."""

    value: str
    type: Type | None = None


class ArrayAttr(Attribute):
    """`[a, b, …]`."""

    elements: tuple[Attribute, ...]


class DictionaryAttr(Attribute):
    """`{key = attr, …}`, kept sorted by key."""

    entries: tuple[tuple[str, Attribute], ...]

    @staticmethod
    def canonical(entries: tuple[tuple[str, Attribute], ...]) -> tuple[tuple[tuple[str, Attribute], ...]]:
        return (tuple(sorted(entries, key=lambda entry: entry[0])),)

    @classmethod
    def of(cls, entries: Mapping[str, Attribute]) -> DictionaryAttr:
        return cls(tuple(entries.items()))


class TypeAttr(Attribute):
    """A type as an attribute."""

    type: Type


class SymbolRefAttr(Attribute):
    """`@root::@nested::…`."""

    root: str
    nested: tuple[str, ...] = ()


class AffineMapAttr(Attribute):
    """`affine_map<(d0) -> (d0)>`."""

    map: AffineMap

    def check_layout(self, rank: int) -> None:
        """Raises `ValueError` where this cannot be the layout of a memref of this rank."""
        if self.map.num_dims != rank:
            raise ValueError(f"memref layout mismatch between rank and affine map: {rank} != {self.map.num_dims}")


class IntegerSetAttr(Attribute):
    """`affine_set<(d0) : (d0 - 1 >= 0)>`."""

    set: IntegerSet


class StridedLayoutAttr(Attribute):
    """`strided<[s0, s1], offset: o>`; `None` stands for `?`."""

    strides: tuple[Dimension, ...]
    offset: Dimension = 0

    def check_layout(self, rank: int) -> None:
        """Raises `ValueError` where this cannot be the layout of a memref of this rank."""
        if len(self.strides) != rank:
            raise ValueError(f"expected the number of strides to match the rank: {len(self.strides)} != {rank}")


class DenseArrayAttr(Attribute):
    """`array<i64: 1, 2>` of integers or floats."""

    element_type: Type
    values: tuple[int | float, ...]

    @staticmethod
    def canonical(element_type: Type, values: tuple[int | float, ...]) -> tuple[Type, tuple[int | float, ...]]:
        if isinstance(element_type, FloatType):
            return element_type, tuple([round_to(value, element_type) for value in values])
        return element_type, tuple(map(int, values))

    @staticmethod
    def equality_key(element_type: Type, values: tuple[int | float, ...]) -> tuple[Type, object]:
        if isinstance(element_type, FloatType):
            return element_type, struct.pack(f"<{len(values)}d", *values)
        return element_type, values

    @classmethod
    def i64(cls, values: tuple[int, ...]) -> DenseArrayAttr:
        return cls(i64, values)

    @classmethod
    def i32(cls, values: tuple[int, ...]) -> DenseArrayAttr:
        return cls(i32, values)


class ElementsAttr(Attribute):
    """Base of the attributes that hold the elements of a tensor or a vector."""

    type: ShapedType


class DenseElementsAttr(ElementsAttr):
    """`dense<…> : tensor<…>`: the elements' bytes, little-endian and row-major, or one element's bytes for a splat.

    `irc.ir.dense` reads and writes it as NumPy arrays, `irc.ir.element_bytes` as numbers.
    """

    data: bytes
    is_splat: bool


class DenseStringElementsAttr(ElementsAttr):
    """`dense<["a", "b"]> : tensor<2x!dialect.type>`: strings in row-major order, or one for a splat."""

    values: tuple[str, ...]


class SparseElementsAttr(ElementsAttr):
    """`sparse<indices, values> : tensor<…>`: the elements that are not zero; one row of `indices` for each."""

    indices: DenseElementsAttr
    values: Attribute


class DenseResourceElementsAttr(ElementsAttr):
    """`dense_resource<key> : tensor<…>`: elements whose bytes stand in the file's metadata, if anywhere.

    `blob` are the metadata's bytes: the alignment as a little-endian 32-bit integer, then the elements.
    """

    key: str
    blob: bytes | None = None


class DistinctAttr(Attribute):
    """`distinct[0]<attribute>`: equal only to itself, which `identity` stands for."""

    identity: object
    referenced: Attribute


class OpaqueAttr(Attribute):
    """An attribute of a dialect that is not registered, kept as text: `#dialect.text`, or `#dialect.text : type`."""

    text: str
    type: Type | None = None

    @staticmethod
    def canonical(text: str, type: Type | None) -> tuple[str, Type | None]:
        return canonical_dialect_symbol(text), type


def bool_attr(value: bool) -> IntegerAttr:
    return true if value else false


def index_attr(value: int) -> IntegerAttr:
    return IntegerAttr(value, index)


def i64_attr(value: int) -> IntegerAttr:
    return IntegerAttr(value, i64)


def scalar_attr(value: float, type: Type) -> FloatAttr | IntegerAttr:
    """The attribute of a number as an integer, index or float type."""
    return FloatAttr.of(value, type) if isinstance(type, FloatType) else IntegerAttr(int(value), type)


def wrap_integer(value: int, type: Type) -> int:
    """`value` reduced modulo two to the width of `type`: signed range for signless and signed, except `i1`, which is 0 or 1."""
    if isinstance(type, IndexType):
        width, unsigned = 64, False
    elif isinstance(type, IntegerType):
        width, unsigned = type.width, type.signedness == "unsigned" or type is i1
    else:
        raise ValueError("an integer attribute needs an integer or index type")
    if width == 0:
        return 0
    value &= (1 << width) - 1
    return value if unsigned or value < 1 << (width - 1) else value - (1 << width)


def round_to(value: float, type: Type) -> float:
    """`value` rounded to the nearest number of the float type."""
    if type is f64:
        return float(value)
    if value != value and isinstance(type, FloatType) and type.kind in FRACTION_BITS:
        return widened(narrowed(value, type), type)
    if type is f32:
        try:
            result: float = struct.unpack("<f", struct.pack("<f", value))[0]
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
        return result
    wide = WIDE_FLOATS.get(type.kind) if isinstance(type, FloatType) else None
    if wide is not None:
        return float(wide.decode(wide.encode(value)))
    from irc.ir.dense import rounded  # noqa: PLC0415 - NumPy is loaded only where it is needed

    return rounded(value, type)


unit = UnitAttr()
true, false = IntegerAttr(1, i1), IntegerAttr(0, i1)
