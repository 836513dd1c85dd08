"""Where the results of the ops of `linalg` that are no loop nest go."""

from __future__ import annotations

from typing import Any

from irc.interpreter.core import fail
from irc.interpreter.values import Array
from irc.ir.operation import Operation


def delivered(op: Operation, found: Array, dest: Array) -> Any:
    """`found` as the result on tensors; on buffers it is written to `dest`. Fails where the sizes differ."""
    if found.shape != dest.shape:
        fail(op, f"gives an array of shape {found.shape} for a destination of shape {dest.shape}")
    if op.results:
        return found
    dest[...] = found
    return None
