"""The `builtin` dialect: the module, and casts between types that only lowerings know."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir.attributes import Attribute, StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import (
    AffineScope,
    GraphRegion,
    IsolatedFromAbove,
    NoRegionArguments,
    NoTerminator,
    Pure,
    SingleBlock,
    SymbolTable,
)
from irc.ir.value import Value
from irc.ods.fields import attribute, region, variadic, variadic_results
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Module(
    Op,
    name="builtin.module",
    traits=[AffineScope, IsolatedFromAbove, SymbolTable, SingleBlock, NoTerminator, GraphRegion, NoRegionArguments],
):
    """A top-level container.

    builtin.module {
      func.func private @f()
    }
    """

    body: Region = region()
    sym_name: StringAttr | None = attribute(StringAttr, default=None)
    sym_visibility: StringAttr | None = attribute(StringAttr, default=None)

    def verify(self) -> None:
        if self.body.is_empty:
            raise VerifyError("region #0 ('bodyRegion') failed to verify constraint: region with 1 blocks")
        for name in self.attributes:
            if "." not in name:
                raise VerifyError(f"can only contain attributes with dialect-prefixed names, found: '{name}'")

    @classmethod
    def parse(cls, p: OpParser) -> Module:
        attributes: dict[str, Attribute] = {}
        if p.stream.peek()[:1] == "@":
            attributes["sym_name"] = p.symbol_name()
        attributes |= p.attr_dict_with_keyword()
        body = p.region([], isolated=True, default_dialect="builtin")
        op: Module = p.build(cls, attributes=attributes, regions=[body])
        return op

    def print(self, p: OpPrinter) -> None:
        if self.sym_name is not None:
            p(" ")
            p.symbol(self.sym_name.value)
        p.attr_dict(self, ("sym_name",), keyword=True)
        p(" ")
        p.region(self.body, default_dialect="builtin")


class UnrealizedConversionCast(Op, name="builtin.unrealized_conversion_cast", traits=[Pure]):
    """A cast that a conversion leaves between types it has changed and types it has not; it must not remain.

    %y = builtin.unrealized_conversion_cast %x : tensor<4xf32> to memref<4xf32>
    """

    inputs: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic_results()

    assembly = "($inputs^ `:` type($inputs))? `to` type($outputs) attr-dict"

    def verify(self) -> None:
        if not self.outputs:
            raise VerifyError("expected at least one result for cast operation")
