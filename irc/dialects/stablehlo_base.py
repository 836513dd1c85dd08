"""What the ops of `stablehlo` and `chlo` share: checks by table, inferred types, and the short form of their types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from irc.dialects.stablehlo_shapes import all_compatible, compatible, require_same_shapes, same_element, types_text
from irc.ir.diagnostic import VerifyError
from irc.ir.types import FunctionType, Type, element_type
from irc.ir.value import Value
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

Check = Callable[[Any], None]


def same_operands_and_result_shape(op: Op) -> None:
    """All operands and results may have the same shape."""
    require_same_shapes((*op.operands, *op.results), "requires the same shape for all operands and results")


def compatible_operands_and_result(op: Op) -> None:
    """All operands and results may have the same type."""
    first = (*op.operands, *op.results)[0].type
    if not all(compatible(value.type, first) for value in (*op.operands, *op.results)):
        raise VerifyError("requires compatible types for all operands and results")


def _same_elements(values: Sequence[Value]) -> bool:
    first = element_type(values[0].type)
    return all(same_element(element_type(value.type), first) for value in values)


def same_element_types(op: Op) -> None:
    """All operands and results have the same element type."""
    if not _same_elements((*op.operands, *op.results)):
        raise VerifyError("requires the same element type for all operands and results")


def compatible_element_types(op: Op) -> None:
    """All operands and results have compatible element types."""
    if not _same_elements((*op.operands, *op.results)):
        raise VerifyError("requires compatible element types for all operands and results")


def compatible_operand_elements(op: Op) -> None:
    """All operands have compatible element types."""
    if not _same_elements(op.operands):
        raise VerifyError("requires compatible element types for all operands")


def all_match(*names: str) -> Check:
    """The named operands and results have the same element type."""

    def check(op: Any) -> None:
        if not _same_elements([getattr(op, name) for name in names]):
            raise VerifyError(f"failed to verify that all of {{{', '.join(names)}}} have same element type")

    return check


def same_types(*names: str) -> Check:
    """The named operands have the same type."""

    def check(op: Any) -> None:
        if len({getattr(op, name).type for name in names}) > 1:
            raise VerifyError(f"failed to verify that all of {{{', '.join(names)}}} have same type")

    return check


def same_sizes(*names: str) -> Check:
    """The named arrays of integers are equally long."""

    def check(op: Any) -> None:
        if len({len(getattr(op, name).values) for name in names}) > 1:
            raise VerifyError(f"failed to verify that all of {{{', '.join(names)}}} have same size")

    return check


class StablehloOp(Op):
    """Base of the ops. Its verifier runs `checks` in order, then compares the results with `infer` if there is one."""

    checks: ClassVar[tuple[Check, ...]] = ()

    def verify(self) -> None:
        for check in type(self).checks:
            check(self)
        if type(self).infer is None:
            return
        inferred = list(self.infer())  # type: ignore[misc]  # `infer` is no `None`, as the line above has made sure
        actual = [result.type for result in self.results]
        if not all_compatible(inferred, actual):
            raise VerifyError(
                f"inferred type(s) {types_text(inferred)} are incompatible with return type(s) of operation "
                f"{types_text(actual)}"
            )


# -- the types of ops whose operands and results mostly have one type ------------------------------------------------


def _same_type(p: OpParser, count: int) -> list[Type]:
    """`t` for all, or `(t, …) -> t`: the types of `count` operands and of the result."""
    position = p.stream.pos
    type = p.type()
    if not isinstance(type, FunctionType):
        return [type] * (count + 1)
    if len(type.inputs) != count:
        raise p.stream.error(f"{count} operands present, but expected {len(type.inputs)}", position)
    if len(type.results) != 1:
        raise p.stream.error("expected single output", position)
    return [*type.inputs, *type.results]


def parse_same_unary(p: OpParser) -> list[Type]:
    return _same_type(p, 1)


def parse_same_binary(p: OpParser) -> list[Type]:
    return _same_type(p, 2)


def parse_same_ternary(p: OpParser) -> list[Type]:
    return _same_type(p, 3)


def print_same_type(p: OpPrinter, op: Op) -> None:
    """One type if operands and result share it, else the functional type."""
    result = op.results[0].type
    if all(operand.type is result for operand in op.operands):
        p.type(result)
    else:
        p.functional_type(op.operands, op.results)


print_same_unary = print_same_binary = print_same_ternary = print_same_type

# -- shared pieces of syntax -----------------------------------------------------------------------------------------


def commas(p: OpParser) -> list[int]:
    """`%a, %b,`: operands, each with a comma behind it."""
    operands: list[int] = []
    while p.stream.peek()[:1] == "%":
        operands.append(p.operand())
        p.stream.expect(",")
    return operands
