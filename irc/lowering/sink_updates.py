"""Updates of tensors as late as their results allow: what else reads the tensor has then read it, and they write in place."""

from __future__ import annotations

from irc.dialects import tensor
from irc.ir.block import Block
from irc.ir.operation import Operation


def sink_updates(block: Block) -> None:
    """Move each update behind the other readers of what it updates, if its result is needed only then."""
    for op in reversed(list(block)):
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


def _in_block(op: Operation, block: Block) -> Operation | None:
    """The op of `block` that is `op` or that it is inside of."""
    current: Operation | None = op
    while current is not None and current.parent is not block:
        current = current.parent_op
    return current
