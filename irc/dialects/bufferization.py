"""`bufferization`: where tensors and buffers meet (https://mlir.llvm.org/docs/Dialects/BufferizationOps/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from irc.ir.attributes import Attribute, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import (
    MemRefType,
    ShapedType,
    TensorType,
    Type,
    UnrankedMemRefType,
    UnrankedTensorType,
    element_type,
    i1,
    index,
)
from irc.ir.value import Value
from irc.ods.constraints import I1, AnyMemRef, AnyTensor, Index, Tensor
from irc.ods.fields import attribute, operand, result, variadic, variadic_results
from irc.ods.op import Op, TypesMatch

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class AllocTensor(Op, name="bufferization.alloc_tensor"):
    """A tensor whose buffer is its own: with the content of another, or without content.

    %0 = bufferization.alloc_tensor(%n) : tensor<?x4xf32>
    %1 = bufferization.alloc_tensor() copy(%t) {memory_space = 1 : i64} : tensor<?x4xf32>
    """

    dynamic_sizes: Sequence[Value] = variadic(Index)
    copy: Value | None = operand(Tensor, default=None)
    size_hint: Value | None = operand(Index, default=None)
    memory_space: Attribute | None = attribute(Attribute, default=None)
    result: Value = result(Tensor)

    def verify(self) -> None:
        type = self.result.type
        assert isinstance(type, TensorType)
        if self.copy is not None:
            if self.dynamic_sizes:
                raise VerifyError("dynamic sizes not needed when copying a tensor")
            if self.copy.type is not type:
                raise VerifyError("expected that `copy` and return type match")
        elif len(self.dynamic_sizes) != type.num_dynamic_dims:
            raise VerifyError(f"expected {type.num_dynamic_dims} dynamic sizes")

    @classmethod
    def parse(cls, p: OpParser) -> AllocTensor:
        names = p.operand_list("(", ")")
        copy = hint = None
        if p.stream.accept("copy"):
            p.stream.expect("(")
            copy = p.operand()
            p.stream.expect(")")
        if p.stream.accept("size_hint"):
            p.stream.expect("=")
            hint = p.operand()
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [p.resolve(name, index) for name in names]
        operands += [p.resolve(copy, type)] if copy is not None else []
        operands += [p.resolve(hint, index)] if hint is not None else []
        segments = [len(names), int(copy is not None), int(hint is not None)]
        built: AllocTensor = p.build(cls, operands, [type], attributes, segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        p("(")
        p.values(self.dynamic_sizes)
        p(")")
        if self.copy is not None:
            p(" copy(")
            p.value(self.copy)
            p(")")
        if self.size_hint is not None:
            p(" size_hint=")
            p.value(self.size_hint)
        p.attr_dict(self)
        p(" : ")
        p.type(self.result.type)


class Clone(MemoryEffects, Op, name="bufferization.clone"):
    """A buffer with the content of another, neither of which may be written afterwards.

    %1 = bufferization.clone %0 : memref<?xf32> to memref<?xf32>
    """

    input: Value = operand(AnyMemRef)
    output: Value = result(AnyMemRef)
    assembly = "$input attr-dict `:` type($input) `to` type($output)"

    def effects(self) -> Sequence[Effect]:
        return [Effect("read", self.input), Effect("allocate", self.output), Effect("write", self.output)]


class DeallocTensor(Op, name="bufferization.dealloc_tensor"):
    """Release the buffer of a tensor.

    bufferization.dealloc_tensor %t : tensor<8xf32>
    """

    tensor: Value = operand(AnyTensor)
    assembly = "$tensor attr-dict `:` type($tensor)"


class Dealloc(Op, name="bufferization.dealloc"):
    """Release those buffers whose condition holds, unless they alias a retained one; the results say who owns these.

    %o = bufferization.dealloc (%a, %b : memref<2xf32>, memref<4xi32>) if (%c, %d) retain (%r : memref<?xf32>)
    """

    memrefs: Sequence[Value] = variadic(AnyMemRef)
    conditions: Sequence[Value] = variadic(I1)
    retained: Sequence[Value] = variadic(AnyMemRef)
    updated_conditions: Sequence[Value] = variadic_results(I1)

    def infer(self) -> Sequence[Type]:
        return [i1] * len(self.retained)

    def verify(self) -> None:
        if len(self.memrefs) != len(self.conditions):
            raise VerifyError("must have the same number of conditions as memrefs to deallocate")
        if len(self.retained) != len(self.updated_conditions):
            raise VerifyError("must have the same number of updated conditions (results) as retained operands")
        if not self.memrefs and self.retained:
            raise VerifyError("must have at least one memref to deallocate to have retained operands")

    @classmethod
    def parse(cls, p: OpParser) -> Dealloc:
        memrefs: list[Value] = []
        conditions: list[Value] = []
        retained: list[Value] = []
        if p.stream.peek() == "(":
            memrefs = _typed_list(p)
            p.stream.expect("if")
            conditions = [p.resolve(name, i1) for name in p.operand_list("(", ")")]
        if p.stream.accept("retain"):
            retained = _typed_list(p)
        segments = [len(memrefs), len(conditions), len(retained)]
        operands = [*memrefs, *conditions, *retained]
        built: Dealloc = p.build(cls, operands, [i1] * len(retained), p.attr_dict(), segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        if self.memrefs:
            _print_typed_list(p, self.memrefs)
            p(" if (")
            p.values(self.conditions)
            p(")")
        if self.retained:
            p(" retain")
            _print_typed_list(p, self.retained)
        p.attr_dict(self)


def _typed_list(p: OpParser) -> list[Value]:
    """`(%a, %b : t, t)`."""
    names = p.operand_list("(")
    p.stream.expect(":")
    types = p.types()
    p.stream.expect(")")
    return p.resolve_all(names, types)


def _print_typed_list(p: OpPrinter, values: Sequence[Value]) -> None:
    p(" (")
    p.values(values)
    p(" : ")
    p.types([value.type for value in values])
    p(")")


class MaterializeInDestination(MemoryEffects, Op, name="bufferization.materialize_in_destination"):
    """Put a tensor into the buffer of another tensor, or into a buffer.

    %r = bufferization.materialize_in_destination %t in %d : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    bufferization.materialize_in_destination %t in restrict writable %m : (tensor<?xf32>, memref<?xf32>) -> ()
    """

    source: Value = operand(Tensor)
    dest: Value = operand()
    restrict: UnitAttr | None = attribute(UnitAttr, default=None)
    writable: UnitAttr | None = attribute(UnitAttr, default=None)
    destination: Sequence[Value] = variadic_results(Tensor)
    assembly = (
        "$source `in` (`restrict` $restrict^)? (`writable` $writable^)? $dest attr-dict `:` "
        "functional-type(operands, results)"
    )

    def verify(self) -> None:
        target = self.dest.type
        if not isinstance(target, TensorType | MemRefType):
            raise VerifyError("'dest' must be a tensor or a memref")
        is_tensor = isinstance(target, TensorType)
        if is_tensor and [value.type for value in self.destination] != [target]:
            raise VerifyError("tensor 'dest' implies exactly one tensor result")
        if not is_tensor and self.destination:
            raise VerifyError("memref 'dest' implies zero results")
        if not is_tensor and self.restrict is None:
            raise VerifyError("'restrict' must be set if dest is of memref type")
        if (self.writable is None) is not is_tensor:
            raise VerifyError("'writable' must be specified if and only if the destination is of memref type")
        _same_shape(self.source.type, target)

    def effects(self) -> Sequence[Effect]:
        return [Effect("write", self.dest)] if isinstance(self.dest.type, MemRefType) else []


def _same_shape(a: Type, b: Type) -> None:
    assert isinstance(a, ShapedType)
    assert isinstance(b, ShapedType)
    if len(a.shape) != len(b.shape):
        raise VerifyError("source/destination shapes are incompatible")
    if element_type(a) is not element_type(b):
        raise VerifyError("source/destination element types do not match")
    if any(m is not None and n is not None and m != n for m, n in zip(a.shape, b.shape, strict=True)):
        raise VerifyError("source/destination shapes are incompatible")


def tensor_of(type: Type) -> Type:
    """The tensor type of a buffer's content."""
    if isinstance(type, UnrankedMemRefType):
        return UnrankedTensorType(type.element_type)
    assert isinstance(type, MemRefType)
    return TensorType(type.shape, type.element_type)


class ToTensor(MemoryEffects, Op, name="bufferization.to_tensor"):
    """The content of a buffer as a tensor; `restrict`: no other op makes a tensor of it; `writable`: it may be overwritten.

    %t = bufferization.to_tensor %m restrict writable : memref<4xf32>
    """

    memref: Value = operand(AnyMemRef)
    restrict: UnitAttr | None = attribute(UnitAttr, default=None)
    writable: UnitAttr | None = attribute(UnitAttr, default=None)
    result: Value = result(AnyTensor)
    assembly = "$memref (`restrict` $restrict^)? (`writable` $writable^)? attr-dict `:` type($memref)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.memref),)

    def infer(self) -> Sequence[Type]:
        return (tensor_of(self.memref.type),)

    def verify(self) -> None:
        if self.result.type is not tensor_of(self.memref.type):
            raise VerifyError("type of the result must be the tensor type equivalent to the memref's type")


class ToMemref(Op, name="bufferization.to_memref", traits=[Pure]):
    """The buffer of a tensor; `read_only`: it is not written to.

    %m = bufferization.to_memref %t : memref<4xf32>
    """

    tensor: Value = operand(AnyTensor)
    read_only: UnitAttr | None = attribute(UnitAttr, default=None)
    memref: Value = result(AnyMemRef)
    types_match: ClassVar[TypesMatch] = {"tensor": ("memref", tensor_of)}
    assembly = "$tensor (`read_only` $read_only^)? attr-dict `:` type($memref)"

    def verify(self) -> None:
        type = self.tensor.type
        plain = TensorType(type.shape, type.element_type) if isinstance(type, TensorType) else type
        if plain is not tensor_of(self.memref.type):
            raise VerifyError("type of the tensor must be the tensor type equivalent to the memref's type")
