"""`vector`: values of several numbers that are computed at once (https://mlir.llvm.org/docs/Dialects/Vector/).

Memory is in `vector_memory` and `vector_transfer`, elements and parts in `vector_positions`, `vector_slices` and
`vector_lanes`, sums and their like in `vector_reductions` and `vector_contraction`, masks in `vector_mask`; here is the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects import vector_warp
from irc.dialects.vector_contraction import Contract, FlatTranspose, MatMul
from irc.dialects.vector_lanes import Deinterleave, FromElements, Interleave, ScalableExtract, ScalableInsert, VScale
from irc.dialects.vector_mask import Mask, Yield
from irc.dialects.vector_memory import (
    CompressStore,
    ExpandLoad,
    Gather,
    Load,
    MaskedLoad,
    MaskedStore,
    Scatter,
    Store,
    TypeCast,
    vector_type,
)
from irc.dialects.vector_positions import Extract, ExtractElement, Insert, InsertElement
from irc.dialects.vector_reductions import (
    CombiningKind,
    MultiReduction,
    OuterProduct,
    Reduction,
    Scan,
    kind_allows,
    parse_enum,
)
from irc.dialects.vector_slices import ExtractStridedSlice, InsertStridedSlice, Shuffle, Transpose, integers
from irc.dialects.vector_transfer import TransferRead, TransferWrite
from irc.ir.attributes import ArrayAttr, Attribute, DenseElementsAttr, StringAttr, i64_attr
from irc.ir.dense import dtype_of, from_numpy, splat, splat_value, to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, FoldResult, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import (
    FloatType,
    IntegerType,
    ShapedType,
    VectorType,
    element_type,
    index,
)
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64s
from irc.ods.constraints import Constraint, Index, Var, Vector
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
    "CompressStore",
    "ConstantMask",
    "Contract",
    "CreateMask",
    "Deinterleave",
    "ExpandLoad",
    "Extract",
    "ExtractElement",
    "ExtractStridedSlice",
    "FlatTranspose",
    "FromElements",
    "Gather",
    "Insert",
    "InsertElement",
    "InsertStridedSlice",
    "Interleave",
    "Load",
    "Mask",
    "MaskedLoad",
    "MaskedStore",
    "MatMul",
    "MultiReduction",
    "OuterProduct",
    "Print",
    "Punctuation",
    "Reduction",
    "ScalableExtract",
    "ScalableInsert",
    "Scan",
    "Scatter",
    "ShapeCast",
    "Shuffle",
    "Splat",
    "Step",
    "Store",
    "TransferRead",
    "TransferWrite",
    "Transpose",
    "TypeCast",
    "VScale",
    "Yield",
    "kind_allows",
    "vector_warp",
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
        if source is target.element_type:
            return
        if not isinstance(source, VectorType):
            raise VerifyError("source type is not a vector")
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

    mask_dim_sizes: ArrayAttr = attribute(ArrayAttr, where=I64s)
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


class Punctuation(EnumAttr):
    """`#vector.punctuation<newline>`: what follows a printed value."""

    name = "vector.punctuation"
    cases = ("no_punctuation", "newline", "comma", "open", "close")


class Print(MemoryEffects, Op, name="vector.print"):
    """Writes a number, a vector, a text or punctuation to the standard output, for tests of programs.

    vector.print %v : vector<4xf32>
    vector.print str "done"
    """

    source: Value | None = operand(default=None)
    punctuation: Punctuation = attribute(Punctuation, default=Punctuation("newline"))
    stringLiteral: StringAttr | None = attribute(StringAttr, default=None)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write"),)

    @classmethod
    def parse(cls, p: OpParser) -> Print:
        operands = []
        attributes: dict[str, Attribute] = {}
        source = p.optional_operand()
        if source is not None:
            p.stream.expect(":")
            operands.append(p.resolve(source, p.type()))
        if p.stream.accept("str"):
            attributes["stringLiteral"] = p.attribute()
        if p.stream.accept("punctuation"):
            attributes["punctuation"] = parse_enum(p, Punctuation)
        built: Print = p.build(cls, operands, [], {**p.attr_dict(), **attributes})
        return built

    def print(self, p: OpPrinter) -> None:
        if self.source is not None:
            p(" ")
            p.value(self.source)
            p(" : ")
            p.type(self.source.type)
        if self.stringLiteral is not None:
            p(" str ")
            p.attribute(self.stringLiteral)
        if self.punctuation is not Punctuation("newline"):
            p(f" punctuation <{self.punctuation.value}>")
        p.attr_dict(self, ("punctuation", "stringLiteral"))

    def verify(self) -> None:
        if self.source is not None and self.stringLiteral is not None:
            raise VerifyError("cannot have both a source and a string literal")
