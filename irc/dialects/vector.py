"""`vector`: values of several numbers that are computed at once (https://mlir.llvm.org/docs/Dialects/Vector/).

Memory is in `vector_memory` and `vector_transfer`, elements and parts in `vector_positions`; here is the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects.arith_attributes import FastMath
from irc.dialects.vector_memory import Gather, Load, MaskedLoad, MaskedStore, Store, vector_type
from irc.dialects.vector_positions import (
    Extract,
    ExtractElement,
    ExtractStridedSlice,
    Insert,
    InsertElement,
    InsertStridedSlice,
    Shuffle,
    Transpose,
    integers,
)
from irc.dialects.vector_transfer import TransferRead, TransferWrite
from irc.ir.attributes import ArrayAttr, Attribute, DenseElementsAttr, i64_attr
from irc.ir.dense import dtype_of, from_numpy, splat, splat_value, to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, FoldResult, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import (
    FloatType,
    IndexType,
    IntegerType,
    ShapedType,
    Type,
    VectorType,
    element_type,
    index,
)
from irc.ir.value import Value
from irc.ods.constraints import AnyType, Constraint, Index, Var, Vector
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

__all__ = [
    "FMA",
    "Bitcast",
    "Broadcast",
    "CombiningKind",
    "ConstantMask",
    "CreateMask",
    "Extract",
    "ExtractElement",
    "ExtractStridedSlice",
    "Gather",
    "Insert",
    "InsertElement",
    "InsertStridedSlice",
    "Load",
    "MaskedLoad",
    "MaskedStore",
    "MultiReduction",
    "OuterProduct",
    "Print",
    "Reduction",
    "ShapeCast",
    "Shuffle",
    "Splat",
    "Step",
    "Store",
    "TransferRead",
    "TransferWrite",
    "Transpose",
]

FloatVector = Constraint(
    "vector of floating-point values",
    lambda type: isinstance(type, VectorType) and isinstance(type.element_type, FloatType),
)
BoolVector = Constraint(
    "vector of 1-bit signless integer values",
    lambda type: isinstance(type, VectorType) and type.element_type is IntegerType(1),
)
T = Var("T", FloatVector)


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


def _verify_kind(kind: CombiningKind, type: Type) -> None:
    if not kind_allows(kind, type):
        raise VerifyError(f"unsupported reduction type: '{type}' for kind '{kind.value}'")


class Broadcast(Op, name="vector.broadcast", traits=[Pure]):
    """A number or a vector repeated along new dimensions, or along its own of size one.

    %b = vector.broadcast %x : f32 to vector<8xf32>
    """

    source: Value = operand()
    vector: Value = result(Vector)
    assembly = "$source attr-dict `:` type($source) `to` type($vector)"

    def verify(self) -> None:
        source, target = self.source.type, vector_type(self.vector)
        if element_type(source) is not target.element_type:
            raise VerifyError("source type does not match the element type of the result")
        if not isinstance(source, VectorType):
            return
        if source.rank > target.rank:
            raise VerifyError("source rank higher than destination rank")
        for i, (size, full) in enumerate(zip(source.shape, target.shape[target.rank - source.rank :], strict=True)):
            if size not in (1, full):
                raise VerifyError(f"dimension mismatch ({size} vs. {full}) at trailing dimension {i}")

    def fold(self, source: Attribute | None) -> FoldResult:
        if self.source.type is self.vector.type:
            return self.source
        value = splat_value(source)
        return splat(value, vector_type(self.vector)) if value is not None else None


class Splat(Op, name="vector.splat", traits=[Pure]):
    """A number repeated.

    %s = vector.splat %x : vector<8xf32>
    """

    input: Value = operand()
    aggregate: Value = result(Vector)

    @classmethod
    def parse(cls, p: OpParser) -> Splat:
        value = p.operand()
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        built: Splat = p.build(cls, [p.resolve(value, element_type(type))], [type], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.input)
        p.attr_dict(self)
        p(" : ")
        p.type(self.aggregate.type)

    def verify(self) -> None:
        if self.input.type is not element_type(self.aggregate.type):
            raise VerifyError("failed to verify that operand type matches element type of result")

    def fold(self, value: Attribute | None) -> FoldResult:
        constant = splat_value(value)
        return splat(constant, vector_type(self.aggregate)) if constant is not None else None


class FMA(Op, name="vector.fma", traits=[Pure]):
    """`lhs * rhs + acc`, rounded once.

    %d = vector.fma %a, %b, %c : vector<8xf32>
    """

    lhs: Value = operand(T)
    rhs: Value = operand(T)
    acc: Value = operand(T)
    result: Value = result(T)
    assembly = "$lhs `,` $rhs `,` $acc attr-dict `:` type($lhs)"


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
            attributes["fastmath"] = _parse_enum(p, FastMath)
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
        _verify_kind(self.kind, type.element_type)


class MultiReduction(Op, name="vector.multi_reduction", traits=[Pure]):
    """The elements along some dimensions of a vector combined, with those of `acc`.

    %r = vector.multi_reduction <add>, %v, %acc [1] : vector<4x8xf32> to vector<4xf32>
    """

    kind: CombiningKind = attribute(CombiningKind)
    source: Value = operand(Vector)
    acc: Value = operand()
    reduction_dims: ArrayAttr = attribute(ArrayAttr)
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
        _verify_kind(self.kind, type.element_type)


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
        _verify_kind(self.kind, lhs.element_type)


def _outer_type(lhs: Type, rhs: Type) -> VectorType:
    assert isinstance(lhs, VectorType)
    if not isinstance(rhs, VectorType):
        return lhs
    return VectorType((*lhs.shape, *rhs.shape), lhs.element_type, (*lhs.scalable, *rhs.scalable))


class CreateMask(Op, name="vector.create_mask", traits=[Pure]):
    """A mask that is set where the position in each dimension is less than the operand for it.

    %m = vector.create_mask %a, %b : vector<4x8xi1>
    """

    operands_: Sequence[Value] = variadic(Index)
    result: Value = result(BoolVector)
    assembly = "$operands attr-dict `:` type($result)"

    def verify(self) -> None:
        type = vector_type(self.result)
        if len(self.operands) != max(1, type.rank):
            raise VerifyError("must specify an operand for each result vector dimension")


class ConstantMask(Op, name="vector.constant_mask", traits=[Pure]):
    """A mask that is set where the position in each dimension is less than a number.

    %m = vector.constant_mask [3, 2] : vector<4x8xi1>
    """

    mask_dim_sizes: ArrayAttr = attribute(ArrayAttr)
    result: Value = result(BoolVector)
    assembly = "$mask_dim_sizes attr-dict `:` type($result)"

    @classmethod
    def of(cls, sizes: Sequence[int], type: VectorType) -> ConstantMask:
        return cls(ArrayAttr(tuple(i64_attr(size) for size in sizes)), result_types=[type])

    @property
    def dim_sizes(self) -> tuple[int, ...]:
        return integers(self.mask_dim_sizes)

    def verify(self) -> None:
        type, sizes = vector_type(self.result), self.dim_sizes
        if len(sizes) != max(1, type.rank):
            raise VerifyError("must specify array attr of size equal vector result rank")
        for size, full in zip(sizes, type.shape or (1,), strict=True):
            assert full is not None
            if not 0 <= size <= full:
                raise VerifyError("array attr of size out of bounds of vector result dimension size")
        if 0 in sizes and any(sizes):
            raise VerifyError("expected all mask dim sizes to be zeros, as a result of conjunction with zero mask dim")


class ShapeCast(Op, name="vector.shape_cast", traits=[Pure]):
    """The elements in the same order under another shape.

    %c = vector.shape_cast %v : vector<4x8xf32> to vector<32xf32>
    """

    source: Value = operand(Vector)
    result: Value = result(Vector)
    assembly = "$source attr-dict `:` type($source) `to` type($result)"

    def verify(self) -> None:
        source, target = vector_type(self.source), vector_type(self.result)
        if source.element_type is not target.element_type:
            raise VerifyError("source/result vectors must have same element type")
        if source.num_elements != target.num_elements:
            raise VerifyError("source/result number of elements must match")

    def fold(self, source: Attribute | None) -> FoldResult:
        if self.source.type is self.result.type:
            return self.source
        inner = self.source.defining_op
        if isinstance(inner, ShapeCast) and inner.source.type is self.result.type:
            return inner.source
        if isinstance(source, DenseElementsAttr):
            return DenseElementsAttr(vector_type(self.result), source.data, source.is_splat)
        return None


class Bitcast(Op, name="vector.bitcast", traits=[Pure]):
    """The bits of the elements taken as elements of another type; the last dimension changes with their width.

    %c = vector.bitcast %v : vector<4xf32> to vector<8xi16>
    """

    source: Value = operand(Vector)
    result: Value = result(Vector)
    assembly = "$source attr-dict `:` type($source) `to` type($result)"

    def verify(self) -> None:
        source, target = vector_type(self.source), vector_type(self.result)
        if source.rank != target.rank:
            raise VerifyError("failed to verify that all of {source, result} have same rank")
        if source.shape[:-1] != target.shape[:-1]:
            raise VerifyError("dimension size mismatch")
        if _row_bits(source) != _row_bits(target):
            raise VerifyError("source/result bitwidth of the minor 1-D vectors must be equal")

    def fold(self, source: Attribute | None) -> FoldResult:
        if self.source.type is self.result.type:
            return self.source
        if isinstance(source, DenseElementsAttr) and IntegerType(1) not in (
            element_type(v.type) for v in (self.source, self.result)
        ):
            target = vector_type(self.result)
            return from_numpy(to_numpy(source).copy().view(dtype_of(target.element_type)), target)
        return None


def _row_bits(type: ShapedType) -> int:
    element = type.element_type
    width = element.width if isinstance(element, IntegerType | FloatType) else 64
    return width * (type.static_shape[-1] if type.rank else 1)


class Step(Op, name="vector.step", traits=[Pure]):
    """0, 1, 2, …

    %s = vector.step : vector<4xindex>
    """

    result: Value = result(Vector)
    assembly = "attr-dict `:` type($result)"

    def verify(self) -> None:
        type = vector_type(self.result)
        if type.rank != 1 or type.element_type is not index:
            raise VerifyError(f"result #0 must be vector of index values of ranks 1, but got '{type}'")


class Print(MemoryEffects, Op, name="vector.print"):
    """Writes a number or a vector to the standard output, for tests of programs.

    vector.print %v : vector<4xf32>
    """

    source: Value = operand()
    assembly = "$source attr-dict `:` type($source)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write"),)


def _parse_kind(p: OpParser) -> CombiningKind:
    kind = _parse_enum(p, CombiningKind)
    assert isinstance(kind, CombiningKind)
    return kind


def _parse_enum(p: OpParser, cls: type[EnumAttr]) -> EnumAttr:
    position = p.stream.pos
    try:
        return cls.parse(p.stream)
    except ValueError as problem:
        raise p.stream.error(str(problem), position) from None
