"""How the atomic ops of `memref` are executed: there is one thread, so every op is atomic."""

from __future__ import annotations

from typing import Any

from irc.dialects import memref_atomics as memref
from irc.interpreter.buffers import live
from irc.interpreter.combine import combine
from irc.interpreter.core import Frame, Leave, interpret
from irc.interpreter.slices import position

COMBINING = {
    "addf": "add", "addi": "add", "mulf": "mul", "muli": "mul", "maximumf": "maximumf", "minimumf": "minimumf",
    "maxnumf": "maxnumf", "minnumf": "minnumf", "maxs": "maxsi", "mins": "minsi", "maxu": "maxui", "minu": "minui",
    "ori": "or", "andi": "and",
}  # fmt: skip
"""Each kind, but `assign`, with that of `vector` which computes the same."""


@interpret(memref.AtomicRMW)
def modify(frame: Frame, op: memref.AtomicRMW, value: Any, buffer: Any, *indices: Any) -> Any:
    place = position(op, indices, live(frame, op, buffer).shape)
    old, kind = buffer[place], memref.KINDS[op.kind.value]
    buffer[place] = value if kind == "assign" else combine(COMBINING[kind], old, value, op.value.type)
    return old


@interpret(memref.GenericAtomicRMW)
def modify_by_region(frame: Frame, op: memref.GenericAtomicRMW, buffer: Any, *indices: Any) -> Any:
    place = position(op, indices, live(frame, op, buffer).shape)
    old = buffer[place]
    (buffer[place],) = frame.run(op.atomic_body, (old,)).values
    return old


@interpret(memref.AtomicYield)
def leave(frame: Frame, op: memref.AtomicYield, value: Any) -> Leave:
    return Leave(op, (value,))
