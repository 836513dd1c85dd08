"""What holds when a program of the `llvm` dialect starts: the functions that run around it, and the values of globals."""

from __future__ import annotations

from irc.ir.attributes import ArrayAttr, Attribute, IntegerAttr, SymbolRefAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables
from irc.ir.types import Type, i32
from irc.ods.attribute_constraints import AttrConstraint
from irc.ods.fields import attribute
from irc.ods.op import Op


def _are_names(attribute: Attribute) -> bool:
    return isinstance(attribute, ArrayAttr) and all(
        isinstance(each, SymbolRefAttr) and not each.nested for each in attribute.elements
    )


def _are_priorities(attribute: Attribute) -> bool:
    return isinstance(attribute, ArrayAttr) and all(
        isinstance(each, IntegerAttr) and each.type is i32 for each in attribute.elements
    )


_Names = AttrConstraint("flat symbol ref array attribute", _are_names)
_Priorities = AttrConstraint("32-bit integer array attribute", _are_priorities)


class _Functions(Op):
    """Base of what lists functions, which comes first, and their `priorities`."""

    def verify(self) -> None:
        names, priorities = self.properties
        assert isinstance(names, ArrayAttr) and isinstance(priorities, ArrayAttr)
        if len(names.elements) != len(priorities.elements):
            what = type(self).layout.attributes[0].name
            raise VerifyError(f"mismatch between the number of {what} and the number of priorities")

    def verify_symbols(self, tables: SymbolTables) -> None:
        names, _ = self.properties
        assert isinstance(names, ArrayAttr)
        for name in names.elements:
            assert isinstance(name, SymbolRefAttr)
            found = tables.lookup(self, name)
            if found is None or found.name != "llvm.func":
                raise VerifyError(f"'{name.root}' does not reference a valid LLVM function")
            if found.regions[0].is_empty:
                raise VerifyError(f"'{name.root}' does not have a definition")


class GlobalConstructors(_Functions, name="llvm.mlir.global_ctors"):
    """Functions that run before the program, the least priority first.

    llvm.mlir.global_ctors {ctors = [@f], priorities = [0 : i32]}
    """

    ctors: ArrayAttr = attribute(ArrayAttr, where=_Names)
    priorities: ArrayAttr = attribute(ArrayAttr, where=_Priorities)
    assembly = "attr-dict"


class GlobalDestructors(_Functions, name="llvm.mlir.global_dtors"):
    """Functions that run behind the program, the least priority first.

    llvm.mlir.global_dtors {dtors = [@f], priorities = [0 : i32]}
    """

    dtors: ArrayAttr = attribute(ArrayAttr, where=_Names)
    priorities: ArrayAttr = attribute(ArrayAttr, where=_Priorities)
    assembly = "attr-dict"


def check_initializer(region: Region, type: Type) -> None:
    """Raise `VerifyError` unless a region computes the value of a global: one block that returns a value of its type."""
    if region.is_empty:
        return
    if region.first is not region.last:
        raise VerifyError("expects region #0 to have 0 or 1 blocks")
    end = region.block.last
    if end is None or end.name != "llvm.return":
        raise VerifyError("expects regions to end with 'llvm.return'" + (f", found '{end.name}'" if end else ""))
    if not end.operands:
        raise VerifyError("initializer region cannot return void")
    if end.operands[0].type is not type:
        raise VerifyError(f"initializer region type '{end.operands[0].type}' does not match global type '{type}'")
