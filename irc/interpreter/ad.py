"""How the stacks of adjoints are computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import ad
from irc.interpreter.core import Frame, fail, interpret


@interpret(ad.Push)
def push(frame: Frame, op: ad.Push, rows: Any, stack: Any, top: Any) -> Any:
    if not 0 <= top <= len(stack):
        raise fail(op, f"'ad.push' op at {int(top)}, above a stack of {len(stack)}")
    needed = int(top) + len(rows)
    room = len(stack) if needed <= len(stack) else max(needed, 2 * len(stack))
    grown = np.zeros((room, *stack.shape[1:]), stack.dtype)
    grown[: len(stack)] = stack
    grown[int(top) : needed] = rows
    return grown
