"""How long the buffers of `memref` live: scopes of the stack, and `realloc`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.attributes import IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.region import Region
from irc.ir.traits import AllocationScope, Pure, RecursiveMemoryEffects, ReturnLike, SingleBlock, Terminator, has_parent
from irc.ir.types import MemRefType
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Index, MemRef
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class AllocaScopeReturn(
    Op, name="memref.alloca_scope.return", traits=[Pure, Terminator, ReturnLike, has_parent("memref.alloca_scope")]
):
    """Ends a scope with its results.

    memref.alloca_scope.return %x : f32
    """

    outputs: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($outputs^ `:` type($outputs))?"


class AllocaScope(Op, name="memref.alloca_scope", traits=[SingleBlock, AllocationScope, RecursiveMemoryEffects]):
    """A region at whose end the buffers that it takes from the stack are gone.

    %r = memref.alloca_scope -> (f32) {
      %m = memref.alloca() : memref<f32>
      %v = memref.load %m[] : memref<f32>
      memref.alloca_scope.return %v : f32
    }
    """

    body: Region = region()
    outputs: Sequence[Value] = variadic_results()

    @classmethod
    def parse(cls, p: OpParser) -> AllocaScope:
        results = p.optional_arrow_types()
        location = p.location
        body = p.region([], implicit_terminator=lambda: AllocaScopeReturn(location=location))
        built: AllocaScope = p.build(cls, (), results, p.attr_dict(), [body])
        return built

    def print(self, p: OpPrinter) -> None:
        if self.outputs:
            p(" -> (")
            p.types([value.type for value in self.outputs])
            p(")")
        p(" ")
        p.region(self.body, terminator=bool(self.outputs))
        p.attr_dict(self)

    def verify(self) -> None:
        returned = [value.type for value in self.body.block.terminator.operands]
        if returned != [value.type for value in self.outputs]:
            raise VerifyError("expected the region to return values of the types of the results")


class Realloc(MemoryEffects, Op, name="memref.realloc"):
    """A buffer of another size with the content of the old one, which is freed.

    %n = memref.realloc %m(%size) : memref<64xf32> to memref<?xf32>
    """

    source: Value = operand(MemRef)
    dynamicResultSize: Value | None = operand(Index, default=None)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None, where=I64.at_least(0))
    result: Value = result(MemRef)
    assembly = "$source (`` `(` $dynamicResultSize^ `)`)? attr-dict `:` type($source) `to` type($result)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("free", self.source), Effect("allocate", self.result))

    def verify(self) -> None:
        source, target = self.source.type, self.result.type
        assert isinstance(source, MemRefType)
        assert isinstance(target, MemRefType)
        if source.rank != 1 or target.rank != 1:
            raise VerifyError("expects buffers of one dimension")
        if source.layout is not None:
            raise VerifyError(f"unsupported layout for source memref type '{source}'")
        if target.layout is not None:
            raise VerifyError(f"unsupported layout for result memref type '{target}'")
        if source.memory_space is not target.memory_space:
            raise VerifyError("different memory spaces specified for source memref type and result memref type")
        if source.element_type is not target.element_type:
            raise VerifyError("different element types specified for source memref type and result memref type")
        if target.num_dynamic_dims and self.dynamicResultSize is None:
            raise VerifyError(f"missing dimension operand for result type '{target}'")
        if not target.num_dynamic_dims and self.dynamicResultSize is not None:
            raise VerifyError(f"unnecessary dimension operand for result type '{target}'")
