"""The ops of `vector` that take elements and parts out, put them in, and move them about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import DYNAMIC, Mixed, join_mixed, parse_mixed, print_mixed, split_mixed
from irc.dialects.vector_memory import vector_type
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.dense import from_numpy, splat_value, to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import IndexType, IntegerType, Type, VectorType, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Index, Vector
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

Position = Constraint("signless integer or index", lambda type: isinstance(type, IntegerType | IndexType))


def _position_type(vector: VectorType, depth: int) -> Type:
    """What stands at a position of `depth` indices: a vector of the other dimensions, or an element."""
    if depth == vector.rank:
        return vector.element_type
    return VectorType(vector.shape[depth:], vector.element_type, vector.scalable[depth:])


def _verify_position(
    vector: VectorType, static: DenseArrayAttr, dynamic: Sequence[Value], found: Type, what: str
) -> None:
    if sum(value == DYNAMIC for value in static.values) != len(dynamic):
        raise VerifyError("expected as many dynamic positions as there are dynamic entries in static_position")
    depth = len(static.values)
    if depth > vector.rank:
        raise VerifyError(f"expected position attribute of rank no greater than {what} rank")
    for i, (value, size) in enumerate(zip(static.values, vector.shape, strict=False)):
        assert size is not None
        if value != DYNAMIC and not 0 <= value < size:
            raise VerifyError(
                f"expected position attribute #{i + 1} to be a non-negative integer smaller than the corresponding "
                f"{what} dimension"
            )
    expected = _position_type(vector, depth)
    # MLIR lets a vector of rank 0 or of one element stand for the element.
    if found is not expected and not (depth == vector.rank and found is VectorType((1,), vector.element_type)):
        raise VerifyError(f"expected '{expected}' at a position of {depth} indices, but got '{found}'")


class Extract(Op, name="vector.extract", traits=[Pure]):
    """An element, or the part at a position in the first dimensions.

    %x = vector.extract %v[0, %i] : f32 from vector<4x8xf32>
    """

    vector: Value = operand(Vector)
    dynamic_position: Sequence[Value] = variadic(Index)
    static_position: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result()

    @classmethod
    def of(cls, vector: Value, position: Sequence[Mixed]) -> Extract:
        """What stands at a position of values and numbers."""
        return cls(vector, *split_mixed(position))

    @property
    def position(self) -> tuple[Mixed, ...]:
        return join_mixed(self.dynamic_position, self.static_position)

    def infer(self) -> Sequence[Type]:
        return (_position_type(vector_type(self.vector), len(self.static_position.values)),)

    @classmethod
    def parse(cls, p: OpParser) -> Extract:
        vector = p.operand()
        dynamic, static = parse_mixed(p)
        attributes = {**p.attr_dict(), "static_position": static}
        p.stream.expect(":")
        result = p.type()
        p.stream.expect("from")
        operands = [p.resolve(vector, p.type()), *(p.resolve(each, index) for each in dynamic)]
        built: Extract = p.build(cls, operands, [result], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.vector)
        print_mixed(p, self.dynamic_position, self.static_position)
        p.attr_dict(self, ("static_position",))
        p(" : ")
        p.type(self.result.type)
        p(" from ")
        p.type(self.vector.type)

    def verify(self) -> None:
        _verify_position(
            vector_type(self.vector), self.static_position, self.dynamic_position, self.result.type, "vector"
        )

    def fold(self, vector: Attribute | None, *position: Attribute | None) -> FoldResult:
        type = self.result.type
        if not isinstance(vector, DenseElementsAttr) or self.dynamic_position:
            return None
        part = to_numpy(vector)[tuple(int(i) for i in self.static_position.values)]
        if isinstance(type, VectorType):
            return from_numpy(part, type)
        whole = from_numpy(part, VectorType((1,), type))
        return scalar_attribute(splat_value(whole), type)


def scalar_attribute(value: object, type: Type) -> Attribute | None:
    """The attribute of a Python number."""
    if isinstance(value, float):
        return FloatAttr.of(value, type)
    return IntegerAttr(value, type) if isinstance(value, int) else None


class Insert(Op, name="vector.insert", traits=[Pure]):
    """A vector with an element, or the part at a position in the first dimensions, replaced.

    %u = vector.insert %x, %v[0, %i] : f32 into vector<4x8xf32>
    """

    source: Value = operand()
    dest: Value = operand(Vector)
    dynamic_position: Sequence[Value] = variadic(Index)
    static_position: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result(Vector)

    @classmethod
    def of(cls, source: Value, dest: Value, position: Sequence[Mixed]) -> Insert:
        """The insertion at a position of values and numbers."""
        return cls(source, dest, *split_mixed(position))

    @property
    def position(self) -> tuple[Mixed, ...]:
        return join_mixed(self.dynamic_position, self.static_position)

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    @classmethod
    def parse(cls, p: OpParser) -> Insert:
        source = p.operand()
        p.stream.expect(",")
        dest = p.operand()
        dynamic, static = parse_mixed(p)
        attributes = {**p.attr_dict(), "static_position": static}
        p.stream.expect(":")
        source_type = p.type()
        p.stream.expect("into")
        type = p.type()
        operands = [
            p.resolve(source, source_type),
            p.resolve(dest, type),
            *(p.resolve(each, index) for each in dynamic),
        ]
        built: Insert = p.build(cls, operands, [type], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        p(", ")
        p.value(self.dest)
        p(" ")
        print_mixed(p, self.dynamic_position, self.static_position)
        p.attr_dict(self, ("static_position",))
        p(" : ")
        p.type(self.source.type)
        p(" into ")
        p.type(self.dest.type)

    def verify(self) -> None:
        if self.result.type is not self.dest.type:
            raise VerifyError("failed to verify that all of {dest, result} have same type")
        _verify_position(
            vector_type(self.dest), self.static_position, self.dynamic_position, self.source.type, "dest vector"
        )


class ExtractElement(Op, name="vector.extractelement", traits=[Pure]):
    """One element at a position known only at run time; rank 0 takes no position.

    %x = vector.extractelement %v[%i : i32] : vector<16xf32>
    """

    vector: Value = operand(Vector)
    position: Value | None = operand(Position, default=None)
    result: Value = result()
    assembly = "$vector `[` ($position^ `:` type($position))? `]` attr-dict `:` type($vector)"

    def infer(self) -> Sequence[Type]:
        return (element_type(self.vector.type),)

    def verify(self) -> None:
        _verify_element(vector_type(self.vector), self.position)
        if self.result.type is not element_type(self.vector.type):
            raise VerifyError("failed to verify that result type matches element type of vector operand")


def _verify_element(vector: VectorType, position: Value | None) -> None:
    if vector.rank == 0 and position is not None:
        raise VerifyError("expected position to be empty with 0-D vector")
    if vector.rank == 1 and position is None:
        raise VerifyError("expected position for 1-D vector")
    if vector.rank > 1:
        raise VerifyError("unexpected >1 vector rank")


class InsertElement(Op, name="vector.insertelement", traits=[Pure]):
    """A vector with one element, at a position known only at run time, replaced.

    %u = vector.insertelement %x, %v[%i : i32] : vector<16xf32>
    """

    source: Value = operand()
    dest: Value = operand(Vector)
    position: Value | None = operand(Position, default=None)
    result: Value = result(Vector)

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    @classmethod
    def parse(cls, p: OpParser) -> InsertElement:
        source = p.operand()
        p.stream.expect(",")
        dest = p.operand()
        p.stream.expect("[")
        position = p.optional_operand()
        position_type = None
        if position is not None:
            p.stream.expect(":")
            position_type = p.type()
        p.stream.expect("]")
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        operands = [p.resolve(source, element_type(type)), p.resolve(dest, type)]
        if position is not None and position_type is not None:
            operands.append(p.resolve(position, position_type))
        built: InsertElement = p.build(cls, operands, [type], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        p(", ")
        p.value(self.dest)
        p("[")
        if self.position is not None:
            p.value(self.position)
            p(" : ")
            p.type(self.position.type)
        p("]")
        p.attr_dict(self)
        p(" : ")
        p.type(self.dest.type)

    def verify(self) -> None:
        _verify_element(vector_type(self.dest), self.position)
        if self.source.type is not element_type(self.dest.type):
            raise VerifyError("failed to verify that source operand type matches element type of result")
        if self.result.type is not self.dest.type:
            raise VerifyError("failed to verify that all of {dest, result} have same type")


class Shuffle(Op, name="vector.shuffle", traits=[Pure]):
    """Elements of two vectors, in any order: positions count along the first dimension, through one and then the other.

    %s = vector.shuffle %a, %b [0, 4] : vector<4xf32>, vector<4xf32>
    """

    v1: Value = operand(Vector)
    v2: Value = operand(Vector)
    mask: ArrayAttr = attribute(ArrayAttr)
    vector: Value = result(Vector)
    assembly = "operands $mask attr-dict `:` type(operands)"

    @property
    def positions(self) -> tuple[int, ...]:
        return integers(self.mask)

    def infer(self) -> Sequence[Type]:
        type = vector_type(self.v1)
        if not self.mask.elements:
            raise VerifyError("mask must not be empty")
        return (VectorType((len(self.mask.elements), *type.shape[1:]), type.element_type),)

    def verify(self) -> None:
        first, second = vector_type(self.v1), vector_type(self.v2)
        if first.shape[1:] != second.shape[1:] or first.element_type is not second.element_type:
            raise VerifyError("dimension mismatch")
        if vector_type(self.vector) is not self.infer()[0]:
            raise VerifyError("mask length mismatch")
        count = sum(type.shape[0] or 0 if type.rank else 1 for type in (first, second))
        for i, position in enumerate(self.positions):
            if not 0 <= position < count:
                raise VerifyError(f"mask index #{i + 1} out of range")


def integers(attribute: ArrayAttr | None) -> tuple[int, ...]:
    """The numbers of an array of integers."""
    elements = attribute.elements if attribute is not None else ()
    return tuple(each.value for each in elements if isinstance(each, IntegerAttr))


class Transpose(Op, name="vector.transpose", traits=[Pure]):
    """Dimensions in another order: dimension `i` of the result is dimension `permutation[i]` of the operand.

    %t = vector.transpose %v, [1, 0] : vector<4x8xf32> to vector<8x4xf32>
    """

    vector: Value = operand(Vector)
    permutation: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result(Vector)
    assembly = "$vector `,` $permutation attr-dict `:` type($vector) `to` type($result)"

    def infer(self) -> Sequence[Type]:
        type = vector_type(self.vector)
        order = [int(i) for i in self.permutation.values]
        if len(order) != type.rank:
            raise VerifyError(f"transposition length mismatch: {len(order)}")
        if sorted(order) != list(range(type.rank)):
            raise VerifyError("transposition must be a permutation of the dimensions")
        return (
            VectorType(tuple(type.shape[i] for i in order), type.element_type, tuple(type.scalable[i] for i in order)),
        )

    def verify(self) -> None:
        (expected,) = self.infer()
        if self.result.type is not expected:
            raise VerifyError("dimension size mismatch")

    def fold(self, vector: Attribute | None) -> FoldResult:
        order = tuple(int(i) for i in self.permutation.values)
        return self.vector if order == tuple(range(len(order))) else None


class ExtractStridedSlice(Op, name="vector.extract_strided_slice", traits=[Pure]):
    """A block of a vector; dimensions that are not named are taken whole.

    %s = vector.extract_strided_slice %v {offsets = [0], sizes = [2], strides = [1]}
           : vector<4x8xf32> to vector<2x8xf32>
    """

    vector: Value = operand(Vector)
    offsets: ArrayAttr = attribute(ArrayAttr)
    sizes: ArrayAttr = attribute(ArrayAttr)
    strides: ArrayAttr = attribute(ArrayAttr)
    result: Value = result(Vector)
    assembly = "$vector attr-dict `:` type($vector) `to` type($result)"

    def infer(self) -> Sequence[Type]:
        type, sizes = vector_type(self.vector), integers(self.sizes)
        return (VectorType((*sizes, *type.shape[len(sizes) :]), type.element_type, type.scalable),)

    def verify(self) -> None:
        type = vector_type(self.vector)
        offsets, sizes, strides = integers(self.offsets), integers(self.sizes), integers(self.strides)
        if not len(offsets) == len(sizes) == len(strides):
            raise VerifyError("expected offsets, sizes and strides attributes of same size")
        if len(offsets) > type.rank:
            raise VerifyError("expected offsets attribute of rank no greater than vector rank")
        if any(stride != 1 for stride in strides):
            raise VerifyError("expected strides to be confined to [1, 2)")
        for i, (offset, size, full) in enumerate(zip(offsets, sizes, type.shape, strict=False)):
            assert full is not None
            if not 0 <= offset < full:
                raise VerifyError(f"expected offsets dimension {i} to be confined to [0, {full})")
            if not 1 <= size <= full:
                raise VerifyError(f"expected sizes dimension {i} to be confined to [1, {full + 1})")
            if offset + size > full:
                raise VerifyError(f"expected sum(offsets, sizes) dimension {i} to be confined to [1, {full + 1})")
        (expected,) = self.infer()
        if self.result.type is not expected:
            raise VerifyError(f"expected result type to be '{expected}'")


class InsertStridedSlice(Op, name="vector.insert_strided_slice", traits=[Pure]):
    """A vector with a block replaced.

    %u = vector.insert_strided_slice %s, %v {offsets = [0, 2], strides = [1]} : vector<4xf32> into vector<2x8xf32>
    """

    source: Value = operand(Vector)
    dest: Value = operand(Vector)
    offsets: ArrayAttr = attribute(ArrayAttr)
    strides: ArrayAttr = attribute(ArrayAttr)
    result: Value = result(Vector)
    assembly = "$source `,` $dest attr-dict `:` type($source) `into` type($dest)"

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        source, dest = vector_type(self.source), vector_type(self.dest)
        offsets, strides = integers(self.offsets), integers(self.strides)
        if len(offsets) != dest.rank:
            raise VerifyError("expected offsets of same size as destination vector rank")
        if len(strides) != source.rank:
            raise VerifyError("expected strides of same size as source vector rank")
        if source.rank > dest.rank:
            raise VerifyError("expected source rank to be no greater than destination rank")
        if any(stride != 1 for stride in strides):
            raise VerifyError("expected strides to be confined to [1, 2)")
        if source.element_type is not dest.element_type:
            raise VerifyError("expected source and destination vectors of the same element type")
        shape = (1,) * (dest.rank - source.rank) + source.shape
        for i, (offset, size, full) in enumerate(zip(offsets, shape, dest.shape, strict=True)):
            assert full is not None
            assert size is not None
            if not 0 <= offset < full:
                raise VerifyError(f"expected offsets dimension {i} to be confined to [0, {full})")
            if offset + size > full:
                raise VerifyError(
                    f"expected sum(offsets, source vector shape) dimension {i} to be confined to [1, {full + 1})"
                )
