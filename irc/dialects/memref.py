"""`memref`: buffers, and reading and writing them (https://mlir.llvm.org/docs/Dialects/MemRef/).

Other views of the same buffer are in `memref_views` (`subview`, `cast`, …) and `memref_reshape`; atomic ops, scopes and hints
in `memref_atomics`, `memref_lifetimes` and `memref_transfers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from irc.dialects._shape_queries import DynamicallySized, RankQuery, SizeQuery
from irc.dialects.memref_atomics import AtomicRMW, AtomicYield, GenericAtomicRMW
from irc.dialects.memref_lifetimes import AllocaScope, AllocaScopeReturn, Realloc
from irc.dialects.memref_reshape import CollapseShape, ExpandShape, ExtractStridedMetadata, Reshape, Transpose
from irc.dialects.memref_transfers import AssumeAlignment, DmaStart, DmaWait, Prefetch
from irc.dialects.memref_views import (
    Cast,
    ExtractAlignedPointerAsIndex,
    MemorySpaceCast,
    ReinterpretCast,
    SubView,
    View,
    ranked,
)
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
    unit,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Pure, Symbol
from irc.ir.types import MemRefType, TensorType, Type, UnrankedMemRefType, compatible_shapes, element_type, index
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64, Bool
from irc.ods.constraints import AnyMemRef, Constraint, Index, MemRef
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op, TypesMatch

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

__all__ = [
    "Alloc",
    "Alloca",
    "AllocaScope",
    "AllocaScopeReturn",
    "AssumeAlignment",
    "AtomicRMW",
    "AtomicYield",
    "Cast",
    "CollapseShape",
    "Copy",
    "Dealloc",
    "Dim",
    "DmaStart",
    "DmaWait",
    "ExpandShape",
    "ExtractAlignedPointerAsIndex",
    "ExtractStridedMetadata",
    "GenericAtomicRMW",
    "GetGlobal",
    "Global",
    "Load",
    "MemorySpaceCast",
    "Prefetch",
    "Rank",
    "Realloc",
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


class Allocation(DynamicallySized, MemoryEffects, Op):
    """A new buffer: a size for each `?` of its type, and a symbol for each of its layout's."""

    dynamic_sizes: Sequence[Value] = variadic(Index, default=())
    symbol_operands: Sequence[Value] = variadic(Index, default=())
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None, where=I64.at_least(0))
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
        check_extents(self.memref, self.dynamic_sizes, self.symbol_operands)


def check_extents(memref: Value, sizes: Sequence[Value], symbols: Sequence[Value]) -> None:
    """Raise `VerifyError` unless there is a size for each `?` of a new buffer, and a symbol for each of its layout's."""
    type = ranked(memref)
    if len(sizes) != type.num_dynamic_dims:
        raise VerifyError("dimension operand count does not equal memref dynamic dimension count")
    expected = _layout_symbols(type.layout)
    if len(symbols) != expected:
        raise VerifyError(
            f"symbol operand count does not equal memref symbol count: expected {expected}, got {len(symbols)}"
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

    result_name = "alloc"


class Alloca(Allocation, name="memref.alloca"):
    """A buffer on the stack, which ends with the enclosing function or allocation scope.

    %m = memref.alloca() : memref<8xf32>
    """

    result_name = "alloca"


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
    nontemporal: IntegerAttr | None = attribute(IntegerAttr, default=None, where=Bool)
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
    nontemporal: IntegerAttr | None = attribute(IntegerAttr, default=None, where=Bool)
    assembly = "$value `,` $memref `[` $indices `]` attr-dict `:` type($memref)"
    types_match: ClassVar[TypesMatch] = {"value": ("memref", element_type)}

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.memref),)

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
        if not compatible_shapes(source.shape, target.shape):
            raise VerifyError("requires the same shape for all operands")


class Dim(SizeQuery, name="memref.dim", traits=[Pure]):
    """The size of a dimension.

    %n = memref.dim %m, %c0 : memref<?x4xf32>
    """

    result_name = "dim"

    source: Value = operand(NonScalarMemRef)


class Rank(RankQuery, name="memref.rank", traits=[Pure]):
    """The number of dimensions.

    %n = memref.rank %m : memref<*xf32>
    """

    memref: Value = operand(AnyMemRef)
    assembly = "$memref attr-dict `:` type($memref)"


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
        built: Global = p.build(cls, attributes={**found, **p.attr_dict()})
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
