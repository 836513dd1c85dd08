"""The part of the assembly that all structured ops share: `ins(%a : t) outs(%b : t)`, and results after an arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irc.dialects.linalg_interface import LinalgOp
from irc.ir.attributes import DenseArrayAttr
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def parse_operands(p: OpParser) -> tuple[list[Value], list[Value]]:
    """`ins(%a, %b : t, t) outs(%c : t)`, either of which may be missing."""
    return _group(p, "ins"), _group(p, "outs")


def _group(p: OpParser, keyword: str) -> list[Value]:
    if not p.stream.accept(keyword):
        return []
    operands = p.operand_list("(")
    p.stream.expect(":")
    types = p.types()
    p.stream.expect(")")
    return p.resolve_all(operands, types)


def parse_integers(p: OpParser, keyword: str) -> DenseArrayAttr:
    """`keyword = [1, 2]`."""
    p.stream.expect(keyword)
    p.stream.expect("=")
    return p.integer_array()


def print_operands(p: OpPrinter, op: LinalgOp) -> None:
    for keyword, values in (("ins", op.inputs), ("outs", op.outputs)):
        if values:
            p(f" {keyword}(")
            p.values(values)
            p(" : ")
            p.types([value.type for value in values])
            p(")")


def print_results(p: OpPrinter, op: LinalgOp) -> None:
    """`-> t`, or `-> (t, t)`; nothing where the op writes buffers."""
    types = [result.type for result in op.results]
    if types:
        p(" -> " if len(types) == 1 else " -> (")
        p.types(types)
        p("" if len(types) == 1 else ")")
