"""What `tensor` and `memref` do alike with shapes: `dim`, `rank` and `cast`."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.interpreter.core import Frame
from irc.interpreter.slices import checked, position
from irc.interpreter.values import Array
from irc.ir.operation import Operation
from irc.ir.types import ShapedType


def dim(frame: Frame, op: Operation, source: Array, axis: Any) -> Any:
    (axis,) = position(op, [axis], (source.ndim,))
    return np.int64(source.shape[axis])


def rank(frame: Frame, op: Operation, source: Array) -> Any:
    return np.int64(source.ndim)


def cast(frame: Frame, op: Operation, source: Array) -> Array:
    """The array itself, if it has the static sizes of the result."""
    type = op.results[0].type
    return checked(op, source, type) if isinstance(type, ShapedType) else source
