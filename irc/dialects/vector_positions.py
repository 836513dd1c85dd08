"""The ops of `vector` that take out, or put in, what stands at a position in the first dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from irc.dialects._slices import DYNAMIC, Mixed, join_mixed, parse_mixed, print_mixed, split_mixed
from irc.dialects.vector_memory import vector_type
from irc.ir.attributes import Attribute, DenseArrayAttr, DenseElementsAttr, scalar_attr
from irc.ir.dense import from_numpy, splat_value, to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import IndexType, IntegerType, Type, VectorType, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Index, Vector
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op, TypesMatch

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
        number = splat_value(whole)
        return scalar_attr(number, type) if isinstance(number, int | float) else None


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

    def fold(self, source: Attribute | None, dest: Attribute | None, *position: Attribute | None) -> FoldResult:
        type = vector_type(self.dest)
        position_ = tuple(int(i) for i in self.static_position.values)
        if not position_:
            return self.source
        # A large constant that others use is not made a second time.
        small = type.num_elements <= MAX_ELEMENTS or self.dest.has_one_use
        if self.dynamic_position or not isinstance(dest, DenseElementsAttr) or source is None or not small:
            return None
        elements = to_numpy(dest).copy()
        value = to_numpy(source) if isinstance(source, DenseElementsAttr) else splat_value(source)
        if value is None:
            return None
        elements[position_] = value
        return from_numpy(elements, type)


MAX_ELEMENTS = 256
"""A constant with more elements is changed only where nobody else uses it."""


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
    assembly = "$source `,` $dest `[` ($position^ `:` type($position))? `]` attr-dict `:` type($dest)"
    types_match: ClassVar[TypesMatch] = {"source": ("dest", element_type)}

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        _verify_element(vector_type(self.dest), self.position)
        if self.source.type is not element_type(self.dest.type):
            raise VerifyError("failed to verify that source operand type matches element type of result")
        if self.result.type is not self.dest.type:
            raise VerifyError("failed to verify that all of {dest, result} have same type")
