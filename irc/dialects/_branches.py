"""What the branches of `cf` and of `llvm` share: what each successor gets, and how a jump is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from irc.ir.attributes import Attribute, DenseArrayAttr, DenseElementsAttr, wrap_integer
from irc.ir.block import Block
from irc.ir.interfaces import BranchOp
from irc.ir.types import IntegerType, Type, VectorType, i1
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Jump(BranchOp):
    """To the only successor, which gets all operands: `^bb1(%x : f32)`."""

    __slots__ = ()

    def successor_operands(self, index: int) -> Sequence[Value]:
        return self.operands

    def set_successor_operands(self, index: int, values: Sequence[Value]) -> None:
        self.operands = tuple(values)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        block, values = p.successor_and_operands()
        return p.build(cls, values, (), p.attr_dict(), successors=[block])

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.successor_and_operands(self.successors[0], self.operands)
        p.attr_dict(self)


class ConditionalJump(BranchOp):
    """To the first of two successors if the first operand holds, else to the second: `%c, ^bb1(%x : f32), ^bb2`.

    One that `has_weights` may say behind the condition how often it takes each: `%c weights([5, 10]), …`.
    """

    __slots__ = ()

    has_weights: ClassVar[bool] = False

    def successor_operands(self, index: int) -> Sequence[Value]:
        second = 1 + self.segments[1]
        return self.operands[second:] if index else self.operands[1:second]

    def set_successor_operands(self, index: int, values: Sequence[Value]) -> None:
        groups = [self.successor_operands(0), self.successor_operands(1)]
        groups[index] = values
        self.operands = (self.operands[0], *groups[0], *groups[1])
        self.set_segments((1, len(groups[0]), len(groups[1])))

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        condition = p.resolve(p.operand(), i1)
        weights: dict[str, Attribute] = {}
        if cls.has_weights and p.stream.accept("weights"):
            p.stream.expect("(")
            weights["branch_weights"] = DenseArrayAttr.i32(tuple([int(each) for each in p.integer_array().values]))
            p.stream.expect(")")
        p.stream.expect(",")
        true_block, true_values = p.successor_and_operands()
        p.stream.expect(",")
        false_block, false_values = p.successor_and_operands()
        return p.build(
            cls, [condition, *true_values, *false_values], (), p.attr_dict() | weights,
            successors=[true_block, false_block], segments=[1, len(true_values), len(false_values)],
        )  # fmt: skip

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.operands[0])
        weights = self.get_attribute("branch_weights") if self.has_weights else None
        if isinstance(weights, DenseArrayAttr):
            p(f" weights([{', '.join(map(str, weights.values))}])")
        for i, block in enumerate(self.successors):
            p(", ")
            p.successor_and_operands(block, self.successor_operands(i))
        p.attr_dict(self, ("branch_weights",) if self.has_weights else ())


class Selection(BranchOp):
    """By the first operand to a default or to one of several cases, whose operands lie behind those of the default."""

    __slots__ = ()

    defaultOperands: Sequence[Value]
    caseOperands: Sequence[Value]
    case_operand_segments: DenseArrayAttr
    case_values: DenseElementsAttr | None

    @property
    def case_numbers(self) -> list[int]:
        """The numbers of the cases, signed."""
        from irc.ir.element_bytes import all_elements  # noqa: PLC0415 - NumPy is loaded only where it is needed

        if self.case_values is None:
            return []
        numbers: list[int] = all_elements(self.case_values)
        return numbers

    @property
    def cases(self) -> list[tuple[int, Block, Sequence[Value]]]:
        """The number, the block and the operands of each case."""
        targets = enumerate(zip(self.case_numbers, self.successors[1:], strict=True), 1)
        return [(number, block, self.successor_operands(i)) for i, (number, block) in targets]

    def successor_operands(self, index: int) -> Sequence[Value]:
        if index == 0:
            return self.defaultOperands
        sizes = [int(size) for size in self.case_operand_segments.values]
        start = sum(sizes[: index - 1])
        return self.caseOperands[start : start + sizes[index - 1]]

    def set_successor_operands(self, index: int, values: Sequence[Value]) -> None:
        groups = [self.successor_operands(i) for i in range(len(self.successors))]
        groups[index] = values
        default, *cases = groups
        self.operands = (self.operands[0], *default, *(value for group in cases for value in group))
        self.set_attribute("case_operand_segments", DenseArrayAttr.i32(tuple(map(len, cases))))
        self.set_segments((1, len(default), sum(map(len, cases))))


def parse_case(p: OpParser, type: Type) -> tuple[int, Block, Sequence[Value]]:
    """`42: ^bb1(%x : f32)`, where the number is of `type`."""
    if not isinstance(type, IntegerType):
        raise p.stream.error(f"expected an integer type, got '{type}'")
    number = p.integer_attribute(type).value
    p.stream.expect(":")
    block, values = p.successor_and_operands()
    return number, block, values


def print_cases(p: OpPrinter, op: Selection, first: str) -> None:
    """The cases on lines of their own with numbers without a sign, `first` before the first of them."""
    type = op.operands[0].type
    bits = type.width if isinstance(type, IntegerType) else 64
    for i, (number, block, values) in enumerate(op.cases):
        p(f"{',' if i else first}\n{p.indent}  {number % (1 << bits)}: ")
        p.successor_and_operands(block, values)


def case_values_attribute(numbers: Sequence[int], type: Type) -> DenseElementsAttr:
    """The numbers of cases as a vector, wrapped to the type."""
    from irc.ir.element_bytes import dense  # noqa: PLC0415 - NumPy is loaded only where it is needed

    return dense([wrap_integer(number, type) for number in numbers], VectorType((len(numbers),), type))
