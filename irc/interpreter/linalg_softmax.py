"""How `linalg.softmax` is executed."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import linalg_decomposable as linalg
from irc.interpreter import floats as fl
from irc.interpreter.core import Frame, interpret
from irc.interpreter.linalg_destinations import delivered


@interpret(linalg.Softmax)
def softmax(frame: Frame, op: linalg.Softmax, source: Any, dest: Any) -> Any:
    """The largest element is subtracted first, so that no exponential is too large."""
    axis = op.dimension.value

    def compute(x: Any) -> Any:
        powers = np.exp(x - np.max(x, axis, keepdims=True, initial=-np.inf))
        return powers / np.sum(powers, axis, keepdims=True)

    return delivered(op, fl.in_float32(compute, source), dest)
