"""Updates of tensors as late as their results allow: what else reads the tensor has then read it, and they write in place.

So are fills: what adds to them then stands right behind them, and may as well begin with the number.
"""

from __future__ import annotations

from irc.dialects import linalg, tensor
from irc.ir.block import Block
from irc.ir.operation import Operation


def sink_updates(block: Block) -> None:
    """Move each update behind the other readers of what it updates, if its result is needed only then."""
    for op in reversed(list(block)):
        if isinstance(op, linalg.Fill) and len(op.results) == 1:
            _sink_fill(op, block)
            continue
        if not isinstance(op, tensor.InsertSlice | tensor.Insert):
            continue
        uses = [user for user in (_in_block(user, block) for user in op.results[0].users) if user is not None]
        readers = [_in_block(user, block) for user in op.dest.users if user is not op]
        first: Operation | None = None
        for user in uses:
            first = user if first is None or user.is_before_in_block(first) else first
        if first is not None and any(
            user is not None and op.is_before_in_block(user) and user.is_before_in_block(first) for user in readers
        ):
            op.move_before(first)


def _sink_fill(op: linalg.Fill, block: Block) -> None:
    """Move a fill to before its only user."""
    users = list(op.results[0].users)
    if len(users) == 1 and users[0].parent is block:
        op.move_before(users[0])


def _in_block(op: Operation, block: Block) -> Operation | None:
    """The op of `block` that is `op` or that it is inside of."""
    current: Operation | None = op
    while current is not None and current.parent is not block:
        current = current.parent_op
    return current
