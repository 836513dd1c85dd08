"""The builtin types: interned, immutable, compared by identity.

Spelling and meaning are MLIR's (https://mlir.llvm.org/docs/Dialects/Builtin/#types). A dimension is an `int`, or `None`
where the size is only known at run time (`?` in the text).
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from irc.ir.dialect_symbols import canonical_dialect_symbol
from irc.ir.interning import Interned

Dimension = int | None
Shape = tuple[Dimension, ...]
Signedness = Literal["signless", "signed", "unsigned"]


class Type(Interned):
    """Base of all types. A dialect's type sets `name`, for instance `llvm.ptr`."""

    name: ClassVar[str] = ""


class IntegerType(Type):
    """`i32` (signless), `si8` (signed) or `ui8` (unsigned), of any width."""

    width: int
    signedness: Signedness = "signless"

    def check(self) -> None:
        if not 0 <= self.width < 1 << 24:
            raise ValueError(f"integer bitwidth is limited to {(1 << 24) - 1} bits, got {self.width}")


class IndexType(Type):
    """`index`: an integer of the machine's word size, for sizes and positions."""


FLOAT_WIDTHS = {
    "f16": 16, "bf16": 16, "f32": 32, "f64": 64, "tf32": 19, "f80": 80, "f128": 128,
    "f8E5M2": 8, "f8E4M3": 8, "f8E4M3FN": 8, "f8E5M2FNUZ": 8, "f8E4M3FNUZ": 8, "f8E4M3B11FNUZ": 8, "f8E3M4": 8,
    "f8E8M0FNU": 8, "f6E2M3FN": 6, "f6E3M2FN": 6, "f4E2M1FN": 4,
}  # fmt: skip


class FloatType(Type):
    """A floating-point type by its MLIR name: `f32`, `bf16`, `f8E4M3FN`, …"""

    kind: str

    @property
    def width(self) -> int:
        """Bits of the value."""
        return FLOAT_WIDTHS[self.kind]

    def check(self) -> None:
        if self.kind not in FLOAT_WIDTHS:
            raise ValueError(f"unknown float type '{self.kind}'")


class ComplexType(Type):
    """`complex<T>` of an integer or float type."""

    element_type: Type

    def check(self) -> None:
        if not isinstance(self.element_type, IntegerType | FloatType):
            raise ValueError("invalid element type for complex")


class NoneType(Type):
    """`none`: a unit type with one value."""


class TupleType(Type):
    """`tuple<…>` of any types."""

    types: tuple[Type, ...]


class FunctionType(Type):
    """`(inputs) -> results`."""

    inputs: tuple[Type, ...]
    results: tuple[Type, ...]


class OpaqueType(Type):
    """A type of a dialect that is not registered, kept as text: `!dialect.text`."""

    text: str

    @staticmethod
    def canonical(text: str) -> tuple[str]:
        return (canonical_dialect_symbol(text),)


class ShapedType(Type):
    """Base of types with a shape and an element type."""

    shape: Shape
    element_type: Type

    @property
    def rank(self) -> int:
        return len(self.shape)

    @property
    def has_static_shape(self) -> bool:
        return None not in self.shape

    @property
    def num_elements(self) -> int:
        """The number of elements; the shape must be static."""
        return math.prod(self.static_shape)

    @property
    def static_shape(self) -> tuple[int, ...]:
        """The shape where it is static; raises `ValueError` otherwise."""
        sizes = tuple(size for size in self.shape if size is not None)
        if len(sizes) != len(self.shape):
            raise ValueError("the shape is dynamic")
        return sizes

    @property
    def num_dynamic_dims(self) -> int:
        return self.shape.count(None)


class InvalidTypeError(ValueError):
    """A shaped type cannot have such elements or sizes. Where one is inferred, the op is wrong that it is inferred for."""


def _check_sizes(type: ShapedType, kind: str) -> None:
    for size in type.shape:
        if size is not None and not 0 <= size < 1 << 63:
            raise InvalidTypeError(
                f"{kind} dimensions must not be negative" if size < 0 else f"invalid dimension {size}"
            )


class TensorType(ShapedType):
    """`tensor<4x?xf32>`, an immutable value; the encoding is an attribute of a dialect or `None`.

    An attribute with a method `check_encoding` says itself which tensors it may belong to.
    """

    encoding: Interned | None = None

    def check(self) -> None:
        _check_tensor_element(self.element_type)
        _check_sizes(self, "tensor")
        check = getattr(self.encoding, "check_encoding", None)
        if check is not None:
            check(self)


class UnrankedTensorType(Type):
    """`tensor<*xf32>`."""

    element_type: Type

    def check(self) -> None:
        _check_tensor_element(self.element_type)


class VectorType(ShapedType):
    """`vector<4x[8]xf32>`; `scalable` marks the dimensions in brackets."""

    scalable: tuple[bool, ...] = ()

    @staticmethod
    def canonical(shape: Shape, element_type: Type, scalable: tuple[bool, ...]) -> tuple[object, ...]:
        return shape, element_type, scalable if any(scalable) else (False,) * len(shape)

    def check(self) -> None:
        if not isinstance(self.element_type, IntegerType | IndexType | FloatType):
            raise InvalidTypeError("vector elements must be int/index/float type")
        _check_sizes(self, "vector")
        if None in self.shape or 0 in self.shape:
            raise InvalidTypeError("vector types must have positive constant sizes")


class MemRefType(ShapedType):
    """`memref<4x?xf32, layout, space>`: a reference to a buffer.

    `layout` is a strided or an affine-map attribute, `None` for the row-major default; one with a method `check_layout`
    says itself to which ranks it may belong. `memory_space` is an attribute, `None` for the default one, which the number
    0 stands for too.
    """

    layout: Interned | None = None
    memory_space: Interned | None = None

    @staticmethod
    def canonical(
        shape: Shape, element_type: Type, layout: Interned | None, memory_space: Interned | None
    ) -> tuple[object, ...]:
        return shape, element_type, layout, _memory_space(memory_space)

    def check(self) -> None:
        _check_memref_element(self.element_type)
        _check_sizes(self, "memref")
        check = getattr(self.layout, "check_layout", None)
        if check is not None:
            check(self.rank)


class UnrankedMemRefType(Type):
    """`memref<*xf32, space>`."""

    element_type: Type
    memory_space: Interned | None = None

    @staticmethod
    def canonical(element_type: Type, memory_space: Interned | None) -> tuple[object, ...]:
        return element_type, _memory_space(memory_space)

    def check(self) -> None:
        _check_memref_element(self.element_type)


def _check_tensor_element(element: Type) -> None:
    # A type of another dialect may be an element; of the builtin ones only these.
    builtin = not element.name and not isinstance(element, OpaqueType)
    if builtin and not isinstance(element, IntegerType | IndexType | FloatType | ComplexType | VectorType):
        raise InvalidTypeError("invalid tensor element type")


def _check_memref_element(element: Type) -> None:
    # What other dialects have cannot be laid out in memory.
    allowed = IntegerType | IndexType | FloatType | ComplexType | VectorType | MemRefType | UnrankedMemRefType
    if element.name or not isinstance(element, allowed):
        raise InvalidTypeError("invalid memref element type")


def _memory_space(space: Interned | None) -> Interned | None:
    return None if getattr(space, "value", None) == 0 else space


index = IndexType()
none = NoneType()
i1, i8, i16, i32, i64 = (IntegerType(width) for width in (1, 8, 16, 32, 64))
f16, bf16, f32, f64 = (FloatType(kind) for kind in ("f16", "bf16", "f32", "f64"))


def row_major_strides(shape: Shape) -> tuple[Dimension, ...]:
    """Strides in elements of the row-major layout; `None` from the first dynamic size outwards.

    No stride is 0, which layouts do not allow: where there are no elements, any other will do.
    """
    strides: list[Dimension] = []
    step: Dimension = 1
    for size in reversed(shape):
        strides.append(step)
        step = None if step is None or size is None else step * max(size, 1)
    return tuple(reversed(strides))


def compatible_sizes(a: Dimension, b: Dimension) -> bool:
    """Whether two sizes may be the same."""
    return a is None or b is None or a == b


def compatible_shapes(a: Shape, b: Shape) -> bool:
    """Whether two shapes may be the same."""
    return len(a) == len(b) and all(map(compatible_sizes, a, b))


def element_type(type: Type) -> Type:
    """The element type of a shaped type, the type itself otherwise (MLIR's `getElementTypeOrSelf`)."""
    if isinstance(type, ShapedType | UnrankedTensorType | UnrankedMemRefType):
        return type.element_type
    return type


def with_element_type(type: Type, element: Type) -> Type:
    """`type` with its element type replaced; `element` itself where `type` is a scalar."""
    match type:
        case TensorType():
            return TensorType(type.shape, element, type.encoding)
        case VectorType():
            return VectorType(type.shape, element, type.scalable)
        case MemRefType():
            return MemRefType(type.shape, element, type.layout, type.memory_space)
        case UnrankedTensorType():
            return UnrankedTensorType(element)
        case _:
            return element
