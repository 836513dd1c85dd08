"""The op of `ad` that adjoints of loops of unknown length store values with."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods.constraints import Index, Tensor
from irc.ods.fields import operand, result
from irc.ods.op import Op


class Push(Op, name="ad.push", traits=[Pure]):
    """A stack with `rows` at the positions from `top` on: that of one more iteration than was known of when it began.

    The first axis of the stack is as long as it needs to be for the rows, and grows by at least its own length, so that n
    pushes copy O(n) rows. What is above the rows is undefined.

    %t = ad.push %row, %s[%n] : tensor<1x4xf32>, tensor<?x4xf32>
    """

    rows: Value = operand(Tensor)
    stack: Value = operand(Tensor)
    top: Value = operand(Index)
    pushed: Value = result(Tensor)

    assembly = "$rows `,` $stack `[` $top `]` attr-dict `:` type($rows) `,` type($stack)"

    def infer(self) -> Sequence[Type]:
        return [self.stack.type]

    def verify(self) -> None:
        rows, stack = self.rows.type, self.stack.type
        assert isinstance(rows, TensorType) and isinstance(stack, TensorType)
        if stack.rank == 0 or stack.shape[0] is not None:
            raise VerifyError(f"the first axis of the stack must be '?', got '{stack}'")
        if rows.element_type is not stack.element_type or rows.shape[1:] != stack.shape[1:]:
            raise VerifyError(f"rows of type '{rows}' do not fit on a stack of type '{stack}'")


__all__ = ["Push"]
