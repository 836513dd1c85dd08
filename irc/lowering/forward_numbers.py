"""Numbers that were just put into buffers of rank 0, such as sums, are used as they are instead of being read back."""

from __future__ import annotations

from irc.dialects import memref
from irc.ir.effects import is_pure
from irc.ir.operation import Operation
from irc.ir.value import Value


def forward_numbers(root: Operation) -> None:
    """Replace what reads such a number in the same block, before anything else writes to memory; memory that was allocated for
    it, and is then only written to, goes away."""
    stores = [op for op in root.walk() if isinstance(op, memref.Store) and not op.indices]
    for store in stores:
        following = store.next
        while following is not None:
            after = following.next
            if isinstance(following, memref.Load):
                if following.memref is store.memref:
                    following.replace_with([store.value])
            elif not (is_pure(following) or isinstance(following, memref.Alloc)):
                break
            following = after
    for buffer in dict.fromkeys(store.memref for store in stores):
        _drop_if_unread(buffer)


def _drop_if_unread(buffer: Value) -> None:
    made = buffer.defining_op
    # What a view shows others may read, by views of their own.
    if not isinstance(made, memref.Alloc | memref.Alloca):
        return
    users = list(buffer.users)
    if all(
        isinstance(user, memref.Dealloc) or (isinstance(user, memref.Store) and user.memref is buffer) for user in users
    ):
        for user in (*users, made):
            user.erase()
