"""How `scf` is executed: loops and choices."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import scf
from irc.interpreter import scf_parallel
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.ir.operation import Operation

__all__ = ["scf_parallel"]


def results(op: Operation, values: Any) -> Any:
    """The values that a region left with, as a rule gives them."""
    return values[0] if len(op.results) == 1 else tuple(values)


@interpret(scf.Yield)
def leave(frame: Frame, op: scf.Yield, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(scf.Condition)
def condition(frame: Frame, op: scf.Condition, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(scf.For)
def count(frame: Frame, op: scf.For, lower: Any, upper: Any, step: Any, *carried: Any) -> Any:
    if step <= 0:
        fail(op, f"expected a positive step, got {step}")
    kind = type(lower)
    if lower < upper and int(upper) + int(step) - 1 > np.iinfo(kind).max:
        fail(op, f"the induction variable overflows: the last step of {step} may go beyond {np.iinfo(kind).max}")
    region = op.body
    for i in range(int(lower), int(upper), int(step)):
        carried = tuple(frame.run(region, (kind(i), *carried)).values)
    return results(op, carried)


@interpret(scf.If)
def choose(frame: Frame, op: scf.If, condition: Any) -> Any:
    region = op.then_region if condition else op.else_region
    return results(op, frame.run(region).values) if not region.is_empty else None


@interpret(scf.While)
def repeat(frame: Frame, op: scf.While, *carried: Any) -> Any:
    while True:
        go_on, *passed = frame.run(op.before, carried).values
        if not go_on:
            return results(op, passed)
        carried = tuple(frame.run(op.after, passed).values)


@interpret(scf.IndexSwitch)
def switch(frame: Frame, op: scf.IndexSwitch, value: Any) -> Any:
    cases = [int(case) for case in op.cases.values]
    region = op.case_regions[cases.index(int(value))] if int(value) in cases else op.default_region
    return results(op, frame.run(region).values)


@interpret(scf.ExecuteRegion)
def execute(frame: Frame, op: scf.ExecuteRegion) -> Any:
    return results(op, frame.run(op.body).values)
