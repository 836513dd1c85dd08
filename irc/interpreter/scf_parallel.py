"""How the loops of `scf` without an order are executed: in the order of the positions, the last loop fastest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from irc.dialects import scf_parallel as scf
from irc.dialects import tensor_slices as tensor
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.interpreter.slices import numbers, put
from irc.ir.operation import Operation
from irc.ir.value import BlockArgument


def positions(
    op: Operation, lower: Sequence[int], upper: Sequence[int], steps: Sequence[int]
) -> Iterator[tuple[np.int64, ...]]:
    """The induction variables of each iteration."""
    for step in steps:
        if step <= 0:
            fail(op, f"expected a positive step, got {step}")
    ranges = [range(first, end, step) for first, end, step in zip(lower, upper, steps, strict=True)]
    for position in itertools.product(*ranges):
        yield tuple(np.int64(i) for i in position)


@interpret(scf.Reduce, scf.ReduceReturn)
def leave(frame: Frame, op: Operation, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(scf.Parallel)
def parallel(frame: Frame, op: scf.Parallel, *operands: Any) -> Any:
    """Each result starts with its initial value, with which the iterations' values are combined one by one."""
    lists = [[int(frame.values[value]) for value in bounds] for bounds in (op.lower_bound, op.upper_bound, op.step)]
    totals = [frame.values[value] for value in op.init_vals]
    for position in positions(op, *lists):
        left = frame.run(op.body, position)
        assert isinstance(left.op, scf.Reduce)
        for i, (region, value) in enumerate(zip(left.op.reductions, left.values, strict=True)):
            (totals[i],) = frame.run(region, (totals[i], value)).values
    return totals[0] if len(totals) == 1 else tuple(totals)


@interpret(scf.InParallel)
def join(frame: Frame, op: scf.InParallel) -> Leave:
    return Leave(op, ())


@interpret(scf.Forall)
def forall(frame: Frame, op: scf.Forall, *operands: Any) -> Any:
    """A task sees the outputs as they were before the loop; what it puts in is seen in the results only."""
    given = [frame.values[value] for value in op.outputs]
    shared = [array.copy() for array in given]
    lists = [numbers(frame, bounds) for bounds in (op.lower_bounds, op.upper_bounds, op.steps)]
    for position in positions(op, *lists):
        left = frame.run(op.body, (*position, *given))
        assert isinstance(left.op, scf.InParallel)
        for insertion in left.op.body.block:
            assert isinstance(insertion, tensor.ParallelInsertSlice)
            assert isinstance(insertion.dest, BlockArgument)
            put(frame, insertion, frame.values[insertion.source], shared[insertion.dest.index - op.rank])
    return shared[0] if len(shared) == 1 else tuple(shared)
