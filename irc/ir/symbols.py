"""Symbol tables: operations that are referred to by name, such as functions."""

from __future__ import annotations

from irc.ir import traits as t
from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, StringAttr, SymbolRefAttr
from irc.ir.operation import Operation

SYMBOL_NAME = "sym_name"


def symbol_name(op: Operation) -> str | None:
    """The name under which `op` is a symbol, `None` if it is none."""
    attribute = op.get_attribute(SYMBOL_NAME)
    return attribute.value if isinstance(attribute, StringAttr) else None


class SymbolTable:
    """The symbols directly inside one operation, by name."""

    __slots__ = ("op", "symbols")

    def __init__(self, op: Operation) -> None:
        self.op = op
        self.symbols: dict[str, Operation] = {}
        for inner in op.nested_ops():
            name = symbol_name(inner)
            if name is not None:
                self.symbols.setdefault(name, inner)

    def lookup(self, name: str) -> Operation | None:
        return self.symbols.get(name)

    def insert(self, op: Operation) -> str:
        """Append `op` to the table's block under its name, made unique where it is taken; the name it got."""
        base = symbol_name(op)
        assert base is not None, "the operation has no symbol name"
        name, count = base, 0
        while name in self.symbols:
            name, count = f"{base}_{count}", count + 1
        op.set_attribute(SYMBOL_NAME, StringAttr(name))
        self.symbols[name] = op
        self.op.regions[0].entry.append(op)
        return name

    def remove(self, op: Operation) -> None:
        """Erase a symbol."""
        name = symbol_name(op)
        if name is not None and self.symbols.get(name) is op:
            del self.symbols[name]
        op.erase()


class SymbolTables:
    """Looks symbols up from any place, building each table once; invalid once symbols change."""

    __slots__ = ("_tables",)

    def __init__(self) -> None:
        self._tables: dict[Operation, SymbolTable] = {}

    def table(self, op: Operation) -> SymbolTable:
        table = self._tables.get(op)
        if table is None:
            table = self._tables[op] = SymbolTable(op)
        return table

    def lookup(self, user: Operation, reference: SymbolRefAttr) -> Operation | None:
        """What `reference` means at `user`: looked up in the nearest table that has its root, then inwards."""
        for scope in user.ancestors():
            if t.SymbolTable not in scope.traits:
                continue
            found = self.table(scope).lookup(reference.root)
            if found is not None:
                for name in reference.nested:
                    found = self.table(found).lookup(name) if found is not None else None
                return found
        return None


def is_private(op: Operation) -> bool:
    """Whether `op` is a symbol that nothing outside of its table can refer to."""
    visibility = op.get_attribute("sym_visibility")
    return t.Symbol in op.traits and isinstance(visibility, StringAttr) and visibility.value == "private"


def symbol_references(op: Operation) -> list[str]:
    """The symbols, by the first name of each path, that the attributes of `op` itself refer to."""
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
