"""Functions that a lowering makes of what a module repeats, for LLVM to compile once."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import func
from irc.ir.attributes import ArrayAttr, StringAttr, SymbolRefAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.location import Location
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import FunctionType
from irc.ir.value import Value

PASSTHROUGH = "passthrough"
"""The attribute of a function that holds LLVM's, as upstream calls it."""

NEVER_INLINE = ArrayAttr((StringAttr("noinline"),))


def outline(table: SymbolTable, name: str, block: Block, results: Sequence[Value], location: Location) -> SymbolRefAttr:
    """Make `block` the body of a private function that returns `results`, and that LLVM does not open again: its symbol."""
    block.append(func.Return(results, location=location))
    types = FunctionType(tuple(argument.type for argument in block.arguments), tuple(value.type for value in results))
    function = func.Func(
        StringAttr(name),
        TypeAttr(types),
        Region(block),
        sym_visibility=StringAttr("private"),
        attributes={PASSTHROUGH: NEVER_INLINE},
        location=location,
    )
    return SymbolRefAttr(table.insert(function))
