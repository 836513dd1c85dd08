"""How `builtin` is executed."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import builtin
from irc.interpreter.core import Frame, fail, interpret
from irc.ir.dense import dtype_of, fit
from irc.ir.types import IntegerType, element_type


@interpret(builtin.UnrealizedConversionCast)
def convert(frame: Frame, op: builtin.UnrealizedConversionCast, *values: Any) -> Any:
    if len(values) != 1 or len(op.results) != 1:
        fail(op, "can only be executed from one value to one")
    target = op.results[0].type
    if isinstance(element_type(op.operands[0].type), IntegerType) and isinstance(element_type(target), IntegerType):
        # The same bits with another signedness.
        return fit(np.asarray(values[0]).astype(dtype_of(element_type(target))), target)[()]
    return values[0]
