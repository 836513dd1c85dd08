"""Operations as MLIR text."""

from __future__ import annotations

from irc.ir.operation import Operation
from irc.text.digits import any_number_of_digits
from irc.text.op_printer import OpPrinter
from irc.text.resources import resources_text


@any_number_of_digits()
def print_op(op: Operation, *, generic: bool = False, debuginfo: bool = False) -> str:
    """The text of `op` and everything in it, with a newline at the end.

    `generic` gives MLIR's generic form, which any MLIR parser reads; `debuginfo` shows the location of each operation.
    """
    printer = OpPrinter(op, generic=generic, debuginfo=debuginfo)
    printer.operation(op)
    text = "".join(printer.parts)
    # A search in the text is cheaper than one through all attributes, which hardly ever finds something.
    resources = resources_text(op) if "dense_resource<" in text else ""
    return f"{printer.aliases.head()}{text}\n{printer.aliases.tail()}{resources}"
