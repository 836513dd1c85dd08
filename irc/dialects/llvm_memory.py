"""Memory, aggregates and vector elements of the `llvm` dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr, TypeAttr, UnitAttr, unit
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import Type, VectorType
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

DYNAMIC = -(1 << 31)
"""Marks, in `rawConstantIndices`, an index that is an operand."""

V = Var("V", ty.Vector)


class GetElementPtr(Op, name="llvm.getelementptr", traits=[Pure]):
    """The address of an element.

    The first index counts in units of `elem_type`, the others go into it; constants and operands may be mixed.

    %q = llvm.getelementptr %p[%i, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<4 x f32>
    """

    base: Value = operand(ty.PointerOrVector)
    dynamicIndices: Sequence[Value] = variadic(ty.Integer)
    rawConstantIndices: DenseArrayAttr = attribute(DenseArrayAttr)
    elem_type: TypeAttr = attribute(TypeAttr)
    inbounds: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(ty.PointerOrVector)

    def infer(self) -> Sequence[Type]:
        return (self.base.type,)

    @staticmethod
    def of(base: Value, element: Type, indices: Sequence[Value | int], inbounds: bool = True) -> GetElementPtr:
        """The address from a mixed list of indices."""
        dynamic = [index for index in indices if not isinstance(index, int)]
        raw = tuple([index if isinstance(index, int) else DYNAMIC for index in indices])
        return GetElementPtr(base, dynamic, DenseArrayAttr.i32(raw), TypeAttr(element), unit if inbounds else None)

    @property
    def indices(self) -> list[Value | int]:
        """Constants and operands in their order."""
        dynamic = iter(self.dynamicIndices)
        return [next(dynamic) if raw == DYNAMIC else int(raw) for raw in self.rawConstantIndices.values]

    def verify(self) -> None:
        raw = self.rawConstantIndices.values
        if list(raw).count(DYNAMIC) != len(self.dynamicIndices):
            raise VerifyError("expected as many dynamic indices as specified in 'rawConstantIndices'")
        type = self.elem_type.type
        for i, index in enumerate(self.indices[1:], 1):
            match type:
                case ty.StructType():
                    if not isinstance(index, int):
                        raise VerifyError(f"expected index {i} indexing a struct to be constant")
                    if not 0 <= index < len(type.members):
                        raise VerifyError(f"index {i} indexing a struct is out of bounds")
                    type = type.members[index]
                case ty.ArrayType():
                    type = type.element
                case VectorType():
                    type = type.element_type
                case _:
                    raise VerifyError(f"type '{type}' cannot be indexed (index #{i})")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {"inbounds": unit} if stream.accept("inbounds") else {}
        base = p.operand()
        stream.expect("[")
        dynamic: list[int] = []
        raw: list[int] = []
        while not stream.accept("]"):
            if raw:
                stream.expect(",")
            if stream.peek()[:1] == "%":
                dynamic.append(p.operand())
                raw.append(DYNAMIC)
            else:
                raw.append(p.integer(32))
        attributes.update(p.attr_dict())
        stream.expect(":")
        signature = p.function_type()
        stream.expect(",")
        attributes["elem_type"] = TypeAttr(p.type())
        attributes["rawConstantIndices"] = DenseArrayAttr.i32(tuple(raw))
        values = p.resolve_all([base, *dynamic], signature.inputs)
        return p.build(cls, values, signature.results, attributes)

    def print(self, p: OpPrinter) -> None:
        p(" inbounds " if self.inbounds is not None else " ")
        p.value(self.base)
        p("[")
        for i, index in enumerate(self.indices):
            p(", " if i else "")
            if isinstance(index, int):
                p(str(index))
            else:
                p.value(index)
        p("]")
        p.attr_dict(self, ("inbounds", "elem_type", "rawConstantIndices"))
        p(" : ")
        p.functional_type(self.operands, self.results)
        p(", ")
        p.type(self.elem_type.type)


class Alloca(Op, MemoryEffects, name="llvm.alloca"):
    """Memory on the stack, until the function returns.

    %p = llvm.alloca %n x f32 : (i64) -> !llvm.ptr
    """

    arraySize: Value = operand(ty.ScalarInteger)
    elem_type: TypeAttr = attribute(TypeAttr)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    inalloca: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(ty.Pointer)

    def infer(self) -> Sequence[Type]:
        return (ty.ptr,)

    def effects(self) -> Sequence[Effect]:
        return (Effect("allocate", self.results[0]),)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {"inalloca": unit} if stream.accept("inalloca") else {}
        size = p.operand()
        stream.expect("x")
        attributes["elem_type"] = TypeAttr(p.type())
        attributes |= p.attr_dict()
        alignment = attributes.get("alignment")
        if isinstance(alignment, IntegerAttr) and alignment.value == 0:
            del attributes["alignment"]
        stream.expect(":")
        position = stream.pos
        signature = p.function_type()
        if len(signature.inputs) != 1 or len(signature.results) != 1:
            raise stream.error("expected trailing function type with one argument and one result", position)
        return p.build(cls, [p.resolve(size, signature.inputs[0])], signature.results, attributes)

    def print(self, p: OpPrinter) -> None:
        p(" inalloca " if self.inalloca is not None else " ")
        p.value(self.arraySize)
        p(" x ")
        p.type(self.elem_type.type)
        p.attr_dict(self, ("elem_type", "inalloca"))
        p(" : ")
        p.functional_type(self.operands, self.results)


# -- aggregates ------------------------------------------------------------------------------------------------------


def element_at(container: Type, position: Sequence[int | float]) -> Type:
    """The type at a position inside an aggregate; raises `VerifyError` where there is none."""
    type = container
    for index in position:
        match type:
            case ty.StructType() if 0 <= index < len(type.members):
                type = type.members[int(index)]
            case ty.ArrayType() if 0 <= index < type.size:
                type = type.element
            case ty.StructType() | ty.ArrayType():
                raise VerifyError(f"position out of bounds: {index} in '{type}'")
            case _:
                raise VerifyError(f"expected LLVM IR structure/array type, got '{type}'")
    return type


def _position(p: OpParser) -> DenseArrayAttr:
    position = p.stream.pos
    array = p.integer_array()
    if not array.values:
        raise p.stream.error("expected the position of a member", position)
    return array


def _element_at(p: OpParser, container: Type, position: DenseArrayAttr) -> Type:
    try:
        return element_at(container, position.values)
    except VerifyError as problem:
        raise p.stream.error(problem.message, p.stream.pos - 1) from None


class ExtractValue(Op, name="llvm.extractvalue", traits=[Pure]):
    """A member of a struct or an array.

    %x = llvm.extractvalue %s[1] : !llvm.struct<(ptr, i64)>
    """

    container: Value = operand(ty.Aggregate)
    position: DenseArrayAttr = attribute(DenseArrayAttr)
    res: Value = result(ty.Compatible)
    assembly = "$container `` $position attr-dict `:` type($container)"

    @staticmethod
    def of(container: Value, position: Sequence[int]) -> ExtractValue:
        """The member at `position`."""
        return ExtractValue(container, DenseArrayAttr.i64(tuple(position)))

    def infer(self) -> Sequence[Type]:
        return (element_at(self.container.type, self.position.values),)

    def verify(self) -> None:
        (expected,) = self.infer()
        if self.res.type is not expected:
            raise VerifyError(f"Type mismatch: extracting from '{self.container.type}' should produce '{expected}'")


class InsertValue(Op, name="llvm.insertvalue", traits=[Pure]):
    """A struct or an array with one member replaced.

    %t = llvm.insertvalue %x, %s[1] : !llvm.struct<(ptr, i64)>
    """

    container: Value = operand(ty.Aggregate)
    value: Value = operand(ty.Compatible)
    position: DenseArrayAttr = attribute(DenseArrayAttr)
    res: Value = result(ty.Aggregate)

    @staticmethod
    def of(container: Value, value: Value, position: Sequence[int]) -> InsertValue:
        """The aggregate with `value` at `position`."""
        return InsertValue(container, value, DenseArrayAttr.i64(tuple(position)))

    def infer(self) -> Sequence[Type]:
        return (self.container.type,)

    def verify(self) -> None:
        expected = element_at(self.container.type, self.position.values)
        if self.value.type is not expected:
            raise VerifyError(f"Type mismatch: cannot insert '{self.value.type}' into '{self.container.type}'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        value = p.operand()
        p.stream.expect(",")
        container = p.operand()
        position = _position(p)
        attributes = {**p.attr_dict(), "position": position}
        p.stream.expect(":")
        type = p.type()
        element = _element_at(p, type, position)
        values = [p.resolve(container, type), p.resolve(value, element)]
        return p.build(cls, values, [type], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values([self.value, self.container])
        p(f"[{', '.join(map(str, self.position.values))}]")
        p.attr_dict(self, ("position",))
        p(" : ")
        p.type(self.container.type)


# -- vectors ---------------------------------------------------------------------------------------------------------


class ExtractElement(Op, name="llvm.extractelement", traits=[Pure]):
    """An element of a vector at a run-time position.

    %x = llvm.extractelement %v[%i : i32] : vector<4xf32>
    """

    vector: Value = operand(ty.Vector)
    position: Value = operand(ty.ScalarInteger)
    res: Value = result(ty.Compatible)
    assembly = "$vector `[` $position `:` type($position) `]` attr-dict `:` type($vector)"

    def infer(self) -> Sequence[Type]:
        type = self.vector.type
        assert isinstance(type, VectorType)
        return (type.element_type,)


class InsertElement(Op, name="llvm.insertelement", traits=[Pure]):
    """A vector with one element replaced.

    %u = llvm.insertelement %x, %v[%i : i32] : vector<4xf32>
    """

    vector: Value = operand(V)
    value: Value = operand(ty.Compatible)
    position: Value = operand(ty.ScalarInteger)
    res: Value = result(V)

    def verify(self) -> None:
        type = self.vector.type
        assert isinstance(type, VectorType)
        if self.value.type is not type.element_type:
            raise VerifyError(f"Type mismatch: cannot insert '{self.value.type}' into '{type}'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        value = p.operand()
        stream.expect(",")
        vector = p.operand()
        stream.expect("[")
        position = p.operand()
        stream.expect(":")
        position_type = p.type()
        stream.expect("]")
        attributes = p.attr_dict()
        stream.expect(":")
        place = stream.pos
        type = p.type()
        if not isinstance(type, VectorType):
            raise stream.error(f"expected a vector type, got '{type}'", place)
        values = p.resolve_all([vector, value, position], [type, type.element_type, position_type])
        return p.build(cls, values, [type], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values([self.value, self.vector])
        p("[")
        p.value(self.position)
        p(" : ")
        p.type(self.position.type)
        p("]")
        p.attr_dict(self)
        p(" : ")
        p.type(self.vector.type)


class ShuffleVector(Op, name="llvm.shufflevector", traits=[Pure]):
    """Elements of two vectors by constant positions; -1 leaves the element undefined.

    %r = llvm.shufflevector %a, %b [0, 4, 1, 5] : vector<4xf32>
    """

    v1: Value = operand(V)
    v2: Value = operand(V)
    mask: DenseArrayAttr = attribute(DenseArrayAttr)
    res: Value = result(ty.Vector)

    @staticmethod
    def of(v1: Value, v2: Value, mask: Sequence[int]) -> ShuffleVector:
        """The elements of the two at the positions of `mask`."""
        return ShuffleVector(v1, v2, DenseArrayAttr.i32(tuple(mask)))

    def infer(self) -> Sequence[Type]:
        type = self.v1.type
        assert isinstance(type, VectorType)
        if not self.mask.values:
            raise VerifyError("mask must not be empty")
        return (ty.vector_of(type.element_type, type, (len(self.mask.values),)),)

    def verify(self) -> None:
        (expected,) = self.infer()
        if self.res.type is not expected:
            raise VerifyError(f"result type must be '{expected}', as the mask says, but got '{self.res.type}'")
        type = self.v1.type
        assert isinstance(type, VectorType)
        if any(not -1 <= index < 2 * type.num_elements for index in self.mask.values):
            raise VerifyError("mask element out of bounds")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        lhs = p.operand()
        p.stream.expect(",")
        rhs = p.operand()
        mask = DenseArrayAttr.i32(tuple([int(value) for value in _position(p).values]))
        attributes = {**p.attr_dict(), "mask": mask}
        p.stream.expect(":")
        place = p.stream.pos
        type = p.type()
        if not isinstance(type, VectorType):
            raise p.stream.error(f"expected a vector type, got '{type}'", place)
        values = p.resolve_all([lhs, rhs], [type, type])
        return p.build(cls, values, [ty.vector_of(type.element_type, type, (len(mask.values),))], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p(f" [{', '.join(map(str, self.mask.values))}]")
        p.attr_dict(self, ("mask",))
        p(" : ")
        p.type(self.v1.type)
