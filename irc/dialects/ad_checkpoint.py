"""The ops of `ad` that say what is computed again in an adjoint rather than stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.ir.attributes import ArrayAttr, StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import NoRegionArguments, Pure, RecursiveMemoryEffects, ReturnLike, SingleBlock, Terminator
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.constraints import AnyType
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Yield(Op, name="ad.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends the region of `ad.checkpoint` and gives its values.

    ad.yield %x : f32
    """

    inputs: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($inputs^ `:` type($inputs))?"


class Checkpoint(
    Op, RegionBranch, name="ad.checkpoint", traits=[SingleBlock, RecursiveMemoryEffects, NoRegionArguments]
):
    """Runs a region. An adjoint stores nothing of it but the results of the operations named in `save`, and runs it again.

    %y = ad.checkpoint -> tensor<4xf32> {
      %s = nd.sin %x : tensor<4xf32>
      ad.yield %s : tensor<4xf32>
    } {save = ["nd.matmul"]}
    """

    body: Region = region()
    save: ArrayAttr = attribute(ArrayAttr, default=ArrayAttr(()))
    outputs: Sequence[Value] = variadic_results(AnyType)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        last = None if self.body.is_empty else self.body.entry.last
        if not isinstance(last, Yield):
            raise VerifyError("expects a region that ends with 'ad.yield'")
        found, expected = [value.type for value in last.operands], [result.type for result in self.results]
        if found != expected:
            raise VerifyError(f"yields ({_listed(found)}), but has results ({_listed(expected)})")
        if not all(isinstance(name, StringAttr) for name in self.save.elements):
            raise VerifyError(f"'save' must be an array of names of operations, got '{self.save}'")

    @property
    def saved_names(self) -> frozenset[str]:
        """The names of the operations whose results are stored."""
        return frozenset(name.value for name in self.save.elements if isinstance(name, StringAttr))

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        types = p.optional_arrow_types()
        body = p.region([])
        return p.build(cls, [], types, p.attr_dict(), [body])

    def print(self, p: OpPrinter) -> None:
        p.arrow_types([result.type for result in self.results])
        p(" ")
        p.region(self.body)
        p.attr_dict(self)


class Barrier(Op, name="ad.barrier", traits=[Pure]):
    """Its operand, of which nothing is known: what is computed from it is not taken for what was computed before.

    %y = ad.barrier %x : tensor<4xf32>
    """

    input: Value = operand(AnyType)
    output: Value = result(AnyType)
    assembly = "$input attr-dict `:` type($input)"

    def infer(self) -> Sequence[Type]:
        return [self.input.type]

    def verify(self) -> None:
        if self.input.type is not self.output.type:
            raise VerifyError(f"must give its operand, of type '{self.input.type}', got '{self.output.type}'")


def _listed(types: Sequence[Type]) -> str:
    return ", ".join(map(str, types))


__all__ = ["Barrier", "Checkpoint", "Yield"]
