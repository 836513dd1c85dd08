"""`memref`: buffers, and reading and writing them (https://mlir.llvm.org/docs/Dialects/MemRef/).

Other views of the same buffer are in `memref_views` (`subview`, `cast`, …) and `memref_reshape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import constant_index
from irc.dialects.memref_reshape import CollapseShape, ExpandShape, ExtractStridedMetadata, Reshape, Transpose
from irc.dialects.memref_views import Cast, ReinterpretCast, SubView, View, ranked
from irc.ir.attributes import (
    AffineMapAttr,
    Attribute,
    DenseElementsAttr,
    IntegerAttr,
    StridedLayoutAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
    index_attr,
    unit,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, FoldResult, MemoryEffects
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Pure, Symbol
from irc.ir.types import MemRefType, TensorType, Type, UnrankedMemRefType, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import AnyMemRef, Constraint, Index, MemRef
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

__all__ = [
    "Alloc",
    "Alloca",
    "Cast",
    "CollapseShape",
    "Copy",
    "Dealloc",
    "Dim",
    "ExpandShape",
    "ExtractStridedMetadata",
    "GetGlobal",
    "Global",
    "Load",
    "Rank",
    "ReinterpretCast",
    "Reshape",
    "Store",
    "SubView",
    "Transpose",
    "View",
]

NonScalarMemRef = Constraint(
    "non-0-ranked.memref of any type values or unranked.memref of any type values",
    lambda type: isinstance(type, UnrankedMemRefType) or (isinstance(type, MemRefType) and type.rank > 0),
)


class Allocation(MemoryEffects, Op):
    """A new buffer: a size for each `?` of its type, and a symbol for each of its layout's."""

    dynamic_sizes: Sequence[Value] = variadic(Index, default=())
    symbol_operands: Sequence[Value] = variadic(Index, default=())
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    memref: Value = result(MemRef)

    def effects(self) -> Sequence[Effect]:
        return (Effect("allocate", self.results[0]),)

    @classmethod
    def parse(cls, p: OpParser) -> Allocation:
        sizes = p.operand_list("(", ")")
        symbols = p.operand_list("[", "]") if p.stream.peek() == "[" else []
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [p.resolve(each, index) for each in [*sizes, *symbols]]
        built: Allocation = p.build(cls, operands, [type], attributes, segments=[len(sizes), len(symbols)])
        return built

    def print(self, p: OpPrinter) -> None:
        p("(")
        p.values(self.dynamic_sizes)
        p(")")
        if self.symbol_operands:
            p("[")
            p.values(self.symbol_operands)
            p("]")
        p.attr_dict(self)
        p(" : ")
        p.type(self.memref.type)

    def verify(self) -> None:
        type = ranked(self.memref)
        if len(self.dynamic_sizes) != type.num_dynamic_dims:
            raise VerifyError("dimension operand count does not equal memref dynamic dimension count")
        symbols = _layout_symbols(type.layout)
        if len(self.symbol_operands) != symbols:
            raise VerifyError(
                f"symbol operand count does not equal memref symbol count: expected {symbols}, got "
                f"{len(self.symbol_operands)}"
            )
        alignment = self.alignment
        if alignment is not None and alignment.value < 0:
            raise VerifyError(
                "attribute 'alignment' failed to satisfy constraint: "
                "64-bit signless integer attribute whose minimum value is 0"
            )


def _layout_symbols(layout: object) -> int:
    """The number of sizes that a layout leaves open: symbols of a map, `?` of strides."""
    if isinstance(layout, AffineMapAttr):
        return layout.map.num_symbols
    return (*layout.strides, layout.offset).count(None) if isinstance(layout, StridedLayoutAttr) else 0


class Alloc(Allocation, name="memref.alloc"):
    """A buffer on the heap, to be freed by `memref.dealloc`.

    %m = memref.alloc(%n) {alignment = 64 : i64} : memref<?x4xf32>
    """


class Alloca(Allocation, name="memref.alloca"):
    """A buffer on the stack, which ends with the enclosing function or allocation scope.

    %m = memref.alloca() : memref<8xf32>
    """


class Dealloc(MemoryEffects, Op, name="memref.dealloc"):
    """Frees a buffer.

    memref.dealloc %m : memref<?x4xf32>
    """

    memref: Value = operand(AnyMemRef)
    assembly = "$memref attr-dict `:` type($memref)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("free", self.memref),)


class Load(MemoryEffects, Op, name="memref.load"):
    """One element.

    %x = memref.load %m[%i, %j] : memref<4x?xf32>
    """

    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index, default=())
    nontemporal: IntegerAttr | None = attribute(IntegerAttr, default=None)
    result: Value = result()
    assembly = "$memref `[` $indices `]` attr-dict `:` type($memref)"

    def infer(self) -> Sequence[Type]:
        return (element_type(self.memref.type),)

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.memref),)

    def verify(self) -> None:
        type = ranked(self.memref)
        if self.result.type is not type.element_type:
            raise VerifyError("failed to verify that result type matches element type of 'memref'")
        if len(self.indices) != type.rank:
            raise VerifyError("incorrect number of indices for load")


class Store(MemoryEffects, Op, name="memref.store"):
    """Writes one element.

    memref.store %x, %m[%i, %j] : memref<4x?xf32>
    """

    value: Value = operand()
    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index, default=())
    nontemporal: IntegerAttr | None = attribute(IntegerAttr, default=None)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.memref),)

    @classmethod
    def parse(cls, p: OpParser) -> Store:
        value = p.operand()
        p.stream.expect(",")
        memref = p.operand()
        indices = p.operand_list("[", "]")
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [
            p.resolve(value, element_type(type)),
            p.resolve(memref, type),
            *(p.resolve(i, index) for i in indices),
        ]
        built: Store = p.build(cls, operands, [], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.value)
        p(", ")
        p.value(self.memref)
        p("[")
        p.values(self.indices)
        p("]")
        p.attr_dict(self)
        p(" : ")
        p.type(self.memref.type)

    def verify(self) -> None:
        type = ranked(self.memref)
        if self.value.type is not type.element_type:
            raise VerifyError("failed to verify that type of 'value' matches element type of 'memref'")
        if len(self.indices) != type.rank:
            raise VerifyError("store index operand count not equal to memref rank")


class Copy(MemoryEffects, Op, name="memref.copy"):
    """Copies the elements of one buffer to another of the same shape; they do not overlap in part.

    memref.copy %a, %b : memref<4xf32> to memref<4xf32>
    """

    source: Value = operand(AnyMemRef)
    target: Value = operand(AnyMemRef)
    assembly = "$source `,` $target attr-dict `:` type($source) `to` type($target)"

    def effects(self) -> Sequence[Effect]:
        return Effect("read", self.source), Effect("write", self.target)

    def verify(self) -> None:
        source, target = self.source.type, self.target.type
        if element_type(source) is not element_type(target):
            raise VerifyError("requires the same element type for all operands")
        if not isinstance(source, MemRefType) or not isinstance(target, MemRefType):
            return
        fits = source.rank == target.rank and all(
            a is None or b is None or a == b for a, b in zip(source.shape, target.shape, strict=True)
        )
        if not fits:
            raise VerifyError("requires the same shape for all operands")


class Dim(Op, name="memref.dim", traits=[Pure]):
    """The size of a dimension.

    %n = memref.dim %m, %c0 : memref<?x4xf32>
    """

    source: Value = operand(NonScalarMemRef)
    index: Value = operand(Index)
    result: Value = result(Index)
    assembly = "attr-dict $source `,` $index `:` type($source)"

    def infer(self) -> Sequence[Type]:
        return (index,)

    @property
    def constant_index(self) -> int | None:
        """The dimension where it is known."""
        return constant_index(self.index)

    def fold(self, source: Attribute | None, index: Attribute | None) -> FoldResult:
        type = self.source.type
        if not isinstance(index, IntegerAttr) or not isinstance(type, MemRefType) or not 0 <= index.value < type.rank:
            return None
        size = type.shape[index.value]
        if size is not None:
            return index_attr(size)
        producer = self.source.defining_op
        if isinstance(producer, Allocation):
            return producer.dynamic_sizes[type.shape[: index.value].count(None)]
        return None


class Rank(Op, name="memref.rank", traits=[Pure]):
    """The number of dimensions.

    %n = memref.rank %m : memref<*xf32>
    """

    memref: Value = operand(AnyMemRef)
    result: Value = result(Index)
    assembly = "$memref attr-dict `:` type($memref)"

    def infer(self) -> Sequence[Type]:
        return (index,)

    def fold(self, memref: Attribute | None) -> FoldResult:
        type = self.memref.type
        return index_attr(type.rank) if isinstance(type, MemRefType) else None


class Global(Op, name="memref.global", traits=[Symbol]):
    """A buffer that lives as long as the program; `initial_value` is a dense attribute, or `unit` for unspecified.

    memref.global "private" constant @weights : memref<2xf32> = dense<[1.0, 2.0]>
    """

    sym_name: StringAttr = attribute(StringAttr)
    type: TypeAttr = attribute(TypeAttr)
    sym_visibility: StringAttr | None = attribute(StringAttr, default=None)
    initial_value: Attribute | None = attribute(DenseElementsAttr, UnitAttr, default=None)
    constant: UnitAttr | None = attribute(UnitAttr, default=None)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)

    @classmethod
    def parse(cls, p: OpParser) -> Global:
        found: dict[str, Attribute] = {}
        if p.stream.peek()[:1] == '"':
            found["sym_visibility"] = p.attribute()
        if p.stream.accept("constant"):
            found["constant"] = unit
        found["sym_name"] = p.symbol_name()
        p.stream.expect(":")
        type = p.type()
        found["type"] = TypeAttr(type)
        if p.stream.accept("="):
            if p.stream.accept("uninitialized"):
                found["initial_value"] = unit
            else:
                shape = TensorType(type.shape, type.element_type) if isinstance(type, MemRefType) else None
                found["initial_value"] = p.attribute(shape)
        built: Global = p.build(cls, attributes={**p.attr_dict(), **found})
        return built

    def print(self, p: OpPrinter) -> None:
        if self.sym_visibility is not None:
            p(" ")
            p.attribute(self.sym_visibility)
        p(" constant " if self.constant is not None else " ")
        p.symbol(self.sym_name.value)
        p(" : ")
        p.type(self.type.type)
        if self.initial_value is not None:
            p(" = ")
            if isinstance(self.initial_value, UnitAttr):
                p("uninitialized")
            else:
                p.attribute(self.initial_value, with_type=False)
        p.attr_dict(self, ("sym_name", "type", "sym_visibility", "initial_value", "constant"))

    def verify(self) -> None:
        type = self.type.type
        if not isinstance(type, MemRefType) or not type.has_static_shape:
            raise VerifyError(f"type should be static shaped memref, but got '{type}'")
        value = self.initial_value
        if isinstance(value, DenseElementsAttr):
            expected = TensorType(type.shape, type.element_type)
            if value.type is not expected:
                raise VerifyError(f"initial value expected to be of type '{expected}', but was of type '{value.type}'")


class GetGlobal(Op, name="memref.get_global", traits=[Pure]):
    """The buffer of a global.

    %m = memref.get_global @weights : memref<2xf32>
    """

    name_: SymbolRefAttr = attribute(SymbolRefAttr)
    result: Value = result(MemRef)
    assembly = "$name `:` type($result) attr-dict"

    def verify_symbols(self, tables: SymbolTables) -> None:
        found = tables.lookup(self, self.name_)
        if not isinstance(found, Global):
            raise VerifyError(f"'{self.name_.root}' does not reference a valid global memref")
        if found.type.type is not self.result.type:
            raise VerifyError(
                f"result type '{self.result.type}' does not match type '{found.type.type}' of the global memref "
                f"@{self.name_.root}"
            )
