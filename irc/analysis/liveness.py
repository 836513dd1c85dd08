"""Whether the elements of a value may still be read once an operation has run.

A loop runs its body again, so a value from outside a loop is alive everywhere in the loop if it is used anywhere in it. In
a graph of blocks every use in another block counts as later, and so does one in a block that control comes back to.
"""

from __future__ import annotations

from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.value import Value

LOOPS = frozenset({"scf.for", "scf.while", "scf.parallel", "scf.forall"})
"""The ops that may run a region of theirs more than once."""

SIZE_READERS = frozenset({"tensor.dim"})
"""The ops that read the shape of a value only, not its elements: they keep nothing alive."""


def is_used_inside(value: Value, op: Operation) -> bool:
    """Whether an operation in a region of `op` uses `value`."""
    return any(user is not op and user.name not in SIZE_READERS and op.is_ancestor_of(user) for user in value.users)


def is_live_after(value: Value, op: Operation) -> bool:
    """Whether `value` may be read after `op`; reading by `op` itself counts only if a loop comes back to it."""
    users = value.users
    if not users or (len(users) == 1 and op in users and op.parent is value.parent_block):
        return False
    loop = outermost_loop(op, value.parent_block)
    if loop is not None and is_used_inside(value, loop):
        return True
    if comes_back(op, value.parent_block):
        return any(user.name not in SIZE_READERS for user in users)
    return any(user is not op and user.name not in SIZE_READERS and runs_after(user, op) for user in users)


def outermost_loop(op: Operation, scope: Block | None) -> Operation | None:
    """The outermost loop that holds `op` and lies in the region of `scope`, `None` if there is none."""
    found: Operation | None = None
    region = scope.parent if scope is not None else None
    for ancestor in op.ancestors():
        if region is not None and region.parent is ancestor:
            break
        if ancestor.name in LOOPS:
            found = ancestor
    return found


def comes_back(op: Operation, scope: Block | None) -> bool:
    """Whether branches lead from `op` to `op` again without passing the start of `scope`, a block around it or before it."""
    region = scope.parent if scope is not None else None
    for place in (op, *op.ancestors()):
        block = place.parent
        if block is scope or block is None:
            return False
        if reaches(block, block, without=scope):
            return True
        if block.parent is region:
            return False
    return False


def reaches(source: Block | None, target: Block | None, *, without: Block | None = None) -> bool:
    """Whether control can go from the end of `source` to `target`, without passing the block `without` if there is one."""
    if source is None or target is None:
        return False
    seen: set[Block] = set()
    pending = list(source.last.successors) if source.last is not None else []
    while pending:
        block = pending.pop()
        if block is target:
            return True
        if block not in seen and block is not without:
            seen.add(block)
            pending += block.last.successors if block.last is not None else ()
    return False


def runs_after(later: Operation, op: Operation) -> bool:
    """Whether `later` may run after `op`, apart from the repetition of loops around both."""
    places = {place.parent: place for place in (op, *op.ancestors())}
    regions = {block.parent for block in places if block is not None}
    for place in (later, *later.ancestors()):
        own = places.get(place.parent)
        if own is not None:
            # Inside the same operation but in another region of it: the other branch of an `if`.
            return own is not place and own.is_before_in_block(place)
        if place.parent is not None and place.parent.parent in regions:
            return True  # another block of a graph of blocks
    return True
