"""The ops of `vector` that take vectors apart and put them together lane by lane, also those of unknown length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects._named_results import NamedResults
from irc.dialects.vector_memory import vector_type
from irc.ir.attributes import IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import Type, VectorType, element_type, index
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Index, Var, Vector
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op, TypesMatch

V = Var("V", Vector)
S = Var("S", Vector)


def _resized(type: VectorType, size: int) -> VectorType:
    """`type` with another size along its last dimension."""
    return VectorType((*type.shape[:-1], size), type.element_type, type.scalable)


class Interleave(Op, name="vector.interleave", traits=[Pure]):
    """The elements of two vectors in turn, along the last dimension.

    %c = vector.interleave %a, %b : vector<4xi32> -> vector<8xi32>
    """

    lhs: Value = operand(V)
    rhs: Value = operand(V)
    result: Value = result(Vector)
    assembly = "$lhs `,` $rhs attr-dict `:` type($lhs) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        type = vector_type(self.lhs)
        return (_resized(type, 2 * type.static_shape[-1]) if type.rank else VectorType((2,), type.element_type),)

    def verify(self) -> None:
        if self.result.type is not self.infer()[0]:
            raise VerifyError(
                "failed to verify that type of 'result' has twice the elements of 'lhs' in the last dimension"
            )


class Deinterleave(NamedResults, name="vector.deinterleave", traits=[Pure]):
    """The even and the odd elements of a vector, along the last dimension.

    %a, %b = vector.deinterleave %c : vector<8xi32> -> vector<4xi32>
    """

    source: Value = operand(Vector)
    res1: Value = result(V)
    res2: Value = result(V)
    assembly = "$source attr-dict `:` type($source) `->` type($res1)"

    def verify(self) -> None:
        type = vector_type(self.source)
        if not type.rank or type.static_shape[-1] % 2:
            raise VerifyError("expected an even number of elements along the last dimension")
        if self.res1.type is not _resized(type, type.static_shape[-1] // 2):
            raise VerifyError("failed to verify that the results have half of the elements in the last dimension")


class FromElements(Op, name="vector.from_elements", traits=[Pure]):
    """A vector of numbers, in row-major order.

    %v = vector.from_elements %a, %b : vector<2xf32>
    """

    elements: Sequence[Value] = variadic()
    result: Value = result(Vector)
    types_match: ClassVar[TypesMatch] = {"elements": ("result", element_type)}
    assembly = "$elements attr-dict `:` type($result)"

    def verify(self) -> None:
        type = vector_type(self.result)
        if any(type.scalable):
            raise VerifyError("result #0 must be fixed-length vector of any type values")
        if len(self.elements) != type.num_elements:
            raise VerifyError(
                f"number of operands ({len(self.elements)}) does not match the {type.num_elements} elements"
            )
        if any(value.type is not type.element_type for value in self.elements):
            raise VerifyError("failed to verify that operand types match result element type")


class ScalableInsert(Op, name="vector.scalable.insert", traits=[Pure]):
    """A vector of known length put into a scalable one.

    %r = vector.scalable.insert %sub, %v[4] : vector<4xf32> into vector<[4]xf32>
    """

    source: Value = operand(S)
    dest: Value = operand(V)
    pos: IntegerAttr = attribute(IntegerAttr, where=I64)
    res: Value = result(V)
    assembly = "$source `,` $dest `[` $pos `]` attr-dict `:` type($source) `into` type($dest)"

    def verify(self) -> None:
        _verify_position(self.pos.value, vector_type(self.source))


class ScalableExtract(Op, name="vector.scalable.extract", traits=[Pure]):
    """A vector of known length taken out of a scalable one.

    %r = vector.scalable.extract %v[4] : vector<4xf32> from vector<[4]xf32>
    """

    source: Value = operand(Vector)
    pos: IntegerAttr = attribute(IntegerAttr, where=I64)
    res: Value = result(Vector)
    assembly = "$source `[` $pos `]` attr-dict `:` type($res) `from` type($source)"

    def verify(self) -> None:
        _verify_position(self.pos.value, vector_type(self.res))


def _verify_position(position: int, part: VectorType) -> None:
    if part.rank != 1 or position % part.static_shape[0]:
        raise VerifyError("position must be a multiple of the length of the vector that is moved")


class VScale(Op, name="vector.vscale", traits=[Pure]):
    """By what the lengths of scalable vectors are multiplied.

    %n = vector.vscale
    """

    result_name = "vscale"

    res: Value = result(Index)
    assembly = "attr-dict"

    def infer(self) -> Sequence[Type]:
        return (index,)
