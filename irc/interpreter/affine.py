"""How `affine` is executed: maps are evaluated."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import affine
from irc.interpreter.core import Frame, interpret


@interpret(affine.Apply, affine.Min, affine.Max)
def from_map(frame: Frame, op: affine.MapOp, *operands: Any) -> Any:
    return np.int64(op.evaluate([int(operand) for operand in operands]))
