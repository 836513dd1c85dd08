"""What the branches of `cf` and of `llvm` share: what each successor gets, and how a jump is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.ir.attributes import DenseArrayAttr
from irc.ir.interfaces import BranchOp
from irc.ir.types import i1
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
    """To the first of two successors if the first operand holds, else to the second: `%c, ^bb1(%x : f32), ^bb2`."""

    __slots__ = ()

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
        p.stream.expect(",")
        true_block, true_values = p.successor_and_operands()
        p.stream.expect(",")
        false_block, false_values = p.successor_and_operands()
        return p.build(
            cls, [condition, *true_values, *false_values], (), p.attr_dict(),
            successors=[true_block, false_block], segments=[1, len(true_values), len(false_values)],
        )  # fmt: skip

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.operands[0])
        for i, block in enumerate(self.successors):
            p(", ")
            p.successor_and_operands(block, self.successor_operands(i))
        p.attr_dict(self)


class Selection(BranchOp):
    """By the first operand to a default or to one of several cases, whose operands lie behind those of the default."""

    __slots__ = ()

    defaultOperands: Sequence[Value]
    caseOperands: Sequence[Value]
    case_operand_segments: DenseArrayAttr

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
