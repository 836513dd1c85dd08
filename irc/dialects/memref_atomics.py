"""The ops of `memref` that read and write an element in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.attributes import IntegerAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.region import Region
from irc.ir.traits import Pure, SingleBlock, Terminator, has_parent
from irc.ir.types import FloatType, IntegerType, MemRefType, Type, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import Index, MemRef
from irc.ods.fields import attribute, operand, region, result, variadic
from irc.ods.op import Op
from irc.text.diagnostics import did_you_mean

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

KINDS = (
    "addf", "addi", "assign", "maximumf", "maxs", "maxu", "minimumf", "mins", "minu", "mulf", "muli", "ori", "andi",
    "maxnumf", "minnumf",
)  # fmt: skip
"""What `memref.atomic_rmw` can do, at the places of upstream's numbers."""

_ON_FLOATS = ("addf", "maximumf", "minimumf", "mulf", "maxnumf", "minnumf")


class AtomicRMW(MemoryEffects, Op, name="memref.atomic_rmw"):
    """Combines an element with a value atomically; the result is what the element was.

    %old = memref.atomic_rmw addf %x, %m[%i] : (f32, memref<8xf32>) -> f32
    """

    kind: IntegerAttr = attribute(IntegerAttr)
    value: Value = operand()
    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    result: Value = result()
    assembly = (
        "custom<AtomicKind>($kind) $value `,` $memref `[` $indices `]` attr-dict `:` `(` type($value) `,` type($memref) "
        "`)` `->` type($result)"
    )

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.memref), Effect("write", self.memref))

    def infer(self) -> Sequence[Type]:
        return (self.value.type,)

    def verify(self) -> None:
        _verify_place(self.memref, self.indices)
        if not 0 <= self.kind.value < len(KINDS):
            raise VerifyError("attribute 'kind' failed to satisfy constraint: allowed 64-bit signless integer cases")
        kind, type = KINDS[self.kind.value], self.value.type
        if kind in _ON_FLOATS and not isinstance(type, FloatType):
            raise VerifyError(f"with kind '{kind}' expects a floating-point type")
        if kind not in (*_ON_FLOATS, "assign") and not isinstance(type, IntegerType):
            raise VerifyError(f"with kind '{kind}' expects an integer type")
        if type is not element_type(self.memref.type) or self.result.type is not type:
            raise VerifyError("failed to verify that the value and the result have the element type of the memref")


def parse_atomic_kind(p: OpParser) -> IntegerAttr:
    position = p.stream.pos
    word = p.enumerator()
    if word not in KINDS:
        raise p.stream.error(f"unknown kind '{word}'{did_you_mean(word, KINDS)}", position)
    return i64_attr(KINDS.index(word))


def print_atomic_kind(p: OpPrinter, op: AtomicRMW) -> None:
    p(KINDS[op.kind.value])


class GenericAtomicRMW(MemoryEffects, Op, name="memref.generic_atomic_rmw", traits=[SingleBlock]):
    """Replaces an element atomically by what the region computes from it; the result is what the element was.

    %old = memref.generic_atomic_rmw %m[%i] : memref<8xf32> {
    ^bb0(%e: f32):
      %s = arith.addf %e, %x : f32
      memref.atomic_yield %s : f32
    }
    """

    memref: Value = operand(MemRef)
    indices: Sequence[Value] = variadic(Index)
    atomic_body: Region = region()
    result: Value = result()

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.memref), Effect("write", self.memref))

    @classmethod
    def parse(cls, p: OpParser) -> GenericAtomicRMW:
        memref = p.operand()
        names = p.operand_list("[", "]")
        p.stream.expect(":")
        type = p.type()
        operands = [p.resolve(memref, type), *[p.resolve(name, index) for name in names]]
        body = p.region()
        built: GenericAtomicRMW = p.build(cls, operands, [element_type(type)], p.attr_dict(), [body])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.memref)
        p("[")
        p.values(self.indices)
        p("] : ")
        p.type(self.memref.type)
        p(" ")
        p.region(self.atomic_body, bare=False)
        p.attr_dict(self)

    def verify(self) -> None:
        _verify_place(self.memref, self.indices)
        block, type = self.atomic_body.block, element_type(self.memref.type)
        if len(block.arguments) != 1:
            raise VerifyError("expected single number of entry block arguments")
        if block.arguments[0].type is not type or self.result.type is not type:
            raise VerifyError("expected block argument of the same type result type")
        if not isinstance(block.last, AtomicYield) or block.last.value.type is not type:
            raise VerifyError(f"expected 'memref.atomic_yield' of a value of type '{type}' at the end of the region")


class AtomicYield(Op, name="memref.atomic_yield", traits=[Pure, Terminator, has_parent("memref.generic_atomic_rmw")]):
    """Ends the region of `memref.generic_atomic_rmw` with the new element.

    memref.atomic_yield %x : f32
    """

    value: Value = operand()
    assembly = "$value attr-dict `:` type($value)"


def _verify_place(memref: Value, indices: Sequence[Value]) -> None:
    assert isinstance(memref.type, MemRefType)
    if len(indices) != memref.type.rank:
        raise VerifyError("expects the number of subscripts to be equal to memref rank")
