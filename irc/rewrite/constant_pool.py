"""Constants of one value and type are kept once per isolated region, at the start of its entry block."""

from __future__ import annotations

from typing import Any

from irc.ir import traits as t
from irc.ir.block import Block
from irc.ir.operation import Operation


class ConstantPool:
    """Moves constants to where they dominate everything, and remembers them."""

    def __init__(self) -> None:
        self._known: dict[Any, Operation] = {}
        # The constants that stand at the start of their region's entry block.
        self._placed: dict[Operation, Any] = {}
        self._last: dict[Block, Operation] = {}

    def share(self, op: Operation) -> Operation | None:
        """The constant to be used in place of the constant `op`; `None` if `op` is the one, which stands right then."""
        entry = _entry(op)
        if entry is None or op in self._placed:
            return None
        key = (type(op), entry, op.properties[0], op.results[0].type)
        known = self._known.get(key)
        if known is not None:
            return known
        self._known[key] = op
        self._placed[op] = key
        if op.parent is not entry or (op.prev is not None and op.prev not in self._placed):
            op.detach()
            last = self._last.get(entry)
            entry.insert_before(op, last.next if last is not None else entry.first)
        self._last[entry] = op
        return None

    def forget(self, op: Operation) -> None:
        """`op` is about to be erased."""
        key = self._placed.pop(op, None)
        if key is None:
            return
        del self._known[key]
        _, entry, *_ = key
        if self._last.get(entry) is op:
            if op.prev is not None:
                self._last[entry] = op.prev
            else:
                del self._last[entry]


def _entry(op: Operation) -> Block | None:
    """The entry block of the innermost isolated region around `op`."""
    block = op.parent
    assert block is not None
    while block.parent_op is not None and t.IsolatedFromAbove not in block.parent_op.traits:
        outer = block.parent_op.parent
        if outer is None:
            break
        block = outer
    return block.parent.entry if block.parent is not None else None
