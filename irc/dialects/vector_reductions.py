"""The ops of `vector` that combine elements: reductions and the outer product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from irc.dialects._named_results import NamedResults
from irc.dialects.arith_attributes import FastMath
from irc.dialects.vector_memory import vector_type
from irc.dialects.vector_slices import integers
from irc.ir.attributes import ArrayAttr, Attribute, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import FloatType, IndexType, IntegerType, Type, VectorType, element_type
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64s
from irc.ods.constraints import AnyType, Vector
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op, TypesMatch

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class CombiningKind(EnumAttr):
    """`#vector.kind<add>`: how two elements are made one."""

    name = "vector.kind"
    cases = (
        "add", "mul", "minui", "minsi", "minnumf", "maxui", "maxsi", "maxnumf", "and", "or", "xor", "maximumf",
        "minimumf",
    )  # fmt: skip


ON_BOTH = ("add", "mul")
ON_FLOATS = ("minnumf", "maxnumf", "maximumf", "minimumf")


def kind_allows(kind: CombiningKind, type: Type) -> bool:
    """Whether elements of `type` can be combined in this way."""
    if kind.value in ON_BOTH:
        return isinstance(type, IntegerType | IndexType | FloatType)
    return isinstance(type, FloatType if kind.value in ON_FLOATS else IntegerType | IndexType)


def verify_kind(kind: CombiningKind, type: Type) -> None:
    """Raises `VerifyError` where elements of `type` cannot be combined in this way."""
    if not kind_allows(kind, type):
        raise VerifyError(f"unsupported reduction type: '{type}' for kind '{kind.value}'")


class Reduction(Op, name="vector.reduction", traits=[Pure]):
    """The elements of a vector combined to one number, with `acc` where it is given.

    %s = vector.reduction <add>, %v, %start : vector<8xf32> into f32
    """

    kind: CombiningKind = attribute(CombiningKind)
    vector: Value = operand(Vector)
    acc: Value | None = operand(default=None)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    dest: Value = result()

    def infer(self) -> Sequence[Type]:
        return (element_type(self.vector.type),)

    @classmethod
    def parse(cls, p: OpParser) -> Reduction:
        kind = _parse_kind(p)
        p.stream.expect(",")
        vector = p.operand()
        acc = p.operand() if p.stream.accept(",") else None
        attributes: dict[str, Attribute] = {"kind": kind}
        if p.stream.accept("fastmath"):
            attributes["fastmath"] = parse_enum(p, FastMath)
        attributes |= p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("into")
        dest = p.type()
        operands = [p.resolve(vector, type), *([p.resolve(acc, dest)] if acc is not None else [])]
        built: Reduction = p.build(cls, operands, [dest], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(f" <{self.kind.value}>, ")
        p.values(self.operands)
        if self.fastmath is not FastMath("none"):
            p(f" fastmath{self.fastmath.text()}")
        p.attr_dict(self, ("kind", "fastmath"))
        p(" : ")
        p.type(self.vector.type)
        p(" into ")
        p.type(self.dest.type)

    def verify(self) -> None:
        type = vector_type(self.vector)
        if type.rank > 1:
            raise VerifyError(f"unsupported reduction rank: {type.rank}")
        if self.dest.type is not type.element_type:
            raise VerifyError("failed to verify that source operand and result have same element type")
        if self.acc is not None and self.acc.type is not self.dest.type:
            raise VerifyError("failed to verify that all of {dest, acc} have same type")
        verify_kind(self.kind, type.element_type)


class MultiReduction(Op, name="vector.multi_reduction", traits=[Pure]):
    """The elements along some dimensions of a vector combined, with those of `acc`.

    %r = vector.multi_reduction <add>, %v, %acc [1] : vector<4x8xf32> to vector<4xf32>
    """

    kind: CombiningKind = attribute(CombiningKind)
    source: Value = operand(Vector)
    acc: Value = operand()
    reduction_dims: ArrayAttr = attribute(ArrayAttr, where=I64s)
    dest: Value = result()

    @property
    def axes(self) -> tuple[int, ...]:
        return integers(self.reduction_dims)

    def infer(self) -> Sequence[Type]:
        return (self.acc.type,)

    @classmethod
    def parse(cls, p: OpParser) -> MultiReduction:
        kind = _parse_kind(p)
        p.stream.expect(",")
        source = p.operand()
        p.stream.expect(",")
        acc = p.operand()
        axes = p.attribute()
        attributes = {**p.attr_dict(), "kind": kind, "reduction_dims": axes}
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("to")
        dest = p.type()
        built: MultiReduction = p.build(cls, [p.resolve(source, type), p.resolve(acc, dest)], [dest], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(f" <{self.kind.value}>, ")
        p.values(self.operands)
        p(f" [{', '.join(map(str, self.axes))}]")
        p.attr_dict(self, ("kind", "reduction_dims"))
        p(" : ")
        p.type(self.source.type)
        p(" to ")
        p.type(self.dest.type)

    def verify(self) -> None:
        type, axes = vector_type(self.source), self.axes
        if any(not 0 <= axis < type.rank for axis in axes):
            raise VerifyError("reduction dimension is out of range")
        kept = tuple(i for i in range(type.rank) if i not in axes)
        shape, scalable = tuple(type.shape[i] for i in kept), tuple(type.scalable[i] for i in kept)
        expected = VectorType(shape, type.element_type, scalable) if kept else type.element_type
        if self.dest.type is not expected:
            raise VerifyError(f"destination type '{self.dest.type}' is incompatible with source type '{type}'")
        if self.acc.type is not self.dest.type:
            raise VerifyError("failed to verify that all of {dest, acc} have same type")
        verify_kind(self.kind, type.element_type)


class OuterProduct(Op, name="vector.outerproduct", traits=[Pure]):
    """Every product of an element of `lhs` and one of `rhs` (or the number `rhs`), combined with `acc`.

    %o = vector.outerproduct %a, %b, %acc : vector<4xf32>, vector<8xf32>
    """

    lhs: Value = operand(Vector)
    rhs: Value = operand(AnyType)
    acc: Value | None = operand(Vector, default=None)
    kind: CombiningKind = attribute(CombiningKind, default=CombiningKind("add"))
    result: Value = result(Vector)

    def infer(self) -> Sequence[Type]:
        return (_outer_type(self.lhs.type, self.rhs.type),)

    @classmethod
    def parse(cls, p: OpParser) -> OuterProduct:
        position = p.stream.pos
        operands = p.operand_list()
        attributes = p.attr_dict()
        p.stream.expect(":")
        types = p.types()
        if len(operands) not in (2, 3) or len(types) != 2:
            raise p.stream.error("expected 2 or 3 operands and 2 types", position)
        if not isinstance(types[0], VectorType):
            raise p.stream.error("expected vector type for operand #1", position)
        outer = _outer_type(types[0], types[1])
        values = p.resolve_all(operands, [*types, outer][: len(operands)])
        built: OuterProduct = p.build(cls, values, [outer], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p.attr_dict(self)
        p(" : ")
        p.types([self.lhs.type, self.rhs.type])

    def verify(self) -> None:
        lhs, rhs = vector_type(self.lhs), self.rhs.type
        if lhs.rank != 1:
            raise VerifyError("expected 1-d vector for operand #1")
        if isinstance(rhs, VectorType) and rhs.rank != 1:
            raise VerifyError("expected 1-d vector for operand #2")
        if element_type(rhs) is not lhs.element_type:
            raise VerifyError("expected operands of the same element type")
        if self.result.type is not _outer_type(lhs, rhs):
            raise VerifyError(f"expected result type to be '{_outer_type(lhs, rhs)}'")
        if self.acc is not None and self.acc.type is not self.result.type:
            raise VerifyError("expected operand #3 of same type as result type")
        verify_kind(self.kind, lhs.element_type)


def _outer_type(lhs: Type, rhs: Type) -> VectorType:
    assert isinstance(lhs, VectorType)
    if not isinstance(rhs, VectorType):
        return lhs
    return VectorType((*lhs.shape, *rhs.shape), lhs.element_type, (*lhs.scalable, *rhs.scalable))


def _parse_kind(p: OpParser) -> CombiningKind:
    kind = parse_enum(p, CombiningKind)
    assert isinstance(kind, CombiningKind)
    return kind


def parse_enum(p: OpParser, cls: type[EnumAttr]) -> EnumAttr:
    """`<word>`."""
    position = p.stream.pos
    try:
        return cls.parse(p.stream)
    except ValueError as problem:
        raise p.stream.error(str(problem), position) from None


class Scan(NamedResults, name="vector.scan", traits=[Pure]):
    """The combination of all elements up to each one along a dimension, and the last of these.

    An inclusive scan starts with the first element; an exclusive one starts with the initial value and lacks the last.

    %r, %last = vector.scan <add>, %v, %start {inclusive = true, reduction_dim = 0 : i64} : vector<4x8xf32>, vector<8xf32>
    """

    kind: CombiningKind = attribute(CombiningKind)
    source: Value = operand(Vector)
    initial_value: Value = operand(Vector)
    reduction_dim: IntegerAttr = attribute(IntegerAttr)
    inclusive: IntegerAttr = attribute(IntegerAttr)
    dest: Value = result(Vector)
    accumulated_value: Value = result(Vector)
    types_match: ClassVar[TypesMatch] = {
        "dest": ("source", lambda type: type),
        "accumulated_value": ("initial_value", lambda type: type),
    }
    assembly = "custom<Kind>($kind) `,` $source `,` $initial_value attr-dict `:` type($source) `,` type($initial_value)"

    def verify(self) -> None:
        type, start, axis = vector_type(self.source), vector_type(self.initial_value), self.reduction_dim.value
        if not 0 <= axis < type.rank:
            raise VerifyError(f"reduction dimension {axis} has to be less than {type.rank}")
        if start.rank != type.rank - 1:
            raise VerifyError(f"initial value rank {start.rank} has to be equal to {type.rank - 1}")
        if start.shape != type.shape[:axis] + type.shape[axis + 1 :]:
            raise VerifyError("incompatible input/initial value shapes")
        verify_kind(self.kind, type.element_type)


def parse_kind(p: OpParser) -> CombiningKind:
    return _parse_kind(p)


def print_kind(p: OpPrinter, op: Scan) -> None:
    p(f"<{op.kind.value}>")
