"""Accesses of `affine`: the indices are affine expressions of loop variables and symbols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from irc.dialects.affine_scopes import check_indices
from irc.dialects.affine_syntax import parse_subscripts, print_subscripts
from irc.dialects.memref_transfers import parse_hints, print_hints
from irc.ir.affine import AffineMap
from irc.ir.attributes import AffineMapAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.types import MemRefType, Type, element_type
from irc.ir.value import Value
from irc.ods.attribute_constraints import I32, Bool
from irc.ods.constraints import Index, MemRef, Vector
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def check_access(op: Reading | Writing | Prefetch) -> None:
    """Raise `VerifyError` unless the map gives an index for each dimension of the buffer, from what may be used for it."""
    type, map = op.memref.type, op.map.map
    assert isinstance(type, MemRefType)
    if len(map.results) != type.rank:
        raise VerifyError("affine map num results must equal memref rank")
    if len(op.indices) != map.num_dims + map.num_symbols:
        raise VerifyError("expects as many subscripts as affine map inputs")
    check_indices(op, op.indices)


def parse_place(p: OpParser) -> tuple[int, AffineMap, list[Value]]:
    """`%m[%i + 3]`: the buffer, the map of its indices, and the operands of that."""
    return p.operand(), *parse_subscripts(p)


def print_place(p: OpPrinter, op: Reading | Writing | Prefetch) -> None:
    """What `parse_place` reads."""
    p.value(op.memref)
    print_subscripts(p, op.map.map, op.indices)


def parse_types(p: OpParser, with_vector: bool) -> tuple[Type, Type]:
    """`: memref<…>, vector<…>`, or `: memref<…>`: the types of the buffer and of what is read or written."""
    p.stream.expect(":")
    type = p.type()
    if not with_vector:
        return type, element_type(type)
    p.stream.expect(",")
    return type, p.type()


class Reading(MemoryEffects, Op):
    """Base of ops that read a buffer."""

    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    map: AffineMapAttr = attribute(AffineMapAttr)

    with_vector: ClassVar[bool] = False
    """Whether a vector is read, whose type is written, or else an element."""

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.memref),)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        memref, map, indices = parse_place(p)
        attributes = p.more_attributes({"map": AffineMapAttr(map)})
        types = parse_types(p, cls.with_vector)
        return p.build(cls, [p.resolve(memref, types[0]), *indices], [types[1]], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        print_place(p, self)
        p.attr_dict(self, ("map",))
        p(" : ")
        p.types([self.memref.type, *(value.type for value in self.results if self.with_vector)])


class Writing(MemoryEffects, Op):
    """Base of ops that write a buffer."""

    value: Value = operand()
    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    map: AffineMapAttr = attribute(AffineMapAttr)

    with_vector: ClassVar[bool] = False
    """Whether a vector is written, whose type is stated, or else an element."""

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.memref),)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        value = p.operand()
        p.stream.expect(",")
        memref, map, indices = parse_place(p)
        attributes = p.more_attributes({"map": AffineMapAttr(map)})
        types = parse_types(p, cls.with_vector)
        operands = [p.resolve(value, types[1]), p.resolve(memref, types[0]), *indices]
        return p.build(cls, operands, (), attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.value)
        p(", ")
        print_place(p, self)
        p.attr_dict(self, ("map",))
        p(" : ")
        p.types([self.memref.type, self.value.type] if self.with_vector else [self.memref.type])


class Load(Reading, name="affine.load"):
    """One element.

    %x = affine.load %m[%i + 3, symbol(%n) floordiv 2] : memref<4x?xf32>
    """

    result: Value = result()

    def infer(self) -> Sequence[Type]:
        return (element_type(self.memref.type),)

    def verify(self) -> None:
        if self.result.type is not element_type(self.memref.type):
            raise VerifyError("result type must match element type of memref")
        check_access(self)


class Store(Writing, name="affine.store"):
    """Writes one element.

    affine.store %x, %m[%i, %j mod 2] : memref<4x?xf32>
    """

    def verify(self) -> None:
        if self.value.type is not element_type(self.memref.type):
            raise VerifyError("value to store must have the same type as memref element type")
        check_access(self)


def check_vector(op: Reading | Writing, vector: Type) -> None:
    """Raise `VerifyError` unless buffer and vector have elements of one type, and the access is right."""
    if element_type(op.memref.type) is not element_type(vector):
        raise VerifyError("requires memref and vector types of the same elemental type")
    check_access(op)


class VectorLoad(Reading, name="affine.vector_load"):
    """Several elements that follow each other.

    %v = affine.vector_load %m[%i, 0] : memref<4x?xf32>, vector<8xf32>
    """

    with_vector = True

    result: Value = result(Vector)

    def verify(self) -> None:
        check_vector(self, self.result.type)


class VectorStore(Writing, name="affine.vector_store"):
    """Writes several elements that follow each other.

    affine.vector_store %v, %m[%i, 0] : memref<4x?xf32>, vector<8xf32>
    """

    with_vector = True

    def verify(self) -> None:
        if not Vector.accepts(self.value.type):
            raise VerifyError(f"operand #0 must be {Vector.description}, but got '{self.value.type}'")
        check_vector(self, self.value.type)


class Prefetch(MemoryEffects, Op, name="affine.prefetch"):
    """Brings an element near, to be read or written; `locality` is 0 (used once) to 3 (used often).

    affine.prefetch %m[%i, %j + 5], read, locality<3>, data : memref<4x4xf32>
    """

    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    isWrite: IntegerAttr = attribute(IntegerAttr, where=Bool)
    localityHint: IntegerAttr = attribute(IntegerAttr, where=I32.between(0, 3))
    isDataCache: IntegerAttr = attribute(IntegerAttr, where=Bool)
    map: AffineMapAttr = attribute(AffineMapAttr)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.memref),)

    def verify(self) -> None:
        check_access(self)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        memref, map, indices = parse_place(p)
        attributes = p.more_attributes({"map": AffineMapAttr(map), **parse_hints(p)})
        p.stream.expect(":")
        return p.build(cls, [p.resolve(memref, p.type()), *indices], (), attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        print_place(p, self)
        print_hints(p, self.isWrite, self.localityHint, self.isDataCache)
        p.attr_dict(self, ("map", "isWrite", "localityHint", "isDataCache"))
        p(" : ")
        p.type(self.memref.type)
