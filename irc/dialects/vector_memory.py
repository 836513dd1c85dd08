"""The ops of `vector` that read and write buffers and tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.ir.attributes import IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import MemRefType, ShapedType, TensorType, Type, VectorType, i1
from irc.ir.value import Value
from irc.ods.attribute_constraints import Bool
from irc.ods.constraints import Constraint, Index, MemRef, Vector
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

Shaped = Constraint(
    "ranked tensor or memref of any type values", lambda type: isinstance(type, TensorType | MemRefType)
)
Mask = Constraint(
    "vector of 1-bit signless integer values", lambda type: isinstance(type, VectorType) and type.element_type is i1
)


def vector_type(value: Value) -> VectorType:
    """The type of a value that is known to be a vector."""
    type = value.type
    assert isinstance(type, VectorType)
    return type


def shaped_type(value: Value) -> ShapedType:
    """The type of a value that is known to be a tensor, a memref or a vector."""
    type = value.type
    assert isinstance(type, ShapedType)
    return type


def mask_of(type: VectorType) -> VectorType:
    """The type of a mask for vectors of `type`."""
    return VectorType(type.shape, i1, type.scalable)


def _verify_access(what: str, base: Value, indices: Sequence[Value], vector: VectorType) -> None:
    type = shaped_type(base)
    element = type.element_type
    inner = element.element_type if isinstance(element, VectorType) else element
    if inner is not vector.element_type:
        raise VerifyError("base and result element types should match" if what == "load" else
                          "base and valueToStore element type should match")  # fmt: skip
    if len(indices) != type.rank:
        raise VerifyError(f"requires {type.rank} indices")


class Load(MemoryEffects, Op, name="vector.load"):
    """Neighbouring elements of a buffer, along its last dimensions.

    %v = vector.load %m[%i, %j] : memref<4x?xf32>, vector<8xf32>
    """

    base: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    nontemporal: IntegerAttr | None = attribute(IntegerAttr, default=None, where=Bool)
    result: Value = result(Vector)
    assembly = "$base `[` $indices `]` attr-dict `:` type($base) `,` type($result)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.base),)

    def verify(self) -> None:
        _verify_access("load", self.base, self.indices, vector_type(self.result))


class Store(MemoryEffects, Op, name="vector.store"):
    """Writes neighbouring elements of a buffer, along its last dimensions.

    vector.store %v, %m[%i, %j] : memref<4x?xf32>, vector<8xf32>
    """

    valueToStore: Value = operand(Vector)
    base: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    nontemporal: IntegerAttr | None = attribute(IntegerAttr, default=None, where=Bool)
    assembly = "$valueToStore `,` $base `[` $indices `]` attr-dict `:` type($base) `,` type($valueToStore)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.base),)

    def verify(self) -> None:
        _verify_access("store", self.base, self.indices, vector_type(self.valueToStore))


class MaskedReading(MemoryEffects, Op):
    """Elements of a buffer where the mask is set, those of `pass_thru` elsewhere."""

    base: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    mask: Value = operand(Mask)
    pass_thru: Value = operand(Vector)
    result: Value = result(Vector)
    assembly = (
        "$base `[` $indices `]` `,` $mask `,` $pass_thru attr-dict `:` type($base) `,` type($mask) `,` "
        "type($pass_thru) `into` type($result)"
    )
    unlike_mask: ClassVar[str] = "expected result dim to match mask dim"

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.base),)

    def verify(self) -> None:
        type = vector_type(self.result)
        _verify_access("load", self.base, self.indices, type)
        if self.mask.type is not mask_of(type):
            raise VerifyError(self.unlike_mask)
        if self.pass_thru.type is not type:
            raise VerifyError("expected pass_thru of same type as result type")


class MaskedLoad(MaskedReading, name="vector.maskedload"):
    """Neighbouring elements of a buffer where the mask is set, those of `pass_thru` elsewhere, which are not touched.

    %v = vector.maskedload %m[%i], %mask, %other : memref<?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
    """

    unlike_mask = "expected result shape to match mask shape"


class ExpandLoad(MaskedReading, name="vector.expandload"):
    """The next elements of a buffer, one for each lane that the mask sets; those of `pass_thru` elsewhere.

    %v = vector.expandload %m[%i], %mask, %other : memref<?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
    """


class MaskedWriting(MemoryEffects, Op):
    """Writes the lanes of a vector that the mask sets."""

    base: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    mask: Value = operand(Mask)
    valueToStore: Value = operand(Vector)
    assembly = (
        "$base `[` $indices `]` `,` $mask `,` $valueToStore attr-dict `:` type($base) `,` type($mask) `,` "
        "type($valueToStore)"
    )
    unlike_mask: ClassVar[str] = "expected valueToStore dim to match mask dim"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.base),)

    def verify(self) -> None:
        type = vector_type(self.valueToStore)
        _verify_access("store", self.base, self.indices, type)
        if self.mask.type is not mask_of(type):
            raise VerifyError(self.unlike_mask)


class MaskedStore(MaskedWriting, name="vector.maskedstore"):
    """Writes neighbouring elements of a buffer where the mask is set.

    vector.maskedstore %m[%i], %mask, %v : memref<?xf32>, vector<8xi1>, vector<8xf32>
    """

    unlike_mask = "expected valueToStore shape to match mask shape"


class CompressStore(MaskedWriting, name="vector.compressstore"):
    """Writes the elements of the lanes that the mask sets, one after the other.

    vector.compressstore %m[%i], %mask, %v : memref<?xf32>, vector<8xi1>, vector<8xf32>
    """


class Gather(MemoryEffects, Op, name="vector.gather"):
    """Elements at distances along the last dimension, where the mask is set; those of `pass_thru` elsewhere.

    %v = vector.gather %m[%i] [%at], %mask, %other
           : memref<?xf32>, vector<8xi32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
    """

    base: Value = operand(Shaped)
    indices: Sequence[Value] = variadic(Index)
    index_vec: Value = operand(Vector)
    mask: Value = operand(Mask)
    pass_thru: Value = operand(Vector)
    result: Value = result(Vector)
    assembly = (
        "$base `[` $indices `]` `[` $index_vec `]` `,` $mask `,` $pass_thru attr-dict `:` type($base) `,` "
        "type($index_vec) `,` type($mask) `,` type($pass_thru) `into` type($result)"
    )

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.base),) if isinstance(self.base.type, MemRefType) else ()

    def verify(self) -> None:
        type = vector_type(self.result)
        base = shaped_type(self.base)
        if base.element_type is not type.element_type:
            raise VerifyError("base and result element type should match")
        if len(self.indices) != base.rank:
            raise VerifyError(f"requires {base.rank} indices")
        if vector_type(self.index_vec).shape != type.shape:
            raise VerifyError("expected result dim to match indices dim")
        if self.mask.type is not mask_of(type):
            raise VerifyError("expected result dim to match mask dim")
        if self.pass_thru.type is not type:
            raise VerifyError("expected pass_thru of same type as result type")


class Scatter(MemoryEffects, Op, name="vector.scatter"):
    """Writes elements at distances along the last dimension, where the mask is set.

    vector.scatter %m[%i] [%at], %mask, %v : memref<?xf32>, vector<8xi32>, vector<8xi1>, vector<8xf32>
    """

    base: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    index_vec: Value = operand(Vector)
    mask: Value = operand(Mask)
    valueToStore: Value = operand(Vector)
    assembly = (
        "$base `[` $indices `]` `[` $index_vec `]` `,` $mask `,` $valueToStore attr-dict `:` type($base) `,` "
        "type($index_vec) `,` type($mask) `,` type($valueToStore)"
    )

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.base),)

    def verify(self) -> None:
        type = vector_type(self.valueToStore)
        _verify_access("store", self.base, self.indices, type)
        if vector_type(self.index_vec).shape != type.shape:
            raise VerifyError("expected valueToStore dim to match indices dim")
        if self.mask.type is not mask_of(type):
            raise VerifyError("expected valueToStore dim to match mask dim")


class TypeCast(Op, name="vector.type_cast", traits=[Pure]):
    """A buffer seen as one vector.

    %v = vector.type_cast %m : memref<4x8xf32> to memref<vector<4x8xf32>>
    """

    memref: Value = operand(MemRef)
    result: Value = result(MemRef)
    assembly = "$memref attr-dict `:` type($memref) `to` type($result)"

    def verify(self) -> None:
        source, target = shaped_type(self.memref), shaped_type(self.result)
        if not source.has_static_shape or not target.has_static_shape:
            raise VerifyError("expects operand to be a memref with static shape")
        if _scalars(source) != _scalars(target):
            raise VerifyError("expects result and operand with same underlying scalar type and as many elements")


def _scalars(type: ShapedType) -> tuple[int, Type]:
    """How many numbers, and of which type."""
    element = type.element_type
    if isinstance(element, VectorType):
        return type.num_elements * element.num_elements, element.element_type
    return type.num_elements, element
