"""How `builtin` is executed."""

from __future__ import annotations

from typing import Any

from irc.dialects import builtin
from irc.interpreter.core import Frame, fail, interpret


@interpret(builtin.UnrealizedConversionCast)
def convert(frame: Frame, op: builtin.UnrealizedConversionCast, *values: Any) -> Any:
    if len(values) != 1 or len(op.results) != 1:
        fail(op, "can only be executed from one value to one")
    return values[0]
