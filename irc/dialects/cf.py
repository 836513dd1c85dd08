"""The `cf` dialect: branches between blocks, which pass values to block arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.ir.attributes import StringAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import BranchOp
from irc.ir.traits import Pure, Terminator
from irc.ir.types import i1
from irc.ir.value import Value
from irc.ods.constraints import I1, AnyType
from irc.ods.fields import attribute, operand, successor, variadic
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Br(Op, BranchOp, name="cf.br", traits=[Pure, Terminator]):
    """An unconditional branch.

    cf.br ^bb1(%x : f32)
    """

    dest_operands: Sequence[Value] = variadic(AnyType)
    dest: Block = successor()

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
        p.successor_and_operands(self.dest, self.operands)
        p.attr_dict(self)


class CondBr(Op, BranchOp, name="cf.cond_br", traits=[Pure, Terminator]):
    """A branch on a condition.

    cf.cond_br %c, ^bb1(%x : f32), ^bb2
    """

    condition: Value = operand(I1)
    true_operands: Sequence[Value] = variadic(AnyType)
    false_operands: Sequence[Value] = variadic(AnyType)
    true_dest: Block = successor()
    false_dest: Block = successor()

    def successor_operands(self, index: int) -> Sequence[Value]:
        return self.false_operands if index else self.true_operands

    def set_successor_operands(self, index: int, values: Sequence[Value]) -> None:
        groups = [list(self.true_operands), list(self.false_operands)]
        groups[index] = list(values)
        self.operands = (self.condition, *groups[0], *groups[1])
        self.set_segments((1, len(groups[0]), len(groups[1])))

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        condition = p.resolve(p.operand(), i1)
        p.stream.expect(",")
        true_dest, true_values = p.successor_and_operands()
        p.stream.expect(",")
        false_dest, false_values = p.successor_and_operands()
        return p.build(
            cls, [condition, *true_values, *false_values], (), p.attr_dict(),
            successors=[true_dest, false_dest], segments=[1, len(true_values), len(false_values)],
        )  # fmt: skip

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.condition)
        p(", ")
        p.successor_and_operands(self.true_dest, self.true_operands)
        p(", ")
        p.successor_and_operands(self.false_dest, self.false_operands)
        p.attr_dict(self)


class Assert(Op, name="cf.assert"):
    """Stops the program with a message where the operand is false.

    cf.assert %c, "the message"
    """

    arg: Value = operand(I1)
    msg: StringAttr = attribute(StringAttr)
    assembly = "$arg `,` $msg attr-dict"

    def verify(self) -> None:
        if not self.msg.value:
            raise VerifyError("expects a message")
