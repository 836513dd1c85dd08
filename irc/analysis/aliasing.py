"""Which tensor values share a buffer during bufferization, and when that buffer may be written.

A `Storage` is one buffer. Every tensor value that has been given a buffer is a member of one storage: it is the whole of
it, or a view of a part. A write is safe when nothing that is still to be read lies in the storage.
"""

from __future__ import annotations

from collections.abc import Iterable

from irc.analysis.liveness import is_live_after, is_used_inside
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.value import Value


class Storage:
    """A buffer and the tensor values that lie in it.

    `home` is the block that owns the buffer and may hand it on, `None` where it belongs to somebody else (a function's
    argument, or what has been handed on), which also makes it read-only.
    """

    __slots__ = ("buffer", "home", "values")

    def __init__(self, buffer: Value, home: Block | None) -> None:
        self.buffer, self.home = buffer, home
        self.values: list[Value] = []

    @property
    def is_writable(self) -> bool:
        return self.home is not None

    def is_dead_after(self, op: Operation) -> bool:
        """Whether no value in the buffer is read once `op` has run."""
        return not any(is_live_after(value, op) for value in self.values)

    def is_free_after(self, op: Operation) -> bool:
        """Whether no value in the buffer is read once `op` has run, nor by the ops inside it."""
        return self.is_dead_after(op) and not any(is_used_inside(value, op) for value in self.values)


class Aliasing:
    """The storage of each tensor value that has one."""

    __slots__ = ("storages",)

    def __init__(self) -> None:
        self.storages: dict[Value, Storage] = {}

    def add(self, value: Value, storage: Storage) -> None:
        """Put `value` into `storage`."""
        self.storages[value] = storage
        storage.values.append(value)

    def of(self, value: Value) -> Storage | None:
        return self.storages.get(value)

    def may_write(self, storage: Storage | None, op: Operation, read: Iterable[Value]) -> bool:
        """Whether `op` may write over `storage`; `read` are the operands that it reads while it writes."""
        if storage is None or not storage.is_writable:
            return False
        return all(self.of(value) is not storage for value in read) and storage.is_free_after(op)
