"""The `cf` dialect: branches between blocks, which pass values to block arguments."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._branches import ConditionalJump, Jump
from irc.dialects.cf_switch import Switch
from irc.ir.attributes import StringAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure, Terminator
from irc.ir.value import Value
from irc.ods.constraints import I1, AnyType
from irc.ods.fields import attribute, operand, successor, variadic
from irc.ods.op import Op


class Br(Jump, Op, name="cf.br", traits=[Pure, Terminator]):
    """An unconditional branch.

    cf.br ^bb1(%x : f32)
    """

    dest_operands: Sequence[Value] = variadic(AnyType)
    dest: Block = successor()


class CondBr(ConditionalJump, Op, name="cf.cond_br", traits=[Pure, Terminator]):
    """A branch on a condition.

    cf.cond_br %c, ^bb1(%x : f32), ^bb2
    """

    condition: Value = operand(I1)
    true_operands: Sequence[Value] = variadic(AnyType)
    false_operands: Sequence[Value] = variadic(AnyType)
    true_dest: Block = successor()
    false_dest: Block = successor()


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


__all__ = ["Assert", "Br", "CondBr", "Switch"]
