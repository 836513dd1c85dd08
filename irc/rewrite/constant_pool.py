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
        self._entries: dict[Block, Block] = {}

    def share(self, op: Operation) -> Operation | None:
        """The constant to be used in place of the constant `op`; `None` if `op` is the one, which stands right then."""
        entry = self._entry(op.parent)
        if entry is None or op in self._placed:
            return None
        key = _key(op, entry)
        known = self._known.get(key)
        if known is not None:
            return known
        self._known[key] = op
        self._placed[op] = key
        if op.parent is not entry or (op.prev is not None and op.prev not in self._placed):
            op.detach()
            self._put(op, entry)
        self._last[entry] = op
        return None

    def find(self, op: Operation, block: Block) -> Operation | None:
        """The constant that says in `block` what the constant `op` says, which stands nowhere yet."""
        entry = self._entry(block)
        return None if entry is None else self._known.get(_key(op, entry))

    def place(self, op: Operation, block: Block) -> bool:
        """Put the constant `op`, which is not known yet, to where `block` can use it; `False` where there is no place."""
        entry = self._entry(block)
        if entry is None:
            return False
        key = _key(op, entry)
        self._known[key] = op
        self._placed[op] = key
        self._put(op, entry)
        self._last[entry] = op
        return True

    def _put(self, op: Operation, entry: Block) -> None:
        last = self._last.get(entry)
        entry.insert_before(op, last.next if last is not None else entry.first)

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

    def _entry(self, block: Block | None) -> Block | None:
        """The entry block of the innermost isolated region around `block`, remembered: regions may be nested deeply."""
        assert block is not None
        found = self._entries.get(block)
        if found is None:
            outer = block
            while outer.parent_op is not None and t.IsolatedFromAbove not in outer.parent_op.traits:
                above = outer.parent_op.parent
                if above is None:
                    break
                outer = above
            if outer.parent is None:
                return None
            found = self._entries[block] = outer.parent.entry
        return found


def _key(op: Operation, entry: Block) -> Any:
    return type(op), entry, op.properties[0], op.results[0].type
