"""`vector.mask`: an operation of which only the lanes that a mask sets take part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects.vector_memory import Mask as MaskType
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import Pure, RecursiveMemoryEffects, ReturnLike, SingleBlock, Terminator
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.fields import operand, region, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

MASKABLE = (
    "vector.contract", "vector.gather", "vector.multi_reduction", "vector.outerproduct", "vector.reduction",
    "vector.transfer_read", "vector.transfer_write",
)  # fmt: skip


class Yield(Op, name="vector.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends a region with its results.

    vector.yield %x : f32
    """

    values: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($values^ `:` type($values))?"


class Mask(Op, name="vector.mask", traits=[SingleBlock, RecursiveMemoryEffects]):
    """One operation under a mask; `passthru` are the lanes of the result that the mask does not set.

    %s = vector.mask %m { vector.reduction <add>, %v : vector<8xf32> into f32 } : vector<8xi1> -> f32
    """

    mask: Value = operand(MaskType)
    body: Region = region()
    passthru: Value | None = operand(default=None)
    outputs: Sequence[Value] = variadic_results()

    @property
    def masked(self) -> Operation | None:
        """The operation under the mask, `None` if there is none."""
        first = self.body.block.first
        return None if first is None or isinstance(first, Yield) else first

    @classmethod
    def parse(cls, p: OpParser) -> Mask:
        mask = p.operand()
        passthru = p.operand() if p.stream.accept(",") else None
        body = p.region([])
        block = body.block
        last = block.last
        if not isinstance(last, Yield):
            block.append(Yield(last.results if last is not None else (), location=p.location))
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        results = p.optional_arrow_types()
        operands = [p.resolve(mask, type)]
        if passthru is not None:
            if not results:
                raise p.stream.error("expects a result if passthru operand is provided")
            operands.append(p.resolve(passthru, results[0]))
        built: Mask = p.build(cls, operands, results, attributes, [body])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p(" { ")
        masked = self.masked
        p.without_results(masked if masked is not None else self.body.block.terminator)
        p(" }")
        p.attr_dict(self)
        p(" : ")
        p.type(self.mask.type)
        p.arrow_types([value.type for value in self.outputs])

    def verify(self) -> None:
        ops = list(self.body.block)
        if len(ops) > 2 or not isinstance(ops[-1], Yield):
            raise VerifyError("expects only one operation to mask")
        masked = self.masked
        types: list[Type] = [value.type for value in ops[-1].operands]
        if [value.type for value in self.outputs] != types:
            raise VerifyError(
                "expects number of results to match maskable operation number of results, and their types"
            )
        if masked is None:
            if self.passthru is not None:
                raise VerifyError("expects a passthru only with an operation to mask")
            return
        if masked.name not in MASKABLE:
            raise VerifyError(f"expects a MaskableOpInterface within the mask region, got '{masked.name}'")
        if ops[-1].operands != masked.results:
            raise VerifyError("expects all the results from the MaskableOpInterface to match all the values returned by "
                              "the terminator")  # fmt: skip
        if self.passthru is not None and [self.passthru.type] != types:
            raise VerifyError("expects passthru type to match result type")
