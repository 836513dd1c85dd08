"""Constraints on the types of operands and results: named predicates, and variables that tie fields together."""

from __future__ import annotations

from collections.abc import Callable

from irc.ir.types import (
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
    element_type,
    i1,
    i32,
    index,
)

_KINDS = ((TensorType, UnrankedTensorType), (MemRefType, UnrankedMemRefType))
"""Classes that are one kind of type; others are alternatives."""


class Constraint:
    """A predicate on types with the words that error messages use: "must be <description>".

    `accepted` remembers the types that passed; types are interned, so a look-up is all that a later check costs. `only`
    is the type where there is but one, which texts then need not state. `classes` are those of the kind of type that all
    must be, if the predicate knows one: texts that state a type of another kind are wrong before it is made use of.
    """

    __slots__ = ("accepted", "classes", "description", "only", "predicate")

    def __init__(self, description: str, predicate: Callable[[Type], bool], only: Type | None = None) -> None:
        self.description, self.predicate, self.only = description, predicate, only
        self.accepted: set[Type] = set()
        classes: tuple[type[Type], ...] = getattr(predicate, "classes", ())
        self.classes = classes if len(classes) == 1 or classes in _KINDS else ()

    def accepts(self, type: Type) -> bool:
        if type in self.accepted:
            return True
        if self.predicate(type):
            self.accepted.add(type)
            return True
        return False

    def __or__(self, other: Constraint) -> Constraint:
        return Constraint(
            f"{self.description} or {other.description}", lambda type: self.accepts(type) or other.accepts(type)
        )


class Var(Constraint):
    """A constraint variable: all fields of an op that use it have the same type, and results are inferred from it."""

    __slots__ = ("name",)

    def __init__(self, name: str, base: Constraint) -> None:
        super().__init__(base.description, base.accepts)
        self.name = name
        self.classes = base.classes


class is_a:
    """The predicate that holds for the types of some classes; with `builtin` not for those that a dialect adds to them."""

    __slots__ = ("builtin", "classes")

    def __init__(self, *classes: type[Type], builtin: bool = False) -> None:
        self.classes, self.builtin = classes, builtin

    def __call__(self, type: Type) -> bool:
        return isinstance(type, self.classes) and not (self.builtin and type.name)


def like(description: str, scalar: Callable[[Type], bool]) -> Constraint:
    """MLIR's "-like": the scalar itself, or a vector or tensor of it."""
    return Constraint(description, lambda type: not isinstance(type, MemRefType) and scalar(element_type(type)))


def signless(type: Type) -> bool:
    return isinstance(type, IntegerType) and type.signedness == "signless"


is_float = is_a(FloatType)
is_index = is_a(IndexType)
is_shaped_memref = is_a(MemRefType)

AnyType = Constraint("any type", lambda type: True)
AnyInteger = Constraint("integer", is_a(IntegerType))
SignlessInteger = Constraint("signless integer", signless)
Index = Constraint("index", is_index, only=index)
I1 = Constraint("1-bit signless integer", lambda type: type is i1, only=i1)
I32 = Constraint("32-bit signless integer", lambda type: type is i32, only=i32)
AnyFloat = Constraint("floating-point", is_float)
Scalar = Constraint("integer, index or floating-point", is_a(IntegerType, IndexType, FloatType))

SignlessIntegerLike = like("signless-integer-like", lambda type: signless(type) or is_index(type))
SignlessFixedWidthIntegerLike = like("signless-fixed-width-integer-like", signless)
FloatLike = like("floating-point-like", is_float)
BoolLike = like("bool-like", lambda type: signless(type) and type.width == 1)  # type: ignore[attr-defined]  # signless() has looked

Tensor = Constraint("ranked tensor of any type values", is_a(TensorType))
AnyTensor = Constraint("tensor of any type values", is_a(TensorType, UnrankedTensorType))
MemRef = Constraint("memref of any type values", is_shaped_memref)
AnyMemRef = Constraint("ranked or unranked memref of any type values", is_a(MemRefType, UnrankedMemRefType))
# The vectors that a dialect has beside the builtin ones are for its own ops.
Vector = Constraint("vector of any type values", is_a(VectorType, builtin=True))
Shaped = Constraint("shaped of any type values", is_a(ShapedType, builtin=True))
