"""What writing the text of a function takes: names, labels, lines, and the words that instructions share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from irc.codegen.cpu.llvm_constants import type_text
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.types import Type
from irc.ir.value import Value
from irc.text.strings import quote


class Writer:
    """One function being written: names of values, labels of blocks, the lines so far, declarations to add."""

    __slots__ = ("declarations", "detours", "labels", "lines", "names", "symbols")

    def __init__(self, lines: list[str], declarations: dict[str, str], symbols: Mapping[str, str]) -> None:
        self.lines, self.declarations, self.symbols = lines, declarations, symbols
        self.names: dict[Value, str] = {}
        self.labels: dict[Block, str] = {}
        self.detours: dict[tuple[Operation, int], str] = {}

    def typed(self, value: Value) -> str:
        """`type name`."""
        return f"{type_text(value.type)} {self.names[value]}"

    def define(self, result: Value, text: str) -> None:
        """Write the instruction that computes `result`."""
        self.lines.append(f"  {self.names[result]} = {text}")

    def target(self, op: Operation, index: int) -> str:
        """`label %name` of a successor."""
        return f"label %{self.detours.get((op, index)) or self.labels[op.successors[index]]}"

    def intrinsic(self, name: str, result: Type, parameters: list[Type], arguments: str) -> str:
        """A call of an intrinsic, which is declared."""
        if name not in self.declarations:
            listed = ", ".join(map(type_text, parameters))
            self.declarations[name] = f"declare {type_text(result)} @{name}({listed})"
        return f"call {type_text(result)} @{name}({arguments})"


Write = Callable[[Any, Writer], None]


def symbol(name: str) -> str:
    """`@name`, quoted where it is no plain identifier."""
    plain = name.replace("_", "a").replace(".", "a").replace("$", "a")
    return f"@{name}" if plain.isascii() and plain.isalnum() and not name[0].isdecimal() else f"@{quote(name)}"


def fast_math(op: Any) -> str:
    """The fast-math flags, with a space after."""
    value: str = op.fastmathFlags.value
    return "" if value == "none" else value.replace(",", " ") + " "
