"""Operations as MLIR text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from irc.ir.operation import Operation
from irc.ir.recursion import deep_calls
from irc.text.digits import any_number_of_digits
from irc.text.file_metadata import print_file_metadata
from irc.text.op_printer import OpPrinter
from irc.text.resources import referenced_blobs


@any_number_of_digits()
@deep_calls
def print_op(
    op: Operation,
    *,
    generic: bool = False,
    debuginfo: bool = False,
    local_scope: bool = False,
    external_resources: Mapping[str, Mapping[str, str | bool]] = MappingProxyType({}),
) -> str:
    """The text of `op` and everything in it, with a newline at the end.

    `generic` gives MLIR's generic form, which any MLIR parser reads; `debuginfo` shows the location of each operation;
    with `local_scope`, locations and affine maps stand where they are used, not behind names.
    Behind the operation stand the resources that it refers to, and those of tools, by owner and key.
    """
    printer = OpPrinter(op, generic=generic, debuginfo=debuginfo, local_scope=local_scope)
    printer.operation(op)
    text = "".join(printer.parts)
    # A search in the text is cheaper than one through all attributes, which hardly ever finds something.
    blobs = referenced_blobs(op) if "dense_resource<" in text else {}
    metadata = print_file_metadata({"dialect_resources": {"builtin": blobs}, "external_resources": external_resources})
    return f"{printer.aliases.head()}{text}\n{printer.aliases.tail()}" + (f"\n{metadata}" if metadata else "")
