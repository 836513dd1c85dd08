"""Results of `nd` ops, which must have the sizes that their types state."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects.nd_base import tensor_type
from irc.dialects.nd_numpy import Array
from irc.interpreter.core import fail
from irc.ir.dense import dtype_of, fit
from irc.ir.operation import Operation
from irc.ir.types import compatible_shapes


def checked(op: Operation, value: Any, index: int = 0) -> Array:
    """The result as an array of the right dtype; its sizes must be those that the type states."""
    type = tensor_type(op.results[index])
    array: Array = fit(np.asarray(value, dtype_of(type.element_type)), type)
    if not compatible_shapes(array.shape, type.shape):
        fail(op, f"computed a tensor of shape {array.shape}, but its result type is '{type}'")
    return array
