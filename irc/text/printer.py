"""Operations as MLIR text."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.text.op_printer import OpPrinter
from irc.text.spelling import attribute_text


def print_op(op: Operation, *, generic: bool = False, debuginfo: bool = False) -> str:
    """The text of `op` and everything in it, with a newline at the end.

    `generic` gives MLIR's generic form, which any MLIR parser reads; `debuginfo` shows the location of each operation.
    """
    printer = OpPrinter(op, generic=generic, debuginfo=debuginfo)
    printer.operation(op)
    head = "".join(f"{alias} = {attribute_text(attribute)}\n" for attribute, alias in printer.aliases.items())
    return head + "".join(printer.parts) + "\n"
