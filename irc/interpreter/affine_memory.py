"""How the accesses of `affine` are executed: as those of `memref` and `vector`, at the indices that the maps give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import affine
from irc.interpreter import memref
from irc.interpreter import memref_transfers as transfers
from irc.interpreter import vector_memory as vector
from irc.interpreter.core import Frame, interpret
from irc.ir.affine import AffineMap
from irc.ir.value import Value

Access = affine.Load | affine.Store | affine.VectorLoad | affine.VectorStore | affine.Prefetch


def place(op: Access, operands: Sequence[Any]) -> tuple[int, ...]:
    """The indices of the element that is accessed."""
    return op.map.map.at([int(operand) for operand in operands])


@interpret(affine.Load)
def load(frame: Frame, op: affine.Load, buffer: Any, *operands: Any) -> Any:
    return memref.load(frame, op, buffer, *place(op, operands))


@interpret(affine.Store)
def store(frame: Frame, op: affine.Store, value: Any, buffer: Any, *operands: Any) -> None:
    memref.store(frame, op, value, buffer, *place(op, operands))


@interpret(affine.VectorLoad)
def vector_load(frame: Frame, op: affine.VectorLoad, buffer: Any, *operands: Any) -> Any:
    return vector.load(frame, op, buffer, *place(op, operands))


@interpret(affine.VectorStore)
def vector_store(frame: Frame, op: affine.VectorStore, value: Any, buffer: Any, *operands: Any) -> None:
    vector.store(frame, op, value, buffer, *place(op, operands))


@interpret(affine.Prefetch)
def prefetch(frame: Frame, op: affine.Prefetch, buffer: Any, *operands: Any) -> None:
    """A hint: even an element that does not exist may be asked for."""
    transfers.hint(frame, op, buffer)


@interpret(affine.DmaStart)
def start(frame: Frame, op: affine.DmaStart, *operands: Any) -> None:
    places, (count, *strides) = op.parts()
    source, target, tag = [element(frame, *each) for each in places]
    transfers.move(frame, op, source, target, tag, int(frame.values[count]), strided=bool(strides))


@interpret(affine.DmaWait)
def wait(frame: Frame, op: affine.DmaWait, *operands: Any) -> None:
    tag, _ = op.parts()
    transfers.place(frame, op, element(frame, *tag))


def element(frame: Frame, buffer: Value, map: AffineMap, operands: Sequence[Value]) -> transfers.Place:
    """A buffer and the indices that a map gives."""
    return frame.values[buffer], map.at([int(frame.values[operand]) for operand in operands])
