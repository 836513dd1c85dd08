"""How `cf` is executed: branches and assertions."""

from __future__ import annotations

from typing import Any

from irc.dialects import cf
from irc.interpreter import integers as it
from irc.interpreter.core import Frame, Jump, fail, interpret


@interpret(cf.Br)
def branch(frame: Frame, op: cf.Br, *values: Any) -> Jump:
    return Jump(op.dest, values)


@interpret(cf.CondBr)
def conditional_branch(frame: Frame, op: cf.CondBr, condition: Any, *values: Any) -> Jump:
    index = 0 if condition else 1
    return Jump(op.successors[index], [frame.values[value] for value in op.successor_operands(index)])


@interpret(cf.Switch)
def switch(frame: Frame, op: cf.Switch, flag: Any, *values: Any) -> Jump:
    number = int(it.signed(flag))
    index = next((i for i, case in enumerate(op.case_numbers, 1) if case == number), 0)
    return Jump(op.successors[index], [frame.values[value] for value in op.successor_operands(index)])


@interpret(cf.Assert)
def check(frame: Frame, op: cf.Assert, condition: Any) -> None:
    if not condition:
        fail(op, f"assertion failed: {op.msg.value}")
