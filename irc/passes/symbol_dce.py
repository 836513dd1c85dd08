"""Removes private symbols that nothing refers to."""

from __future__ import annotations

from irc.ir import traits as t
from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, StringAttr, SymbolRefAttr
from irc.ir.operation import Operation
from irc.ir.symbols import symbol_name
from irc.passes.base import Pass, PassContext, statistic


class SymbolDce(Pass):
    """Erase private symbols that no reachable operation refers to."""

    anchor = "builtin.module"
    erased: str = statistic("symbols")

    def run(self, op: Operation, context: PassContext) -> None:
        symbols = {name: inner for inner in op.nested_ops() if (name := symbol_name(inner)) is not None}
        live: set[str] = set()
        pending = [inner for inner in op.nested_ops() if not _is_private(inner)]
        while pending:
            for inner in pending.pop().walk():
                for name in _references(inner):
                    if name in symbols and name not in live:
                        live.add(name)
                        if _is_private(symbols[name]):
                            pending.append(symbols[name])
        for name, symbol in symbols.items():
            if _is_private(symbol) and name not in live:
                symbol.erase()
                context.count("erased")


def _is_private(op: Operation) -> bool:
    visibility = op.get_attribute("sym_visibility")
    return t.Symbol in op.traits and isinstance(visibility, StringAttr) and visibility.value == "private"


def _references(op: Operation) -> list[str]:
    found: list[str] = []

    def visit(attribute: Attribute | None) -> None:
        match attribute:
            case SymbolRefAttr():
                found.append(attribute.root)
            case ArrayAttr():
                for element in attribute.elements:
                    visit(element)
            case DictionaryAttr():
                for _, value in attribute.entries:
                    visit(value)

    for attribute in (*op.properties, *op.attributes.values()):
        visit(attribute)
    return found
