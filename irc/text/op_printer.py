"""Printing of operations: what every custom form is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr
from irc.ir.block import Block
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.region import Region
from irc.ir.types import Type
from irc.ir.value import BlockArgument, Value
from irc.ods.layout import OPERAND_SEGMENTS
from irc.text.aliases import Aliases
from irc.text.assembly_print import custom_printer
from irc.text.naming import Names
from irc.text.spelling import attribute_text, element_text, is_bare_identifier, symbol_text, type_text
from irc.text.strings import quote

INDENT = "  "


class OpPrinter:
    """Writes operations to a list of strings. Calling the printer writes raw text."""

    __slots__ = ("aliases", "debuginfo", "default_dialect", "generic", "indent", "names", "parts", "write")

    def __init__(self, root: Operation, *, generic: bool, debuginfo: bool, local_scope: bool = False) -> None:
        self.parts: list[str] = []
        self.write: Callable[[str], None] = self.parts.append
        self.names = Names(root)
        self.generic, self.debuginfo = generic, debuginfo
        self.indent = ""
        self.default_dialect = "builtin"
        self.aliases = Aliases(local_scope)

    def __call__(self, text: str) -> None:
        self.write(text)

    # -- operations --------------------------------------------------------------------------------------------------

    def operation(self, op: Operation) -> None:
        """The operation with its results, without indentation and newline."""
        write = self.write
        results = op.results
        if results:
            name = self.names.values.get(results[0], "%<unknown>")
            if len(results) == 1:
                write(f"{name} = ")
            else:
                bases = groupby([self.names.values.get(value, name).partition("#")[0] for value in results])
                counted = [(base, len(list(group))) for base, group in bases]
                write(", ".join([f"{base}:{count}" if count > 1 else base for base, count in counted]) + " = ")
        self.without_results(op)
        if self.debuginfo:
            write(f" loc({self.aliases.location(op.location)})")

    def without_results(self, op: Operation) -> None:
        """The operation without the names of its results and its location."""
        custom = None if self.generic else custom_printer(type(op))
        if (op.regions or op.attributes) and custom is not None and not op.fits_custom_form():
            custom = None
        if custom is None:
            self.generic_form(op)
        else:
            dialect, _, short = op.name.partition(".")
            self.write(short if dialect == self.default_dialect else op.name)
            custom(op, self)

    def generic_form(self, op: Operation) -> None:
        write = self.write
        write(f'"{op.name}"(')
        self.values(op.operands)
        write(")")
        if op.successors:
            write("[")
            for i, block in enumerate(op.successors):
                write(", " if i else "")
                self.successor(block)
            write("]")
        properties = op.property_dict()
        if properties:
            write(" <")
            self.dictionary(properties.items())
            write(">")
        if op.regions:
            write(" (")
            for i, region in enumerate(op.regions):
                write(", " if i else "")
                self.region(region, bare=False)
            write(")")
        if op.attributes:
            write(" ")
            self.dictionary(op.attributes.items())
        write(" : ")
        self.functional_type(op.operands, op.results)

    # -- values and types --------------------------------------------------------------------------------------------

    def value(self, value: Value) -> None:
        self.write(self.names.values.get(value, "%<unknown>"))

    def values(self, values: Sequence[Value]) -> None:
        names = self.names.values
        self.write(", ".join([names.get(value, "%<unknown>") for value in values]))

    def type(self, type: Type) -> None:
        self.write(type_text(type))

    def types(self, types: Iterable[Type]) -> None:
        self.write(", ".join([type_text(type) for type in types]))

    def arrow_types(self, types: Sequence[Type]) -> None:
        """`-> t` or `-> (t, t)`, with a space before it; nothing for no types."""
        if types:
            self.write(f" -> {_result_list(types)}")

    def functional_type(self, inputs: Sequence[Value], outputs: Sequence[Value]) -> None:
        left = ", ".join([type_text(value.type) for value in inputs])
        self.write(f"({left}) -> {_result_list([value.type for value in outputs])}")

    # -- attributes --------------------------------------------------------------------------------------------------

    def attribute(self, attribute: Attribute, with_type: bool = True) -> None:
        self.write(self.spelled(attribute, with_type))

    def spelled(self, attribute: Attribute, with_type: bool = True) -> str:
        """The text of an attribute, by its alias where it has one."""
        alias = self.aliases.attribute(attribute)
        if alias is not None:
            return alias
        if isinstance(attribute, ArrayAttr):
            return "[" + ", ".join([self._element(element) for element in attribute.elements]) + "]"
        if isinstance(attribute, DictionaryAttr):
            return self._entries(attribute.entries)
        return attribute_text(attribute, with_type)

    def _element(self, attribute: Attribute) -> str:
        if isinstance(attribute, ArrayAttr | DictionaryAttr):
            return self.spelled(attribute)
        return self.aliases.attribute(attribute) or element_text(attribute)

    def symbol(self, name: str) -> None:
        self.write(symbol_text(name))

    def dictionary(self, entries: Iterable[tuple[str, Attribute]]) -> None:
        self.write(self._entries(entries))

    def _entries(self, entries: Iterable[tuple[str, Attribute]]) -> str:
        parts = []
        for key, attribute in sorted(entries):
            key = key if is_bare_identifier(key) else quote(key)
            text = self.spelled(attribute)
            parts.append(key if text == "unit" else f"{key} = {text}")
        return "{" + ", ".join(parts) + "}"

    def attr_dict(self, op: Operation, elided: Sequence[str] = (), keyword: bool = False) -> None:
        """The attributes not in `elided` that differ from their defaults, with a space before; nothing if there are none."""
        entries = dict(op.attributes)
        if op.properties:
            fields = type(op).layout.attributes if not isinstance(op, UnregisteredOp) else ()  # type: ignore[attr-defined]  # every other class is an Op
            for field, value in zip(fields, op.properties, strict=False):
                default = field.default if field.arity == "optional" else None
                if value is not None and value not in (default, field.absent) and field.name not in elided:
                    entries[field.name] = value
        for name in elided:
            entries.pop(name, None)
        entries.pop(OPERAND_SEGMENTS, None)
        if entries:
            self.write(" attributes " if keyword else " ")
            self.dictionary(entries.items())

    # -- regions and blocks ------------------------------------------------------------------------------------------

    def region(
        self, region: Region, *, bare: bool = True, terminator: bool = True, default_dialect: str | None = None
    ) -> None:
        """`{ … }`. With `bare` the entry block's label is left out (the op has shown its arguments); with
        `terminator=False` so is a last operation without operands. Ops of `default_dialect` are written without its
        name; other dialects are not inherited from the ops around."""
        write = self.write
        outer, self.indent = self.indent, self.indent + INDENT
        outer_dialect, self.default_dialect = self.default_dialect, default_dialect or ""
        write("{\n")
        for i, block in enumerate(region):
            entry = i == 0
            # Without a label, an empty block could not be told from no block.
            unlabelled = bare or (not block.arguments and block.first is not None)
            if not (entry and unlabelled and not block.predecessors):
                self.label(block, outer)
            last = block.last
            for op in block:
                if op is last and not terminator and not op.operands:
                    continue
                write(self.indent)
                self.operation(op)
                write("\n")
        self.indent, self.default_dialect = outer, outer_dialect
        write(f"{outer}}}")

    def label(self, block: Block, indent: str) -> None:
        write = self.write
        write(f"{indent}{self.names.blocks[block]}")
        if block.arguments:
            names = self.names.values
            write("(" + ", ".join([f"{names[a]}: {type_text(a.type)}{self.origin(a)}" for a in block.arguments]) + ")")
        write(":")
        if block.predecessors:
            known = [
                self.names.blocks.get(op.parent, "?")
                for op, times in block.predecessors.items()
                for _ in range(times)
                if op.parent is not None
            ]
            known.sort(key=lambda name: (len(name), name))  # in the order of the text, however they came to be
            write(f"  // {f'{len(known)} preds' if len(known) > 1 else 'pred'}: " + ", ".join(known))
        elif not block.is_entry:
            write("  // no predecessors")
        write("\n")

    def origin(self, argument: BlockArgument) -> str:
        """` loc(…)` behind a block argument, where locations are shown."""
        return f" loc({self.aliases.location(argument.location)})" if self.debuginfo else ""

    def successor(self, block: Block) -> None:
        self.write(self.names.blocks.get(block, "^<unknown>"))

    def successor_and_operands(self, block: Block, values: Sequence[Value]) -> None:
        """`^bb1(%a, %b : t, t)`."""
        self.successor(block)
        if values:
            self.write("(")
            self.values(values)
            self.write(" : ")
            self.types([value.type for value in values])
            self.write(")")


def _result_list(types: Sequence[Type]) -> str:
    """Result types after an arrow: a single one without parentheses, unless it is a function type."""
    if len(types) == 1:
        text = type_text(types[0])
        return f"({text})" if text.startswith("(") else text
    return "(" + ", ".join([type_text(type) for type in types]) + ")"
