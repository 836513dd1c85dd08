"""The types of the `stablehlo` dialect, and the constraints on the types of its operands and results.

The element types are those of the specification (https://openxla.org/stablehlo/spec#types). Quantized types belong to
the `quant` dialect and are carried as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from irc.dialects.stablehlo_bounds import bounds_of
from irc.ir.interning import Interned
from irc.ir.types import (
    FLOAT_WIDTHS,
    ComplexType,
    FloatType,
    IndexType,
    IntegerType,
    MemRefType,
    OpaqueType,
    TensorType,
    TupleType,
    Type,
    UnrankedTensorType,
    f32,
    f64,
    i1,
)
from irc.ods.constraints import Constraint
from irc.ods.registry import register_type
from irc.text.types import parse_type

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Spell = Callable[[Interned], str]


class TokenType(Type):
    """`!stablehlo.token`: orders operations that have effects."""

    name: ClassVar[str] = "stablehlo.token"

    @classmethod
    def parse(cls, _stream: TokenStream) -> Type:
        return cls()

    def text(self, _spell: Spell) -> str:
        return ""


class FutureType(Type):
    """`!stablehlo.future<t, t>`: what an asynchronous operation will give."""

    name: ClassVar[str] = "stablehlo.future"

    types: tuple[Type, ...]

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        types = [parse_type(stream)]
        while stream.accept(","):
            types.append(parse_type(stream))
        stream.expect(">")
        return cls(tuple(types))

    def text(self, spell: Spell) -> str:
        return f"<{', '.join(spell(type) for type in self.types)}>"


for _cls in (TokenType, FutureType):
    register_type(_cls)

token = TokenType()

# -- element types ---------------------------------------------------------------------------------------------------

_WIDTHS = (2, 4, 8, 16, 32, 64)
_NO_ELEMENTS = ("f80", "f128", "tf32")
_PER_AXIS = re.compile(r"quant\.uniform<[^,>]*:[^,>]*:[0-9]+\s*,")

Predicate = Callable[[Type], bool]


def _integer(*signedness: str) -> Predicate:
    return lambda t: isinstance(t, IntegerType) and t.width in _WIDTHS and t.signedness in signedness


def is_quantized(type: Type) -> bool:
    """Whether `type` is a quantized element type."""
    return isinstance(type, OpaqueType) and type.text.startswith("quant.uniform<")


def is_per_axis_quantized(type: Type) -> bool:
    """Whether `type` is quantized with a scale for each index of one dimension."""
    return isinstance(type, OpaqueType) and _PER_AXIS.match(type.text) is not None


_FLOATS = frozenset(FloatType(kind) for kind in FLOAT_WIDTHS if kind not in _NO_ELEMENTS)

Element = tuple[str, Predicate]

Pred: Element = ("bool", lambda t: t is i1)
SInt: Element = ("2/4/8/16/32/64-bit signless integer", _integer("signless"))
Int: Element = ("2/4/8/16/32/64-bit integer", _integer("signless", "unsigned"))
Float: Element = ("4/6/8/16/32/64-bit float", lambda t: t in _FLOATS)
Float32Or64: Element = ("32/64-bit float", lambda t: t is f32 or t is f64)
Complex: Element = (
    "complex type with 32/64-bit float elements",
    lambda t: isinstance(t, ComplexType) and (t.element_type is f32 or t.element_type is f64),
)
Quantized: Element = (
    "per-tensor integer quantized",
    lambda t: is_quantized(t) and not is_per_axis_quantized(t),
)
PerAxis: Element = ("per-axis integer quantized", is_per_axis_quantized)
Index: Element = ("index", lambda t: isinstance(t, IndexType))
AnyInt: Element = ("integer", lambda t: isinstance(t, IntegerType))
I32: Element = ("32-bit signless integer", lambda t: t is IntegerType(32))
UI32: Element = ("32-bit unsigned integer", lambda t: t is IntegerType(32, "unsigned"))


def _tensor(
    description: str, elements: tuple[Element, ...], shape: Callable[[TensorType], bool] = lambda t: True
) -> Constraint:
    words = " or ".join(words for words, _ in elements)
    predicates = [predicate for _, predicate in elements]

    def accepts(type: Type) -> bool:
        return (
            isinstance(type, TensorType)
            and any(predicate(type.element_type) for predicate in predicates)
            and shape(type)
        )

    return Constraint(f"{description} of {words} values", accepts)


def ranked(*elements: Element) -> Constraint:
    """A ranked tensor of the given kinds of elements."""
    return _tensor("ranked tensor", elements)


def scalar(*elements: Element) -> Constraint:
    """A tensor of rank 0."""
    return _tensor("0D tensor", elements, lambda t: t.rank == 0)


def vector(*elements: Element) -> Constraint:
    """A tensor of rank 1."""
    return _tensor("1D tensor", elements, lambda t: t.rank == 1)


def static(*elements: Element) -> Constraint:
    """A tensor whose sizes are all known."""
    return _tensor("statically shaped tensor", elements, lambda t: t.has_static_shape)


def _static_or_bounded(type: TensorType) -> bool:
    bounds = bounds_of(type)
    dynamic = [bound for size, bound in zip(type.shape, bounds, strict=True) if size is None]
    return not dynamic or (len(dynamic) == 1 and dynamic[0] is not None)


NUMBERS = (Float, Pred, Int, Complex)

Tensor = ranked(*NUMBERS, Quantized)
TensorOrPerAxis = ranked(*NUMBERS, Quantized, PerAxis)
NonQuantized = ranked(*NUMBERS)
PredTensor = ranked(Pred)
IntTensor = ranked(Int)
PredOrInt = ranked(Pred, Int)
FloatTensor = ranked(Float)
ComplexTensor = ranked(Complex)
FloatOrComplex = ranked(Float, Complex)
FloatOrQuantized = ranked(Float, Quantized)
FloatComplexOrQuantized = ranked(Float, Complex, Quantized)
IntFloatComplexOrQuantized = ranked(Int, Float, Complex, Quantized)
IntOrFloat = ranked(Int, Float)
ScalarTensor = scalar(*NUMBERS, Quantized)
ScalarInt = scalar(Int)
StaticTensor = static(*NUMBERS, Quantized, PerAxis)
StaticOrBounded = _tensor(
    "statically shaped or single bounded dimension tensor", (*NUMBERS, Quantized, PerAxis), _static_or_bounded
)
DimensionVector = vector(Index, Int)
StaticDimensionVector = _tensor(
    "statically shaped 1-dimensional tensor", (Index, Int), lambda t: t.rank == 1 and t.has_static_shape
)
StaticIntVector = _tensor(
    "statically shaped 1-dimensional tensor", (Int,), lambda t: t.rank == 1 and t.has_static_shape
)
StaticIntMatrix = _tensor(
    "statically shaped 2-dimensional tensor", (Int,), lambda t: t.rank == 2 and t.has_static_shape
)

PerAxisTensor = ranked(PerAxis)
Token = Constraint("token", lambda t: t is token)
Future = Constraint("future", lambda t: isinstance(t, FutureType))
Buffer = Constraint(
    "memref of 4/6/8/16/32/64-bit float or bool or 2/4/8/16/32/64-bit integer or complex type with 32/64-bit float "
    "elements or per-tensor integer quantized values",
    lambda t: isinstance(t, MemRefType) and Tensor.accepts(TensorType(t.shape, t.element_type)),
)


def _nested(leaf: Constraint) -> Predicate:
    def accepts(type: Type) -> bool:
        return isinstance(type, TupleType) and all(leaf.accepts(t) or accepts(t) for t in type.types)

    return accepts


def tuple_of(leaf: Constraint) -> Constraint:
    """A tuple, maybe of tuples, of values that `leaf` accepts."""
    return Constraint(f"nested tuple with any combination of {leaf.description} values", _nested(leaf))


TensorOrToken = Tensor | Token
Value = Tensor | PerAxisTensor | Token
ValueOrBuffer = Value | Buffer
Tuple = tuple_of(Tensor | Buffer | PerAxisTensor | Token)
ValueOrTuple = Value | Tuple
AnyValue = ValueOrTuple | Buffer
StaticOrToken = static(*NUMBERS, Quantized, PerAxis) | Token
AnyTensor = Constraint(
    "tensor of 4/6/8/16/32/64-bit float or bool or 2/4/8/16/32/64-bit integer or complex type with 32/64-bit float "
    "elements or per-tensor integer quantized or per-axis integer quantized values",
    lambda t: TensorOrPerAxis.accepts(t) or isinstance(t, UnrankedTensorType),
)
CallValue = AnyTensor | Buffer | Token | tuple_of(AnyTensor | Buffer | Token) | Future
