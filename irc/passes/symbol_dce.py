"""Removes private symbols that nothing refers to."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.ir.symbols import is_private, symbol_name, symbol_references
from irc.passes.base import Pass, PassContext, statistic


class SymbolDce(Pass):
    """Erase private symbols that no reachable operation refers to."""

    anchor = "builtin.module"
    erased: str = statistic("symbols")

    def run(self, op: Operation, context: PassContext) -> None:
        symbols = {name: inner for inner in op.nested_ops() if (name := symbol_name(inner)) is not None}
        live: set[str] = set()
        pending = [inner for inner in op.nested_ops() if not is_private(inner)]
        while pending:
            for inner in pending.pop().walk():
                for name in symbol_references(inner):
                    if name in symbols and name not in live:
                        live.add(name)
                        if is_private(symbols[name]):
                            pending.append(symbols[name])
        for name, symbol in symbols.items():
            if is_private(symbol) and name not in live:
                symbol.erase()
                context.count("erased")
