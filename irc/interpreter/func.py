"""How `func` is executed: calls and returns."""

from __future__ import annotations

from typing import Any

from irc.dialects import func
from irc.interpreter.core import Frame, Leave, interpret
from irc.ir.operation import Operation


@interpret(func.Return)
def leave(frame: Frame, op: func.Return, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(func.Call)
def call(frame: Frame, op: func.Call, *values: Any) -> Any:
    results = frame.interpreter.invoke(frame.interpreter.symbol(op, op.callee), values)
    return results[0] if len(results) == 1 else results


@interpret(func.Constant)
def function_value(frame: Frame, op: func.Constant) -> Operation:
    """A function as a value is its op."""
    return frame.interpreter.symbol(op, op.value)


@interpret(func.CallIndirect)
def call_value(frame: Frame, op: func.CallIndirect, callee: Any, *values: Any) -> Any:
    results = frame.interpreter.invoke(callee, values)
    return results[0] if len(results) == 1 else results
